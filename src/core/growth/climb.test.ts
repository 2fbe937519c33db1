// The climb of a way: what is said of the whole is the sum of what its steps ask, and of one step that of the gap.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ANSWERS, type Answer, type Response } from '../assess/answers.ts'
import { buildInstrument } from '../assess/instrument.ts'
import { estimateProfile } from '../assess/profile.ts'
import { growthFramework } from './fixture.ts'
import { gapTo } from './gap.ts'
import { pathsFor } from './report.ts'
import { findRole } from './roles.ts'

const framework = growthFramework()
const instrument = buildInstrument(framework)
const responsesArbitrary = fc
  .uniqueArray(
    fc.record({
      item: fc.constantFrom(...instrument.items.map(({ id }) => id)),
      answer: fc.constantFrom<Answer>(...ANSWERS, 'no-opportunity'),
    }),
    { selector: ({ item }) => item, maxLength: 40 },
  )
  .map((responses): Response[] => responses)

const sumOf = (asks: readonly { kind: string; missing: number }[]) =>
  asks.reduce((sum, { kind, missing }) => sum + (kind === 'must' ? missing : 0), 0)

test('the levels of a way are the sum of what its steps ask; of a way of one step they are those of the gap', () => {
  let single = 0
  fc.assert(
    fc.property(
      responsesArbitrary,
      fc.constantFrom('senior', 'architect', 'lead', 'head'),
      (responses, to) => {
        const profile = estimateProfile(instrument, responses)
        const paths = pathsFor(framework, instrument, profile, responses, {
          ...{ from: { role: 'junior', variant: null }, to: { role: to, variant: null }, ownYears: 2 },
        })
        const ways = [...paths.paths, ...paths.alternatives.map(({ path }) => path)]
        for (const { steps, gap } of ways) {
          expect(gap.levels).toBeCloseTo(sumOf(steps.flatMap(({ asks }) => asks)), 6)
          if (steps.length > 1) continue
          single++
          const { expectations } = gapTo(framework, profile, responses, findRole(framework, { role: to })!)
          expect(gap.levels).toBeCloseTo(sumOf(expectations), 6)
        }
      },
    ),
    { numRuns: process.env['RUNGS_VERIFY'] ? 1000 : 30, seed: 20261121 },
  )
  expect(single).toBeGreaterThan(0)
}, 60_000)
