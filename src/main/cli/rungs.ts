// The rungs command: its verbs, each in a file of its own.
import { Command } from 'commander'

import { packageVersion } from '../../platform/package-root.ts'
import { agreeVerb } from './agree.ts'
import { assessVerb } from './assess.ts'
import { compareVerb } from './compare.ts'
import { diffVerb } from './diff.ts'
import { runProgram } from './exit.ts'
import { exportVerb } from './export.ts'
import { fmtVerb } from './fmt.ts'
import { importVerb } from './import.ts'
import { lintVerb } from './lint.ts'
import { measureVerb } from './measure.ts'
import { pathVerb } from './path.ts'
import { schemaVerb } from './schema.ts'
import { showVerb } from './show.ts'
import { standingVerb } from './standing.ts'
import { startVerb } from './start.ts'

const program = new Command('rungs')
  .description('Career frameworks as code: know where you stand, see the next rung.')
  .version(packageVersion)
  .addCommand(showVerb())
  .addCommand(lintVerb())
  .addCommand(fmtVerb())
  .addCommand(diffVerb())
  .addCommand(importVerb())
  .addCommand(measureVerb())
  .addCommand(agreeVerb())
  .addCommand(assessVerb())
  .addCommand(standingVerb())
  .addCommand(compareVerb())
  .addCommand(pathVerb())
  .addCommand(exportVerb())
  .addCommand(startVerb())
  .addCommand(schemaVerb())

// A reader such as `head` may close the pipe early; that is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 70))
process.exitCode = await runProgram(program, process.argv.slice(2))
