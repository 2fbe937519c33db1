// Generalizability: how dependable a mean over raters and items is, and how many raters it would take.
import type { VarianceComponents } from './variance-components.ts'
import type { ComponentName } from './variance-design.ts'

/** Whether the items are all there are (`fixed`: a framework's bank) or a draw from many (`random`). */
export type ItemFacet = 'fixed' | 'random'

export interface Dependability {
  readonly raters: number
  readonly items: number
  /** Phi: for decisions against a bar, where a rater's severity counts as error; 0 to 1. */
  readonly dependability: number
  /** The generalizability coefficient: for comparisons in which all were judged by the same raters; 0 to 1. */
  readonly generalizability: number
  /** Standard error of the mean score against a bar, in score points. */
  readonly absoluteError: number
}

/**
 * Dependability of the mean of `raters` raters on `items` items, all crossed.
 * Source: Brennan (2001), Generalizability Theory, chapters 2 to 4; items that are fixed join the universe score.
 */
export function dependabilityOf(
  components: VarianceComponents['components'],
  { raters, items, itemFacet = 'fixed' }: { raters: number; items: number; itemFacet?: ItemFacet },
): Dependability {
  const of = (name: ComponentName) => components[name] ?? 0
  const personItem = of('person-item') / items
  const universe = of('person') + (itemFacet === 'fixed' ? personItem : 0)
  const relative =
    of('person-rater') / raters +
    of('residual') / (raters * items) +
    (itemFacet === 'random' ? personItem : 0)
  const absolute = relative + of('rater') / raters + of('rater-item') / (raters * items)
  const share = (error: number) => (universe + error === 0 ? 0 : universe / (universe + error))
  return {
    raters,
    items,
    dependability: share(absolute),
    generalizability: share(relative),
    absoluteError: Math.sqrt(absolute),
  }
}

export type RatersNeeded =
  | { readonly reachable: true; readonly raters: number; readonly at: Dependability }
  | { readonly reachable: false; readonly ceiling: number; readonly reason: string }

/**
 * The fewest raters whose mean reaches a dependability (0 to 1, exclusive) on a number of items; where no number of
 * raters does, the ceiling that items alone allow. `most` bounds the search.
 */
export function ratersNeeded(
  components: VarianceComponents['components'],
  {
    target = 0.8,
    items,
    itemFacet = 'fixed',
    most = 1000,
  }: { target?: number; items: number; itemFacet?: ItemFacet; most?: number },
): RatersNeeded {
  if ((components.person ?? 0) <= 0) {
    return {
      reachable: false,
      ceiling: 0,
      reason: 'The ratings do not tell persons apart: more raters would not change that.',
    }
  }
  const ceiling = dependabilityOf(components, {
    raters: Number.MAX_SAFE_INTEGER,
    items,
    itemFacet,
  }).dependability
  for (let raters = 1; raters <= most; raters++) {
    const at = dependabilityOf(components, { raters, items, itemFacet })
    if (at.dependability >= target) return { reachable: true, raters, at }
  }
  return {
    reachable: false,
    ceiling,
    reason:
      ceiling < target
        ? `With ${items} items no number of raters passes ${ceiling.toFixed(2)}: ask about more behaviours.`
        : `More than ${most} raters would be needed.`,
  }
}
