// Laws of the measurement engine: invariances, anchors, bias, and recovery of a simulated truth.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { seeded, simulatedRatings, type Design } from '../../../bench/simulated-ratings.ts'
import { recover } from '../../../test/golden/measure-recovery.ts'
import {
  DESIGN,
  largestDifference,
  read,
  refusal,
  rows,
  run,
  sample,
  shuffled,
} from '../../../test/measured-samples.ts'
import { measureContrasts } from './contrasts.ts'
import { fitLimits } from './fit-limits.ts'
import { measure } from './measure.ts'
import type { Measurement } from './measurement.ts'
import { measureProfiles } from './profile.ts'

for (const estimator of ['cml', 'jml', 'jml-eps', 'mml'] as const) {
  test(`the order of rows and the names of elements change nothing (${estimator})`, () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), (seed) => {
        const list = sample(seed, { perPerson: 5, missing: 0 })
        const plain = run(list, { estimator })
        const other = shuffled(list, seed + 1).map((row) => ({
          ...row,
          person: `x${row.person}`,
          rater: `y${row.rater}`,
          item: `z${row.item}`,
        }))
        const renamed = run(other, { estimator })
        for (const [facet, prefix] of [
          ['persons', 'x'],
          ['raters', 'y'],
          ['items', 'z'],
        ] as const) {
          const there = new Map(renamed[facet].map((one) => [one.id, one.measure]))
          for (const one of plain[facet])
            expect(Math.abs(one.measure - there.get(prefix + one.id)!)).toBeLessThan(1e-6)
        }
      }),
      { numRuns: process.env['RUNGS_VERIFY'] ? 60 : 3, seed: 4 },
    )
  })
}

test('the data hash is that of the ratings in any order, and another for other ratings', () => {
  const list = sample(3)
  const hash = run(list).summary.dataHash
  expect(run(shuffled(list, 9)).summary.dataHash).toBe(hash)
  expect(
    run(list.map((row, at) => (at === 5 ? { ...row, score: (row.score! + 1) % 4 } : row))).summary.dataHash,
  ).not.toBe(hash)
})

test('with more raters than are solved exactly, order and names still change nothing', () => {
  const list = sample(8, { persons: 120, raters: 90, perPerson: 4 })
  const plain = run(list)
  expect(largestDifference(plain, run(shuffled(list, 2)))).toBeLessThan(1e-6)
  expect(plain.summary.gradient).toBeLessThanOrEqual(1e-8)
})

test('with severities, steps and variances held, a higher rating never lowers that person', () => {
  const list = sample(21)
  const first = run(list)
  const anchors = {
    raters: Object.fromEntries(first.raters.map((one) => [one.id, one.measure])),
    items: Object.fromEntries(first.items.map((one) => [one.id, one.measure])),
    steps: first.steps.map((one) => one.measure),
  }
  const variances = {
    person: first.variance.person!,
    rater: first.variance.rater!,
    dyad: first.variance.dyad!,
  }
  fc.assert(
    fc.property(fc.integer({ min: 0, max: list.length - 1 }), (at) => {
      const row = list[at]!
      if (row.score === 3) return
      const raised = list.map((one, k) => (k === at ? { ...one, score: one.score! + 1 } : one))
      const measureOf = (m: Measurement) => m.persons.find((one) => one.id === row.person)!.measure
      expect(measureOf(run(raised, { anchors, variances }))).toBeGreaterThan(
        measureOf(run(list, { anchors, variances })),
      )
    }),
    { numRuns: process.env['RUNGS_VERIFY'] ? 300 : 10, seed: 5 },
  )
})

test('a weight of 2 leaves joint-ML measures and shrinks their standard errors by the square root of two', () => {
  const list = sample(33, { perPerson: 6 })
  const once = run(list, { estimator: 'jml' })
  const twice = run(
    list.map((row) => ({ ...row, weight: 2 })),
    { estimator: 'jml' },
  )
  for (const facet of ['persons', 'raters', 'items'] as const) {
    for (const [at, one] of once[facet].entries()) {
      const heavy = twice[facet][at]!
      if (one.wide.some((reason) => reason.startsWith('all-'))) continue
      expect(heavy.measure).toBeCloseTo(one.measure, 8)
      expect(heavy.se * Math.SQRT2).toBeCloseTo(one.se, 8)
    }
  }
})

