// Acceleration of a fixed-point iteration.

/** Anderson mixing (Walker and Ni 2011): the combination of the last steps, at most `depth`, whose residual is least. */
export function mixed(
  history: readonly { readonly x: number[]; readonly f: number[] }[],
  depth: number,
): number[] {
  const last = history.at(-1)!
  const past = history.slice(0, -1).slice(-depth)
  const plain = last.x.map((x, k) => x + last.f[k]!)
  if (past.length === 0) return plain
  const many = past.length
  const differences = past.map((entry) => entry.f.map((f, k) => last.f[k]! - f))
  const matrix = Array.from({ length: many }, (_, a) =>
    Array.from({ length: many + 1 }, (_, b) => {
      const other = b === many ? last.f : differences[b]!
      const dot = differences[a]!.reduce((sum, value, k) => sum + value * other[k]!, 0)
      return a === b ? dot * (1 + 1e-10) + 1e-300 : dot
    }),
  )
  for (let a = 0; a < many; a++) {
    for (let row = a + 1; row < many; row++) {
      const factor = matrix[row]![a]! / matrix[a]![a]!
      for (let b = a; b <= many; b++) matrix[row]![b]! -= factor * matrix[a]![b]!
    }
  }
  const gamma = Array.from({ length: many }, () => 0)
  for (let a = many - 1; a >= 0; a--) {
    let sum = matrix[a]![many]!
    for (let b = a + 1; b < many; b++) sum -= matrix[a]![b]! * gamma[b]!
    gamma[a] = sum / matrix[a]![a]!
  }
  const next = plain.map((value, k) => {
    let shifted = value
    for (let a = 0; a < many; a++) shifted -= gamma[a]! * (last.x[k]! - past[a]!.x[k]! + differences[a]![k]!)
    return shifted
  })
  return next.every(Number.isFinite) ? next : plain
}
