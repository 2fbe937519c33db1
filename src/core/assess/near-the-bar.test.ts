// No bar of a must counts as decided before something near it was asked, and one role's bar is not asked past.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { builtInInstrument } from '../../../bench/built-in-instrument.ts'
import { seededRandom, simulatePerson, takeAssessment, WORLDS } from '../../../bench/simulated-people.ts'
import { ANSWERS, SHOWS_FROM, type Answer } from './answers.ts'
import { giveAnswer, profileSoFar, resumeAssessment, type Assessment } from './assessment.ts'
import { LEAST_GAIN, LENGTH_LIMIT, OPENING_QUESTIONS, type Goal, type WantedBar } from './goal.ts'
import { nextItem, wantedBars, type Stop } from './next-item.ts'
import { probabilityAtLeast } from './profile.ts'
import { isNear, NEAR_ANSWERS, tellingLevel } from './told-bars.ts'

const { instrument, roles } = builtInInstrument()
const full = process.env['RUNGS_VERIFY'] !== undefined
const itemOf = (id: string) => instrument.items[instrument.itemIndex.get(id)!]!
const shows = (answer: Answer) => answer !== 'no-opportunity' && ANSWERS.indexOf(answer) >= SHOWS_FROM

/** Answers near a bar, or above it that show the behaviour, or none for want of an opportunity at it or below. */
function nearAnswers({ responses }: Assessment, bar: WantedBar): number {
  const telling = tellingLevel(instrument, bar)!
  return responses.filter(({ item: id, answer }) => {
    const item = itemOf(id)
    if (item.competency !== bar.competency) return false
    if (answer === 'no-opportunity') return item.level <= telling
    return isNear(item, telling) || (item.level > telling && shows(answer))
  }).length
}

/** Whether one of them speaks of the bar: what was shown one level below says nothing of it. */
const isTold = ({ responses }: Assessment, bar: WantedBar) =>
  responses.some(({ item: id, answer }) => {
    const { competency, level } = itemOf(id)
    if (competency !== bar.competency) return false
    const telling = tellingLevel(instrument, bar)!
    if (answer === 'no-opportunity') return level <= telling
    return level >= telling ? level === telling || shows(answer) : level === telling - 1 && !shows(answer)
  })

function leftNear({ responses }: Assessment, bar: WantedBar, below = 1): number {
  const given = new Set(responses.map(({ item }) => item))
  return instrument.items.filter(
    (item) =>
      item.competency === bar.competency &&
      isNear(item, tellingLevel(instrument, bar)!, below) &&
      !given.has(item.id),
  ).length
}

function expectAskedNear(done: Assessment, bar: WantedBar, enough: number): void {
  const name = `${bar.competency} ${bar.level}`
  if (nearAnswers(done, bar) < enough) expect(leftNear(done, bar), name).toBe(0)
  if (!isTold(done, bar)) expect(leftNear(done, bar, 0), name).toBe(0)
}

const world = fc.record({
  seed: fc.integer({ min: 1, max: 1e6 }),
  of: fc.constantFrom(WORLDS[0]!, WORLDS[1]!),
  start: fc.integer({ min: 1, max: 5 }),
})

function ended(goal: Goal, of: (typeof WORLDS)[number], seed: number): { done: Assessment; stop: Stop } {
  const done = takeAssessment(instrument, simulatePerson(instrument, of, seededRandom(seed)), goal)
  return { done, stop: nextItem(done, goal) as Stop }
}

test('the adaptive mode ends only when every must of the nearest roles was asked about near its bar', () => {
  fc.assert(
    fc.property(world, ({ seed, of, start }) => {
      const goal: Goal = { mode: 'adaptive', roles, start }
      const { done, stop } = ended(goal, of, seed)
      if (stop.stop === 'length') return expect(done.responses).toHaveLength(LENGTH_LIMIT)
      for (const bar of wantedBars(profileSoFar(done), goal).filter(({ kind }) => kind !== 'should'))
        expectAskedNear(done, bar, NEAR_ANSWERS.adaptive)
    }),
    { seed: 20261121, numRuns: full ? 300 : 15 },
  )
})

