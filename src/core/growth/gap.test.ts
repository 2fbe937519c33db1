// Gap, readiness and standing: the states, what holds back, and the laws that every result keeps.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ANSWERS, type Answer, type Response } from '../assess/answers.ts'
import { explainEstimate } from '../assess/explain.ts'
import { buildInstrument } from '../assess/instrument.ts'
import { estimateProfile, probabilityOfAll } from '../assess/profile.ts'
import { COMPETENCIES, growthFramework } from './fixture.ts'
import { gapTo, jointReadiness, readinessFor } from './gap.ts'
import { readinessText } from './readiness-text.ts'
import { standingReport } from './report.ts'
import { expectationsOf, findRole, listRoles } from './roles.ts'
import { competencyStandings, probabilityAbove } from './standing.ts'
import { wordsIn } from './words.ts'

const framework = growthFramework()
const instrument = buildInstrument(framework)
const RUNS = process.env['RUNGS_VERIFY'] ? 2000 : 40
const items = instrument.items.map(({ id }) => id)
const choice = (role: string, variant: string | null = null) => findRole(framework, { role, variant })!
const answersTo = (competency: string, answer: Answer, levels = 5): Response[] =>
  instrument.items
    .filter((item) => item.competency === competency && item.level <= levels)
    .map(({ id }) => ({ item: id, answer }))

const responsesArbitrary = fc
  .uniqueArray(
    fc.record({
      item: fc.constantFrom(...items),
      answer: fc.constantFrom<Answer>(...ANSWERS, 'no-opportunity'),
    }),
    { selector: ({ item }) => item, maxLength: 30 },
  )
  .map((responses): Response[] => responses)

test('an expectation without a scored answer is not known, whatever the general level says', () => {
  const responses = [...answersTo('coding', 'set-how'), ...answersTo('testing', 'no-opportunity')]
  const gap = gapTo(framework, estimateProfile(instrument, responses), responses, choice('junior'))
  const [coding, testing] = gap.expectations
  expect(coding).toMatchObject({ competency: 'coding', state: 'met', known: true, toShow: [] })
  expect(testing).toMatchObject({ competency: 'testing', state: 'not-known', known: false })
  expect(testing!.probability).toBeGreaterThan(0.9)
  expect(testing!.toShow.every(({ action }) => action === 'find-opportunity')).toBe(true)
  expect(gap.musts).toEqual({ met: 1, likely: 0, open: 0, notKnown: 1 })
  expect(gap.certainty).toBe('partly')
})

test('each lacking behaviour comes with the action that its answer calls for', () => {
  const responses: Response[] = [
    { item: 'design-1a', answer: 'on-my-own', evidence: 'https://example.org/1' },
    { item: 'design-1b', answer: 'on-my-own' },
    { item: 'design-2a', answer: 'with-help' },
    { item: 'design-2b', answer: 'not-yet' },
    { item: 'design-3a', answer: 'no-opportunity' },
  ]
  const gap = gapTo(framework, estimateProfile(instrument, responses), responses, choice('architect'))
  const design = gap.expectations.find(({ competency }) => competency === 'design')!
  expect(design.state).toBe('open')
  expect(design.shown.map(({ behaviour, action }) => [behaviour, action])).toEqual([
    ['design-1a', 'nothing-more'],
    ['design-1b', 'record-evidence'],
  ])
  expect(design.toShow.map(({ behaviour, action }) => [behaviour, action])).toEqual([
    ['design-2a', 'do-on-your-own'],
    ['design-2b', 'try-with-support'],
    ['design-3a', 'find-opportunity'],
    ['design-3b', 'answer-first'],
    ['design-4a', 'answer-first'],
    ['design-4b', 'answer-first'],
  ])
  expect(design.duties).toEqual(['blueprint'])
})

test('leading others in a behaviour changes nothing of what is left to show; help does', () => {
  const toShow = (answer: Answer) => {
    const responses = answersTo('coding', answer, 2)
    const gap = gapTo(framework, estimateProfile(instrument, responses), responses, choice('lead'))
    return gap.expectations
      .find(({ competency }) => competency === 'coding')!
      .toShow.map(({ action }) => action)
  }
  // Steps without weight: from "on my own" on, all three answers leave the same figures and the same things to show.
  expect(toShow('lead-others')).toEqual(toShow('on-my-own'))
  expect(toShow('set-how')).toEqual(toShow('on-my-own'))
  const figures = (answer: Answer) => {
    const responses = answersTo('coding', answer, 2)
    return readinessFor(framework, estimateProfile(instrument, responses), choice('lead'))
  }
  expect(figures('lead-others')).toEqual(figures('on-my-own'))
  expect(new Set(toShow('with-help'))).toEqual(new Set(['do-on-your-own']))
})

