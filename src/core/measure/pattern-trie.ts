// The sets of items that blocks contain, as a trie: patterns that begin alike share the work on their beginning.

/**
 * Nodes are numbered from 1 (0 is the root, before any item); a path lists items in rising order. `patternAt` is the
 * pattern that ends at a node, or -1. Memory grows with the distinct patterns, not with blocks.
 */
export class PatternTrie {
  item = new Int32Array(64)
  firstChild = new Int32Array(64)
  nextSibling = new Int32Array(64)
  patternAt = new Int32Array(64).fill(-1)
  nodes = 1
  /** Items of each pattern in rising order. */
  readonly patterns: Uint16Array[] = []

  /** The node reached from `node` by one more item, made if new. */
  step(node: number, item: number): number {
    let last = 0
    for (let child = this.firstChild[node]!; child !== 0; child = this.nextSibling[child]!) {
      if (this.item[child] === item) return child
      last = child
    }
    if (this.nodes === this.item.length) this.grow()
    const fresh = this.nodes++
    this.item[fresh] = item
    if (last === 0) this.firstChild[node] = fresh
    else this.nextSibling[last] = fresh
    return fresh
  }

  /** The pattern that ends at `node`, numbered on first sight from the first `length` items given. */
  patternOf(node: number, items: Uint16Array, length: number): number {
    if (this.patternAt[node]! >= 0) return this.patternAt[node]!
    this.patternAt[node] = this.patterns.length
    this.patterns.push(items.slice(0, length))
    return this.patterns.length - 1
  }

  private grow() {
    const wider = (old: Int32Array<ArrayBuffer>, empty: number) => {
      const next = new Int32Array(old.length * 2)
      if (empty !== 0) next.fill(empty, old.length)
      next.set(old)
      return next
    }
    this.item = wider(this.item, 0)
    this.firstChild = wider(this.firstChild, 0)
    this.nextSibling = wider(this.nextSibling, 0)
    this.patternAt = wider(this.patternAt, -1)
  }
}
