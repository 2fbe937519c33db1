// rungs show: a framework, a role or a competency to read in the terminal.
import { Command } from 'commander'

import { nearestWord } from '../../core/framework/nearest.ts'
import { BadInput } from './exit.ts'
import { print, printJson } from './output.ts'
import { FRAMEWORK_ARGUMENT, readFramework } from './read-framework.ts'
import { renderCompetency, renderFramework, renderRole } from './render-framework.ts'

export function showVerb(): Command {
  return new Command('show')
    .description('show a framework, or one of its roles or competencies')
    .argument('[framework]', FRAMEWORK_ARGUMENT, 'coder-to-cto')
    .argument('[id]', 'the id of a role or competency')
    .option('--language <tag>', 'language of the texts (default: the first of the framework)')
    .option('--json', 'write JSON')
    .action(show)
}

async function show(
  argument: string,
  id: string | undefined,
  { language, json }: { language?: string; json?: boolean },
): Promise<void> {
  const { framework } = await readFramework(argument)
  if (language !== undefined && !framework.languages.includes(language)) {
    throw new BadInput(`${framework.id} is in ${framework.languages.join(', ')}, not in "${language}"`)
  }
  const shown = language ?? framework.languages[0] ?? 'en'
  if (id === undefined) return json ? printJson(framework) : print(renderFramework(framework, shown))
  const role = framework.roles.find((one) => one.id === id)
  if (role) return json ? printJson(role) : print(renderRole(framework, role, shown))
  const competency = framework.competencies.find((one) => one.id === id)
  if (competency) return json ? printJson(competency) : print(renderCompetency(framework, competency, shown))
  const near = nearestWord(
    id,
    [...framework.roles, ...framework.competencies].map((one) => one.id),
  )
  const hint =
    near === undefined
      ? `roles: ${framework.roles.map((one) => one.id).join(', ')}`
      : `did you mean "${near}"?`
  throw new BadInput(`${framework.id} has no role or competency "${id}"; ${hint}`)
}