test('a harsher rater moves that severity and no person beyond the standard error', () => {
  const design: Design = { ...DESIGN, persons: 150, raters: 20, perPerson: 4, missing: 0 }
  const severity = Float64Array.from({ length: 20 }, (_, j) => 0.6 * Math.cos(j))
  const before = run(rows(simulatedRatings(design, seeded(5), severity).ratings))
  const after = run(
    rows(
      simulatedRatings(
        design,
        seeded(5),
        severity.map((value, j) => (j === 7 ? value + 1 : value)),
      ).ratings,
    ),
  )
  const moved = (j: string) =>
    after.raters.find((one) => one.id === j)!.measure - before.raters.find((one) => one.id === j)!.measure
  expect(moved('rater-7')).toBeGreaterThan(0.6)
  for (const one of after.raters)
    if (one.id !== 'rater-7') expect(Math.abs(moved(one.id))).toBeLessThan(one.se * 1.5)
  const within = after.persons.filter(
    (one, at) => Math.abs(one.measure - before.persons[at]!.measure) < one.se,
  ).length
  expect(within / after.persons.length).toBeGreaterThan(0.98)
})

test('items sum to zero and raters sum to zero within each subset; subsets are named with what would join them', () => {
  const [a, b] = [
    sample(1),
    sample(2).map((row) => ({ ...row, person: `b${row.person}`, rater: `b${row.rater}` })),
  ]
  for (const estimator of ['cml', 'jml'] as const) {
    const m = run([...a, ...b], { estimator })
    expect(m.subsets.length).toBe(2)
    expect(m.links.length).toBe(1)
    expect(m.cautions.map((one) => one.code)).toContain('disconnected')
    expect(m.items.reduce((sum, one) => sum + one.measure, 0)).toBeCloseTo(0, 9)
    for (const s of [0, 1])
      expect(
        m.raters.filter((one) => one.subset === s).reduce((sum, one) => sum + one.measure, 0),
      ).toBeCloseTo(0, 9)
  }
})

test('anchors are held exactly, and an unknown anchor is refused by name', () => {
  const list = sample(14)
  for (const estimator of ['cml', 'jml', 'mml'] as const) {
    const m = run(list, { estimator, anchors: { raters: { 'rater-3': 0.8 }, items: { 'item-0': -1.2 } } })
    expect(m.raters.find((one) => one.id === 'rater-3')).toMatchObject({
      measure: 0.8,
      se: 0,
      anchored: true,
    })
    expect(m.items.find((one) => one.id === 'item-0')!.measure).toBeCloseTo(-1.2, 9)
  }
  expect(refusal(list, { anchors: { raters: { nobody: 1 } } })).toBe('anchor-unknown')
})

test('an occasion facet and rater groups are recovered in sign and size', () => {
  const list = sample(40, { persons: 200, raters: 30, perPerson: 6, missing: 0 })
  const random = seeded(77)
  const harder = list.map((row) => {
    const late = Number(row.person.slice(7)) % 2 === Number(row.rater.slice(6)) % 2
    const lenient = Number(row.rater.slice(6)) < 10
    const score = Math.max(
      0,
      Math.min(3, row.score! - (late && random() < 0.5 ? 1 : 0) + (lenient && random() < 0.5 ? 1 : 0)),
    )
    return { ...row, score, occasion: late ? 'late' : 'early', group: lenient ? 'peers' : 'managers' }
  })
  for (const estimator of ['cml', 'jml', 'mml'] as const) {
    const m = run(harder, { estimator })
    const [occasion, group] = [
      new Map(m.occasions.map((one) => [one.id, one.measure])),
      new Map(m.raterGroups.map((one) => [one.id, one.measure])),
    ]
    expect(occasion.get('late')! - occasion.get('early')!).toBeGreaterThan(0.5)
    expect(group.get('managers')! - group.get('peers')!).toBeGreaterThan(0.5)
  }
})