test('the must that holds readiness back most comes first, and its gain is what leaving it out gives', () => {
  const responses = [
    ...answersTo('coding', 'set-how'),
    ...answersTo('testing', 'set-how'),
    ...answersTo('design', 'with-help', 2),
  ]
  const profile = estimateProfile(instrument, responses)
  const gap = gapTo(framework, profile, responses, choice('senior'))
  expect(gap.heldBackBy[0]).toBe('design')
  const design = gap.expectations.find(({ competency }) => competency === 'design')!
  const rest = probabilityOfAll(profile, [
    { competency: 'coding', level: 3 },
    { competency: 'testing', level: 2 },
  ])
  expect(design.readinessWithout).toBeCloseTo(rest, 12)
  expect(design.gain).toBeCloseTo(rest - gap.readiness!, 12)
})

test("a variant puts its expectations over the role's, and level 0 drops one", () => {
  expect(
    expectationsOf(framework, choice('head', 'quiet')).map(({ competency, level }) => [competency, level]),
  ).toEqual([
    ['design', 3],
    ['testing', 2],
    ['planning', 4],
    ['hiring', 3],
  ])
})

test('shoulds are reported apart and do not touch readiness', () => {
  const responses = [...answersTo('coding', 'set-how'), ...answersTo('vision', 'not-yet')]
  const profile = estimateProfile(instrument, responses)
  const withShould = readinessFor(framework, profile, choice('architect'))
  const without = growthFramework({
    roles: framework.roles.map((role) =>
      role.id === 'architect' ? { ...role, expectations: { coding: 3, design: 4, testing: 3 } } : role,
    ),
  })
  expect(withShould.shoulds).toBeLessThan(0.1)
  expect(withShould.readiness).toBe(
    readinessFor(without, profile, findRole(without, { role: 'architect' })!).readiness,
  )
})

test('what a person does better than the rest of their profile is a strength, and what was not asked is not known', () => {
  const responses = [
    ...answersTo('design', 'set-how', 4),
    ...answersTo('coding', 'with-help', 4),
    ...answersTo('testing', 'with-help', 4),
  ]
  const standings = competencyStandings(instrument, estimateProfile(instrument, responses), responses)
  const stands = Object.fromEntries(standings.map(({ competency, relative }) => [competency, relative]))
  expect(stands).toMatchObject({ design: 'above', planning: 'not-known', hiring: 'not-known' })
  const report = standingReport(framework, instrument, responses, facts)
  expect(report.standing.opening.carries.map(({ competency }) => competency)).toEqual(['design'])
  expect(report.standing.notKnown).toEqual(['planning', 'hiring', 'vision'])
})

const facts = {
  hash: null,
  assessedAt: '2026-03-02T09:00:00.000Z',
  finished: true,
  mode: 'adaptive' as const,
  target: null,
  self: { name: null, role: { role: 'junior', variant: null }, years: 2 },
}

test('the opening says the declared role first, and the nearest next one on each track', () => {
  const responses = [
    ...['coding', 'design'].flatMap((id) => answersTo(id, 'on-my-own', 3)),
    ...answersTo('testing', 'not-yet', 2),
  ]
  const said = { ...facts, self: { ...facts.self, role: { role: 'senior', variant: null } } }
  const { opening } = standingReport(framework, instrument, responses, said).standing
  expect(opening.own).toMatchObject({ role: { role: 'senior' }, tooLittleKnown: null })
  const { met, likely, open } = opening.own!.musts
  expect([met + likely, open]).toEqual([2, 1])
  // One of three musts open at senior, two of three at architect, two not known at lead: the own role is nearest.
  expect(opening.nearest).toMatchObject({ own: true, role: { role: 'senior' }, heldBackBy: ['testing'] })
  expect(opening.next.map(({ track, bar }) => [track, bar.role.role])).toEqual([
    ['technical', 'architect'],
    ['management', 'lead'],
  ])
  expect(opening.weak.map(({ competency }) => competency)).toEqual(['testing'])
  const nothing = standingReport(framework, instrument, [], said).standing.opening
  expect(nothing).toMatchObject({ stands: null, carries: [], weak: [] })
  expect(nothing.nearest).toMatchObject({ readiness: null, notKnown: 3 })
})

