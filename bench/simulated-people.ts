// People with known true profiles who answer an instrument: what the estimates are tried against.
import { ANSWERS, type Response } from '../src/core/assess/answers.ts'
import { giveAnswer, profileSoFar, resumeAssessment, type Assessment } from '../src/core/assess/assessment.ts'
import { decide } from '../src/core/assess/decision.ts'
import type { Goal, RoleBars } from '../src/core/assess/goal.ts'
import { barLocation, type Instrument } from '../src/core/assess/instrument.ts'
import { nextItem } from '../src/core/assess/next-item.ts'
import { probabilityAtLeast, type Bar, type Profile } from '../src/core/assess/profile.ts'
import { answerProbabilities } from '../src/core/assess/answer-model.ts'

/** Uniform numbers in [0, 1) from a 32-bit seed (mulberry32, Tommy Ettinger, public domain). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/** A standard normal number (Box and Muller 1958). */
export function normal(rng: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - rng())) * Math.cos(2 * Math.PI * rng())
}

/** How the simulated world is made, in logits; where it differs from the instrument's model that is the point. */
export interface World {
  readonly name: string
  /** General level of one person. */
  readonly general: (rng: () => number) => number
  readonly deviationSd: number
  /** SD of each item's true location around its anchor. */
  readonly itemError: number
  /** SD of an error that the items of one competency and level share. */
  readonly sharedError: number
  /** Share of behaviours that a person had no opportunity to show, at random. */
  readonly noOpportunity: number
}

const population = { general: (rng: () => number) => 3 * normal(rng), deviationSd: 1.75, itemError: 0.5 }

/** The first three worlds are those that the estimates are made for; in the others the model is wrong in one way. */
export const WORLDS: readonly World[] = [
  { ...population, name: 'anchors off by SD 0.5', sharedError: 0, noOpportunity: 0 },
  { ...population, name: 'anchors exact', itemError: 0, sharedError: 0, noOpportunity: 0 },
  { ...population, name: 'anchors off by SD 0.5, 15 % no opportunity', sharedError: 0, noOpportunity: 0.15 },
  {
    ...population,
    name: 'off by SD 0.5 for a whole level at once',
    itemError: 0,
    sharedError: 0.5,
    noOpportunity: 0,
  },
  { ...population, name: 'anchors off by SD 1', itemError: 1, sharedError: 0, noOpportunity: 0 },
  { ...population, name: 'flatter profiles (SD 1.4)', deviationSd: 1.4, sharedError: 0, noOpportunity: 0 },
  {
    ...population,
    name: 'more jagged profiles (SD 2.1)',
    deviationSd: 2.1,
    sharedError: 0,
    noOpportunity: 0,
  },
]
/** Worlds that the estimates are made for. */
export const MODELLED = 3

export interface SimulatedPerson {
  /** True location by competency, in the instrument's order. */
  readonly truth: Float64Array
  /** What the person would answer to each item, in the instrument's order. */
  readonly answers: readonly Response[]
}

export function simulatePerson(instrument: Instrument, world: World, rng: () => number): SimulatedPerson {
  const general = world.general(rng)
  const truth = Float64Array.from(instrument.competencies, () => general + world.deviationSd * normal(rng))
  const shared = new Map<string, number>()
  const answers = instrument.items.map((item): Response => {
    const key = `${item.competency} ${item.level}`
    if (!shared.has(key)) shared.set(key, world.sharedError * normal(rng))
    const location = item.location + shared.get(key)! + world.itemError * normal(rng)
    const theta = truth[instrument.competencyIndex.get(item.competency)!]!
    const probabilities = answerProbabilities(theta, location, instrument.steps)
    let left = rng()
    let score = 0
    while (score < 4 && (left -= probabilities[score]!) > 0) score++
    const missing = rng() < world.noOpportunity
    return { item: item.id, answer: missing ? 'no-opportunity' : ANSWERS[score]! }
  })
  return { truth, answers }
}

/** The person takes the assessment to its end; `rng` draws among the best items. */
export function takeAssessment(
  instrument: Instrument,
  person: SimulatedPerson,
  goal: Goal,
  rng?: () => number,
): Assessment {
  if (goal.mode === 'whole') return resumeAssessment(instrument, person.answers)
  let assessment = resumeAssessment(instrument)
  for (;;) {
    const next = nextItem(assessment, goal, rng ? { rng } : {})
    if ('stop' in next) return assessment
    assessment = giveAnswer(assessment, person.answers[instrument.itemIndex.get(next.item.id)!]!)
  }
}

/** Counts over bars: how often the side was right, over all, and for decided and undecided bars apart. */
export interface BarTally {
  bars: number
  right: number
  decided: number
  decidedRight: number
  undecided: number
  undecidedRight: number
}

