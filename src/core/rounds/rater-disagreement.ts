// Whether the raters of a cell differ on its person more than chance: an exact test that needs no place of any behaviour.
import { seededRandom } from '../measure/seeded-random.ts'
import { grouped } from './grouped.ts'

/** One score, 0 and up, of a rater on a behaviour in a cell: a person's competency as one group of raters saw it. */
export interface CellScore {
  readonly cell: string
  /** The cells in which the same group of raters saw the person: of these the raters' sums are compared too. */
  readonly group: string
  readonly rater: string
  readonly item: string
  readonly score: number
}

/** Draws beside the data: the smallest p is one in this many and one. */
const DRAWS = 499
const SEED = 20_261_121

export interface Disagreement {
  readonly cells: ReadonlyMap<string, number>
  readonly groups: ReadonlyMap<string, number>
}

/**
 * The p of each cell and of each group of cells, 0 to 1, that its raters' totals lie as far apart as they do if each rater is equally harsh
 * throughout. In a partial credit model (Masters 1982, Psychometrika 47, 149-174) with raters for persons and one
 * behaviour of one cell for an item, all tables with the same total of each rater and the same counts of scores in each
 * column are then equally likely, whatever the severities, the places and the steps (Ponocny 2001, Psychometrika 66,
 * 437-460). Tables are drawn by a reversible chain that redistributes what two raters share (after Verhelst 2008,
 * Psychometrika 73, 705-728), with the data at a random place of it, so that P(p <= a) <= a holds for any length of chain
 * (Besag and Clifford 1989, Biometrika 76, 633-642). The statistic is the sum over raters of the squared distance of
 * their total in the cell (or group of cells) from its mean over all tables. Names of raters and the order of scores
 * change nothing. A group has p = 1 where its raters share no other person: there they are harsh or differ, and nobody can
 * tell which.
 */
export function* disagreementInSteps(
  scores: readonly CellScore[],
  draws = DRAWS,
): Generator<void, Disagreement> {
  const table = tableOf(scores)
  const random = seededRandom(SEED)
  const width = table.blocks.length
  const totals = new Uint16Array((draws + 1) * width)
  const observed = table.score.slice()
  const at = Math.floor(random() * (draws + 1))
  const keep = (draw: number) => {
    for (let block = 0; block < width; block++) {
      let sum = 0
      for (const place of table.blocks[block]!.places) sum += table.score[place]!
      totals[draw * width + block] = sum
    }
  }
  keep(at)
  for (const step of [1, -1]) {
    table.score.set(observed)
    for (let draw = at + step; draw >= 0 && draw <= draws; draw += step) {
      for (let move = 0; move < table.moves; move++) redistribute(table, random)
      keep(draw)
      yield
    }
  }
  function* past(sets: Table['cells']): Generator<void, Map<string, number>> {
    const shares = new Map<string, number>()
    for (const [key, lines] of sets) {
      shares.set(key, sharePast(totals, [...lines.values()], width, at))
      yield
    }
    return shares
  }
  return { cells: yield* past(table.cells), groups: yield* past(table.groups) }
}

/** The share of tables, the data among them, in which raters lie at least as far apart on these blocks as in the data. */
function sharePast(
  totals: Uint16Array,
  raters: readonly (readonly number[])[],
  width: number,
  at: number,
): number {
  const draws = totals.length / width
  const spread = new Float64Array(draws)
  for (const blocks of raters) {
    const own = new Float64Array(draws)
    let sum = 0
    for (let draw = 0; draw < draws; draw++) {
      for (const block of blocks) own[draw]! += totals[draw * width + block]!
      sum += own[draw]!
    }
    const mean = sum / draws
    for (let draw = 0; draw < draws; draw++) spread[draw]! += (own[draw]! - mean) ** 2
  }
  const observed = spread[at]! - 1e-9
  return spread.filter((value) => value >= observed).length / draws
}

interface Table {
  readonly score: Uint8Array
  /** All that one rater said in one cell. */
  readonly blocks: readonly { readonly places: readonly number[] }[]
  /** By cell and by group, the blocks of each rater. */
  readonly cells: ReadonlyMap<string, ReadonlyMap<number, readonly number[]>>
  readonly groups: ReadonlyMap<string, ReadonlyMap<number, readonly number[]>>
  /** For two raters, the places of what both scored in the same cells, in turn. */
  readonly pairs: readonly Int32Array[]
  /** How often two raters redistribute between draws. */
  readonly moves: number
}

