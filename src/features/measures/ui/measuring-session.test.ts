// Changing one score in an open session: what a fresh measurement would say, at once, and nothing where it is refused.
import { expect, test } from 'vitest'
import { exampleRatings } from '../../../core/measure/example-ratings.ts'
import { measure } from '../../../core/measure/measure.ts'
import { parseRatingRows } from '../../../core/measure/ratings.ts'
import { changeScore, measuredNow, openSession, ratingsNow } from './measuring-session.ts'

const how = { estimator: 'cml', steps: 'rsm' } as const

function opened() {
  const read = parseRatingRows(exampleRatings(), { lowest: 0, highest: 4 })
  if (!read.ok) throw new Error(read.refusals[0]!.message)
  const session = openSession(read.value, how)
  if (!session.ok) throw new Error(session.refusals[0]!.message)
  return session.value
}

test('a changed score moves its person to where a fresh measurement puts them', () => {
  const session = opened()
  const { ratings } = session.open
  const rating = ratings.score.findIndex((score) => score < 4)
  const changed = changeScore(session, rating, ratings.score[rating]! + 1)
  if (!changed.ok) throw new Error(changed.refusals[0]!.message)
  const fresh = measure(changed.value.open.ratings, how)
  if (!fresh.ok) throw new Error(fresh.refusals[0]!.message)
  const now = measuredNow(changed.value).measurement.persons
  const of = ratings.personIds[ratings.person[rating]!]!
  const before = measuredNow(session).measurement.persons.find(({ id }) => id === of)!
  expect(now.find(({ id }) => id === of)!.measure).toBeGreaterThan(before.measure + 0.01)
  for (const [n, person] of fresh.value.persons.entries()) {
    expect(now[n]!.id).toBe(person.id)
    expect(Math.abs(now[n]!.measure - person.measure)).toBeLessThan(1e-6)
  }
})

test('taking a change back gives the measures of before', () => {
  const session = opened()
  const was = session.open.ratings.score[3]!
  const there = changeScore(session, 3, was === 0 ? 1 : was - 1)
  const back = there.ok ? changeScore(there.value, 3, was) : there
  if (!back.ok) throw new Error(back.refusals[0]!.message)
  const measures = measuredNow(back.value).measurement.persons.map((one) => one.measure)
  for (const [n, one] of measuredNow(session).measurement.persons.entries())
    expect(Math.abs(measures[n]! - one.measure)).toBeLessThan(1e-6)
})

test('a refused change leaves the session as it was', () => {
  const session = opened()
  const before = session.open.ratings.score.slice()
  const refused = changeScore(session, 0, 9)
  expect(refused.ok).toBe(false)
  expect(session.open.ratings.score).toEqual(before)
})

test('the ratings of a session hold the changes and the self-ratings', () => {
  const session = opened()
  const changed = changeScore(session, 0, session.open.ratings.score[0] === 0 ? 1 : 0)
  if (!changed.ok) throw new Error(changed.refusals[0]!.message)
  const now = ratingsNow(changed.value)
  const differing = Array.from(now.score).filter((score, r) => score !== session.all.score[r])
  expect(now.score).toHaveLength(session.all.score.length)
  expect(differing).toHaveLength(1)
})
