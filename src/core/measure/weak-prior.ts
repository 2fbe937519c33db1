// A weak prior on items and steps for sets so small that some of these have no finite estimate of their own.
import { itemReading, stepReading, type LinearReading, type StepParameters } from './step-model.ts'

/** SD in logits of the prior on each item location and each step: wider than rating scales are ever found to be. */
export const WEAK_SD = 3

/** A quadratic penalty on the parameters u: minus half of u' P u + 2 l' u, up to a constant. */
export interface WeakPrior {
  readonly precision: Float64Array
  readonly linear: Float64Array
}

/** Normal with mean 0 and SD `WEAK_SD` on every item location and every step that is not fixed. */
export function weakPrior(parameters: StepParameters, betaAtZero: Float64Array): WeakPrior {
  const { free, items, categories, model } = parameters
  const precision = new Float64Array(free * free)
  const linear = new Float64Array(free)
  const add = ({ value, gradient }: LinearReading) => {
    for (let a = 0; a < free; a++) {
      linear[a]! += (gradient[a]! * value) / WEAK_SD ** 2
      for (let b = 0; b < free; b++) precision[a * free + b]! += (gradient[a]! * gradient[b]!) / WEAK_SD ** 2
    }
  }
  for (let i = 0; i < items; i++) add(itemReading(parameters, betaAtZero, i))
  for (let i = 0; i < (model === 'pcm' ? items : 1); i++) {
    for (let k = 1; k < categories; k++) {
      const step = stepReading(parameters, betaAtZero, i, k)
      if (step) add(step)
    }
  }
  return { precision, linear }
}