test('without a declared role the opening names the highest bar probably met and the steps on from it', () => {
  const responses = [
    ...['coding', 'design', 'testing'].flatMap((id) => answersTo(id, 'on-my-own', 3)),
    ...answersTo('planning', 'not-yet', 3),
  ]
  const unsaid = { ...facts, self: { ...facts.self, role: null } }
  const { opening } = standingReport(framework, instrument, responses, unsaid).standing
  expect(opening.own).toBeNull()
  expect(opening.stands?.role.role).toBe('senior')
  expect(opening.nearest?.own).toBe(false)
  expect(['architect', 'lead']).toContain(opening.nearest?.role.role)
})

test('with fewer than half of the musts answered there is no readiness, only how many were', () => {
  const few = answersTo('coding', 'set-how')
  const report = standingReport(framework, instrument, few, facts)
  const of = (role: string) => report.readiness.find((one) => one.role.role === role)!
  expect(of('architect')).toMatchObject({ readiness: null, tooLittleKnown: { answered: 1, musts: 3 } })
  expect(of('junior')).toMatchObject({ tooLittleKnown: null, readiness: null })
  const gap = gapTo(framework, estimateProfile(instrument, few), few, choice('architect'))
  for (const { gain, readinessWithout, wereItCertain } of gap.expectations)
    expect([gain, readinessWithout, wereItCertain]).toEqual([null, null, null])
  const missing = [...few, ...answersTo('design', 'no-opportunity')]
  expect(
    readinessFor(framework, estimateProfile(instrument, missing), choice('architect')).tooLittleKnown,
  ).toEqual({ answered: 1, musts: 3 })
})

test('no percentage stands alone while a must is not known: it says of how many it is, and how many it leaves out', () => {
  const responses = [...answersTo('coding', 'set-how'), ...answersTo('testing', 'no-opportunity')]
  const report = standingReport(framework, instrument, responses, facts)
  const junior = report.readiness.find(({ role }) => role.role === 'junior')!
  expect(junior).toMatchObject({ readiness: null, tooLittleKnown: null, ofKnown: { musts: 1, notKnown: 1 } })
  expect(junior.ofKnown!.probability).toBeGreaterThan(0.99)
  // Nothing but "no opportunity" was answered there: answering first would not help.
  expect(junior).toMatchObject({ heldBackBy: [], answerFirst: [], withoutOpportunity: ['testing'] })
  // A bar of which a must is not known is not called met, however sure the rest is.
  expect(report.standing.opening).toMatchObject({ stands: null, verdict: 'partly' })
  expect(report.standing.opening.nearest).toMatchObject({ own: true, role: { role: 'junior' } })
  for (const [language, said] of [
    ['en', 'of the 1 musts that are known, all at once > 99%; 1 not known'],
    ['zh-Hans', '已知的 1 项必备要求同时达到的概率：超过 99%，另有 1 项尚不清楚'],
  ] as const)
    expect(readinessText(junior, wordsIn(language).words)).toBe(said)
  const answered = [...responses, { item: 'testing-1a', answer: 'on-my-own' as const }].filter(
    ({ item, answer }) => item !== 'testing-1a' || answer === 'on-my-own',
  )
  const known = standingReport(framework, instrument, answered, facts).readiness[0]!
  expect(known).toMatchObject({ ofKnown: null, answerFirst: [] })
  expect(known.readiness).toBeLessThanOrEqual(junior.ofKnown!.probability)
})

test('strengths that cannot be told apart are in no order, and what is left out is counted', () => {
  const even = ['vision', 'coding', 'hiring', 'design'].flatMap((id) => answersTo(id, 'on-my-own', 4))
  const low = ['testing', 'planning'].flatMap((id) => answersTo(id, 'not-yet', 3))
  const { opening } = standingReport(framework, instrument, [...even, ...low], facts).standing
  expect(opening.carriesTie).toEqual({ tied: true, more: 1 })
  const listed = opening.carries.map(({ competency }) => competency)
  expect(listed).toEqual(COMPETENCIES.filter((id) => listed.includes(id)))
  const one = standingReport(framework, instrument, [...answersTo('coding', 'on-my-own'), ...low], facts)
  expect(one.standing.opening).toMatchObject({
    carries: [{ competency: 'coding' }],
    carriesTie: { tied: false, more: 0 },
  })
})

