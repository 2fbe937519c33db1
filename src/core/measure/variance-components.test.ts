// Variance components against lme4's restricted likelihood, against balanced analysis of variance, and refusals.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { corpusPath } from '../../../test/corpus.ts'
import { dependabilityOf, ratersNeeded } from './generalizability.ts'
import { varianceComponents, type VarianceComponents } from './variance-components.ts'
import type { ComponentName } from './variance-design.ts'

const corpus = corpusPath()
const folder = corpus && join(corpus, 'measurement')

function solved(ratings: Parameters<typeof varianceComponents>[0]): VarianceComponents {
  const result = varianceComponents(ratings)
  if ('code' in result) throw new Error(result.message)
  return result
}

describe.skipIf(!folder)('held to lme4 (skipped: no corpus beside the repository)', () => {
  test('561 persons, 52 raters, 3 items, incomplete: every component and the restricted deviance', () => {
    const rows = readFileSync(join(folder!, 'sirt_ratings3', 'data_long.csv'), 'utf8')
      .trim()
      .split(/\r?\n/)
      .slice(1)
    const cells = rows.map((row) => row.replaceAll('"', '').split(','))
    const numbered = (column: number) => {
      const ids = [...new Set(cells.map((row) => row[column]))]
      return cells.map((row) => ids.indexOf(row[column]))
    }
    const ours = solved({
      person: numbered(0),
      rater: numbered(1),
      item: numbered(2),
      score: cells.map((row) => Number(row[3])),
    })
    const names: Record<string, ComponentName> = {
      p: 'person',
      r: 'rater',
      'p:r': 'person-rater',
      'p:i': 'person-item',
      'r:i': 'rater-item',
      Residual: 'residual',
    }
    const references = readFileSync(join(folder!, 'agreement', 'reference_values.csv'), 'utf8')
      .split(/\r?\n/)
      .map((row) => row.replaceAll('"', '').split(','))
    let compared = 0
    for (const [, statistic, value] of references) {
      const name = statistic?.startsWith('lmer_REML_var_')
        ? names[statistic.slice('lmer_REML_var_'.length)]
        : undefined
      if (!name) continue
      compared += 1
      const difference = Math.abs(ours.components[name]! / Number(value) - 1)
      expect(difference, `${name}: reference ${value}, ours ${ours.components[name]}`).toBeLessThan(2e-5)
    }
    expect(compared).toBe(6)
    const deviance = Number(references.find((row) => row[1] === 'lmer_REML_crit')![2])
    expect(ours.deviance, `reference ${deviance}`).toBeCloseTo(deviance, 6)
  })
})

/** A complete persons x raters x items table from a fixed generator, scores rounded to one decimal. */
function complete(persons: number, raters: number, items: number) {
  let state = 17
  const uniform = () => (state = (state * 48271) % 2147483647) / 2147483647
  const normal = () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform())
  const effect = (size: number, sd: number) => Array.from({ length: size }, () => sd * normal())
  const [p, r, pr, pi, ri] = [
    effect(persons, 1),
    effect(raters, 0.6),
    effect(persons * raters, 0.5),
    effect(persons * items, 0.4),
    effect(raters * items, 0.3),
  ]
  const ratings = {
    person: [] as number[],
    rater: [] as number[],
    item: [] as number[],
    score: [] as number[],
  }
  for (let a = 0; a < persons; a++) {
    for (let b = 0; b < raters; b++) {
      for (let c = 0; c < items; c++) {
        ratings.person.push(a)
        ratings.rater.push(b)
        ratings.item.push(c)
        ratings.score.push(
          p[a]! + r[b]! + pr[a * raters + b]! + pi[a * items + c]! + ri[b * items + c]! + 0.7 * normal(),
        )
      }
    }
  }
  return ratings
}

