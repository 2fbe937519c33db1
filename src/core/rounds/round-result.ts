// From the ratings of a round to what is published: cells of raters per competency, severity taken out, or why nothing is.
import { ANSWERS, SHOWS_FROM, type Answer } from '../assess/answers.ts'
import { measure } from '../measure/measure.ts'
import type { Measurement, MeasureOptions } from '../measure/measurement.ts'
import { measureProfiles } from '../measure/profile.ts'
import { parseRatingRows, type Ratings } from '../measure/ratings.ts'
import type { RefusalCode } from '../measure/refusals.ts'
import { cellsByCompetency, type Cell, type Partition } from '../org/anonymity.ts'
import { grouped } from './grouped.ts'
import { locate, STEPS, type Judgement } from './cell-location.ts'
import { misplacementInSteps } from './misplaced-behaviours.ts'
import { disagreementInSteps } from './rater-disagreement.ts'
import { adjustmentsOf, type RoundAdjustment } from './round-adjustment.ts'
import type { SheetKind } from './round-state.ts'

/** One submitted answer of a rater about a subject; the last one about each behaviour. */
export interface RoundRating {
  readonly subject: string
  readonly rater: string
  readonly kind: SheetKind
  readonly item: string
  readonly answer: Answer
}

/** What is known of each behaviour: its competency and the expert-set location of its level, in logits. */
export type RoundItems = ReadonlyMap<string, { readonly competency: string; readonly location: number }>

export interface RoundRule {
  /** Fewest raters of an anonymous cell, at least 5. */
  readonly minimum: number
  readonly managerNamed: boolean
  /** The largest standard error, in logits, with which a measure is shown to others than its person. */
  readonly seLimit: number
}

/** Raters other than the person on whom a measure rests that others are shown (the product's rule of fair use). */
const FEWEST_FOR_OTHERS = 3

/** Why a cell is shown to its person alone. */
export type OnlySubject = 'self-assessed' | 'too-few-raters' | 'too-uncertain' | 'not-connected'

/** Why a competency, or a severity, is not published. */
export type RoundRefusal = 'too-few-raters' | 'no-opportunity' | 'not-measured' | RefusalCode

export interface RoundCell {
  readonly subject: string
  readonly competency: string
  readonly kinds: readonly SheetKind[]
  readonly raters: number
  /** Location and standard error in logits, on the scale on which the framework's levels lie; rounded to 0.01. */
  readonly measure: number
  readonly se: number
  /** How many answers other than "no opportunity" it rests on. */
  readonly answers: number
  /** How often each score from 0 was given by the person themselves; null for everybody else, whose answers nobody reads. */
  readonly answered: readonly number[] | null
  /** The share of the measure that the person's overall level says, 0 to 1; rounded to 0.05. */
  readonly share: number
  /** True where the person's other competencies say at least half of it. */
  readonly leans: boolean
  /** True where these raters lie further apart than their severities and chance let expect, here or on the whole person. */
  readonly disagree: boolean
  /** True where the round's answers do not fit the places of this competency's behaviours, at one in a hundred. */
  readonly misplaced: boolean
  /** Why nobody but the person is shown it; null where the round's rule decides. */
  readonly onlySubject: OnlySubject | null
}

/** A competency of a subject's form of which nothing (more) by others is published. */
export interface RoundGap {
  readonly subject: string
  readonly competency: string
  readonly refusal: RoundRefusal
}

/** What one rater learns about their own severity: logits, positive for harsh. */
export interface RaterNote {
  readonly rater: string
  readonly subjects: number
  readonly severity: { readonly measure: number; readonly se: number } | null
  readonly refusal: RoundRefusal | null
}

export interface RoundOutcome {
  readonly cells: readonly RoundCell[]
  readonly gaps: readonly RoundGap[]
  readonly notes: readonly RaterNote[]
  /** By how much severity moved a person's cells, where it can be told without giving a rater away. */
  readonly adjustments: readonly RoundAdjustment[]
}

/** Steps past "on my own" say more of a person's part in the work than of its level; they do not place anybody. */
export const scoreOfAnswer = (answer: Answer): number | null =>
  answer === 'no-opportunity' ? null : Math.min(SHOWS_FROM, ANSWERS.indexOf(answer))

