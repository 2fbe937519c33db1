// Second derivatives of item costs, gathered by cell, carried over to the step parameters.
import type { StepParameters } from './step-model.ts'

/**
 * Adds D' S D to the rows and columns of `matrix` (size x size, symmetric) from `at` on: D is the design of the
 * parameters, S is block diagonal by item. `squares` holds S as cell x category, of which only the half with the second
 * category up to the first is read.
 */
export function addItemSquares(
  squares: Float64Array,
  parameters: StepParameters,
  matrix: Float64Array,
  size: number,
  at: number,
): void {
  const { items, categories, free, design } = parameters
  for (let i = 0; i < items; i++) {
    for (let c = 0; c < categories; c++) {
      const rowC = (i * categories + c) * free
      for (let d = 0; d <= c; d++) {
        const value = squares[(i * categories + c) * categories + d]!
        if (value === 0) continue
        const rowD = (i * categories + d) * free
        for (let a = 0; a < free; a++) {
          const left = design[rowC + a]! * value
          const right = c === d ? 0 : design[rowD + a]! * value
          if (left === 0 && right === 0) continue
          const row = (at + a) * size + at
          for (let b = 0; b < free; b++)
            matrix[row + b]! += left * design[rowD + b]! + right * design[rowC + b]!
        }
      }
    }
  }
}
