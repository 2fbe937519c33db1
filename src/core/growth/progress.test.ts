// Progress: it starts empty, fills with answers and is full where nothing is left.
import { expect, test } from 'vitest'
import { giveAnswer, resumeAssessment } from '../assess/assessment.ts'
import { buildInstrument } from '../assess/instrument.ts'
import { nextItem } from '../assess/next-item.ts'
import { endingSaid, goalFor, openingLevel, type Mode } from './assessment-goal.ts'
import { barOutcomes } from './decided-bars.ts'
import { growthFramework } from './fixture.ts'
import { progressOf } from './progress.ts'

const framework = growthFramework()
const instrument = buildInstrument(framework)

test.each<Mode>(['quick', 'adaptive', 'target', 'whole-bank'])(
  '%s starts empty and never runs over',
  (mode) => {
    const goal = goalFor(framework, { mode, target: { role: 'architect', variant: null }, today: null })
    let assessment = resumeAssessment(instrument)
    expect(progressOf(assessment, goal).filled).toBe(0)
    for (let next = nextItem(assessment, goal); 'item' in next; next = nextItem(assessment, goal)) {
      const answer = next.item.level <= 3 ? 'lead-others' : 'with-help'
      assessment = giveAnswer(assessment, { item: next.item.id, answer })
      const { filled, areas, minutesLeft, asked, atMost } = progressOf(assessment, goal)
      for (const share of [filled, ...areas.map((area) => area.filled)]) {
        expect(share).toBeGreaterThanOrEqual(0)
        expect(share).toBeLessThanOrEqual(1)
      }
      expect(minutesLeft.max).toBeGreaterThanOrEqual(minutesLeft.min)
      expect(minutesLeft.min).toBeGreaterThanOrEqual(0)
      expect(asked).toBe(assessment.responses.length)
      expect(atMost).toBeGreaterThanOrEqual(asked)
    }
    const end = progressOf(assessment, goal)
    expect(end.filled).toBeGreaterThan(0)
    expect(end.areas.reduce((sum, { answered }) => sum + answered, 0)).toBe(assessment.responses.length)
    if (mode === 'quick' || mode === 'whole-bank')
      expect(end).toMatchObject({ filled: 1, minutesLeft: { min: 0, max: 0 } })
  },
)

test.each<Mode>(['adaptive', 'target'])(
  '%s: while answering and at the end an area is as full as its bars are decided by own answers',
  (mode) => {
    const goal = goalFor(framework, { mode, target: { role: 'architect', variant: null }, today: null })
    const answers = ['not-yet', 'on-my-own', 'no-opportunity', 'with-help', 'set-how'] as const
    let assessment = resumeAssessment(instrument)
    let i = 0
    for (let next = nextItem(assessment, goal); ; next = nextItem(assessment, goal)) {
      const { areas, filled } = progressOf(assessment, goal)
      const bars = barOutcomes(assessment, goal)!
      const scored = new Set(
        assessment.responses
          .filter(({ answer }) => answer !== 'no-opportunity')
          .map(({ item }) => instrument.items[instrument.itemIndex.get(item)!]!.competency),
      )
      for (const { competency, decided, known, decision } of bars) {
        expect(known, competency).toBe(scored.has(competency))
        if (decided) expect(known && decision !== 'cannot tell', competency).toBe(true)
      }
      for (const { area, bars: count, decided, filled: share } of areas) {
        const own = bars.filter((bar) => bar.area === area)
        expect([count, decided]).toEqual([own.length, own.filter((bar) => bar.decided).length])
        expect(share).toBe(own.length === 0 ? 0 : decided! / count!)
      }
      expect(filled).toBe(bars.filter(({ decided }) => decided).length / bars.length)
      if ('stop' in next) break
      assessment = giveAnswer(assessment, { item: next.item.id, answer: answers[i++ % 5]! })
    }
    expect(i).toBeGreaterThan(5)
  },
)

test('an end that says that every bar is decided has every bar decided', () => {
  for (const mode of ['adaptive', 'target'] as const) {
    const goal = goalFor(framework, { mode, target: { role: 'architect', variant: null }, today: null })
    let assessment = resumeAssessment(instrument)
    let next = nextItem(assessment, goal)
    for (; 'item' in next; next = nextItem(assessment, goal))
      assessment = giveAnswer(assessment, { item: next.item.id, answer: 'not-yet' })
    expect(next.stop).toBe('decided')
    expect(progressOf(assessment, goal).filled).toBe(1)
  }
})