test('one competency is above another with the probability that their posteriors give', () => {
  const responses = [...answersTo('coding', 'on-my-own', 4), ...answersTo('testing', 'with-help', 3)]
  const profile = estimateProfile(instrument, responses)
  const above = probabilityAbove(profile, 'coding', 'testing')
  expect(above).toBeGreaterThan(0.95)
  expect(above + probabilityAbove(profile, 'testing', 'coding')).toBeCloseTo(1, 9)
  expect(probabilityAbove(profile, 'design', 'vision')).toBeCloseTo(0.5, 9)
})

test('a place in the gap rests on its own answers as much as the same place in the profile', () => {
  const responses = [
    ...answersTo('coding', 'on-my-own', 4),
    { item: 'design-2a', answer: 'on-my-own' as const },
  ]
  const profile = estimateProfile(instrument, responses)
  const standings = competencyStandings(instrument, profile, responses)
  for (const one of gapTo(framework, profile, responses, choice('architect')).expectations) {
    const { ownShare, restsOn } = standings.find(({ competency }) => competency === one.competency)!
    expect(one).toMatchObject({ ownShare, restsOn })
  }
})

test('what holds back is open, never likely, met or not known, and certainty is said only where it shows', () => {
  const responses = [
    ...answersTo('coding', 'set-how', 4),
    ...answersTo('design', 'not-yet', 3),
    ...answersTo('testing', 'on-my-own', 2),
  ]
  const gap = gapTo(framework, estimateProfile(instrument, responses), responses, choice('architect'))
  const states = new Map(gap.expectations.map(({ competency, state }) => [competency, state]))
  expect(gap.heldBackBy.length).toBeGreaterThan(0)
  for (const id of gap.heldBackBy) expect(states.get(id)).toBe('open')
  for (const { wereItCertain, readinessWithout } of gap.expectations) {
    const shown = (value: number) => (value < 0.01 ? 0 : Math.round(value * 100))
    if (readinessWithout === null) expect(wereItCertain).toBeNull()
    else expect(wereItCertain === null).toBe(shown(readinessWithout) === shown(gap.readiness!))
  }
})

test('each location says how much of it comes from its own answers', () => {
  const responses = [
    ...answersTo('coding', 'on-my-own', 4),
    { item: 'design-2a', answer: 'with-help' as const },
  ]
  const standings = competencyStandings(instrument, estimateProfile(instrument, responses), responses)
  for (const { competency, ownShare } of standings)
    expect(ownShare).toBeCloseTo(explainEstimate(instrument, responses, competency).ownShare, 9)
  expect(standings.map(({ restsOn }) => restsOn).slice(0, 3)).toEqual([
    'own-answers',
    standings[1]!.ownShare < 0.5 ? 'general-level' : 'own-answers',
    'general-level',
  ])
})

test('a better answer never lowers a standing or a readiness', () => {
  fc.assert(
    fc.property(responsesArbitrary, fc.nat(), (responses, pick) => {
      const scored = responses.filter(({ answer }) => answer !== 'no-opportunity' && answer !== 'set-how')
      const chosen = scored[pick % Math.max(1, scored.length)]
      if (!chosen) return
      const better = ANSWERS[ANSWERS.indexOf(chosen.answer as (typeof ANSWERS)[number]) + 1]!
      const raised = responses.map((response) =>
        response === chosen ? { ...response, answer: better } : response,
      )
      const [before, after] = [estimateProfile(instrument, responses), estimateProfile(instrument, raised)]
      for (const [c, estimate] of before.competencies.entries()) {
        expect(after.competencies[c]!.mean).toBeGreaterThanOrEqual(estimate.mean - 1e-9)
        expect(after.competencies[c]!.level).toBeGreaterThanOrEqual(estimate.level - 1e-9)
      }
      for (const role of listRoles(framework)) {
        const [low, high] = [jointReadiness(framework, before, role), jointReadiness(framework, after, role)]
        expect(high).toBeGreaterThanOrEqual(low - 1e-9)
      }
    }),
    { seed: 20260302, numRuns: RUNS },
  )
}, 120_000)

