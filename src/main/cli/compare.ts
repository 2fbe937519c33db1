// rungs compare: two roles side by side, or a person's answers against a role.
import { Command } from 'commander'

import { estimateProfile } from '../../core/assess/profile.ts'
import { compareRoles } from '../../core/growth/compare.ts'
import { gapTo } from '../../core/growth/gap.ts'
import { aboutOf, fitOf } from '../../core/growth/report.ts'
import { print, printJson } from './output.ts'
import { FRAMEWORK_OPTION, getRole, readAnswers } from './read-answers.ts'
import { readFramework } from './read-framework.ts'
import { renderComparison } from './render-comparison.ts'
import { renderGap } from './render-gap.ts'
import { languageOption, speechIn, type Language } from './speech.ts'

export function compareVerb(): Command {
  return new Command('compare')
    .description('what differs between two roles, or what lies between a person and a role')
    .argument(
      '<first>',
      'a role such as architect or cto/us, or a file of answers (.yaml, .yml, .json, or - for standard input)',
    )
    .argument('<role>', 'the role to compare with')
    .option('--framework <framework>', `${FRAMEWORK_OPTION}; coder-to-cto for two roles`)
    .option('--all', 'two roles: also what stays the same; a person: every behaviour that would show it')
    .addOption(languageOption())
    .option('--json', 'write JSON')
    .action(compare)
}

interface Options {
  framework?: string
  all?: boolean
  language: Language
  json?: boolean
}

const isFile = (argument: string) => argument === '-' || /\.(ya?ml|json)$/i.test(argument)

async function compare(first: string, second: string, options: Options): Promise<void> {
  if (isFile(first)) return await comparePerson(first, second, options)
  const { framework } = await readFramework(options.framework ?? 'coder-to-cto')
  const result = compareRoles(framework, getRole(framework, first), getRole(framework, second))
  if (options.json) return printJson(result)
  print(renderComparison(result, speechIn(framework, options.language), options.all ?? false))
}

async function comparePerson(file: string, role: string, options: Options): Promise<void> {
  const { framework, instrument, responses, facts } = await readAnswers(file, options.framework)
  const profile = estimateProfile(instrument, responses)
  const gap = gapTo(framework, profile, responses, getRole(framework, role))
  const fit = fitOf(instrument, profile, responses)
  const about = aboutOf(framework, instrument, responses, facts)
  if (options.json) return printJson({ about, fit, gap })
  print(renderGap({ gap, about, fit }, speechIn(framework, options.language), options.all ?? false))
}