test('the time left never rises, and falls also where nothing is decided', () => {
  const goal = goalFor(framework, { mode: 'adaptive', target: null, today: null })
  let assessment = resumeAssessment(instrument)
  const left: number[] = [progressOf(assessment, goal).minutesLeft.max]
  for (let next = nextItem(assessment, goal); 'item' in next; next = nextItem(assessment, goal)) {
    assessment = giveAnswer(assessment, { item: next.item.id, answer: 'with-help' })
    left.push(progressOf(assessment, goal).minutesLeft.max)
  }
  expect(left.at(-1)!).toBeLessThan(left[0]!)
  expect(left).toEqual(left.toSorted((a, b) => b - a))
})

test('an area that a target role asks nothing of has no bar, and is not called full', () => {
  const goal = goalFor(framework, { mode: 'target', target: { role: 'junior', variant: null }, today: null })
  const { areas } = progressOf(resumeAssessment(instrument), goal)
  expect(areas.map(({ area, filled, bars }) => [area, filled, bars])).toEqual([
    ['craft', 0, 2],
    ['people', 0, 0],
  ])
})

test('mode target without a role of the framework is refused', () => {
  expect(() => goalFor(framework, { mode: 'target', target: null, today: null })).toThrow(
    'expected a role of the framework',
  )
})

test('one competency is asked to its end, and only that one', () => {
  const goal = goalFor(framework, {
    ...{ mode: 'adaptive', target: null, today: null },
    asking: { competency: 'hiring' },
  })
  let assessment = resumeAssessment(instrument, [{ item: 'hiring-3a', answer: 'with-help' }])
  expect(progressOf(assessment, goal)).toMatchObject({ asked: 1, atMost: 10 })
  for (let next = nextItem(assessment, goal); 'item' in next; next = nextItem(assessment, goal)) {
    expect(next.item.competency).toBe('hiring')
    assessment = giveAnswer(assessment, { item: next.item.id, answer: 'on-my-own' })
  }
  expect(assessment.responses).toHaveLength(10)
  expect(nextItem(assessment, goal)).toMatchObject({ stop: 'nothing left' })
  expect(progressOf(assessment, goal).filled).toBe(1)
})

test('the questions open in the middle of what today’s role asks, and at level 2 where none was said', () => {
  const opening = (role: string | null) =>
    openingLevel(framework, role === null ? null : { role, variant: null })
  expect([null, 'junior', 'senior', 'architect', 'head'].map(opening)).toEqual([2, 1, 2, 3, 4])
})

test.each<Mode>(['quick', 'adaptive', 'target', 'whole-bank'])(
  '%s: nothing becomes known by "no opportunity", whatever was asked',
  (mode) => {
    const goal = goalFor(framework, { mode, target: { role: 'architect', variant: null }, today: null })
    let assessment = resumeAssessment(instrument)
    const asksOf = progressOf(assessment, goal).areas.filter(({ filled }) => filled === 0)
    expect(asksOf.length).toBeGreaterThan(0)
    for (let next = nextItem(assessment, goal); 'item' in next; next = nextItem(assessment, goal))
      assessment = giveAnswer(assessment, { item: next.item.id, answer: 'no-opportunity' })
    const end = progressOf(assessment, goal)
    expect(end.filled).toBe(0)
    for (const { area } of asksOf)
      expect(end.areas.find((one) => one.area === area)).toMatchObject({ filled: 0, answered: 0 })
    expect(end.asked).toBe(assessment.responses.length)
    expect(end.areas.reduce((sum, { noOpportunity }) => sum + noOpportunity, 0)).toBe(end.asked)
  },
)

test('an area without a question of its own is not known, however much the other answers make of it', () => {
  const goal = goalFor(framework, { mode: 'adaptive', target: null, today: null })
  const crafted = instrument.items
    .filter(({ area }) => area === 'craft')
    .map(({ id }) => ({ item: id, answer: 'set-how' as const }))
  const { areas } = progressOf(resumeAssessment(instrument, crafted), goal)
  expect(areas.find(({ area }) => area === 'people')).toMatchObject({ filled: 0, answered: 0 })
  expect(areas.find(({ area }) => area === 'craft')!.filled).toBeGreaterThan(0.9)
})

test('an ending is said of what was asked about', () => {
  const hiring = { competency: 'hiring' }
  const role = { role: { role: 'architect', variant: null } }
  expect(endingSaid('bank-exhausted', { mode: 'whole-bank', asking: null })).toBe('bank-exhausted')
  expect(endingSaid('bank-exhausted', { mode: 'adaptive', asking: null })).toBe('near-exhausted')
  expect(endingSaid('bank-exhausted', { mode: 'adaptive', asking: hiring })).toBe('competency-exhausted')
  expect(endingSaid('bank-exhausted', { mode: 'adaptive', asking: role })).toBe('role-exhausted')
  expect(endingSaid('bars-decided', { mode: 'target' })).toBe('role-decided')
  expect(endingSaid('bars-decided', { mode: 'adaptive' })).toBe('bars-decided')
  expect(endingSaid('person-stopped', { mode: 'target' })).toBe('person-stopped')
})
