// What changed between two assessments, and why a number is what it is.
import { expect, test } from 'vitest'
import type { Answer, Response } from '../assess/answers.ts'
import { buildInstrument } from '../assess/instrument.ts'
import { estimateProfile } from '../assess/profile.ts'
import type { Framework } from '../framework/model.ts'
import { changeBetween, type AssessedProfile } from './change.ts'
import { growthFramework } from './fixture.ts'
import { whyOf } from './why.ts'

const framework = growthFramework()
const instrument = buildInstrument(framework)
const all = (competency: string, answer: Answer): Response[] =>
  instrument.items.filter((item) => item.competency === competency).map(({ id }) => ({ item: id, answer }))

function assessed(
  responses: Response[],
  assessedAt: string,
  of: Framework = framework,
  version = 'v1',
): AssessedProfile {
  const own = buildInstrument(of)
  return {
    framework: of,
    version,
    instrument: own,
    profile: estimateProfile(own, responses),
    responses,
    assessedAt,
  }
}

test('a clear rise, no clear change, newly known and not asked this time are told apart', () => {
  const before = assessed(
    [...all('coding', 'with-help'), ...all('testing', 'on-my-own'), ...all('hiring', 'with-help')],
    '2025-03-01',
  )
  const after = assessed(
    [...all('coding', 'lead-others'), ...all('testing', 'on-my-own'), ...all('design', 'with-help')],
    '2026-03-01',
  )
  const change = changeBetween(before, after)
  const verdicts = Object.fromEntries(
    change.competencies.map(({ competency, verdict }) => [competency, verdict]),
  )
  expect(verdicts).toEqual({
    coding: 'risen',
    testing: 'no-clear-change',
    hiring: 'not-asked-this-time',
    design: 'newly-known',
    planning: 'not-known',
    vision: 'not-known',
  })
  expect(change.competencies.find(({ competency }) => competency === 'design')!.difference).toBeNull()
  expect(change.sameVersion).toBe(true)
  expect(change.answersChanged.filter(({ behaviour }) => behaviour.startsWith('coding'))).toHaveLength(10)
  expect(change.answersChanged.some(({ behaviour }) => behaviour.startsWith('testing'))).toBe(false)
  expect(change.answersChanged[0]).toMatchObject({
    competency: 'coding',
    before: 'with-help',
    after: 'lead-others',
  })
  expect(change.newlyAsked.map(({ competency }) => competency)).toEqual(Array(10).fill('design'))
  expect(change.notAskedThisTime.map(({ competency }) => competency)).toEqual(Array(10).fill('hiring'))
  expect(change.leftOut).toEqual(['planning', 'vision'])
  const back = changeBetween(after, before)
  const [there, again] = [change, back].map(({ competencies }) =>
    competencies.find(({ competency }) => competency === 'coding')!,
  )
  expect(again!.verdict).toBe('fallen')
  expect(there!.direction).toEqual({ word: 'rose', probability: there!.probabilityRisen })
  expect(again!.direction!.word).toBe('fell')
  expect(again!.direction!.probability).toBeCloseTo(there!.direction!.probability, 7)
  expect(again!.probabilityRisen).toBeCloseTo(1 - there!.probabilityRisen!, 7)
})

test('a change is claimed only from the same behaviours answered otherwise, never from other questions', () => {
  const same: Response = { item: 'testing-2a', answer: 'on-my-own' }
  const before = assessed([same, { item: 'coding-2a', answer: 'not-yet' }, ...all('hiring', 'not-yet')], 'a')
  const later: Response[] = [
    same,
    { item: 'testing-4a', answer: 'set-how' },
    ...all('coding', 'set-how').filter(({ item }) => item !== 'coding-2a'),
    ...all('design', 'set-how'),
    ...all('hiring', 'no-opportunity'),
    ...all('planning', 'no-opportunity'),
  ]
  const after = assessed(later, 'b')
  const of = (competency: string) =>
    changeBetween(before, after).competencies.find((one) => one.competency === competency)!
  expect(of('testing')).toMatchObject({ verdict: 'no-clear-change', difference: 0 })
  expect(of('testing').probabilityRisen).toBeCloseTo(0.5, 6)
  expect(of('coding')).toMatchObject({ verdict: 'other-questions', probabilityRisen: null })
  expect(of('hiring').verdict).toBe('no-opportunity')
  expect(of('planning').verdict).toBe('no-opportunity')
  expect(changeBetween(before, after).leftOut).toEqual(['vision'])
})

test('across framework versions a competency that one of them lacks is not comparable', () => {
  const newer = growthFramework({
    competencies: [
      { id: 'coding', area: 'craft', title: 'Coding', behaviours: { 1: [{ id: 'coding-1a', text: 'x' }] } },
      { id: 'security', area: 'craft', title: 'Security', behaviours: { 1: [{ id: 'sec-1', text: 'y' }] } },
    ],
    roles: [{ id: 'junior', title: 'Junior', tracks: ['technical'], expectations: { security: 1 } }],
    transitions: [],
  })
  const same: Response[] = [{ item: 'coding-1a', answer: 'on-my-own' }]
  const change = changeBetween(assessed(same, 'a'), assessed(same, 'b', newer, 'v2'))
  expect(change.sameVersion).toBe(false)
  const verdicts = Object.fromEntries(
    change.competencies.map(({ competency, verdict }) => [competency, verdict]),
  )
  expect(verdicts).toMatchObject({
    security: 'not-comparable',
    design: 'not-comparable',
    coding: 'no-clear-change',
  })
  expect(change.roles.find(({ role }) => role.role === 'senior')).toMatchObject({ after: null })
})

test('why lists the answers with what each moved, and what one more would change', () => {
  const responses: Response[] = [
    { item: 'coding-3a', answer: 'lead-others', evidence: 'https://example.org/1' },
    { item: 'coding-3b', answer: 'not-yet' },
    { item: 'coding-5a', answer: 'no-opportunity' },
    { item: 'design-2a', answer: 'on-my-own' },
  ]
  const why = whyOf(instrument, responses, 'coding')
  expect(why.answers.map(({ behaviour, shift }) => [behaviour, Math.sign(shift)])).toEqual([
    ['coding-3a', 1],
    ['coding-3b', -1],
    ['coding-5a', 0],
  ])
  expect(why.answers[0]!.evidence).toBe('https://example.org/1')
  expect(why.answers[2]!.levelWithout).toBeNull()
  expect(why.answers[0]!.levelWithout).toBeCloseTo(
    estimateProfile(instrument, responses.slice(1)).competencies[0]!.level,
    12,
  )
  const { outcomes } = why.oneMore!
  expect(outcomes.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 9)
  const scored = outcomes.slice(0, -1).map(({ level }) => level)
  expect(scored).toEqual(scored.toSorted((a, b) => a - b))
  expect(outcomes.at(-1)).toMatchObject({ answer: 'no-opportunity', level: why.location.level })
  expect(outcomes.map(({ countsAs }) => countsAs)).toEqual([
    ...['not-yet', 'with-help', 'shown', 'shown', 'shown'],
    null,
  ])
  expect(new Set(outcomes.slice(2, 5).map(({ level }) => level.toFixed(9))).size).toBe(1)
  expect(why.anchors).toEqual({ calibrated: false, sd: 0.5 })
  expect(whyOf(instrument, all('coding', 'on-my-own'), 'coding').oneMore).toBeNull()
})
