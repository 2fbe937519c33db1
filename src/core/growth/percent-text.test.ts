// How probabilities are written as percentages: never rounded up to a threshold.
import { expect, test } from 'vitest'
import { percentText } from './percent-text.ts'

test.each([
  [0.723, '72%'],
  [0.8952, '89%'],
  [0.9, '90%'],
  [0.4999, '49%'],
  [0.5, '50%'],
  [0.505, '51%'],
  [0.999, '> 99%'],
  [0.001, '< 1%'],
])('%s is written %s', (probability, text) => expect(percentText(probability)).toBe(text))
