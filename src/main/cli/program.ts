// The rungs command's verbs, each in a file of its own.
import { Command } from 'commander'

import { packageVersion } from '../../platform/package-root.ts'
import { accountVerb } from './account.ts'
import { agreeVerb } from './agree.ts'
import { assessVerb } from './assess.ts'
import { auditVerb } from './audit.ts'
import { compareVerb } from './compare.ts'
import { dbVerb } from './db.ts'
import { demoVerb } from './demo.ts'
import { diffVerb } from './diff.ts'
import { exportVerb } from './export.ts'
import { fmtVerb } from './fmt.ts'
import { importVerb } from './import.ts'
import { lintVerb } from './lint.ts'
import { measureVerb } from './measure.ts'
import { pathVerb } from './path.ts'
import { peopleVerb } from './people.ts'
import { schemaVerb } from './schema.ts'
import { showVerb } from './show.ts'
import { standingVerb } from './standing.ts'
import { startVerb } from './start.ts'
import { vignettesVerb } from './vignettes.ts'

/** A new program with every verb. */
export const rungsProgram = (): Command =>
  new Command('rungs')
    .description('Career frameworks as code: know where you stand, see the next rung.')
    .version(packageVersion)
    .addCommand(showVerb())
    .addCommand(lintVerb())
    .addCommand(fmtVerb())
    .addCommand(diffVerb())
    .addCommand(importVerb())
    .addCommand(measureVerb())
    .addCommand(agreeVerb())
    .addCommand(vignettesVerb())
    .addCommand(assessVerb())
    .addCommand(standingVerb())
    .addCommand(compareVerb())
    .addCommand(pathVerb())
    .addCommand(exportVerb())
    .addCommand(startVerb())
    .addCommand(dbVerb())
    .addCommand(auditVerb())
    .addCommand(accountVerb())
    .addCommand(peopleVerb())
    .addCommand(demoVerb())
    .addCommand(schemaVerb())
