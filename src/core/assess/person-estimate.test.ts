// Person estimates against mirt 1.45.1 (Science data; Chalmers 2012, JSS 48(6)), TAM 4.3-25 and eRm 1.0-2 (Mair &
// Hatzinger 2007, JSS 20(9)), item parameters taken from the same outputs.
import { describe, expect, test } from 'vitest'
import { itemInformation } from './information.ts'
import { estimateLocation, type EstimateMethod, type ScoredItem } from './person-estimate.ts'
import type { ResponseItem } from './response-functions.ts'
import {
  adjacent,
  corpusAbsent,
  graded,
  header,
  ifSkipped,
  numbers,
  table,
} from '../../../test/golden/assess-reference.ts'
import { SCORE_TO_THETA, THRESHOLDS } from '../../../test/golden/assess-erm-pcmdat2.ts'

/** Largest differences in logits between our estimates and a reference. */
interface Difference {
  theta: number
  se: number
  compared: number
}

const SCIENCE = ['Comfort', 'Work', 'Future', 'Benefit']

function scienceModel(model: string): { items: ResponseItem[]; variance: number } {
  const rows = table(`mirt_polytomous/science_${model}_mod2values.csv`)
  const value = (item: string, name: string): number =>
    Number(rows.find((row) => row[1] === item && row[3] === name)![5])
  const items = SCIENCE.map((item) => {
    const a = value(item, 'a1')
    const steps = (threshold: (k: number) => number): number[] => [1, 2, 3].map(threshold)
    if (model === 'graded')
      return graded(
        steps((k) => -value(item, `d${k}`) / a),
        a,
      )
    if (model === 'rsm') return adjacent(steps((k) => value(item, `b${k}`) - value(item, 'c')))
    if (model === 'grsmIRT')
      return graded(
        steps((k) => -value(item, `b${k}`) - value(item, 'c')),
        a,
      )
    return adjacent(
      steps((k) => (value(item, `d${k - 1}`) - value(item, `d${k}`)) / a),
      a,
    )
  })
  return { items, variance: value('GROUP', 'COV_11') }
}

describe.skipIf(corpusAbsent).each(['graded', 'gpcm', 'Rasch', 'rsm', 'grsmIRT'])(
  `mirt's %s model${ifSkipped}`,
  (model) => {
    const { items, variance } = corpusAbsent ? { items: [], variance: 1 } : scienceModel(model)
    const data = numbers(table('mirt_polytomous/science_data.csv'))
    const lowest = SCIENCE.map((_, j) => Math.min(...data.map((row) => row[j]!)))

    test('has the same item information', () => {
      for (const [theta, , ...expected] of numbers(table(`mirt_polytomous/science_${model}_info.csv`)))
        items.forEach((item, j) => expect(itemInformation(item, theta!)).toBeCloseTo(expected[j]!, 9))
    })

    test.each([
      ['EAP', 'eap'],
      ['MAP', 'map'],
      ['ML', 'ml'],
      ['WLE', 'wle'],
    ] as [string, EstimateMethod][])('gives the same %s of 392 persons within 0.001', (name, method) => {
      const difference: Difference = { theta: 0, se: 0, compared: 0 }
      for (const [person, theta, se] of table(`mirt_polytomous/science_${model}_${name}.csv`)) {
        const answers = items.map((item, j): ScoredItem => ({
          item,
          score: data[Number(person) - 1]![j]! - lowest[j]!,
        }))
        const prior = { mean: 0, sd: Math.sqrt(variance) }
        const estimate = estimateLocation(answers, { method, prior, curvature: 'observed' })
        difference.compared++
        if (theta!.endsWith('Inf')) {
          expect(estimate.atBound, `person ${person}`).toBe(true)
          expect(Math.sign(estimate.theta)).toBe(theta === 'Inf' ? 1 : -1)
          continue
        }
        difference.theta = Math.max(difference.theta, Math.abs(estimate.theta - Number(theta)))
        difference.se = Math.max(difference.se, Math.abs(estimate.se - Number(se)))
      }
      expect(difference.compared).toBe(392)
      expect(difference.theta).toBeLessThan(1e-3)
      // mirt's own WLE errors for these two classes are noisy: see the next test.
      if (method !== 'wle' || (model !== 'rsm' && model !== 'grsmIRT'))
        expect(difference.se).toBeLessThan(1e-3)
    })
  },
)

