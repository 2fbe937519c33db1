// Marginal maximum likelihood against mirt's partial credit ("Rasch") and rating scale models (Science data, one test).
import type { StepModel } from '../../src/core/measure/measurement.ts'
import { mean, measured, rowsOf, wideRatings } from './measure-tables.ts'
import type { Comparison } from './measure-verdict.ts'

const MODELS = [['Rasch', 'pcm'], ['rsm', 'rsm']] as const satisfies readonly (readonly [string, StepModel])[]

/** Item and step parameters, variance, log-likelihood and EAP locations; mirt puts persons, we put items at zero. */
export function mirt(folder: string): Comparison[] {
  return MODELS.flatMap(([model, steps]) => {
    const set = 'mirt_polytomous'
    const run = measured(wideRatings(folder, `${set}/science_data.csv`, 0), { estimator: 'mml', steps })
    const values = rowsOf(folder, `${set}/science_${model}_mod2values.csv`)
    const value = (item: string, name: string) => Number(values.find((row) => row['item'] === item && row['name'] === name)!['value'])
    const data = `${set} science ${model}`
    const reference = 'mirt 1.45.1'
    const tolerance = 1e-3
    // Absolute thresholds, of which both have their own origin.
    const thresholds = run.items.flatMap((item) => {
      const own = run.steps.filter((step) => step.item === undefined || step.item === item.id)
      return own.map((step, k) => {
        const before = k === 0 || model === 'rsm' ? 0 : value(item.id, `d${k}`)
        const theirs = model === 'rsm' ? value(item.id, `b${k + 1}`) - value(item.id, 'c') : before - value(item.id, `d${k + 1}`)
        return { name: `${item.id} step ${step.category}`, ours: item.measure + step.measure, theirs }
      })
    })
    const shift = mean(thresholds.map(({ ours, theirs }) => ours - theirs))
    const eap = new Map(rowsOf(folder, `${set}/science_${model}_EAP.csv`).map((row) => [`P${row['person']}`, row]))
    const logLikelihood = Number(rowsOf(folder, `${set}/science_loglik.csv`).find((row) => row['model'] === model)!['logLik'])
    return [
      { data, quantity: 'absolute thresholds', reference, tolerance, pairs: thresholds.map(({ name, ours, theirs }) => [name, ours - shift, theirs]) },
      { data, quantity: 'person variance', reference, tolerance, pairs: [['variance', run.variance.person!, value('GROUP', 'COV_11')]] },
      { data, quantity: 'persons (EAP)', reference, tolerance, pairs: run.persons.map((one) => [one.id, one.measure - shift, Number(eap.get(one.id)!['theta'])]) },
      { data, quantity: 'log-likelihood', reference, tolerance, pairs: [['log-likelihood', run.summary.logLikelihood, logLikelihood]] },
    ] satisfies Comparison[]
  })
}