/** Where nothing can be estimated from so few people, what is held instead: variances in squared logits. */
const HELD = { person: 3, rater: 0.5, dyad: 0.1 }
const DEFAULT_SPREAD = 1
/** A small round's spread of competencies is held to the default as by one person's form more: often it would be none. */
const SPREAD_PRIOR = { spread: DEFAULT_SPREAD, cells: 8 }
/** How often a mark is set by chance, at most: of a cell by its own raters' differences, or by those on the whole person. */
const ALARM = { cell: 0.012, person: 0.006, misplaced: 0.01 }

/**
 * Measures a round. Ratings of a competency whose raters are too few to be published enter nothing: no cell, no
 * severity, no spread. The rest is measured at expert-set locations and steps, raters as random effects: so what is
 * published is, cell by cell, a sum over whole cells with each rater's severity shrunk towards the mean, and no
 * combination of published figures rests on fewer raters than the minimum (docs/method/rounds.md). `forms` tells which
 * competencies were asked of whom. In steps of milliseconds, but for the estimation itself: whoever has other things to
 * do meanwhile does them between.
 */
export function* measureRoundInSteps(
  ratings: readonly RoundRating[],
  items: RoundItems,
  forms: ReadonlyMap<string, readonly string[]>,
  rule: RoundRule,
): Generator<void, RoundOutcome> {
  const scored = ratings.flatMap((rating) => {
    const item = items.get(rating.item)
    const score = scoreOfAnswer(rating.answer)
    const asked = forms.get(rating.subject)?.includes(rating.item) === true
    return item && score !== null && asked ? [{ ...rating, ...item, score }] : []
  })
  const others = scored.filter(({ kind }) => kind !== 'self')
  const identified: SheetKind[] = rule.managerNamed ? ['manager'] : []
  const partitions = new Map(
    [...grouped(others, ({ subject }) => subject)].map(([subject, own]) => [
      subject,
      cellsByCompetency(own, { minimum: rule.minimum, identified }),
    ]),
  )
  const open = others.filter(({ subject, competency, rater }) =>
    partitions
      .get(subject)!
      .get(competency)!
      .cells.some(({ raters }) => raters.includes(rater)),
  )
  const run = open.length === 0 ? { refusal: 'too-few-raters' as const } : runOf(open, items)
  const marks = yield* marksOf(open, partitions)
  const spread = 'value' in run ? run.value.spread : DEFAULT_SPREAD
  const ofSelf = grouped(
    scored.filter(({ kind }) => kind === 'self'),
    ({ subject }) => subject,
  )
  const openOf = grouped(open, ({ subject, competency }) => `${subject} ${competency}`)
  const cells: RoundCell[] = []
  const gaps: RoundGap[] = []
  const formed: FormedCell[] = []
  for (const [subject, form] of forms) {
    const competencies = new Set(form.flatMap((item) => items.get(item)?.competency ?? []))
    cells.push(...selfCells(subject, ofSelf.get(subject) ?? [], spread, marks.misplaced))
    for (const competency of competencies) {
      const partition = partitions.get(subject)?.get(competency)
      const gap = (refusal: RoundRefusal) => void gaps.push({ subject, competency, refusal })
      if (!partition) gap('no-opportunity')
      else if (partition.cells.length === 0) gap('too-few-raters')
      else if (!('value' in run)) gap(run.refusal)
      else {
        const given = openOf.get(`${subject} ${competency}`) ?? []
        for (const [at, cell] of partition.cells.entries()) {
          const found = cellOf(subject, competency, cell, given, run.value, rule)
          const group = `${subject} ${cell.kinds.join()}`
          const differ = marks.cells.has(cellKey(subject, competency, at)) || marks.persons.has(group)
          const disagree = differ && !cell.identified
          cells.push({ ...found, disagree, misplaced: marks.misplaced.has(competency) })
          formed.push({ subject, competency, ...cell })
        }
        if (partition.withheld.length > 0) gap('too-few-raters')
        else if (partition.cells.every(({ identified: named }) => named)) gap('no-opportunity')
      }
    }
  }
  const severities = 'value' in run ? run.value.severities : new Map<string, Severity>()
  const adjustments = adjustmentsOf(formed, severities, rule.minimum)
  return { cells, gaps, notes: notesOf(ratings, open, run, rule), adjustments }
}

