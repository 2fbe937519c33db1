// Progress: it starts empty, fills with answers and is full where nothing is left.
import { expect, test } from 'vitest'
import { giveAnswer, resumeAssessment } from '../assess/assessment.ts'
import { buildInstrument } from '../assess/instrument.ts'
import { nextItem } from '../assess/next-item.ts'
import { goalFor, type Mode } from './assessment-goal.ts'
import { growthFramework } from './fixture.ts'
import { progressOf } from './progress.ts'

const framework = growthFramework()
const instrument = buildInstrument(framework)

test.each<Mode>(['quick', 'adaptive', 'target', 'whole-bank'])(
  '%s starts empty and never runs over',
  (mode) => {
    const goal = goalFor(framework, mode, { role: 'architect', variant: null })
    let assessment = resumeAssessment(instrument)
    expect(progressOf(assessment, goal).filled).toBe(0)
    for (let next = nextItem(assessment, goal); 'item' in next; next = nextItem(assessment, goal)) {
      const answer = next.item.level <= 3 ? 'lead-others' : 'with-help'
      assessment = giveAnswer(assessment, { item: next.item.id, answer })
      const { filled, areas, minutesLeft } = progressOf(assessment, goal)
      for (const share of [filled, ...areas.map((area) => area.filled)]) {
        expect(share).toBeGreaterThanOrEqual(0)
        expect(share).toBeLessThanOrEqual(1)
      }
      expect(minutesLeft.max).toBeGreaterThanOrEqual(minutesLeft.min)
      expect(minutesLeft.min).toBeGreaterThanOrEqual(0)
    }
    const end = progressOf(assessment, goal)
    expect(end.filled).toBeGreaterThan(0.5)
    expect(end.areas.reduce((sum, { answered }) => sum + answered, 0)).toBe(assessment.responses.length)
    if (mode === 'quick' || mode === 'whole-bank')
      expect(end).toMatchObject({ filled: 1, minutesLeft: { min: 0, max: 0 } })
  },
)

test('an area that a target role asks nothing of is full from the start', () => {
  const goal = goalFor(framework, 'target', { role: 'junior', variant: null })
  const { areas } = progressOf(resumeAssessment(instrument), goal)
  expect(areas.map(({ area, filled }) => [area, filled])).toEqual([
    ['craft', 0],
    ['people', 1],
  ])
})

test('mode target without a role of the framework is refused', () => {
  expect(() => goalFor(framework, 'target', null)).toThrow('expected a role of the framework')
})