test.skipIf(corpusAbsent)(
  'mirt gives persons of one total unequal WLE errors under rsm, where ours are equal',
  () => {
    // A total is sufficient in a rating scale model, so equal totals have equal errors; mirt differentiates numerically.
    const { items } = scienceModel('rsm')
    const data = numbers(table('mirt_polytomous/science_data.csv')).map((row) =>
      row.map((score) => score - 1),
    )
    const byTotal = new Map<number, { theirs: number[]; ours: number[] }>()
    for (const [person, , se] of table('mirt_polytomous/science_rsm_WLE.csv')) {
      const scores = data[Number(person) - 1]!
      const total = scores.reduce((sum, score) => sum + score, 0)
      const answers = items.map((item, j): ScoredItem => ({ item, score: scores[j]! }))
      const group = byTotal.get(total) ?? { theirs: [], ours: [] }
      group.theirs.push(Number(se))
      group.ours.push(estimateLocation(answers, { method: 'wle', curvature: 'observed' }).se)
      byTotal.set(total, group)
    }
    const spread = (values: number[]): number => Math.max(...values) - Math.min(...values)
    expect(Math.max(...[...byTotal.values()].map(({ theirs }) => spread(theirs)))).toBeGreaterThan(1e-3)
    expect(Math.max(...[...byTotal.values()].map(({ ours }) => spread(ours)))).toBeLessThan(1e-9)
  },
)

test.skipIf(corpusAbsent)(
  "Warm's estimates and errors equal TAM's for partial credit and rating scale",
  () => {
    const data = numbers(table('mirt_polytomous/tam_gpcm_data.csv'))
    for (const model of ['PCM', 'RSM']) {
      const xsi = new Map(
        table(`mirt_polytomous/tam_gpcm_${model}_xsi.csv`).map(([name, at]) => [name!, Number(at)]),
      )
      const [first, second] = [xsi.get('Cat1') ?? 0, xsi.get('Cat2') ?? 0]
      const items = ['Comfort', 'Work', 'Benefit'].map((item) =>
        model === 'PCM'
          ? adjacent([1, 2, 3].map((k) => xsi.get(`${item}_Cat${k}`)!))
          : adjacent([first, second, -first - second].map((step) => xsi.get(item)! + step)),
      )
      for (const [person, , , , theta, error] of table(`mirt_polytomous/tam_gpcm_${model}_wle.csv`)) {
        const answers = items.map((item, j): ScoredItem => ({ item, score: data[Number(person) - 1]![j]! }))
        const estimate = estimateLocation(answers, { method: 'wle' })
        expect(estimate.theta).toBeCloseTo(Number(theta), 7)
        expect(estimate.se).toBeCloseTo(Number(error), 7)
      }
    }
  },
)

describe.skipIf(corpusAbsent).each(['pcmdat', 'pcmdat2', 'rsmdat', 'raschdat1'])(
  `eRm on %s${ifSkipped}`,
  (name) => {
    test('gives the same location and error of each person within 0.0001, and the same score table', () => {
      const easiness = new Map<string, number[]>()
      for (const [parameter, beta] of table(`erm_cml/${name}_beta.csv`)) {
        const item = parameter!.replace('beta ', '').split('.')[0]!
        easiness.set(item, [...(easiness.get(item) ?? []), Number(beta)])
      }
      // eRm's betas are cumulative easinesses; a threshold is the fall from one to the next.
      const items = header(`erm_cml/${name}_data.csv`).map((item) => {
        const betas = easiness.get(item)!
        return adjacent(betas.map((beta, k) => (k === 0 ? 0 : betas[k - 1]!) - beta))
      })
      const data = numbers(table(`erm_cml/${name}_data.csv`))
      const scoreTable = new Map(numbers(table(`erm_cml/${name}_score_to_theta.csv`)) as [number, number][])
      const persons = table(`erm_cml/${name}_person_ml.csv`)
      for (const [person, theta, se] of persons) {
        const scores = data[Number(person!.slice(1)) - 1]!
        const answers = items.map((item, j): ScoredItem => ({ item, score: scores[j]! }))
        const estimate = estimateLocation(answers, { method: 'ml' })
        expect(Math.abs(estimate.theta - Number(theta)), person).toBeLessThan(1e-4)
        expect(Math.abs(estimate.se - Number(se)), person).toBeLessThan(1e-4)
        const total = scores.reduce((sum, score) => sum + score, 0)
        expect(Math.abs(estimate.theta - scoreTable.get(total)!), person).toBeLessThan(1e-4)
      }
      expect(persons.length).toBeGreaterThan(15)
    })
  },
)

test("every inner total of eRm's pcmdat2 gives the location that eRm prints", () => {
  const items = THRESHOLDS.map((thresholds) => adjacent([...thresholds]))
  for (const [total, theta] of SCORE_TO_THETA) {
    // Only the total matters: the points are dealt out from the first item on.
    let left = total
    const answers = items.map((item): ScoredItem => {
      const score = Math.min(2, left)
      left -= score
      return { item, score }
    })
    expect(estimateLocation(answers, { method: 'ml' }).theta, `total ${total}`).toBeCloseTo(theta, 4)
  }
})