type FormedCell = Cell & { readonly subject: string; readonly competency: string }

type Scored = RoundRating & { competency: string; location: number; score: number }

interface Severity {
  readonly measure: number
  readonly se: number
}

interface Run {
  readonly persons: ReadonlyMap<string, Severity>
  readonly severities: ReadonlyMap<string, Severity>
  /** Who can be compared with most others of the round, over shared raters. */
  readonly connected: ReadonlySet<string>
  /** SD of a competency around the person's overall level, in logits. */
  readonly spread: number
}

const cellKey = (subject: string, competency: string, at: number) => `${subject} ${competency} ${at}`

interface Marks {
  readonly cells: ReadonlySet<string>
  readonly persons: ReadonlySet<string>
  readonly misplaced: ReadonlySet<string>
}

/**
 * The anonymous cells whose raters differ, and the competencies whose behaviours lie elsewhere than was thought. What one
 * named rater said is compared with nobody's.
 */
function* marksOf(
  open: readonly Scored[],
  partitions: ReadonlyMap<string, ReadonlyMap<string, Partition>>,
): Generator<void, Marks> {
  const scores = open.flatMap(({ subject, competency, rater, item, score }) => {
    const { cells } = partitions.get(subject)!.get(competency)!
    const at = cells.findIndex(({ raters, identified }) => !identified && raters.includes(rater))
    if (at < 0) return []
    const group = `${subject} ${cells[at]!.kinds.join()}`
    return [{ cell: cellKey(subject, competency, at), group, rater, item, score }]
  })
  const under = (found: ReadonlyMap<string, number>, most: number) =>
    new Set([...found].flatMap(([key, p]) => (p <= most ? [key] : [])))
  const differing = yield* disagreementInSteps(scores)
  return {
    cells: under(differing.cells, ALARM.cell),
    persons: under(differing.groups, ALARM.person),
    misplaced: under(yield* misplacementInSteps(open), ALARM.misplaced),
  }
}

function runOf(open: readonly Scored[], items: RoundItems): { value: Run } | { refusal: RoundRefusal } {
  const rows = open.map(({ subject, rater, item, score }) => ({ person: subject, rater, item, score }))
  const parsed = parseRatingRows(rows, { lowest: 0, highest: SHOWS_FROM })
  if (!parsed.ok) return { refusal: parsed.refusals[0]!.code }
  const locations = Object.fromEntries(parsed.value.itemIds.map((id) => [id, items.get(id)!.location]))
  const anchors = { items: locations, steps: STEPS }
  const free = measured(parsed.value, { anchors }, items)
  return 'value' in free ? free : measured(parsed.value, { anchors, variances: HELD }, items)
}

function measured(ratings: Ratings, options: MeasureOptions, items: RoundItems) {
  const found = measure(ratings, options)
  if (!found.ok) return { refusal: found.refusals[0]!.code }
  const competencyOf = Object.fromEntries(ratings.itemIds.map((id) => [id, items.get(id)!.competency]))
  const profiles = measureProfiles(ratings, options, competencyOf, SPREAD_PRIOR)
  const { persons, raters, subsets } = found.value
  const value: Run = {
    persons: new Map(persons.map((person) => [person.id, person])),
    severities: new Map(raters.map((rater) => [rater.id, rater])),
    connected: mostConnected(subsets),
    spread: profiles.ok ? profiles.value.spread : DEFAULT_SPREAD,
  }
  return { value }
}

/**
 * The people of the subset that holds more than half of all; nobody where there is none such, or where a single person
 * stands alone: then nobody can tell harsh raters from a weaker person.
 */
function mostConnected(subsets: Measurement['subsets']): ReadonlySet<string> {
  const all = subsets.reduce((sum, { persons }) => sum + persons.length, 0)
  const most = subsets.find(({ persons }) => persons.length > 1 && persons.length * 2 > all)
  return new Set(most?.persons ?? [])
}

