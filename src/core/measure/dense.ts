// Small dense linear algebra: Cholesky factors, solves and inverses of symmetric positive definite matrices.

/** Lower Cholesky factor in place (row by row, size x size); false where the matrix is not positive definite. */
export function factorise(matrix: Float64Array, size: number): boolean {
  for (let i = 0; i < size; i++) {
    const rowI = i * size
    for (let j = 0; j <= i; j++) {
      const rowJ = j * size
      let s0 = matrix[rowI + j]!
      let s1 = 0
      let k = 0
      for (; k + 1 < j; k += 2) {
        s0 -= matrix[rowI + k]! * matrix[rowJ + k]!
        s1 -= matrix[rowI + k + 1]! * matrix[rowJ + k + 1]!
      }
      if (k < j) s0 -= matrix[rowI + k]! * matrix[rowJ + k]!
      const sum = s0 + s1
      if (i === j) {
        if (!(sum > 0)) return false
        matrix[rowI + i] = Math.sqrt(sum)
      } else matrix[rowI + j] = sum / matrix[rowJ + j]!
    }
  }
  return true
}

/** Solves L L' x = b in place for a factor made by `factorise`. */
export function solveFactored(factor: Float64Array, size: number, b: Float64Array): void {
  for (let i = 0; i < size; i++) {
    let sum = b[i]!
    const row = i * size
    for (let k = 0; k < i; k++) sum -= factor[row + k]! * b[k]!
    b[i] = sum / factor[row + i]!
  }
  for (let i = size - 1; i >= 0; i--) {
    const value = (b[i]! /= factor[i * size + i]!)
    const row = i * size
    for (let k = 0; k < i; k++) b[k]! -= factor[row + k]! * value
  }
}

/** The inverse of L L' as a full symmetric matrix. */
export function inverseFactored(factor: Float64Array, size: number): Float64Array {
  // Row r of `rows` holds column r of the inverse of L, so that both loops below run along memory.
  const rows = new Float64Array(size * size)
  for (let j = 0; j < size; j++) {
    const rowJ = j * size
    rows[rowJ + j] = 1 / factor[rowJ + j]!
    for (let i = j + 1; i < size; i++) {
      const rowI = i * size
      let sum = 0
      for (let k = j; k < i; k++) sum -= factor[rowI + k]! * rows[rowJ + k]!
      rows[rowJ + i] = sum / factor[rowI + i]!
    }
  }
  const inverse = new Float64Array(size * size)
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0
      for (let k = i; k < size; k++) sum += rows[i * size + k]! * rows[j * size + k]!
      inverse[i * size + j] = sum
      inverse[j * size + i] = sum
    }
  }
  return inverse
}
