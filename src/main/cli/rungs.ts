// The rungs command: its verbs, each in a file of its own.
import { Command } from 'commander'

import { packageVersion } from '../../platform/package-root.ts'
import { agreeVerb } from './agree.ts'
import { diffVerb } from './diff.ts'
import { runProgram } from './exit.ts'
import { fmtVerb } from './fmt.ts'
import { importVerb } from './import.ts'
import { lintVerb } from './lint.ts'
import { measureVerb } from './measure.ts'
import { schemaVerb } from './schema.ts'
import { showVerb } from './show.ts'

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
  .addCommand(schemaVerb())

// A reader such as `head` may close the pipe early; that is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 70))
process.exitCode = await runProgram(program, process.argv.slice(2))
