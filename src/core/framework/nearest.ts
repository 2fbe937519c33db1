// The nearest word to a misspelt one, for "did you mean".

/**
 * The candidate nearest to `word` by optimal string alignment distance (Damerau 1964: insert, delete, replace,
 * swap of neighbours), case ignored; undefined when none is within a third of the word's length (at least 1, at most 4).
 */
export function nearestWord(word: string, candidates: Iterable<string>): string | undefined {
  const target = word.toLowerCase()
  if (target.length > 80) return undefined
  let best: string | undefined
  let least = Math.min(4, Math.max(1, Math.floor(target.length / 3))) + 1
  for (const candidate of candidates) {
    if (candidate === word || candidate.length > 120) continue
    const found = alignmentDistance(target, candidate.toLowerCase(), least)
    if (found < least) {
      least = found
      best = candidate
    }
  }
  return best
}

function alignmentDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit
  let before: number[] = []
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    let lowest = i
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let cost = Math.min(previous[j]! + 1, row[j - 1]! + 1, previous[j - 1]! + (same ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, before[j - 2]! + 1)
      row.push(cost)
      lowest = Math.min(lowest, cost)
    }
    if (lowest >= limit) return limit
    before = previous
    previous = row
  }
  return previous[b.length]!
}
