// Adaptive selection: it never repeats, always stops, says why, and asks what tells most.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { seededRandom } from '../../../bench/simulated-people.ts'
import { itemBank } from '../../../test/item-bank.ts'
import { ANSWERS, type Answer } from './answers.ts'
import { giveAnswer, profileSoFar, resumeAssessment, type Assessment } from './assessment.ts'
import type { Goal } from './goal.ts'
import { instrumentFromBank } from './instrument.ts'
import { nextItem, wantedBars, type Ask, type Stop } from './next-item.ts'
import { CLOSED_AFTER, ENDED_AFTER } from './opportunity.ts'
import { NEAR_ANSWERS, untoldBars } from './told-bars.ts'

const instrument = instrumentFromBank(itemBank(10))
const everyBar = (level: number) => instrument.competencies.map(({ id }) => ({ competency: id, level }))
const roles = [1, 2, 3, 4, 5].map((level) => ({ role: `role-${level}`, bars: everyBar(level) }))
const goals: Goal[] = [
  { mode: 'quick' },
  { mode: 'adaptive', roles },
  { mode: 'adaptive', roles: [] },
  { mode: 'target', bars: everyBar(3) },
  { mode: 'target', bars: [] },
  { mode: 'whole' },
]
const answers = fc.constantFrom<Answer>(...ANSWERS, 'no-opportunity')

function take(
  goal: Goal,
  answer: (n: number) => Answer,
  rng?: () => number,
  start: Assessment = resumeAssessment(instrument),
): { asked: string[]; stop: Stop; done: Assessment } {
  let done = start
  const asked: string[] = []
  for (;;) {
    const next = nextItem(done, goal, rng ? { rng } : {})
    if ('stop' in next) return { asked, stop: next, done }
    asked.push(next.item.id)
    expect(done.responses.length).toBeLessThan(instrument.items.length)
    done = giveAnswer(done, { item: next.item.id, answer: answer(asked.length - 1) })
  }
}

test('whatever is answered, no item is asked twice and every mode stops within its limit', () => {
  const runs = process.env['RUNGS_VERIFY'] ? 3000 : 60
  fc.assert(
    fc.property(
      fc.constantFrom(...goals),
      fc.infiniteStream(answers),
      fc.option(fc.integer()),
      (goal, stream, seed) => {
        const rng = seed === null ? undefined : seededRandom(seed)
        const { asked, stop } = take(goal, () => stream.next().value!, rng)
        expect(new Set(asked).size).toBe(asked.length)
        expect(stop.asked).toBe(asked.length)
        const limit = goal.mode === 'quick' ? 15 : goal.mode === 'whole' ? instrument.items.length : 60
        expect(asked.length).toBeLessThanOrEqual(limit)
        if (stop.stop === 'decided')
          expect(stop.bars.every(({ decision }) => decision !== 'cannot tell')).toBe(true)
        if (stop.stop === 'cannot tell')
          expect(stop.bars.some(({ decision }) => decision === 'cannot tell')).toBe(true)
        if (stop.stop === 'no opportunity') expect(['adaptive', 'target']).toContain(goal.mode)
        if (goal.mode === 'whole') expect(asked.length).toBe(limit)
      },
    ),
    { numRuns: runs, seed: 20260101 },
  )
})

test('somebody far from every bar of a role is decided with two items near each', () => {
  const { stop, asked } = take({ mode: 'target', bars: everyBar(1) }, () => 'set-how')
  expect(stop.stop).toBe('decided')
  expect(stop.bars.every(({ decision }) => decision === 'above')).toBe(true)
  expect(asked.length).toBe(NEAR_ANSWERS.target * everyBar(3).length)
})

test('somebody at the bar ends as "cannot tell", with the bars that stayed open', () => {
  const { stop, done } = take({ mode: 'target', bars: everyBar(3), limit: 200, leastGain: 0.01 }, (n) =>
    n % 2 ? 'with-help' : 'on-my-own',
  )
  expect(stop.stop).toBe('cannot tell')
  const open = stop.bars.filter(({ decision }) => decision === 'cannot tell')
  expect(open.length).toBeGreaterThan(0)
  for (const { probability } of open) expect(Math.abs(probability - 0.5)).toBeLessThan(0.4)
  expect(done.responses.length).toBeLessThan(instrument.items.length)
})

