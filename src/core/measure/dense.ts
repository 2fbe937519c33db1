// Small dense linear algebra: Cholesky factors, solves and inverses of symmetric positive definite matrices.

/** Dot product of two stretches of memory, four sums at a time. */
function dot(a: Float64Array, from: number, b: Float64Array, at: number, length: number): number {
  let s0 = 0
  let s1 = 0
  let s2 = 0
  let s3 = 0
  let k = 0
  for (; k + 3 < length; k += 4) {
    s0 += a[from + k]! * b[at + k]!
    s1 += a[from + k + 1]! * b[at + k + 1]!
    s2 += a[from + k + 2]! * b[at + k + 2]!
    s3 += a[from + k + 3]! * b[at + k + 3]!
  }
  for (; k < length; k++) s0 += a[from + k]! * b[at + k]!
  return s0 + s1 + (s2 + s3)
}

/** Lower Cholesky factor in place (row by row, size x size); false where the matrix is not positive definite. */
export function factorise(matrix: Float64Array, size: number): boolean {
  for (let i = 0; i < size; i++) {
    const rowI = i * size
    for (let j = 0; j < i; j++) {
      matrix[rowI + j] = (matrix[rowI + j]! - dot(matrix, rowI, matrix, j * size, j)) / matrix[j * size + j]!
    }
    const square = matrix[rowI + i]! - dot(matrix, rowI, matrix, rowI, i)
    if (!(square > 0)) return false
    matrix[rowI + i] = Math.sqrt(square)
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

/** The inverse of L: row r holds its column r (from r on), so that sums over a column run along memory. */
export function inverseFactor(factor: Float64Array, size: number): Float64Array {
  const rows = new Float64Array(size * size)
  for (let j = 0; j < size; j++) {
    const rowJ = j * size
    rows[rowJ + j] = 1 / factor[rowJ + j]!
    for (let i = j + 1; i < size; i++) {
      const rowI = i * size
      rows[rowJ + i] = -dot(factor, rowI + j, rows, rowJ + j, i - j) / factor[rowI + i]!
    }
  }
  return rows
}

/** Element (i, j) of the inverse of L L', given the inverse of L. */
export function inverseAt(rows: Float64Array, size: number, i: number, j: number): number {
  const from = Math.max(i, j)
  return dot(rows, i * size + from, rows, j * size + from, size - from)
}

/** The inverse of L L' as a full symmetric matrix. */
export function inverseFactored(factor: Float64Array, size: number): Float64Array {
  const rows = inverseFactor(factor, size)
  const inverse = new Float64Array(size * size)
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      const sum = inverseAt(rows, size, i, j)
      inverse[i * size + j] = sum
      inverse[j * size + i] = sum
    }
  }
  return inverse
}

/** Factors a small square matrix in place by Gaussian elimination; the order of its rows, or undefined where it is singular. */
export function factoriseGeneral(matrix: Float64Array, size: number): number[] | undefined {
  const order = Array.from({ length: size }, (_, row) => row)
  for (let k = 0; k < size; k++) {
    let pivot = k
    for (let row = k + 1; row < size; row++)
      if (Math.abs(matrix[order[row]! * size + k]!) > Math.abs(matrix[order[pivot]! * size + k]!)) pivot = row
    ;[order[k], order[pivot]] = [order[pivot]!, order[k]!]
    const top = order[k]! * size
    if (!(Math.abs(matrix[top + k]!) > 1e-12)) return undefined
    for (let row = k + 1; row < size; row++) {
      const at = order[row]! * size
      const factor = (matrix[at + k]! /= matrix[top + k]!)
      for (let c = k + 1; c < size; c++) matrix[at + c]! -= factor * matrix[top + c]!
    }
  }
  return order
}

/** Solves A x = b for a matrix factored by `factoriseGeneral`. */
export function solveGeneral(
  factored: Float64Array,
  order: readonly number[],
  b: readonly number[],
): number[] {
  const size = order.length
  const x = order.map((row) => b[row]!)
  for (let k = 0; k < size; k++) for (let c = 0; c < k; c++) x[k]! -= factored[order[k]! * size + c]! * x[c]!
  for (let k = size - 1; k >= 0; k--) {
    for (let c = k + 1; c < size; c++) x[k]! -= factored[order[k]! * size + c]! * x[c]!
    x[k]! /= factored[order[k]! * size + k]!
  }
  return x
}
