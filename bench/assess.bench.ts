// Time to the next item on large banks, as ratios to @bdelab/jscat on a dichotomous bank of the same size.
// jsCAT runs with posterior means: its maximum likelihood needs an optimiser that the lockfile leaves out.
import { Cat } from '@bdelab/jscat'
import {
  adaptiveBank,
  answerAdaptiveTest,
  mostInformativeItem,
  startAdaptiveTest,
} from '../src/core/assess/adaptive-test.ts'
import { ANSWERS } from '../src/core/assess/answers.ts'
import { giveAnswer, resumeAssessment } from '../src/core/assess/assessment.ts'
import type { Goal } from '../src/core/assess/goal.ts'
import { instrumentFromBank } from '../src/core/assess/instrument.ts'
import { nextItem } from '../src/core/assess/next-item.ts'
import { itemBank } from '../test/item-bank.ts'
import { normal, seededRandom } from './simulated-people.ts'

const STEPS = 20
const ROUNDS = 11

/** Processor milliseconds, which a busy machine does not stretch, of one step (answer, estimate, next item) in the least disturbed of several tests of `STEPS` items. */
function stepTime(takeTest: () => void): number {
  takeTest()
  const times = Array.from({ length: ROUNDS }, () => {
    const start = process.cpuUsage()
    takeTest()
    const { user, system } = process.cpuUsage(start)
    return (user + system) / 1000 / STEPS
  })
  return Math.min(...times)
}

function plainStep(size: number): number {
  const rng = seededRandom(1)
  const bank = adaptiveBank(
    Array.from({ length: size }, () => ({
      kind: 'logistic',
      discrimination: 0.5 + rng(),
      difficulty: 1.5 * normal(rng),
    })),
    { points: 61 },
  )
  return stepTime(() => {
    let state = startAdaptiveTest(bank)
    for (let i = 0; i < STEPS; i++)
      state = answerAdaptiveTest(bank, state, mostInformativeItem(bank, state.asked, state.theta)!, i % 2)
  })
}

function plainPolytomousStep(size: number): number {
  const rng = seededRandom(2)
  const bank = adaptiveBank(
    Array.from({ length: size }, () => {
      const location = 1.5 * normal(rng)
      return {
        kind: 'adjacent',
        discrimination: 1,
        thresholds: [-2.25, -0.75, 0.75, 2.25].map((step) => location + step),
      }
    }),
    { points: 61 },
  )
  return stepTime(() => {
    let state = startAdaptiveTest(bank)
    for (let i = 0; i < STEPS; i++)
      state = answerAdaptiveTest(bank, state, mostInformativeItem(bank, state.asked, state.theta)!, i % 5)
  })
}

function jsCatStep(size: number): number {
  const rng = seededRandom(1)
  const bank = Array.from({ length: size }, () => ({ a: 0.5 + rng(), b: 1.5 * normal(rng), c: 0, d: 1 }))
  return stepTime(() => {
    const cat = new Cat({ method: 'EAP', itemSelect: 'MFI' })
    let left = bank
    for (let i = 0; i < STEPS; i++) {
      const { nextStimulus, remainingStimuli } = cat.findNextItem(left, 'MFI', false)
      left = remainingStimuli as typeof bank
      const { discrimination, difficulty } = nextStimulus as unknown as {
        discrimination: number
        difficulty: number
      }
      cat.updateAbilityEstimate({ a: discrimination, b: difficulty, c: 0, d: 1 }, i % 2 === 0 ? 1 : 0)
    }
  })
}

/** `own`: every item has its own calibrated location, so that no two share a response function (the worst case). */
function hierarchicalStep(
  competencies: number,
  perLevel: number,
  own: boolean,
): { build: number; step: number; items: number } {
  const rng = seededRandom(3)
  const bank = itemBank(competencies, 5, 5, perLevel)
  const ids = bank.competencies.flatMap(({ behaviours }) => behaviours)
  const calibration = new Map(
    ids.map(({ id, level }) => [id, { location: 1.5 * (level - 3) + 0.5 * normal(rng), locationSd: 0.3 }]),
  )
  const start = performance.now()
  const instrument = instrumentFromBank(bank, own ? { calibration } : {})
  const build = performance.now() - start
  const roles = [1, 2, 3, 4, 5].map((level) => ({
    role: `role-${level}`,
    bars: instrument.competencies.map(({ id }) => ({ competency: id, level })),
  }))
  const goal: Goal = { mode: 'adaptive', roles }
  const step = stepTime(() => {
    let assessment = resumeAssessment(instrument)
    for (let i = 0; i < STEPS; i++) {
      const next = nextItem(assessment, goal)
      if ('stop' in next) throw new Error(`stopped after ${i} items: ${next.stop}`)
      assessment = giveAnswer(assessment, { item: next.item.id, answer: ANSWERS[(i * 2) % 5]! })
    }
  })
  return { build, step, items: instrument.items.length }
}

const baseline = new Map([500, 5000].map((size) => [size, jsCatStep(size)]))
const row = (what: string, size: number, step: number): void => {
  const reference = baseline.get(size)
  const ratio = reference === undefined ? '-' : `${(reference / step).toFixed(step > reference ? 2 : 1)} x`
  console.log(`| ${what} | ${size} | ${step.toFixed(3)} | ${ratio} |`)
}
console.log(
  '| one step: answer, estimate, next item | items | ms | faster than jsCAT |\n| --- | --- | --- | --- |',
)
for (const [size, step] of baseline) row('jsCAT 5.2.3, dichotomous, EAP, maximum information', size, step)
for (const size of [500, 5000]) {
  row('plain engine, dichotomous, EAP, maximum information', size, plainStep(size))
  row('plain engine, five categories', size, plainPolytomousStep(size))
}
for (const [competencies, perLevel, own] of [
  [22, 2, false],
  [50, 2, true],
  [22, 45, true],
  [500, 2, true],
] as const) {
  const { build, step, items } = hierarchicalStep(competencies, perLevel, own)
  const kind = own ? 'each item calibrated on its own' : 'expert-set'
  row(`whole profile of ${competencies} competencies, ${kind} (built in ${build.toFixed(0)} ms)`, items, step)
}