test('adding a requirement, or raising one, never raises readiness', () => {
  fc.assert(
    fc.property(
      responsesArbitrary,
      fc.dictionary(
        fc.constantFrom('coding', 'design', 'testing', 'planning'),
        fc.integer({ min: 1, max: 5 }),
      ),
      fc.constantFrom('coding', 'hiring', 'vision'),
      fc.integer({ min: 1, max: 5 }),
      (responses, expectations, extra, level) => {
        const readinessWith = (wanted: Record<string, number>) => {
          const changed = growthFramework({
            roles: [{ id: 'any', title: 'Any', tracks: ['technical'], expectations: wanted }],
            transitions: [],
          })
          const profile = estimateProfile(instrument, responses)
          const any = findRole(changed, { role: 'any' })!
          return { ...gapTo(changed, profile, responses, any), joint: jointReadiness(changed, profile, any) }
        }
        const before = readinessWith({ ...expectations })
        const raised = readinessWith({ ...expectations, [extra]: Math.max(level, expectations[extra] ?? 0) })
        expect(raised.joint).toBeLessThanOrEqual(before.joint + 1e-12)
        expect(raised.readiness).toBe(raised.musts.notKnown > 0 ? null : raised.joint)
        const said = [raised.readiness, raised.ofKnown, raised.tooLittleKnown]
        expect(said.filter((one) => one !== null)).toHaveLength(1)
        const ofKnown = raised.readiness ?? raised.ofKnown?.probability ?? 0
        if (raised.ofKnown) {
          expect(raised.ofKnown.notKnown).toBe(raised.musts.notKnown)
          expect(ofKnown).toBeGreaterThanOrEqual(raised.joint - 1e-12)
        }
        for (const { state, gain, readinessWithout } of raised.expectations) {
          expect(readinessWithout === null).toBe(raised.tooLittleKnown !== null || state === 'not-known')
          if (readinessWithout === null) continue
          expect(gain).toBeGreaterThanOrEqual(0)
          expect(readinessWithout).toBeGreaterThanOrEqual(ofKnown - 1e-12)
        }
      },
    ),
    { seed: 20260303, numRuns: RUNS },
  )
}, 120_000)

test('what is met although nothing of it was shown is inferred, and says so', () => {
  // A little help with the highest, and everything elsewhere: the measure is sure of level 1, and nothing was shown.
  const responses = [
    ...['coding', 'design', 'planning', 'hiring'].flatMap((id) => answersTo(id, 'set-how')),
    ...answersTo('testing', 'with-help').filter(({ item }) => item.startsWith('testing-5')),
  ]
  const gap = gapTo(framework, estimateProfile(instrument, responses), responses, choice('junior'))
  const state = (id: string) => gap.expectations.find(({ competency }) => competency === id)
  expect(state('testing')).toMatchObject({ state: 'met', inferred: true, shown: [] })
  expect(state('coding')).toMatchObject({ state: 'met', inferred: false })
  const shown = [...responses, { item: 'testing-1a', answer: 'on-my-own' as const }]
  const after = gapTo(framework, estimateProfile(instrument, shown), shown, choice('junior'))
  expect(after.expectations.find(({ competency }) => competency === 'testing')?.inferred).toBe(false)
})

test('one answer about the only must of a role is no verdict that its bar is met; three are', () => {
  const single = structuredClone(framework)
  for (const role of single.roles)
    role.expectations = role.id === 'junior' ? { coding: { level: 1, kind: 'must' } } : {}
  const opening = (responses: Response[]) =>
    standingReport(single, instrument, responses, {
      ...{ hash: null, assessedAt: '2026-01-01T00:00:00.000Z', finished: true, mode: 'quick', target: null },
      self: { name: null, role: null, years: null },
    }).standing.opening
  const given = answersTo('coding', 'on-my-own').slice(0, 3)
  for (const count of [1, 2])
    expect(opening(given.slice(0, count))).toMatchObject({ stands: null, verdict: 'unknown' })
  expect(opening([])).toMatchObject({ stands: null, verdict: 'unknown' })
  expect(opening(given).stands?.role.role).toBe('junior')
})
