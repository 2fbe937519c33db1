// What the invented people of the sample organisation can do, and what they say of themselves and of each other.
import { answerProbabilities } from '../assess/answer-model.ts'
import { ANSWERS, type Answer, type Response } from '../assess/answers.ts'
import type { Instrument, Item } from '../assess/instrument.ts'
import { barOf } from '../assess/level-scale.ts'
import type { FormSubject } from './round-form.ts'
import type { SheetKind } from './round-state.ts'

/** Standard deviations of the invented world, in logits. */
const SD = { person: 0.7, competency: 0.6, severity: 0.7, halo: 0.3, self: 0.7 }
/** How far above their bars new people are on average, and how far below them where their role asks nothing, in logits. */
const [ABOVE, BELOW] = [0.8, -1.5]
/** What a year adds, in logits, until somebody has been there for eight. */
const [A_YEAR, MOST_YEARS] = [0.12, 8]
/** How much better people on average find themselves than others find them, in logits. */
const KINDNESS = 0.4
/** How often somebody had no chance to see a behaviour. */
const UNSEEN: Readonly<Record<SheetKind, number>> = { self: 0.03, manager: 0.06, peer: 0.12, report: 0.15 }

/** One invented person: where they truly are on each competency, and how they rate. All in logits. */
export interface SampleMind {
  readonly truth: ReadonlyMap<string, number>
  /** How harsh they are with others. */
  readonly severity: number
  /** How much higher they put themselves. */
  readonly selfBias: number
}

/** Somebody around the bar of a role, further above it the more `years` they have worked there; `bar` may be empty. */
export function inventMind(
  instrument: Instrument,
  bar: FormSubject['bar'],
  years: number,
  random: () => number,
): SampleMind {
  const levels = new Map(bar.map(({ competency, level }) => [competency, level]))
  const middle = bar.length === 0 ? 2 : bar.reduce((sum, { level }) => sum + level, 0) / bar.length
  const person = A_YEAR * Math.min(years, MOST_YEARS) + SD.person * normal(random)
  const truth = new Map(
    instrument.competencies.map(({ id, scale }) => {
      const asked = levels.get(id)
      const around = asked === undefined ? barOf(scale, middle) + BELOW : barOf(scale, asked) + ABOVE
      return [id, around + person + SD.competency * normal(random)] as const
    }),
  )
  return {
    truth,
    severity: SD.severity * normal(random),
    selfBias: KINDNESS + SD.self * normal(random),
  }
}

/** What a rater says on a whole sheet about somebody; the same halo lies on all of it. */
export function inventSheet(
  instrument: Instrument,
  form: readonly string[],
  { of, by, kind }: { readonly of: SampleMind; readonly by: SampleMind; readonly kind: SheetKind },
  random: () => number,
): Response[] {
  const shift = kind === 'self' ? by.selfBias : SD.halo * normal(random) - by.severity
  // Who works apart from somebody sees little of one thing or another.
  const hidden = new Map<string, boolean>()
  return form.map((id) => {
    const item = instrument.items[instrument.itemIndex.get(id)!]!
    if (!hidden.has(item.competency)) hidden.set(item.competency, random() < UNSEEN[kind] / 2)
    const unseen = hidden.get(item.competency)! || random() < UNSEEN[kind] / 2
    return { item: id, answer: unseen ? 'no-opportunity' : inventAnswer(instrument, of, item, shift, random) }
  })
}

/**
 * A self-assessment that somebody went through competency by competency and ended when they had had enough: of each
 * competency of their bar a behaviour at its level and one at a neighbouring level.
 */
export function inventAssessment(
  instrument: Instrument,
  mind: SampleMind,
  bar: FormSubject['bar'],
  random: () => number,
): Response[] {
  return instrument.competencies.flatMap(({ id, items }) => {
    const level = bar.find(({ competency }) => competency === id)?.level
    if (level === undefined) return []
    const near = items
      .map((at) => instrument.items[at]!)
      .filter((item) => Math.abs(item.level - level) <= 1)
      .map((item) => ({ item, order: Math.abs(item.level - level) + 0.9 * random() }))
      .toSorted((a, b) => a.order - b.order)
    return near.slice(0, 2).map(({ item }): Response => {
      const unseen = random() < UNSEEN.self
      const answer = unseen ? 'no-opportunity' : inventAnswer(instrument, mind, item, mind.selfBias, random)
      return { item: item.id, answer }
    })
  })
}

function inventAnswer(
  { steps }: Instrument,
  { truth }: SampleMind,
  { competency, location }: Item,
  shift: number,
  random: () => number,
): Answer {
  const probabilities = answerProbabilities(truth.get(competency)! + shift, location, steps)
  let left = random()
  let score = 0
  while (score < ANSWERS.length - 1 && (left -= probabilities[score]!) > 0) score++
  return ANSWERS[score]!
}

/** A standard normal number (Box and Muller 1958, Annals of Mathematical Statistics 29, 610-611). */
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}
