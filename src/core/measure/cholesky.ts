// Dense symmetric systems by rows: Cholesky factor, solutions, inverse, and a small one by elimination.

/** In-place Cholesky factor (lower) of a dense symmetric matrix; the log-determinant, or undefined if not positive. */
export function cholesky(matrix: Float64Array, size: number): number | undefined {
  let logDeterminant = 0
  for (let j = 0; j < size; j++) {
    const rowJ = j * size
    let diagonal = matrix[rowJ + j]!
    for (let k = 0; k < j; k++) diagonal -= matrix[rowJ + k]! ** 2
    if (!(diagonal > 1e-12)) return undefined
    const root = Math.sqrt(diagonal)
    matrix[rowJ + j] = root
    logDeterminant += 2 * Math.log(root)
    for (let i = j + 1; i < size; i++) {
      const rowI = i * size
      let value = matrix[rowI + j]!
      for (let k = 0; k < j; k++) value -= matrix[rowI + k]! * matrix[rowJ + k]!
      matrix[rowI + j] = value / root
    }
  }
  return logDeterminant
}

/** Solves L L' x = b in place, along the rows of L both ways. */
export function solveCholesky(factor: Float64Array, size: number, b: Float64Array, offset = 0): void {
  for (let i = 0; i < size; i++) {
    let value = b[offset + i]!
    const row = i * size
    for (let k = 0; k < i; k++) value -= factor[row + k]! * b[offset + k]!
    b[offset + i] = value / factor[row + i]!
  }
  for (let i = size - 1; i >= 0; i--) {
    const row = i * size
    const value = (b[offset + i]! /= factor[row + i]!)
    for (let k = 0; k < i; k++) b[offset + k]! -= factor[row + k]! * value
  }
}

/** The inverse of L L' (full, symmetric): L inverted by rows, then its outer products summed. */
export function inverseOfCholesky(factor: Float64Array, size: number): Float64Array {
  const lower = new Float64Array(size * size)
  for (let i = 0; i < size; i++) {
    const row = i * size
    const own = 1 / factor[row + i]!
    lower[row + i] = own
    for (let k = 0; k < i; k++) {
      const share = -factor[row + k]! * own
      if (share === 0) continue
      const other = k * size
      for (let j = 0; j <= k; j++) lower[row + j]! += share * lower[other + j]!
    }
  }
  const inverse = new Float64Array(size * size)
  for (let i = 0; i < size; i++) {
    const row = i * size
    for (let a = 0; a <= i; a++) {
      const value = lower[row + a]!
      const to = a * size
      for (let b = 0; b <= a; b++) inverse[to + b]! += value * lower[row + b]!
    }
  }
  for (let a = 0; a < size; a++) for (let b = 0; b < a; b++) inverse[b * size + a] = inverse[a * size + b]!
  return inverse
}

/** Solves a small symmetric system by elimination with pivoting; undefined if singular. */
export function solveSmall(matrix: number[][], right: number[]): number[] | undefined {
  const size = right.length
  const rows = matrix.map((row, i) => [...row, right[i]!])
  for (let column = 0; column < size; column++) {
    const pivot = rows
      .slice(column)
      .reduce(
        (best, row, i) => (Math.abs(row[column]!) > Math.abs(rows[best]![column]!) ? column + i : best),
        column,
      )
    ;[rows[column], rows[pivot]] = [rows[pivot]!, rows[column]!]
    if (Math.abs(rows[column]![column]!) < 1e-300) return undefined
    for (let row = 0; row < size; row++) {
      if (row === column) continue
      const share = rows[row]![column]! / rows[column]![column]!
      for (let k = column; k <= size; k++) rows[row]![k]! -= share * rows[column]![k]!
    }
  }
  return rows.map((row, i) => row[size]! / row[i]!)
}