test('a person minus a bar carries the uncertainty of both; the contrast of one person is that person', () => {
  const ratings = read(sample(70))
  const m = measure(ratings)
  const contrasts = measureContrasts(ratings, {}, [
    { persons: { 'person-1': 1 } },
    { persons: { 'person-1': 1 }, items: { 'item-2': -1 } },
    { persons: { 'person-1': 1, 'person-2': -1 } },
  ])
  if (!m.ok || !contrasts.ok) throw new Error('refused')
  const [self, bar, pair] = contrasts.value
  const [one, two] = [
    m.value.persons.find((p) => p.id === 'person-1')!,
    m.value.persons.find((p) => p.id === 'person-2')!,
  ]
  expect(self!.value).toBeCloseTo(one.measure, 8)
  expect(self!.se).toBeCloseTo(one.se, 6)
  expect(bar!.se).toBeGreaterThan(self!.se)
  expect(pair!.se).toBeLessThan(Math.hypot(one.se, two.se))
})

test('a planted bias is found and no other pair is flagged wrongly more than one time in twenty', () => {
  const list = sample(81, { persons: 120, raters: 10, perPerson: 5, missing: 0, dyadSd: 0 })
  const planted = list.map((row) =>
    row.rater === 'rater-4' && row.item === 'item-2' ? { ...row, score: Math.max(0, row.score! - 1) } : row,
  )
  for (const estimator of ['cml', 'jml'] as const) {
    const terms = run(planted, { estimator, bias: ['rater-item'] }).bias
    const worst = terms.toSorted((a, b) => a.q - b.q)[0]!
    expect([worst.first, worst.second]).toEqual(['rater-4', 'item-2'])
    expect(worst.bias).toBeLessThan(-0.5)
    expect(terms.filter((term) => term.q < 0.05 && term.first !== 'rater-4').length).toBeLessThanOrEqual(
      terms.length / 20,
    )
  }
})

test('profiles shrink to the overall level where a competency has few ratings, and say so', () => {
  const list = sample(90, { persons: 80, items: 6, perPerson: 4 }).filter(
    (row) => !(row.person === 'person-5' && row.item === 'item-0'),
  )
  const competencyOf = {
    'item-0': 'design',
    'item-1': 'delivery',
    'item-2': 'delivery',
    'item-3': 'people',
    'item-4': 'people',
    'item-5': 'people',
  }
  const profiles = measureProfiles(read(list), {}, competencyOf)
  if (!profiles.ok) throw new Error('refused')
  const cell = profiles.value.cells.find((one) => one.person === 'person-5' && one.competency === 'design')!
  expect(cell).toMatchObject({ n: 0, shrinkage: 1, leansOnOverall: true })
  expect(profiles.value.cells.length).toBe(240)
})

test('bootstrap limits hold most elements of data that follow the model', () => {
  const limits = fitLimits(
    read(sample(95, { raters: 8 })),
    {},
    seeded(1),
    process.env['RUNGS_VERIFY'] ? 200 : 25,
  )
  if (!limits.ok) throw new Error('refused')
  expect(limits.value.replicates).toBeGreaterThan(20)
  for (const one of limits.value.raters) expect(one.infit[0]).toBeLessThan(one.infit[1])
})

test('a simulated truth is recovered: slopes near one and intervals that cover', () => {
  const found = recover('3 raters a person, dyad SD 0.5', process.env['RUNGS_VERIFY'] ? 40 : 2)
  expect(Math.abs(found.itemSlope - 1)).toBeLessThan(0.04)
  expect(Math.abs(found.stepSlope - 1)).toBeLessThan(0.04)
  expect(found.personCoverage).toBeGreaterThan(0.92)
  expect(found.raterCoverage).toBeGreaterThan(0.9)
})

test('where raters form no impression of a person, none is found and intervals are no wider than they need be', () => {
  const found = recover('no dyad effect', process.env['RUNGS_VERIFY'] ? 20 : 4)
  expect(found.dyadSd).toBeLessThan(0.15)
  expect(found.personCoverage).toBeLessThan(0.975)
}, 60_000)
