// A result as a file to keep: Markdown, JSON or CSV, with its uncertainty, framework version and date.
import { textIn, type Framework, type Text } from '../framework/model.ts'
import { writeCsv, type CsvCell } from '../tables/csv.ts'
import { rangeText } from './ladder-markdown.ts'
import { writeMarkdown } from './markdown.ts'
import type { Beyond } from '../assess/level-scale.ts'
import type { CompetencyStanding, Location } from './model.ts'
import { timesText } from './fit-text.ts'
import { endsPassed } from './place-text.ts'
import { holdingText } from './readiness-text.ts'
import type { StandingReport } from './report-model.ts'
import { roleKey } from './roles.ts'
import { wordsIn } from './words.ts'

export type TakeAwayFormat = 'markdown' | 'json' | 'csv'

export interface TakeAway {
  readonly filename: string
  readonly mediaType: string
  readonly text: string
}

const KINDS: Record<TakeAwayFormat, { ending: string; mediaType: string }> = {
  markdown: { ending: 'md', mediaType: 'text/markdown; charset=utf-8' },
  json: { ending: 'json', mediaType: 'application/json' },
  csv: { ending: 'csv', mediaType: 'text/csv; charset=utf-8' },
}

/** The file of a result. JSON is the whole report; CSV has one row for each figure. Language: en or zh-Hans. */
export function takeAway(
  report: StandingReport,
  framework: Framework,
  format: TakeAwayFormat,
  language = 'en',
): TakeAway {
  const { ending, mediaType } = KINDS[format]
  const { id, version } = report.about.framework
  const filename = `standing-${id}-${version}-${report.about.assessedAt.slice(0, 10)}.${ending}`
  return { filename, mediaType, text: textOf(report, framework, format, language) }
}

function textOf(
  report: StandingReport,
  framework: Framework,
  format: TakeAwayFormat,
  language: string,
): string {
  if (format === 'markdown') return writeMarkdown(report, framework, language)
  if (format === 'json') return `${JSON.stringify(report, null, 2)}\n`
  return writeCsv(standingRows(report, framework, language))
}

/**
 * Columns of the CSV. `level` and the intervals are on the proficiency scale, `se_logits` in logits. What lies past an end
 * of the scale is empty, and its `beyond_` column says past which. All of them are empty where a competency is not known. A
 * role's `probability` is empty where a must is not known: `probability_of_known` is of the musts that are, and
 * `musts_not_known` counts the others.
 */
export const CSV_COLUMNS = [
  'record',
  'id',
  'title',
  'kind',
  'expected_level',
  'state',
  'inferred',
  'probability',
  'probability_of_known',
  'level',
  'beyond_level',
  'low_50',
  'high_50',
  'beyond_50',
  'low_90',
  'high_90',
  'beyond_90',
  'se_logits',
  'answered',
  'no_opportunity',
  'behaviours_shown',
  'behaviours',
  'musts_met',
  'musts_likely',
  'musts_open',
  'musts_not_known',
  'note',
] as const

type Column = (typeof CSV_COLUMNS)[number]

