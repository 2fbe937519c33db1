// What a new assessment counts on of the earlier ones.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ANSWERS, type Answer } from './answers.ts'
import { CARRY_DAYS, carriedAnswers, type EarlierAnswer, type EarlierRun } from './carried-answers.ts'

const day = (days: number) => new Date(Date.UTC(2026, 0, 1) + days * 24 * 60 * 60 * 1000)
const now = day(200)
const given = (item: string, answer: Answer, days: number, from: string | null = null): EarlierAnswer => ({
  ...{ item, answer, evidence: null, givenAt: day(days), carriedFrom: from },
})

test('the latest answer to an item counts, with the assessment that it was given in', () => {
  const runs = [
    { id: 'second', finishedAt: day(150), answers: [given('a', 'on-my-own', 150)] },
    {
      id: 'first',
      finishedAt: day(100),
      answers: [given('a', 'not-yet', 100), given('b', 'with-help', 100)],
    },
  ]
  expect(carriedAnswers(runs, now)).toMatchObject([
    { item: 'b', answer: 'with-help', carriedFrom: 'first' },
    { item: 'a', answer: 'on-my-own', carriedFrom: 'second' },
  ])
})

test('an answer keeps the assessment and the time that it was given in, however often it is carried', () => {
  const runs = [
    { id: 'first', finishedAt: day(100), answers: [given('a', 'not-yet', 100)] },
    { id: 'second', finishedAt: day(150), answers: [given('a', 'not-yet', 100, 'first')] },
  ]
  expect(carriedAnswers(runs, now)).toEqual([{ ...given('a', 'not-yet', 100), carriedFrom: 'first' }])
})

test('an answer counts on for so many days from when it was given, not from when it was carried', () => {
  const at = (days: number): EarlierRun => ({
    ...{ id: 'one', finishedAt: day(199), answers: [given('a', 'not-yet', days)] },
  })
  expect(carriedAnswers([at(200 - CARRY_DAYS)], now)).toHaveLength(1)
  expect(carriedAnswers([at(200 - CARRY_DAYS - 1)], now)).toEqual([])
})

test('each item is carried at most once, none is invented, and the order of the runs does not matter', () => {
  const run = fc.record({
    id: fc.uuid(),
    days: fc.integer({ min: 0, max: 200 }),
    answers: fc.uniqueArray(
      fc.record({
        item: fc.constantFrom('a', 'b', 'c', 'd'),
        answer: fc.constantFrom<Answer>(...ANSWERS, 'no-opportunity'),
        ago: fc.integer({ min: 0, max: 100 }),
      }),
      { selector: ({ item }) => item },
    ),
  })
  fc.assert(
    fc.property(fc.uniqueArray(run, { selector: ({ days }) => days, maxLength: 5 }), (drawn) => {
      const runs = drawn.map(({ id, days, answers }) => ({
        ...{ id, finishedAt: day(days) },
        answers: answers.map(({ item, answer, ago }) => given(item, answer, days - ago)),
      }))
      const carried = carriedAnswers(runs, now)
      expect(new Set(carried.map(({ item }) => item)).size).toBe(carried.length)
      for (const one of carried) {
        const from = runs.find(({ id }) => id === one.carriedFrom)!
        expect(from.answers).toContainEqual({ ...one, carriedFrom: null })
        const others = runs.flatMap(({ answers }) => answers.filter(({ item }) => item === one.item))
        expect(others.every(({ givenAt }) => givenAt <= one.givenAt)).toBe(true)
      }
      expect(carriedAnswers(runs.toReversed(), now)).toEqual(carried)
    }),
    { seed: 20261121, numRuns: 200 },
  )
})
