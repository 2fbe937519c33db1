// Where the boxes of an org chart stand: a tidy tree whose teams without further levels are stacked as lists.

export interface ChartPerson {
  readonly id: string
  /** Those shown below, in order; empty where folded or where nobody reports. */
  readonly below: readonly string[]
}

export interface ChartSize {
  readonly boxWidth: number
  readonly boxHeight: number
  /** Between neighbours, and between a level and the next. */
  readonly gapX: number
  readonly gapY: number
  /** How far a stacked list stands in from its manager. */
  readonly indent: number
}

export interface PlacedBox {
  readonly id: string
  /** The upper left corner, in the units of the sizes. */
  readonly x: number
  readonly y: number
  /** The index of the box above; -1 for a root. */
  readonly above: number
  /** True where the box stands in a list under its manager rather than on a level. */
  readonly stacked: boolean
}

export interface ChartLayout {
  /** Roots first, each followed by its subtree. */
  readonly boxes: readonly PlacedBox[]
  readonly width: number
  readonly height: number
  /** The index of a person's box. */
  readonly indexOf: ReadonlyMap<string, number>
  /** For each row of boxes: indexes from left to right. */
  readonly rows: readonly (readonly number[])[]
}

interface Block {
  readonly id: string
  readonly index: number
  readonly stack: boolean
  readonly children: Block[]
  /** The offset of the root from the parent's root, once it is known. */
  shift: number
  /** Per row from the root's own row: leftmost and rightmost edge, relative to the root's left edge. */
  left: number[]
  right: number[]
}

/**
 * Lays out a forest. A manager stands centred over reports with further levels, sibling subtrees stand as close as their
 * outlines allow (Reingold and Tilford 1981, IEEE Transactions on Software Engineering 7), and reports of whom nobody has
 * anybody below are a list. The same people in the same order always stand in the same places. A person who is
 * met again, as in a circle, is left out.
 */
export function layOutChart(
  roots: readonly string[],
  people: ReadonlyMap<string, ChartPerson>,
  size: ChartSize,
): ChartLayout {
  const seen = new Set<string>()
  const order: Block[] = []
  const parents: number[] = []
  const open: { id: string; parent: Block | undefined; stack: boolean }[] = []
  const push = (ids: readonly string[], parent: Block | undefined, stack: boolean) => {
    for (const id of ids.toReversed()) open.push({ id, parent, stack })
  }
  push(roots, undefined, false)
  while (open.length > 0) {
    const { id, parent, stack } = open.pop()!
    if (seen.has(id)) continue
    seen.add(id)
    const block: Block = { id, index: order.length, stack, children: [], shift: 0, left: [], right: [] }
    order.push(block)
    parents.push(parent?.index ?? -1)
    parent?.children.push(block)
    const below = people.get(id)?.below ?? []
    const list = below.length > 1 && below.every((one) => (people.get(one)?.below.length ?? 0) === 0)
    push(below, block, list)
  }
  for (let index = order.length - 1; index >= 0; index--) shape(order[index]!, size)
  const top = order.filter((_, index) => parents[index] === -1)
  const forest = pack(top, size)
  return place(order, parents, forest.left, size)
}

/** Places the children under a block and finds the outline of the whole. */
function shape(block: Block, size: ChartSize): void {
  const { boxWidth, indent } = size
  const { children } = block
  if (children.length === 0) {
    block.left = [0]
    block.right = [boxWidth]
  } else if (children[0]!.stack) {
    block.left = [0]
    block.right = [boxWidth]
    for (const child of children) {
      child.shift = indent
      block.left.push(0)
      block.right.push(indent + boxWidth)
    }
  } else {
    const { left, right } = pack(children, size)
    const middle = (children[0]!.shift + children.at(-1)!.shift) / 2
    for (const child of children) child.shift -= middle
    block.left = [0, ...left.map((edge) => edge - middle)]
    block.right = [boxWidth, ...right.map((edge) => edge - middle)]
  }
}

/** Puts blocks side by side as close as their outlines allow; their shifts count from the first one's root. */
function pack(blocks: readonly Block[], { gapX }: ChartSize): { left: number[]; right: number[] } {
  const left: number[] = []
  const right: number[] = []
  for (const block of blocks) {
    let shift = 0
    const common = Math.min(right.length, block.left.length)
    for (let row = 0; row < common; row++) shift = Math.max(shift, right[row]! - block.left[row]! + gapX)
    block.shift = shift
    for (let row = 0; row < block.left.length; row++) {
      if (row >= left.length) left.push(block.left[row]! + shift)
      right[row] = block.right[row]! + shift
    }
  }
  return { left, right }
}

function place(
  order: readonly Block[],
  parents: readonly number[],
  forestLeft: readonly number[],
  { boxWidth, boxHeight, gapY }: ChartSize,
): ChartLayout {
  const origin = Math.min(0, ...forestLeft)
  const xs: number[] = []
  const levels: number[] = []
  const rows: number[][] = []
  const boxes: PlacedBox[] = []
  let width = 0
  for (const { id, index, shift, stack, children } of order) {
    const above = parents[index]!
    xs[index] = above === -1 ? shift - origin : xs[above]! + shift
    levels[index] ??= 0
    children.forEach((child, at) => (levels[child.index] = levels[index]! + 1 + (child.stack ? at : 0)))
    ;(rows[levels[index]] ??= []).push(index)
    width = Math.max(width, xs[index] + boxWidth)
    boxes.push({ id, x: xs[index], y: levels[index] * (boxHeight + gapY), above, stacked: stack })
  }
  for (const row of rows) row.sort((a, b) => xs[a]! - xs[b]!)
  return {
    boxes,
    width,
    height: rows.length === 0 ? 0 : rows.length * (boxHeight + gapY) - gapY,
    indexOf: new Map(boxes.map(({ id }, index) => [id, index])),
    rows,
  }
}

export interface View {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** The boxes that touch a view, and those above them whose lines run through it; as indexes, in the layout's order. */
export function visibleBoxes({ boxes, rows }: ChartLayout, view: View, size: ChartSize): number[] {
  const step = size.boxHeight + size.gapY
  const first = Math.max(0, Math.floor(view.y / step) - 1)
  const last = Math.min(rows.length - 1, Math.floor((view.y + view.height) / step) + 1)
  const found = new Set<number>()
  for (let level = first; level <= last; level++) {
    const row = rows[level]!
    for (let at = firstFrom(row, boxes, view.x - size.boxWidth - size.gapX); at < row.length; at++) {
      const index = row[at]!
      if (boxes[index]!.x > view.x + view.width + size.gapX) break
      found.add(index)
      if (boxes[index]!.above >= 0) found.add(boxes[index]!.above)
    }
  }
  return [...found].sort((a, b) => a - b)
}

function firstFrom(row: readonly number[], boxes: readonly PlacedBox[], x: number): number {
  let [low, high] = [0, row.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (boxes[row[middle]!]!.x < x) low = middle + 1
    else high = middle
  }
  return low
}