/** The rows of the CSV: what it is about, each competency, each role's readiness, each expectation of the focus role. */
export function standingRows(report: StandingReport, framework: Framework, language: string): CsvCell[][] {
  const { words } = wordsIn(language)
  const say = (text: Text) => textIn(text, language, framework.languages[0])
  const { about, fit, standing, readiness, focus } = report
  const competencyTitle = (id: string) =>
    say(framework.competencies.find((competency) => competency.id === id)?.title ?? id)
  const rows: Partial<Record<Column, CsvCell>>[] = [
    {
      record: 'about',
      id: 'framework',
      title: say(about.framework.title),
      note: `${about.framework.id} ${about.framework.version}`,
    },
    { record: 'about', id: 'content', note: about.framework.hash },
    { record: 'about', id: 'assessed-at', note: about.assessedAt },
    {
      record: 'about',
      id: 'mode',
      note: about.mode + (about.mode === 'target' && about.target ? ` ${roleKey(about.target)}` : ''),
    },
    { record: 'about', id: 'answers', answered: about.answered, no_opportunity: about.noOpportunity },
    {
      record: 'about',
      id: 'answers-carried',
      answered: about.carried,
      no_opportunity: about.carriedNoOpportunity,
    },
    {
      record: 'about',
      id: 'minutes-of-answering',
      note: about.answering ? String(about.answering.minutes) : null,
    },
    {
      record: 'about',
      id: 'fit',
      state: fit.state,
      answered: fit.answered,
      note: fit.state === 'does-not-fit' ? words.fit.doesNotFit(timesText(fit)) : null,
    },
    { record: 'about', id: 'self-assessed', note: words.selfAssessed },
    ...(about.calibrated ? [] : [{ record: 'about', id: 'calibration', note: words.expertSet }]),
    ...standing.competencies.map((competency) => ({
      record: 'competency',
      id: competency.competency,
      title: competencyTitle(competency.competency),
      state: competency.known ? competency.relative : 'not-known',
      inferred: inferredCell(competency),
      ...(competency.known ? locationColumns(competency.location) : {}),
      answered: competency.answered,
      no_opportunity: competency.noOpportunity,
      behaviours_shown: competency.shown,
      behaviours: competency.behaviours,
      note: competency.known ? null : words.notKnown,
    })),
    ...readiness.map(({ role, title, readiness: probability, ofKnown, tooLittleKnown, musts, ...held }) => ({
      record: 'role',
      id: roleKey(role),
      title: say(title),
      state: tooLittleKnown ? 'too-little-known' : ofKnown ? 'partly-known' : null,
      probability,
      probability_of_known: ofKnown?.probability ?? null,
      musts_met: musts.met,
      musts_likely: musts.likely,
      musts_open: musts.open,
      musts_not_known: musts.notKnown,
      note: holdingText(held, words, competencyTitle) || null,
    })),
    ...(focus?.expectations ?? []).map((expectation) => ({
      record: 'expectation',
      id: `${roleKey(focus!.role)}:${expectation.competency}`,
      title: competencyTitle(expectation.competency),
      kind: expectation.kind,
      expected_level: expectation.level,
      state: expectation.state,
      inferred: inferredCell(expectation),
      ...(expectation.known
        ? { probability: expectation.probability, ...locationColumns(expectation.location) }
        : {}),
      note: expectation.toShow.map(({ behaviour }) => behaviour).join(' ') || null,
    })),
    ...ladderRows(report.ladder, say, competencyTitle),
  ]
  return [[...CSV_COLUMNS], ...rows.map((row) => CSV_COLUMNS.map((column) => rounded(row[column])))]
}

/** Whether a known place rests mostly on other answers, or an expectation is met by the measure alone. */
function inferredCell(one: {
  known: boolean
  restsOn: CompetencyStanding['restsOn']
  inferred?: boolean
}): 'yes' | 'no' | null {
  if (!one.known) return null
  return one.inferred === true || one.restsOn === 'general-level' ? 'yes' : 'no'
}

/** To three decimals: more would claim a precision that no figure here has. */
function rounded(cell: CsvCell | undefined): CsvCell {
  return typeof cell === 'number' ? Math.round(cell * 1000) / 1000 : (cell ?? null)
}

/** What the ladder's own rule says: `low_90` and `high_90` stay empty, its range is no probability interval. */
function ladderRows(
  ladder: StandingReport['ladder'],
  say: (text: Text) => string,
  competencyTitle: (id: string) => string,
): Partial<Record<Column, CsvCell>>[] {
  if (!ladder) return []
  const answers = ladder.answers.flatMap((answer): Partial<Record<Column, CsvCell>>[] =>
    answer.kind === 'role'
      ? [{ record: 'ladder-role', id: answer.role, kind: ladder.model, state: answer.reached }]
      : [
          {
            record: 'ladder-value',
            id: answer.set?.id ?? 'ladder',
            title: answer.set ? say(answer.set.title) : null,
            kind: ladder.model,
            note: rangeText(answer.value),
          },
          ...answer.bands.map(({ series, low, high }) => ({
            record: 'ladder-title',
            id: series,
            kind: ladder.model,
            title: low === null ? null : say(low),
            note: high === null ? null : say(high),
          })),
        ],
  )
  const levels = Object.entries(ladder.levels).map(([id, level]) => ({
    record: 'ladder-level',
    id,
    title: competencyTitle(id),
    note: rangeText(level),
  }))
  return [...answers, ...levels]
}

/**
 * A place and its intervals. An end past the scale bounds nothing and stays empty, with its side named; an interval that
 * lies past one end altogether keeps the end that does bound it: low_90 = 5 and beyond_90 = above is "5 or above".
 */
function locationColumns({ level, interval50, interval90, beyond, sd }: Location) {
  const low = (interval: readonly [number, number], [side]: readonly [Beyond, Beyond]) =>
    side === 'below' ? null : interval[0]
  const high = (interval: readonly [number, number], [, side]: readonly [Beyond, Beyond]) =>
    side === 'above' ? null : interval[1]
  return {
    level: beyond.level === null ? level : null,
    beyond_level: beyond.level,
    low_50: low(interval50, beyond.interval50),
    high_50: high(interval50, beyond.interval50),
    beyond_50: endsPassed(beyond.interval50).join(' ') || null,
    low_90: low(interval90, beyond.interval90),
    high_90: high(interval90, beyond.interval90),
    beyond_90: endsPassed(beyond.interval90).join(' ') || null,
    se_logits: sd,
  }
}