test('on complete data the components are those of the balanced analysis of variance', () => {
  const [P, R, I] = [40, 8, 6]
  const { score } = complete(P, R, I)
  const at = (p: number, r: number, i: number) => score[(p * R + r) * I + i]!
  const mean = (select: (p: number, r: number, i: number) => boolean) => {
    let sum = 0
    let count = 0
    for (let p = 0; p < P; p++)
      for (let r = 0; r < R; r++)
        for (let i = 0; i < I; i++)
          if (select(p, r, i)) {
            sum += at(p, r, i)
            count += 1
          }
    return sum / count
  }
  const grand = mean(() => true)
  const mp = Array.from({ length: P }, (_, a) => mean((p) => p === a))
  const mr = Array.from({ length: R }, (_, a) => mean((_p, r) => r === a))
  const mi = Array.from({ length: I }, (_, a) => mean((_p, _r, i) => i === a))
  const mpr = mp.map((_, a) => mr.map((__, b) => mean((p, r) => p === a && r === b)))
  const mpi = mp.map((_, a) => mi.map((__, b) => mean((p, _r, i) => p === a && i === b)))
  const mri = mr.map((_, a) => mi.map((__, b) => mean((_p, r, i) => r === a && i === b)))
  const sum = (values: number[]) => values.reduce((total, value) => total + value ** 2, 0)
  const msP = (R * I * sum(mp.map((m) => m - grand))) / (P - 1)
  const msR = (P * I * sum(mr.map((m) => m - grand))) / (R - 1)
  const msPR =
    (I * sum(mpr.flatMap((row, a) => row.map((m, b) => m - mp[a]! - mr[b]! + grand)))) / ((P - 1) * (R - 1))
  const msPI =
    (R * sum(mpi.flatMap((row, a) => row.map((m, b) => m - mp[a]! - mi[b]! + grand)))) / ((P - 1) * (I - 1))
  const msRI =
    (P * sum(mri.flatMap((row, a) => row.map((m, b) => m - mr[a]! - mi[b]! + grand)))) / ((R - 1) * (I - 1))
  let rest = 0
  for (let p = 0; p < P; p++)
    for (let r = 0; r < R; r++)
      for (let i = 0; i < I; i++)
        rest +=
          (at(p, r, i) - mpr[p]![r]! - mpi[p]![i]! - mri[r]![i]! + mp[p]! + mr[r]! + mi[i]! - grand) ** 2
  const msE = rest / ((P - 1) * (R - 1) * (I - 1))
  const { components } = solved(complete(P, R, I))
  expect(components.residual).toBeCloseTo(msE, 6)
  expect(components['person-rater']).toBeCloseTo((msPR - msE) / I, 6)
  expect(components['person-item']).toBeCloseTo((msPI - msE) / R, 6)
  expect(components['rater-item']).toBeCloseTo((msRI - msE) / P, 6)
  expect(components.person).toBeCloseTo((msP - msPR - msPI + msE) / (R * I), 6)
  expect(components.rater).toBeCloseTo((msR - msPR - msRI + msE) / (P * I), 6)
})

test('an interaction that the design cannot see is named, not guessed', () => {
  const one = complete(30, 6, 5)
  const keep = one.item.map((item, n) => (item === 0 ? n : -1)).filter((n) => n >= 0)
  const only = (list: number[]) => keep.map((n) => list[n]!)
  const result = solved({
    person: only(one.person),
    rater: only(one.rater),
    item: only(one.item),
    score: only(one.score),
  })
  expect(result.confounded).toEqual(['person-rater', 'person-item', 'rater-item'])
  expect(result.components['person-rater']).toBeUndefined()
})

test.each([
  [
    'all the same',
    {
      person: [0, 0, 1, 1, 2, 2],
      rater: [0, 1, 0, 1, 0, 1],
      item: [0, 0, 0, 0, 0, 0],
      score: [2, 2, 2, 2, 2, 2],
    },
    'no-variation',
  ],
  [
    'one rater',
    { person: [0, 1, 2, 3], rater: [0, 0, 0, 0], item: [0, 0, 0, 0], score: [1, 2, 3, 2] },
    'too-few-raters',
  ],
  [
    'two persons',
    { person: [0, 0, 1, 1], rater: [0, 1, 0, 1], item: [0, 0, 0, 0], score: [1, 2, 3, 2] },
    'too-few-persons',
  ],
  [
    'each person once',
    { person: [0, 1, 2, 3], rater: [0, 1, 0, 1], item: [0, 0, 0, 0], score: [1, 2, 3, 2] },
    'no-replication',
  ],
] as const)('%s is refused with its reason', (_, ratings, code) => {
  expect(varianceComponents(ratings)).toMatchObject({ code })
})

test('dependability is that of a worked example, and rises with raters to the ceiling that items allow', () => {
  const components = {
    person: 0.5,
    rater: 0.1,
    'person-rater': 0.2,
    'person-item': 0.12,
    'rater-item': 0.06,
    residual: 0.24,
  }
  // Random items, 4 raters, 6 items: universe .5; relative .2/4 + .12/6 + .24/24 = .08; absolute .08 + .1/4 + .06/24 = .1075.
  const random = dependabilityOf(components, { raters: 4, items: 6, itemFacet: 'random' })
  expect(random.generalizability).toBeCloseTo(0.5 / 0.58, 12)
  expect(random.dependability).toBeCloseTo(0.5 / 0.6075, 12)
  const needed = ratersNeeded(components, { target: 0.8, items: 6, itemFacet: 'random' })
  expect(needed).toMatchObject({ reachable: true, raters: 4 })
  expect(
    dependabilityOf(components, { raters: 3, items: 6, itemFacet: 'random' }).dependability,
  ).toBeLessThan(0.8)
  const never = ratersNeeded(
    { ...components, 'person-item': 3 },
    { target: 0.8, items: 1, itemFacet: 'random' },
  )
  expect(never).toMatchObject({ reachable: false, ceiling: 0.5 / 3.5 })
})
