// "No opportunity" leads to easier questions, and to none of the harder of the same area.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { builtInInstrument } from '../../../bench/built-in-instrument.ts'
import { ANSWERS, type Answer, type Response } from './answers.ts'
import { giveAnswer, resumeAssessment } from './assessment.ts'
import type { Goal } from './goal.ts'
import type { Item } from './instrument.ts'
import { nextItem } from './next-item.ts'
import {
  CLOSED_AFTER,
  closedLevels,
  ENDED_AFTER,
  lastWithoutOpportunity,
  opportunityOf,
} from './opportunity.ts'

const { instrument, roles } = builtInInstrument()
const of = (responses: readonly Response[]) => opportunityOf({ instrument, responses })
const itemsAt = (competency: string, level: number) =>
  instrument.items.filter((item) => item.competency === competency && item.level === level)

/** Does level 2 alone and level 3 with help; no opportunity from level 4 on, nor for anything in one area. */
function programmer(withoutArea?: string) {
  return ({ level, area }: Item): Answer => {
    if (level >= 4 || (area === withoutArea && level > 1)) return 'no-opportunity'
    return level <= 2 ? 'on-my-own' : 'with-help'
  }
}

function take(goal: Goal, answer: (item: Item) => Answer, given: readonly Response[] = []) {
  let assessment = resumeAssessment(instrument, given)
  const asked: { item: Item; answer: Answer }[] = []
  for (let next = nextItem(assessment, goal); 'item' in next; next = nextItem(assessment, goal)) {
    const { item } = next
    asked.push({ item, answer: answer(item) })
    assessment = giveAnswer(assessment, { item: item.id, answer: answer(item) })
  }
  return asked
}
const none = (asked: readonly { answer: Answer }[]) =>
  asked.filter(({ answer }) => answer === 'no-opportunity').length

test('before anything was asked, and where every answer counts, the opportunity is no reason to choose', () => {
  const { id } = instrument.competencies[0]!
  expect(of([])(id, 5)).toBe(1)
  expect(of([{ item: itemsAt(id, 2)[0]!.id, answer: 'not-yet' }])(id, 5)).toBe(1)
})

test('the opportunity never rises with the level, and "no opportunity" never raises it', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          item: fc.constantFrom(...instrument.items.map(({ id }) => id)),
          answer: fc.constantFrom<Answer>(...ANSWERS, 'no-opportunity'),
        }),
        { maxLength: 30 },
      ),
      fc.constantFrom(...instrument.competencies.map(({ id }) => id)),
      (given, competency) => {
        const responses = [...new Map(given.map((one) => [one.item, one])).values()]
        const levels = [1, 2, 3, 4, 5].map((level) => of(responses)(competency, level))
        levels.slice(1).forEach((value, i) => expect(value).toBeLessThanOrEqual(levels[i]! + 1e-12))
        const worse = responses.map((one) => ({ ...one, answer: 'no-opportunity' as const }))
        for (const level of [1, 2, 3, 4, 5])
          expect(of(worse)(competency, level)).toBeLessThanOrEqual(of(responses)(competency, level) + 1e-12)
      },
    ),
    { numRuns: process.env['RUNGS_VERIFY'] ? 3000 : 60, seed: 20261121 },
  )
})

test.each<[string, Goal, number]>([
  ['quick', { mode: 'quick', start: 2 }, 0.34],
  ['adaptive', { mode: 'adaptive', roles, start: 2 }, 0.34],
])('%s: whoever had no opportunity for the harder is asked the easier', (_name, goal, most) => {
  const asked = take(goal, programmer())
  expect(none(asked) / asked.length).toBeLessThan(most)
})

