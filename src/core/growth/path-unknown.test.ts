// What is not known on a way: it is counted alike on short and long ways, widens the range, and is said beside the years.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { builtInFramework, builtInInstrument } from '../../../bench/built-in-instrument.ts'
import { ANSWERS, type Answer, type Response } from '../assess/answers.ts'
import { estimateProfile, getEstimate } from '../assess/profile.ts'
import { stateOf } from './gap.ts'
import { planPaths } from './path.ts'
import { GAP_YEARS_RULE, UNKNOWN_AT_MOST } from './path-time.ts'
import { expectationsOf, findRole } from './roles.ts'

const runs = process.env['RUNGS_VERIFY'] ? 500 : 25
const framework = builtInFramework()
const { instrument } = builtInInstrument()
const ref = (role: string) => ({ role, variant: null })
const plan = (responses: readonly Response[], from: string, to: string) =>
  planPaths(framework, estimateProfile(instrument, responses), responses, {
    ...{ from: ref(from), to: ref(to), ownYears: 7, strengths: [] },
  })
const answers = fc
  .uniqueArray(fc.nat(instrument.items.length - 1), { minLength: 0, maxLength: 60 })
  .chain((items) =>
    fc
      .array(fc.constantFrom<Answer>(...ANSWERS, 'no-opportunity'), {
        minLength: items.length,
        maxLength: items.length,
      })
      .map((given) => items.map((item, i) => ({ item: instrument.items[item]!.id, answer: given[i]! }))),
  )

test('a longer way never has fewer musts that are not known than the way that it goes on from', () => {
  const roles = framework.roles.map(({ id }) => id)
  fc.assert(
    fc.property(answers, fc.constantFrom(...roles), fc.constantFrom(...roles), (responses, from, to) => {
      for (const { steps, gap } of plan(responses, from, to).paths)
        for (const step of steps) expect(gap.notKnown).toBeGreaterThanOrEqual(step.musts.notKnown)
    }),
    { seed: 20261121, numRuns: runs },
  )
})

test('the years for a gap can be worked out again from the levels that stand beside them', () => {
  const { yearsPerLevel, atOnce } = GAP_YEARS_RULE
  fc.assert(
    fc.property(answers, (responses) => {
      for (const { steps } of plan(responses, 'senior-programmer', 'technical-director').paths)
        for (const { figures } of steps)
          for (const { about, years, levels } of figures) {
            if (about !== 'gap') continue
            const again = (end: 'least' | 'most', pace: number) =>
              pace * Math.max(levels!.longest[end], levels!.together[end] / atOnce)
            expect(years.min).toBeCloseTo(again('least', yearsPerLevel.min), 9)
            expect(years.max).toBeCloseTo(again('most', yearsPerLevel.max), 9)
          }
    }),
    { seed: 20261121, numRuns: runs },
  )
})

test('a must that is not known is never taken as nearly free: at the cautious end it takes a level or more', () => {
  const role = findRole(framework, ref('technical-manager'))!
  const musts = expectationsOf(framework, role).filter(({ kind }) => kind === 'must')
  // Much of it known, and no opportunity for any of the rest.
  const [answered, skipped] = [musts.slice(0, 6), musts.slice(6)].map(
    (bar) => new Map(bar.map(({ competency, level }) => [competency, level])),
  )
  const responses = instrument.items.flatMap(({ id, competency, level }): Response[] => {
    if (skipped!.has(competency) && level <= 2) return [{ item: id, answer: 'no-opportunity' }]
    return level <= (answered!.get(competency) ?? 0) ? [{ item: id, answer: 'on-my-own' }] : []
  })
  const profile = estimateProfile(instrument, responses)
  const unknown = musts.filter(({ competency, level }) => stateOf(profile, competency, level) === 'not-known')
  expect(unknown.map(({ competency }) => competency)).toEqual([...skipped!.keys()])
  const [path] = plan(responses, 'senior-programmer', 'technical-manager').paths
  const { levels } = path!.steps[0]!.figures.find(({ about }) => about === 'gap')!
  expect(levels!.unknown).toBe(unknown.length)
  const climbs = unknown.map(({ competency, level }) => {
    const { level: estimate, interval90 } = getEstimate(profile, competency)
    return [Math.max(0, level - estimate), Math.max(UNKNOWN_AT_MOST, level - interval90[0])] as const
  })
  const sum = (end: 0 | 1) => climbs.reduce((total, climb) => total + climb[end], 0)
  expect(levels!.together.least).toBeGreaterThanOrEqual(sum(0) - 1e-9)
  expect(levels!.together.most).toBeGreaterThanOrEqual(sum(1) - 1e-9)
  expect(path!.steps[0]!.years.max).toBeGreaterThanOrEqual(2 * UNKNOWN_AT_MOST)
})