function cellOf(
  subject: string,
  competency: string,
  { kinds, raters }: Cell,
  given: readonly Scored[],
  { persons, severities, connected, spread }: Run,
  { seLimit }: RoundRule,
): Omit<RoundCell, 'disagree' | 'misplaced'> {
  const overall = persons.get(subject)!
  const judgements = given
    .filter(({ rater }) => raters.includes(rater))
    .map(({ rater, location, score }): Judgement => {
      const { measure: severity, se } = severities.get(rater)!
      return { rater, score, location: location + severity, locationSe: se }
    })
  const found = locate(judgements, { mean: overall.measure, meanSe: overall.se, sd: Math.max(0.1, spread) })
  const se = Math.max(0.01, rounded(found.se))
  const onlySubject = (): OnlySubject | null => {
    if (raters.length < FEWEST_FOR_OTHERS) return 'too-few-raters'
    if (!connected.has(subject)) return 'not-connected'
    return se > seLimit ? 'too-uncertain' : null
  }
  return {
    ...{ subject, competency, kinds: kinds as readonly SheetKind[], raters: raters.length },
    ...{ measure: rounded(found.measure), se, ...restsOn(judgements, found.shrinkage), answered: null },
    onlySubject: onlySubject(),
  }
}

function restsOn(judgements: readonly Judgement[], shrinkage: number) {
  const share = Math.round(shrinkage * 20) / 20
  return { answers: judgements.length, share, leans: share >= 0.5 }
}

/**
 * A person's own answers, by the same locations and steps, around their own overall level: with the spread of the round,
 * so that what stands side by side is drawn to the middle by the same rule.
 */
function selfCells(
  subject: string,
  own: readonly Scored[],
  spread: number,
  misplaced: ReadonlySet<string>,
): RoundCell[] {
  if (own.length === 0) return []
  const judgementOf = ({ rater, location, score }: Scored): Judgement => ({
    rater,
    score,
    location,
    locationSe: 0,
  })
  const overall = locate(own.map(judgementOf), { mean: 0, meanSe: 0, sd: 3 })
  return [...grouped(own, ({ competency }) => competency)].map(([competency, answers]) => {
    const prior = { mean: overall.measure, meanSe: overall.se, sd: spread }
    const judgements = answers.map(judgementOf)
    const { measure: location, se, shrinkage } = locate(judgements, prior)
    const answered = Array.from({ length: SHOWS_FROM + 1 }, () => 0)
    for (const { score } of answers) answered[score]!++
    const published = { measure: rounded(location), se: Math.max(0.01, rounded(se)) }
    return {
      ...{ subject, competency, kinds: ['self'] as const, raters: 1, answered, ...published },
      ...{ ...restsOn(judgements, shrinkage), disagree: false, misplaced: misplaced.has(competency) },
      onlySubject: 'self-assessed' as const,
    }
  })
}

/** Severity is told where it compares a rater with at least as many others as a cell needs, and where they are linked. */
function notesOf(
  ratings: readonly RoundRating[],
  open: readonly Scored[],
  run: { value: Run } | { refusal: RoundRefusal },
  rule: RoundRule,
): RaterNote[] {
  const asked = new Set(ratings.filter(({ kind }) => kind !== 'self').map(({ rater }) => rater))
  const blocks = grouped(open, ({ subject, competency }) => `${subject} ${competency}`)
  const ratersOf = new Map([...blocks].map(([key, block]) => [key, new Set(block.map(({ rater }) => rater))]))
  const byRater = grouped(open, ({ rater }) => rater)
  return [...asked].sort().map((rater) => {
    const own = byRater.get(rater) ?? []
    const subjects = new Set(own.map(({ subject }) => subject)).size
    const keys = new Set(own.map(({ subject, competency }) => `${subject} ${competency}`))
    const beside = new Set([...keys].flatMap((key) => [...ratersOf.get(key)!]))
    beside.delete(rater)
    const refused = (refusal: RoundRefusal): RaterNote => ({ rater, subjects, severity: null, refusal })
    if (beside.size < rule.minimum) return refused('too-few-raters')
    if (!('value' in run)) return refused(run.refusal)
    const found = run.value.severities.get(rater)
    if (!found) return refused('not-measured')
    const severity = { measure: rounded(found.measure), se: Math.max(0.01, rounded(found.se)) }
    return { rater, subjects, severity, refusal: null }
  })
}

const rounded = (value: number): number => Math.round(value * 100) / 100