function tableOf(scores: readonly CellScore[]): Table {
  const lineOf = grouped(scores, ({ rater }) => rater)
  const column = ({ cell, item }: CellScore) => `${cell}\n${item}`
  // Lines are put in order by what stands in them, so that nothing hangs on names.
  const lines = [...lineOf.values()]
    .map((line) => line.toSorted((a, b) => (column(a) < column(b) ? -1 : 1)))
    .map((line) => ({ line, key: line.map((one) => `${column(one)}\n${one.score}`).join('\n') }))
    .toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ line }) => line)
  const score = Uint8Array.from(lines.flatMap((line) => line.map((one) => one.score)))
  const placeOf = new Map(lines.flat().map((one, place) => [one, place]))
  const blocks: { places: number[] }[] = []
  const cells = new Map<string, Map<number, number[]>>()
  const groups = new Map<string, Map<number, number[]>>()
  const linesOf = new Map<string, { line: number; places: Map<string, number> }[]>()
  for (const [line, own] of lines.entries())
    for (const [cell, said] of grouped(own, (one) => one.cell)) {
      const places = new Map(said.map((one) => [one.item, placeOf.get(one)!]))
      addTo(cells, cell, line, blocks.length)
      addTo(groups, said[0]!.group, line, blocks.length)
      blocks.push({ places: [...places.values()] })
      linesOf.set(cell, [...(linesOf.get(cell) ?? []), { line, places }])
    }
  const shared = new Map<string, number[]>()
  for (const cell of [...linesOf.keys()].toSorted()) {
    const inside = linesOf.get(cell)!
    for (const [k, one] of inside.entries())
      for (const other of inside.slice(k + 1)) {
        const key = `${one.line} ${other.line}`
        const places = shared.get(key) ?? []
        shared.set(key, places)
        for (const [item, first] of one.places) {
          const second = other.places.get(item)
          if (second !== undefined) places.push(first, second)
        }
      }
  }
  const pairs = [...shared.values()].flatMap((places) => (places.length > 2 ? [Int32Array.from(places)] : []))
  return { score, blocks, cells, groups, pairs, moves: pairs.length === 0 ? 0 : lines.length }
}

function addTo(sets: Map<string, Map<number, number[]>>, key: string, line: number, block: number): void {
  const lines = sets.get(key) ?? new Map<number, number[]>()
  sets.set(key, lines.set(line, [...(lines.get(line) ?? []), block]))
}

/**
 * Draws anew which of two raters has the higher score in each column that they share, given their totals. Scores are 0
 * to 2, so columns differ by one or two: with p of n1 and q of n2 in favour of the first, p + 2q stays, and p and q have
 * the weight C(n1, p) C(n2, q).
 */
function redistribute({ score, pairs }: Table, random: () => number): void {
  const pair = pairs[Math.floor(random() * pairs.length)]!
  let [ones, twos, kept] = [0, 0, 0]
  for (let k = 0; k < pair.length; k += 2) {
    const difference = score[pair[k]!]! - score[pair[k + 1]!]!
    if (difference === 1 || difference === -1) ones++
    else if (difference !== 0) twos++
    if (difference > 0) kept += difference
  }
  if (ones + twos < 2) return
  const least = Math.max(0, Math.ceil((kept - ones) / 2))
  const most = Math.min(twos, Math.floor(kept / 2))
  const weight = (q: number) => choose(ones, kept - 2 * q) * choose(twos, q)
  let q = least
  if (most > least) {
    let whole = 0
    for (let each = least; each <= most; each++) whole += weight(each)
    let left = random() * whole
    while (q < most && (left -= weight(q)) >= 0) q++
  }
  let [wantedOnes, wantedTwos] = [kept - 2 * q, q]
  for (let k = 0; k < pair.length; k += 2) {
    const [first, second] = [pair[k]!, pair[k + 1]!]
    const [a, b] = [score[first]!, score[second]!]
    if (a === b) continue
    const [low, top] = a < b ? [a, b] : [b, a]
    let up: boolean
    if (top - low === 1) {
      up = random() * ones-- < wantedOnes
      if (up) wantedOnes--
    } else {
      up = random() * twos-- < wantedTwos
      if (up) wantedTwos--
    }
    score[first] = up ? top : low
    score[second] = up ? low : top
  }
}

/** The binomial coefficient, as a floating number. */
function choose(n: number, k: number): number {
  let value = 1
  for (let step = 1; step <= Math.min(k, n - k); step++) value = (value * (n - step + 1)) / step
  return value
}
