// rungs path: the good ways from one role to another; that there is none is an answer, with its reason.
import { Command } from 'commander'

import { estimateProfile } from '../../core/assess/profile.ts'
import { buildInstrument } from '../../core/assess/instrument.ts'
import { aboutOf, fitOf, pathsFor } from '../../core/growth/report.ts'
import { yearsOption } from './assess.ts'
import { BadInput, EXIT, finish } from './exit.ts'
import { print, printJson } from './output.ts'
import { findRoleRef, FRAMEWORK_OPTION, getRole, readAnswers } from './read-answers.ts'
import { readFramework } from './read-framework.ts'
import { renderPaths } from './render-paths.ts'
import { languageOption, speechIn, type Language } from './speech.ts'

export function pathVerb(): Command {
  return new Command('path')
    .description(
      'the good ways to a role, compared by time, gap and use of strengths (exit code 1 where there is none)',
    )
    .argument(
      '<roles...>',
      "today's role and the target; only the target where the answers name today's role",
    )
    .option(
      '--answers <file>',
      'whose way it is: a file of answers, or - for standard input; without it nothing is known of the person',
    )
    .option(
      '--years <number>',
      'years since entry into the profession (default: what the answers say)',
      yearsOption,
    )
    .option('--framework <framework>', `${FRAMEWORK_OPTION}; coder-to-cto without answers`)
    .addOption(languageOption())
    .option('--json', 'write JSON')
    .action(path)
}

interface Options {
  answers?: string
  years?: number
  framework?: string
  language: Language
  json?: boolean
}

async function path(roles: readonly string[], options: Options): Promise<void> {
  if (roles.length > 2)
    throw new BadInput(`path: expected today's role and a target, got ${roles.length} roles`)
  const assessed =
    options.answers === undefined
      ? await withoutAnswers(options.framework)
      : await readAnswers(options.answers, options.framework)
  const { framework, instrument, responses, facts } = assessed
  const [first, second] = roles
  // Whether the roles exist comes before whether one is missing.
  for (const role of roles) getRole(framework, role)
  const from = second === undefined ? facts?.self.role : findRoleRef(framework, first)
  if (!from)
    throw new BadInput(
      "path: expected today's role before the target, or answers that name it (rungs assess --role)",
    )
  const request = {
    from,
    to: getRole(framework, second ?? first!).ref,
    ownYears: options.years ?? facts?.self.years ?? null,
  }
  const profile = estimateProfile(instrument, responses)
  const paths = pathsFor(framework, instrument, profile, responses, request)
  const about = facts ? aboutOf(framework, instrument, responses, facts) : null
  const fit = facts ? fitOf(instrument, profile, responses) : null
  if (options.json) printJson({ about, fit, paths })
  else print(renderPaths({ paths, about, fit }, speechIn(framework, options.language)))
  finish(paths.none ? EXIT.findings : EXIT.fine)
}

async function withoutAnswers(argument = 'coder-to-cto') {
  const { framework } = await readFramework(argument)
  return { framework, instrument: buildInstrument(framework), responses: [], facts: undefined }
}
