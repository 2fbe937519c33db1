// Response functions, information, estimates, item sequences and sequential decisions against catR 3.17 (Magis &
// Barrada 2017, JSS 76(1)) and catIrt, as recorded in the corpus folder cat_traces.
import { describe, expect, test } from 'vitest'
import {
  adaptiveBank,
  answerAdaptiveTest,
  mostDivergentItem,
  mostInformativeItem,
  orderByInformation,
  startAdaptiveTest,
} from './adaptive-test.ts'
import { informationSlope, itemInformation } from './information.ts'
import { estimateLocation, type EstimateMethod, type ScoredItem } from './person-estimate.ts'
import { categoryProbabilities } from './response-functions.ts'
import { generalisedRatioTest, intervalTest, ratioTest } from './sequential-test.ts'
import {
  catBank,
  corpusAbsent,
  graded,
  ifSkipped,
  numbers,
  table,
} from '../../../test/golden/assess-reference.ts'

const RANGE = [-4, 4] as const

describe.skipIf(corpusAbsent).each(['GRM', 'GPCM', 'PCM'] as const)(
  `the %s bank of catR${ifSkipped}`,
  (model) => {
    const bank = catBank(model)

    test('gives the same category probabilities', () => {
      for (const [theta, item, ...expected] of numbers(table(`cat_traces/${model}_probs.csv`)))
        categoryProbabilities(bank[item! - 1]!, theta!).forEach((p, k) =>
          expect(p).toBeCloseTo(expected[k]!, 12),
        )
    })

    test('gives the same information and slope of the information', () => {
      for (const [theta, item, information, slope] of numbers(table(`cat_traces/${model}_info.csv`))) {
        expect(itemInformation(bank[item! - 1]!, theta!)).toBeCloseTo(information!, 12)
        expect(informationSlope(bank[item! - 1]!, theta!)).toBeCloseTo(slope!, 12)
      }
    })

    test('gives the same ML, MAP, WLE and EAP estimates and standard errors for twelve answers', () => {
      const answers = numbers(table(`cat_traces/${model}_pattern.csv`))
        .slice(0, 12)
        .map(([item, score]): ScoredItem => ({ item: bank[item! - 1]!, score: score! }))
      const methods: Record<string, EstimateMethod> = { ML: 'ml', BM: 'map', WL: 'wle', EAP: 'eap' }
      let compared = 0
      for (const [name, theta, se] of table(`cat_traces/${model}_thetaEst_12items.csv`)) {
        const method = methods[name!]
        if (!method) continue // catR's robust estimate is NA
        const estimate = estimateLocation(answers, { method, range: RANGE, points: 33 })
        expect(estimate.theta, name).toBeCloseTo(Number(theta), 4)
        expect(estimate.se, name).toBeCloseTo(Number(se), 4)
        compared++
      }
      expect(compared).toBe(4)
    })

    test('is asked in the same order by information and by Kullback-Leibler divergence', () => {
      // catR: first item at theta 0, then the posterior mode; the final estimate is Warm's.
      const tables = adaptiveBank(bank, { range: RANGE, points: 33 })
      const rows = table(`cat_traces/${model}_cat_traces.csv`)
      let state = startAdaptiveTest(tables)
      let answers: ScoredItem[] = []
      rows.forEach(([truth, criterion, step, item, score, theta, se, final, finalSe], i) => {
        const place = `truth ${truth}, ${criterion}, step ${step}`
        if (step === '1') [state, answers] = [startAdaptiveTest(tables), []]
        const chosen =
          step === '1' || criterion === 'MFI'
            ? mostInformativeItem(tables, state.asked, state.theta)
            : mostDivergentItem(tables, state)
        expect(chosen, place).toBe(Number(item) - 1)
        answers = [...answers, { item: bank[chosen!]!, score: Number(score) }]
        const mode = estimateLocation(answers, { method: 'map', range: RANGE })
        state = {
          ...answerAdaptiveTest(tables, state, chosen!, Number(score)),
          theta: mode.theta,
          se: mode.se,
        }
        expect(mode.theta, place).toBeCloseTo(Number(theta), 4)
        expect(mode.se, place).toBeCloseTo(Number(se), 4)
        if (rows[i + 1]?.[2] !== '1' && i < rows.length - 1) return
        const warm = estimateLocation(answers, { method: 'wle', range: RANGE })
        expect(warm.theta, place).toBeCloseTo(Number(final), 4)
        expect(warm.se, place).toBeCloseTo(Number(finalSe), 4)
      })
      expect(rows.length).toBeGreaterThan(30)
    })
  },
)

describe.skipIf(corpusAbsent)(`the sequential tests of catIrt${ifSkipped}`, () => {
  const bank = numbers(table('cat_traces/sprt_grm_bank.csv')).map(([a, ...b]) => graded(b, a!))

  test('order the bank by information at the cut', () => {
    expect(orderByInformation(bank, 0)).toEqual(
      table('cat_traces/sprt_item_order.csv').map(([, item]) => Number(item) - 1),
    )
  })

  test('decide alike after each of 1,000 answers, by SPRT, GLR and interval', () => {
    const sequential = { cut: 0, delta: 0.3, alpha: 0.05, beta: 0.05 }
    const word = { above: 'above', below: 'below', 'cannot tell': '-' }
    const mass = (answers: ScoredItem[]) => estimateLocation(answers, { method: 'eap', range: [-6, 6] })
    let answers: ScoredItem[] = []
    const rows = table('cat_traces/sprt_traces.csv')
    for (const [, , n, item, score, sprt, glr, eap, psd, , bySprt, byGlr, byInterval] of rows) {
      answers = n === '1' ? [] : answers
      answers = [...answers, { item: bank[Number(item) - 1]!, score: Number(score) }]
      const ratio = ratioTest(answers, sequential)
      const general = generalisedRatioTest(answers, sequential, RANGE)
      const estimate = mass(answers)
      expect(ratio.logRatio).toBeCloseTo(Number(sprt), 10)
      expect(general.logRatio).toBeCloseTo(Number(glr), 10)
      expect(estimate.theta).toBeCloseTo(Number(eap), 8)
      expect(estimate.se).toBeCloseTo(Number(psd), 8)
      expect([word[ratio.decision], word[general.decision], word[intervalTest(estimate, 0)]]).toEqual([
        bySprt,
        byGlr,
        byInterval,
      ])
    }
    expect(rows.length).toBe(1000)
  })
})
