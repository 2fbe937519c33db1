// The laws that make a standing fair, over the real built-in framework, its roles and variants.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { builtInFramework } from '../../../test/built-in.ts'
import { ANSWERS, type Answer, type Response } from '../assess/answers.ts'
import { buildInstrument } from '../assess/instrument.ts'
import { estimateProfile, type Profile } from '../assess/profile.ts'
import { gapTo, jointReadiness } from './gap.ts'
import { standingReport } from './report.ts'
import { findRole, listRoles } from './roles.ts'

const framework = builtInFramework('coder-to-cto')
const instrument = buildInstrument(framework)
const items = instrument.items.map(({ id }) => id)
const full = process.env['RUNGS_VERIFY'] !== undefined
const property = { numRuns: full ? 2000 : 25, seed: 20260707 }
const answerSets = fc
  .uniqueArray(
    fc.record({
      item: fc.constantFrom(...items),
      answer: fc.constantFrom<Answer>(...ANSWERS, 'no-opportunity'),
    }),
    { selector: ({ item }) => item, minLength: 1, maxLength: 60 },
  )
  .map((responses): Response[] => responses)
const WORSE_TO_BETTER = ['open', 'not-known', 'likely', 'met']
const reportOf = (responses: readonly Response[]) =>
  standingReport(framework, instrument, responses, {
    ...{ hash: null, assessedAt: '2026-01-01T00:00:00.000Z', finished: true, mode: 'adaptive', target: null },
    self: { name: null, role: null, years: null },
  })

test('adding a requirement, or raising one, never raises the readiness for a role', () => {
  fc.assert(
    fc.property(
      answerSets,
      fc.constantFrom(...listRoles(framework).map(({ ref }) => ref)),
      fc.constantFrom(...framework.competencies.map(({ id }) => id)),
      fc.integer({ min: 1, max: 5 }),
      (responses, ref, competency, level) => {
        const profile: Profile = estimateProfile(instrument, responses)
        const more = structuredClone(framework)
        const holder = findRole(more, ref)!
        const bar = (holder.variant ?? holder.role).expectations
        const own = bar[competency] ?? holder.role.expectations[competency]
        const asked = own?.kind === 'must' ? own.level : 0
        bar[competency] = { level: Math.max(level, asked), kind: 'must' }
        const before = jointReadiness(framework, profile, findRole(framework, ref)!)
        expect(jointReadiness(more, profile, findRole(more, ref)!)).toBeLessThanOrEqual(before + 1e-12)
      },
    ),
    property,
  )
})

test('a better answer never lowers a standing: no location, readiness, state of an expectation, nor the bar that is met', () => {
  fc.assert(
    fc.property(answerSets, fc.nat(), fc.integer({ min: 1, max: 4 }), (responses, pick, rise) => {
      const at = pick % responses.length
      const score = Math.max(0, ANSWERS.indexOf(responses[at]!.answer as 'not-yet'))
      const given = responses.with(at, { item: responses[at]!.item, answer: ANSWERS[score]! })
      const better = given.with(at, {
        item: responses[at]!.item,
        answer: ANSWERS[Math.min(ANSWERS.length - 1, score + rise)]!,
      })
      const [before, after] = [reportOf(given), reportOf(better)]
      after.standing.competencies.forEach(({ location, levels }, c) => {
        const earlier = before.standing.competencies[c]!
        expect(location.mean).toBeGreaterThanOrEqual(earlier.location.mean - 1e-9)
        levels.forEach(({ probability }, level) =>
          expect(probability).toBeGreaterThanOrEqual(earlier.levels[level]!.probability - 1e-9),
        )
      })
      const [worse, risen] = [estimateProfile(instrument, given), estimateProfile(instrument, better)]
      for (const choice of listRoles(framework)) {
        expect(jointReadiness(framework, risen, choice)).toBeGreaterThanOrEqual(
          jointReadiness(framework, worse, choice) - 1e-9,
        )
        const stateRanks = (profile: Profile, answers: readonly Response[]) =>
          gapTo(framework, profile, answers, choice).expectations.map(({ state }) =>
            WORSE_TO_BETTER.indexOf(state),
          )
        const ranks = stateRanks(worse, given)
        stateRanks(risen, better).forEach((rank, i) => expect(rank).toBeGreaterThanOrEqual(ranks[i]!))
      }
      const height = ({ standing, readiness }: typeof before) => {
        const { stands } = standing.opening
        return readiness.find(
          ({ role }) => role.role === stands?.role.role && role.variant === stands.role.variant,
        )?.bar
      }
      expect(height(after) ?? 0).toBeGreaterThanOrEqual(height(before) ?? 0)
    }),
    property,
  )
}, 120_000)