test('for one role every must has two answers near its bar, and nothing above a bar is asked', () => {
  fc.assert(
    fc.property(world, fc.constantFrom(...roles), ({ seed, of, start }, { bars }) => {
      const goal: Goal = { mode: 'target', bars, start }
      const { done, stop } = ended(goal, of, seed)
      for (const { item: id } of done.responses) {
        const item = itemOf(id)
        const own = bars.filter(({ competency }) => competency === item.competency)
        const highest = Math.max(...own.map((bar) => Math.max(bar.level, tellingLevel(instrument, bar)!)))
        expect(item.level, id).toBeLessThanOrEqual(highest)
      }
      if (stop.stop === 'length') return
      for (const bar of bars.filter(({ kind }) => kind !== 'should'))
        expectAskedNear(done, bar, NEAR_ANSWERS.target)
    }),
    { seed: 20261121, numRuns: full ? 300 : 20 },
  )
})

test('whoever shows nothing of the next role is asked near its bars all the same', () => {
  const architect = roles.find(({ role }) => role === 'architect')!
  const goal: Goal = { mode: 'adaptive', roles: [architect], start: 2 }
  // Shows what lies up to level 2, and has not yet done anything above.
  const answers = instrument.items.map(({ id, level }) => ({
    ...{ item: id, answer: level <= 2 ? ('on-my-own' as const) : ('not-yet' as const) },
  }))
  const done = takeAssessment(instrument, { truth: new Float64Array(), answers }, goal)
  for (const bar of architect.bars.filter(({ kind }) => kind === 'must')) {
    const near = done.responses.filter(
      ({ item }) => itemOf(item).competency === bar.competency && itemOf(item).level >= bar.level - 1,
    )
    expect(near.length, bar.competency).toBeGreaterThan(0)
  }
})

test('towards one role nothing is asked that neither lies near its bar nor is expected to move it by ten points', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e6 }), fc.constantFrom(...roles), (seed, { bars }) => {
      const goal: Goal = { mode: 'target', bars, start: 2 }
      const person = simulatePerson(instrument, WORLDS[0]!, seededRandom(seed))
      let assessment = resumeAssessment(instrument)
      let next = nextItem(assessment, goal)
      for (; 'item' in next; next = nextItem(assessment, goal)) {
        const { item, reason } = next
        const telling = Math.max(
          ...bars
            .filter((bar) => bar.competency === item.competency)
            .map((b) => tellingLevel(instrument, b)!),
        )
        if (assessment.responses.length >= OPENING_QUESTIONS && !isNear(item, telling))
          expect(reason.gain, item.id).toBeGreaterThanOrEqual(LEAST_GAIN.target)
        assessment = giveAnswer(assessment, person.answers[instrument.itemIndex.get(item.id)!]!)
      }
      // Whoever goes on with the same role is told that nothing left would tell more, and is asked nothing.
      const limit = assessment.responses.length + LENGTH_LIMIT
      if (next.stop !== 'length')
        expect(nextItem(assessment, { ...goal, limit })).toMatchObject({ stop: next.stop })
    }),
    { seed: 20261121, numRuns: full ? 300 : 20 },
  )
})

test('what is not asked towards one role because it would hardly tell moves a bar by under two points on average', () => {
  const { bars } = roles.find(({ role }) => role === 'architect')!
  const moved: number[] = []
  for (let seed = 1; seed <= 10; seed++) {
    const person = simulatePerson(instrument, WORLDS[0]!, seededRandom(seed))
    let assessment = takeAssessment(instrument, person, { mode: 'target', bars })
    const further: Goal = { mode: 'target', bars, limit: 200, leastGain: 0 }
    for (let i = 0, next = nextItem(assessment, further); i < 12 && 'item' in next; i++) {
      const { competency, id } = next.item
      const { level } = bars.find((bar) => bar.competency === competency)!
      const before = probabilityAtLeast(profileSoFar(assessment), competency, level)
      assessment = giveAnswer(assessment, person.answers[instrument.itemIndex.get(id)!]!)
      moved.push(Math.abs(probabilityAtLeast(profileSoFar(assessment), competency, level) - before))
      next = nextItem(assessment, further)
    }
  }
  expect(moved.length).toBeGreaterThan(20)
  expect(moved.reduce((sum, by) => sum + by, 0) / moved.length).toBeLessThan(0.02)
})
