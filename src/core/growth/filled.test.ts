// What was filled along the way: remembered and worked out anew are the same, also with undo and two processes.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ANSWERS, type Answer, type Response } from '../assess/answers.ts'
import { resumeAssessment } from '../assess/assessment.ts'
import { buildInstrument } from '../assess/instrument.ts'
import { goalFor } from './assessment-goal.ts'
import { filledAt, fullest, type BarGoal } from './filled.ts'
import { growthFramework } from './fixture.ts'
import { progressOf } from './progress.ts'

const RUNS = process.env['RUNGS_VERIFY'] ? 2000 : 30
const framework = growthFramework()
/** Nothing is remembered for an instrument that was just built: each stands for a process of its own. */
const freshProcess = () => buildInstrument(framework)
const goals = (['adaptive', 'target'] as const).map(
  (mode) =>
    goalFor(framework, { mode, target: { role: 'architect', variant: null }, today: null }) as BarGoal,
)
const items = freshProcess().items.map(({ id }) => id)

/** Answers that are given, changed and taken back, as the states that a person passes through. */
const runs = fc
  .array(
    fc.oneof(
      {
        weight: 5,
        arbitrary: fc.record({
          item: fc.constantFrom(...items),
          answer: fc.constantFrom<Answer>(...ANSWERS, 'no-opportunity'),
        }),
      },
      { weight: 1, arbitrary: fc.constant('undo' as const) },
    ),
    { minLength: 1, maxLength: 25 },
  )
  .map((steps) => {
    const states: Response[][] = []
    let now: Response[] = []
    for (const step of steps) {
      now = step === 'undo' ? now.slice(0, -1) : [...now.filter(({ item }) => item !== step.item), step]
      states.push(now)
    }
    return states
  })

test('progress that was remembered equals progress worked out anew, with undo and two processes in turn', () => {
  fc.assert(
    fc.property(runs, fc.constantFrom(...goals), (states, goal) => {
      const processes = [freshProcess(), freshProcess()]
      states.forEach((responses, at) => {
        const remembered = progressOf(resumeAssessment(processes[at % 2]!, responses), goal)
        expect(remembered).toEqual(progressOf(resumeAssessment(freshProcess(), responses), goal))
      })
    }),
    { numRuns: RUNS, seed: 20261121 },
  )
}, 60_000)

test('the fullest is the most over the first 1, 2, ... answers', () => {
  fc.assert(
    fc.property(runs, fc.constantFrom(...goals), (states, goal) => {
      const responses = states.at(-1)!
      const instrument = freshProcess()
      const steps = responses.map((_, i) =>
        filledAt(resumeAssessment(instrument, responses.slice(0, i + 1)), goal),
      )
      const most = fullest(resumeAssessment(instrument, responses), goal)
      const scored = responses.some(({ answer }) => answer !== 'no-opportunity')
      expect(most.whole).toBeCloseTo(scored ? Math.max(...steps.map(({ whole }) => whole)) : 0, 12)
      for (const [area, share] of most.areas)
        expect(share, area).toBeCloseTo(Math.max(...steps.map(({ areas }) => areas.get(area) ?? 0)), 12)
    }),
    { numRuns: RUNS, seed: 20261122 },
  )
}, 60_000)

test('more goals and answers than are remembered at once give the same progress', () => {
  const instrument = freshProcess()
  const responses = items.slice(0, 3).map((item): Response => ({ item, answer: 'on-my-own' }))
  const goal = goals[0]!
  const before = progressOf(resumeAssessment(instrument, responses), goal)
  for (let limit = 1; limit <= 450; limit++)
    progressOf(resumeAssessment(instrument, responses.slice(0, 1)), { ...goal, limit })
  expect(progressOf(resumeAssessment(instrument, responses), goal)).toEqual(before)
})