test('with "no opportunity" to everything it asks elsewhere and for less, then ends and says so', () => {
  const goal: Goal = { mode: 'target', bars: everyBar(3), limit: 500, leastGain: 0 }
  const { asked, stop, done } = take(goal, () => 'no-opportunity')
  expect(stop.stop).toBe('no opportunity')
  expect(asked.length).toBe(ENDED_AFTER)
  // Whoever goes on is asked on: the row counts from there, and what three answers closed stays closed.
  const further = take({ ...goal, from: asked.length }, () => 'no-opportunity', undefined, done)
  expect(further.asked.length).toBeGreaterThan(0)
  expect(further.stop.stop).toBe('no opportunity')
  const perCompetency = (id: string) =>
    further.done.responses.filter(({ item }) => item.startsWith(`${id}.`)).length
  for (const { id } of instrument.competencies)
    expect(perCompetency(id), id).toBeLessThanOrEqual(CLOSED_AFTER)
  const levels = asked.map((id) => instrument.items[instrument.itemIndex.get(id)!]!.level)
  const mean = (from: number) => levels.slice(from, from + 5).reduce((sum, level) => sum + level, 0) / 5
  expect(new Set(asked.slice(0, 5).map((id) => id.split('.')[0])).size).toBe(5)
  expect(mean(5)).toBeLessThan(mean(0))
})

test('the first item about a bar stands near it, and its reason names the levels it tells apart', () => {
  const { item, reason } = nextItem(resumeAssessment(instrument), {
    mode: 'target',
    bars: [{ competency: 'c4', level: 4 }],
  }) as Ask
  expect(item.competency).toBe('c4')
  expect(item.level).toBe(4)
  expect(reason).toMatchObject({ competency: 'c4', levels: [3, 4], aim: 'bar' })
  expect(reason.gain).toBeGreaterThan(0.05)
})

test('the quick mode asks every area in proportion to its competencies', () => {
  const { asked, stop } = take({ mode: 'quick' }, () => 'on-my-own')
  expect(stop.stop).toBe('length')
  const perArea = new Map<string, number>()
  for (const id of asked) {
    const { area } = instrument.items[instrument.itemIndex.get(id)!]!
    perArea.set(area, (perArea.get(area) ?? 0) + 1)
  }
  expect([...perArea.values()]).toEqual([3, 3, 3, 3, 3])
})

test('the adaptive mode turns to the roles that the answers place the person near', () => {
  const high = take({ mode: 'adaptive', roles, nearest: 1 }, () => 'lead-others')
  const low = take({ mode: 'adaptive', roles, nearest: 1 }, () => 'not-yet')
  const levels = ({ done }: { done: Assessment }) =>
    new Set(wantedBars(profileSoFar(done), { mode: 'adaptive', roles, nearest: 1 }).map(({ level }) => level))
  expect(Math.min(...levels(high))).toBeGreaterThan(3)
  expect(Math.max(...levels(low))).toBeLessThan(3)
})

test('without roles the adaptive mode asks about the level that each competency is nearest to', () => {
  const goal: Goal = { mode: 'adaptive', roles: [] }
  expect(wantedBars(profileSoFar(resumeAssessment(instrument)), goal)).toEqual(everyBar(3))
  const { asked, stop } = take(goal, () => 'lead-others')
  // Without roles each competency's bar counts as a must, so none is decided without an answer of its own.
  const own = new Set(asked.map((id) => instrument.items[instrument.itemIndex.get(id)!]!.competency))
  expect(own.size).toBe(10)
  expect(asked.length).toBeLessThanOrEqual(60)
  expect(new Set(stop.bars.map(({ competency }) => competency)).size).toBe(10)
})