export interface Tally {
  readonly all: BarTally
  readonly near: BarTally
  items: number
  most: number
  people: number
  competencies: number
  covered90: number
  covered50: number
  squaredError: number
  width90: number
}

const emptyBars = (): BarTally => ({
  bars: 0,
  right: 0,
  decided: 0,
  decidedRight: 0,
  undecided: 0,
  undecidedRight: 0,
})

export function emptyTally(): Tally {
  return {
    all: emptyBars(),
    near: emptyBars(),
    items: 0,
    most: 0,
    people: 0,
    competencies: 0,
    covered90: 0,
    covered50: 0,
    squaredError: 0,
    width90: 0,
  }
}

/** Adds one person's result to a tally; `near` are the bars that the person's true profile is nearest to. */
export function tallyPerson(
  tally: Tally,
  person: SimulatedPerson,
  asked: number,
  profile: Profile,
  near: readonly Bar[],
): void {
  const { instrument } = profile.posterior
  tally.people++
  tally.items += asked
  tally.most = Math.max(tally.most, asked)
  profile.competencies.forEach((estimate, c) => {
    const truth = person.truth[c]!
    tally.competencies++
    tally.squaredError += (estimate.mean - truth) ** 2
    tally.width90 += estimate.logits90[1] - estimate.logits90[0]
    if (truth >= estimate.logits90[0] && truth <= estimate.logits90[1]) tally.covered90++
    if (truth >= estimate.logits50[0] && truth <= estimate.logits50[1]) tally.covered50++
  })
  const every = instrument.competencies.flatMap(({ id, scale }) =>
    Array.from({ length: scale.levels }, (_, i) => ({ competency: id, level: i + 1 })),
  )
  for (const bar of every) tallyBar(tally.all, person, profile, bar)
  for (const bar of near) tallyBar(tally.near, person, profile, bar)
}

function tallyBar(
  tally: BarTally,
  person: SimulatedPerson,
  profile: Profile,
  { competency, level }: Bar,
): void {
  const { instrument } = profile.posterior
  const c = instrument.competencyIndex.get(competency)!
  const bar = barLocation(instrument, competency, level)
  const right = profile.competencies[c]!.mean >= bar === person.truth[c]! >= bar
  tally.bars++
  if (right) tally.right++
  if (decide(probabilityAtLeast(profile, competency, level)) === 'cannot tell') {
    tally.undecided++
    if (right) tally.undecidedRight++
  } else {
    tally.decided++
    if (right) tally.decidedRight++
  }
}

/** The bars of the `count` roles whose bars lie nearest to a true profile, by mean distance in logits. */
export function barsNearTruth(
  instrument: Instrument,
  truth: Float64Array,
  roles: readonly RoleBars[],
  count: number,
): Bar[] {
  const distance = ({ bars }: RoleBars): number =>
    bars.reduce((sum, { competency, level }) => {
      const at = truth[instrument.competencyIndex.get(competency)!]!
      return sum + Math.abs(at - barLocation(instrument, competency, level))
    }, 0) / bars.length
  const near = roles.toSorted((a, b) => distance(a) - distance(b)).slice(0, count)
  const bars = near.flatMap((role) => role.bars)
  return [...new Map(bars.map((bar) => [`${bar.competency} ${bar.level}`, bar])).values()]
}

/** Share of bars whose side was right, 0-1, undecided ones counted by the sign of estimate minus bar. */
export const accuracy = ({ right, bars }: BarTally): number => right / bars

/** Share of competencies whose 90 % interval holds the truth, 0-1. */
export const coverage90 = ({ covered90, competencies }: Tally): number => covered90 / competencies

/** Lets `people` simulated people take each goal and tallies the results by the goal's mode. */
export function simulate(
  instrument: Instrument,
  world: World,
  roles: readonly RoleBars[],
  goals: readonly Goal[],
  people: number,
  seed: number,
): Map<Goal['mode'], Tally> {
  const tallies = new Map(goals.map((goal) => [goal.mode, emptyTally()]))
  for (let i = 0; i < people; i++) {
    // A seed for each person: the first 10 of 1,000 are the same people as a run of 10.
    const rng = seededRandom(seed + i * 7919)
    const person = simulatePerson(instrument, world, rng)
    const near = barsNearTruth(instrument, person.truth, roles, 3)
    for (const goal of goals) {
      const done = takeAssessment(instrument, person, goal, seededRandom(seed + i))
      tallyPerson(tallies.get(goal.mode)!, person, done.responses.length, profileSoFar(done), near)
    }
  }
  return tallies
}