test('after "no opportunity" throughout an area nothing of its highest levels is asked', () => {
  for (const area of instrument.areas) {
    const asked = take({ mode: 'adaptive', roles, start: 2 }, programmer(area))
    const high = asked.filter(({ item }) => item.area === area && item.level >= 4)
    const before = asked.findIndex(({ item, answer }) => item.area === area && answer === 'no-opportunity')
    expect(high.filter((one) => asked.indexOf(one) > before + 3).length, area).toBeLessThanOrEqual(1)
  }
})

test('towards a role every must is asked about near its bar first, the ones without an answer before all others', () => {
  const adaptive = take({ mode: 'adaptive', roles, start: 2 }, programmer())
  const given = adaptive.map(({ item, answer }) => ({ item: item.id, answer }))
  const { bars } = roles.find(({ role }) => role === 'architect')!
  const goal: Goal = { mode: 'target', bars, limit: given.length + 60, leastGain: 0 }
  const had = ({ level }: Item): Answer => (level <= 2 ? 'on-my-own' : level === 3 ? 'with-help' : 'not-yet')
  const asked = take(goal, had, given)
  const musts = bars.filter(({ kind }) => kind !== 'should')
  const near = (list: readonly { item: Item; answer: Answer }[]) =>
    musts.filter(({ competency, level }) =>
      list.some(
        ({ item, answer }) =>
          item.competency === competency &&
          ((item.level >= level - 1 && item.level <= level) || answer === 'no-opportunity'),
      ),
    )
  expect(near([...adaptive, ...asked])).toHaveLength(musts.length)
  const missing = musts.length - near(adaptive).length
  expect(near([...adaptive, ...asked.slice(0, missing)])).toHaveLength(musts.length)
})

const skip = (items: readonly Item[]) =>
  items.map(({ id }): Response => ({ item: id, answer: 'no-opportunity' }))

test('a competency is closed after three answers without an opportunity, and with a scored one only above it', () => {
  const [one, other] = instrument.competencies.map(({ id }) => id)
  const [first, second, ...more] = [4, 3, 2, 5].flatMap((level) => itemsAt(one!, level).slice(0, 1))
  const closed = (responses: readonly Response[]) => {
    const isClosed = closedLevels({ instrument, responses })
    return [1, 2, 3, 4, 5].filter((level) => isClosed(one!, level))
  }
  expect(closed(skip([first!, second!]))).toEqual([])
  const three = skip([first!, second!, ...more.slice(0, 1)])
  expect(three).toHaveLength(CLOSED_AFTER)
  expect(closed(three)).toEqual([1, 2, 3, 4, 5])
  expect(closedLevels({ instrument, responses: three })(other!, 3)).toBe(false)
  const had = { item: itemsAt(one!, 2)[1]!.id, answer: 'not-yet' as const }
  expect(closed([...three, had])).toEqual([4, 5])
  expect(closed([...three, { ...had, item: itemsAt(one!, 5)[1]!.id }])).toEqual([])
})

test('the row of answers without an opportunity ends with any other answer, and counts from where it was gone on', () => {
  const row = skip(instrument.items.slice(0, 6))
  const had = { item: instrument.items[9]!.id, answer: 'not-yet' as const }
  const lastOf = (responses: readonly Response[], from?: number) =>
    lastWithoutOpportunity({ responses }, from)
  expect([lastOf([]), lastOf(row), lastOf(row, 4), lastOf(row, 9)]).toEqual([0, 6, 2, 0])
  expect([lastOf([...row, had]), lastOf([had, ...row])]).toEqual([0, 6])
})

test('whoever goes on towards a role without any opportunity is asked a third of the limit at most', () => {
  for (const { role, bars } of roles) {
    const asked = take({ mode: 'target', bars, leastGain: 0 }, () => 'no-opportunity')
    expect(asked.length, role).toBeLessThanOrEqual(ENDED_AFTER)
    const count = (id: string) => asked.filter(({ item }) => item.competency === id).length
    for (const { competency } of bars) expect(count(competency), competency).toBeLessThanOrEqual(CLOSED_AFTER)
  }
})