test('with random numbers the first item differs between people, without them it does not', () => {
  const goal: Goal = { mode: 'adaptive', roles }
  const start = resumeAssessment(instrument)
  const first = (seed: number) => (nextItem(start, goal, { rng: seededRandom(seed) }) as Ask).item.id
  expect(new Set([1, 2, 3, 4, 5, 6, 7, 8].map(first)).size).toBeGreaterThan(1)
  expect((nextItem(start, goal) as Ask).item.id).toBe((nextItem(start, goal) as Ask).item.id)
})

test('resuming from stored answers gives the same next item and the same profile as going on', () => {
  const goal: Goal = { mode: 'adaptive', roles }
  const { done, asked } = take(goal, (n) => ANSWERS[n % 5]!)
  for (const n of [0, 7, 20, asked.length]) {
    const resumed = resumeAssessment(instrument, done.responses.slice(0, n))
    let stepped = resumeAssessment(instrument)
    for (const response of done.responses.slice(0, n)) stepped = giveAnswer(stepped, response)
    const [a, b] = [nextItem(resumed, goal), nextItem(stepped, goal)]
    expect('item' in a ? a.item.id : a.stop).toBe('item' in b ? b.item.id : b.stop)
    profileSoFar(resumed).competencies.forEach((estimate, c) =>
      expect(estimate.mean).toBeCloseTo(profileSoFar(stepped).competencies[c]!.mean, 10),
    )
  }
})

test('answering an item again replaces the first answer', () => {
  let assessment = resumeAssessment(instrument)
  assessment = giveAnswer(assessment, { item: 'c0.3.1', answer: 'not-yet' })
  assessment = giveAnswer(assessment, { item: 'c0.3.1', answer: 'lead-others' })
  const once = giveAnswer(resumeAssessment(instrument), { item: 'c0.3.1', answer: 'lead-others' })
  expect(assessment.responses).toEqual(once.responses)
  expect(profileSoFar(assessment).general).toEqual(profileSoFar(once).general)
})

test('no bar of a must is decided by the general level alone: each has an own answer that speaks of it', () => {
  const bars = instrument.competencies.map(({ id }, c) => ({
    ...{ competency: id, level: 4 },
    kind: c < 8 ? ('must' as const) : ('should' as const),
  }))
  for (const goal of [
    { mode: 'target', bars },
    { mode: 'adaptive', roles: [{ role: 'far', bars }] },
  ] satisfies Goal[]) {
    const { stop, done } = take(goal, () => 'not-yet')
    expect(stop.stop).toBe('decided')
    for (const { competency, kind } of bars) {
      const own = done.responses.filter(({ item }) => item.startsWith(`${competency}.`))
      if (kind === 'must' || goal.mode === 'target') expect(own.length, competency).toBeGreaterThan(0)
    }
    expect(
      untoldBars(
        done,
        bars.filter(({ kind }) => kind === 'must'),
      ),
    ).toEqual([])
  }
})

test('"cannot tell" is said only of bars that were asked about, and no opportunity counts as asked', () => {
  const bars = everyBar(3)
  const { stop, done } = take({ mode: 'adaptive', roles: [{ role: 'near', bars }] }, (n) =>
    n % 3 ? 'no-opportunity' : 'with-help',
  )
  expect(['cannot tell', 'length', 'nothing left']).toContain(stop.stop)
  expect(untoldBars(done, bars)).toEqual([])
})

test('the first questions are about the opening level, and a first one elsewhere climbs one level at a time', () => {
  const level = (id: string) => instrument.items[instrument.itemIndex.get(id)!]!.level
  const far: Goal[] = [
    { mode: 'target', bars: everyBar(5), start: 1 },
    { mode: 'adaptive', roles, start: 1 },
    { mode: 'quick', start: 1 },
  ]
  for (const goal of far) expect(level(take(goal, () => 'set-how').asked[0]!), goal.mode).toBe(1)
  const { asked } = take({ mode: 'quick' }, () => 'set-how')
  const seen = new Set<string>()
  let highest = 1
  for (const id of asked) {
    const competency = id.split('.')[0]!
    if (!seen.has(competency)) expect(level(id)).toBeLessThanOrEqual(highest + 1)
    seen.add(competency)
    highest = Math.max(highest, level(id))
  }
})
