// rungs standing: what a file of answers says, each number with its uncertainty.
import { existsSync } from 'node:fs'

import { Command } from 'commander'

import { nearestWord } from '../../core/framework/nearest.ts'
import { standingReport } from '../../core/growth/report.ts'
import { takeAway } from '../../core/growth/take-away.ts'
import { whyOf } from '../../core/growth/why.ts'
import { BadInput } from './exit.ts'
import { nextCommand } from './next-command.ts'
import { dim, print, printJson } from './output.ts'
import {
  ANSWERS_ARGUMENT,
  findRoleRef,
  FRAMEWORK_OPTION,
  readAnswers,
  type Assessed,
} from './read-answers.ts'
import { renderStanding, renderWhy } from './render-standing.ts'
import { languageOption, speechIn, type Language } from './speech.ts'

/** Where `rungs assess` keeps answers unless told otherwise. */
const OWN_FILE = 'answers.yaml'

export function standingVerb(): Command {
  return new Command('standing')
    .description(
      'where the answers put you: three sentences, the profile, strengths, what is not known, every role',
    )
    .argument('[answers]', ANSWERS_ARGUMENT, OWN_FILE)
    .option('--framework <framework>', FRAMEWORK_OPTION)
    .option('--role <role>', 'draw the bar of this role (default: the target that the answers name)')
    .option('--why <competency>', 'explain one number: the answers behind it, and what one more would change')
    .option('--markdown', 'write Markdown, to keep')
    .option('--csv', 'write CSV, one row a figure')
    .addOption(languageOption())
    .option('--json', 'write JSON')
    .action(standing)
}

interface Options {
  framework?: string
  role?: string
  why?: string
  markdown?: boolean
  csv?: boolean
  language: Language
  json?: boolean
}

async function standing(argument: string, options: Options): Promise<void> {
  const { markdown, csv, json, language, why } = options
  if ([markdown, csv, json].filter(Boolean).length > 1)
    throw new BadInput('--markdown, --csv and --json exclude each other')
  if (why !== undefined && (markdown || csv))
    throw new BadInput('--why is written as text or, with --json, as JSON')
  if (argument === OWN_FILE && !existsSync(argument))
    throw new BadInput(`${argument}: there are no answers yet; start with \`rungs assess\``)
  const assessed = await readAnswers(argument, options.framework)
  const { framework, instrument, responses, facts } = assessed
  const speech = speechIn(framework, language)
  if (why !== undefined) {
    assertCompetency(assessed, why)
    const explained = whyOf(instrument, responses, why)
    return json ? printJson(explained) : print(renderWhy(explained, speech))
  }
  const focus = findRoleRef(framework, options.role)
  const report = standingReport(framework, instrument, responses, facts, focus)
  if (json) return printJson(report)
  if (markdown) return print(takeAway(report, framework, 'markdown', language).text)
  if (csv) return print(takeAway(report, framework, 'csv', language).text)
  const bar = (focus ?? facts.target) ? report.focus : null
  const example = report.standing.opening.carries[0]?.competency ?? instrument.competencies[0]!.id
  const hint = nextCommand('standing', [assessed.file ?? '-', '--why', example], options)
  print(`${renderStanding(report, speech, bar)}\n\n${dim(speech.terminal.whyHint(hint))}`)
}

function assertCompetency({ instrument, framework }: Assessed, id: string): void {
  if (instrument.competencyIndex.has(id)) return
  const ids = [...instrument.competencyIndex.keys()]
  const near = nearestWord(id, ids)
  throw new BadInput(
    `${framework.id} has no competency "${id}"; ${near === undefined ? `competencies: ${ids.join(', ')}` : `did you mean "${near}"?`}`,
  )
}
