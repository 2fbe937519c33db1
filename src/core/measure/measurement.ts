// What a measurement run returns: measures with their precision, fit, diagnostics, and what was doubtful.
import type { TellProgress } from './measuring-progress.ts'
import type { Caution, WideReason } from './refusals.ts'

export type Estimator = 'cml' | 'jml' | 'jml-eps' | 'mml'
export type StepModel = 'rsm' | 'pcm'

/** Mean-square fit (expected 1) and its standardised value (Wilson-Hilferty; about N(0,1)). */
export interface Fit {
  readonly infit: number
  readonly infitZ: number
  readonly outfit: number
  readonly outfitZ: number
}

/** One element of a facet. Measures and standard errors are in logits, averages in score points as given. */
export interface ElementMeasure extends Fit {
  readonly id: string
  readonly measure: number
  /** Joint standard error: not conditional on the other facets. 0 for an anchored element. */
  readonly se: number
  /** Ratings (not blocks) that the measure rests on. */
  readonly n: number
  readonly rawAverage: number
  /** The average expected from raters, items and occasions of average severity and difficulty. */
  readonly fairAverage: number
  /** Position in `subsets`; measures of different subsets cannot be compared without more ratings. */
  readonly subset: number
  readonly anchored: boolean
  /** Empty where the measure is as precise as its number of ratings lets one expect. */
  readonly wide: readonly WideReason[]
}

export interface RaterMeasure extends ElementMeasure {
  readonly group?: string
  readonly persons: number
  /** SD of the rater's scores over SD expected by the model: below 1 is central tendency, above 1 extremity. */
  readonly spreadRatio: number
  /** SD of the rater's block means over SD expected: below 1 is restriction of range. */
  readonly rangeRatio: number
  /** Observed over expected variance within blocks: well below 1 is halo (all items alike). */
  readonly halo: number
}

export interface PersonMeasure extends ElementMeasure {
  readonly raters: number
}

/** Threshold between category `category - 1` and `category`, common to items (`item` absent) or of one item. */
export interface StepMeasure {
  readonly item?: string
  /** Category as given (not from zero). */
  readonly category: number
  readonly measure: number
  readonly se: number
}

export interface CategoryUse {
  readonly category: number
  readonly count: number
  readonly share: number
  /** Mean of person minus rater minus item over the ratings in the category; should rise with it. */
  readonly averageMeasure: number
  readonly outfit: number
}

/** Separation and reliability of one facet (Wright and Masters 1982, pp. 92, 105-106). */
export interface FacetReliability {
  readonly facet: 'person' | 'rater' | 'item' | 'occasion'
  readonly elements: number
  readonly sd: number
  readonly rmse: number
  readonly separation: number
  readonly reliability: number
}

export interface Subset {
  readonly persons: readonly string[]
  readonly raters: readonly string[]
  readonly ratings: number
  /** Standard error of a contrast of this subset with the first, assuming raters of one population; 0 for the first; null where nothing speaks of it. */
  readonly contrastSe: number | null
}

/** A rating that would join two subsets: let this rater judge that person (or both rate one shared vignette). */
export interface Link {
  readonly rater: string
  readonly person: string
  readonly joins: readonly [number, number]
}

/** One bias term: `bias` in logits, positive where the row was rated *higher* than the main effects expect. */
export interface BiasTerm {
  readonly kind: 'person-rater' | 'person-group' | 'rater-item' | 'group-item' | 'self-others'
  readonly first: string
  readonly second: string
  readonly observed: number
  readonly expected: number
  readonly count: number
  readonly bias: number
  readonly se: number
  readonly t: number
  readonly p: number
  /** Benjamini-Hochberg adjusted p within its kind; below 0.05 is flagged. */
  readonly q: number
}

export interface VarianceComponents {
  /** Variances in logits squared; null where the estimator has no such component. */
  readonly person: number | null
  readonly rater: number | null
  readonly dyad: number | null
  /** Penalised marginal (Laplace) log-likelihood of the block totals, up to a constant; null outside `cml`. */
  readonly logLikelihood: number | null
}

export interface RunSummary {
  readonly model: StepModel
  readonly estimator: Estimator
  readonly ratings: number
  readonly blocks: number
  readonly persons: number
  readonly raters: number
  readonly items: number
  readonly categories: number
  readonly lowest: number
  /** `cml`: conditional log-likelihood of stage A; `jml`: joint; `mml`: marginal. */
  readonly logLikelihood: number
  readonly iterations: number
  /** Largest gradient component over the largest score count it balances; at most 1e-8 when converged. */
  readonly gradient: number
  /** 16 hexadecimal digits; the same for the same ratings in any order of rows. */
  readonly dataHash: string
  /** How standard errors were got: dense factorisation, or local diagonal scaled to stochastic traces. */
  readonly standardErrors: 'exact' | 'stochastic'
}

/** Where a warm run starts: the unknowns by id. Opaque; pass a run's `solution` to the next. */
export interface Solution {
  readonly persons: ReadonlyMap<string, number>
  readonly raters: ReadonlyMap<string, number>
  readonly items: ReadonlyMap<string, number>
  readonly occasions: ReadonlyMap<string, number>
  readonly steps: readonly number[]
  readonly variances: readonly [person: number, rater: number, dyad: number]
}

export interface Measurement {
  readonly summary: RunSummary
  readonly persons: readonly PersonMeasure[]
  readonly raters: readonly RaterMeasure[]
  readonly items: readonly ElementMeasure[]
  readonly occasions: readonly ElementMeasure[]
  readonly raterGroups: readonly {
    readonly id: string
    readonly measure: number
    readonly se: number
    readonly n: number
  }[]
  readonly steps: readonly StepMeasure[]
  readonly categories: readonly CategoryUse[]
  readonly fit: Fit & { readonly reliability: readonly FacetReliability[] }
  readonly subsets: readonly Subset[]
  readonly links: readonly Link[]
  readonly bias: readonly BiasTerm[]
  readonly variance: VarianceComponents
  readonly cautions: readonly Caution[]
  readonly solution: Solution
}

/** What to estimate and how. */
export interface MeasureOptions {
  readonly estimator?: Estimator
  readonly steps?: StepModel
  /** Fixed values in logits by id; a group anchor fixes the mean severity of the group's raters. */
  readonly anchors?: {
    readonly persons?: Readonly<Record<string, number>>
    readonly raters?: Readonly<Record<string, number>>
    readonly items?: Readonly<Record<string, number>>
    readonly groups?: Readonly<Record<string, number>>
    /** Steps 1..categories-1 common to all items, summing to zero. */
    readonly steps?: readonly number[]
  }
  /** Variance components that are not estimated but held. */
  readonly variances?: { readonly person?: number; readonly rater?: number; readonly dyad?: number }
  /** Score points by which extreme scores are moved inwards in joint ML; 0.3 by default. */
  readonly extremeAdjustment?: number
  /** Joint ML: set extreme persons aside and place them afterwards (default, as FACETS) or keep them (as immer). */
  readonly extremes?: 'set-aside' | 'keep'
  /** Marginal ML: a fixed grid in logits about the mean, as TAM's (reach 6, 21 nodes); fine enough by default. */
  readonly quadrature?: { readonly reach: number; readonly nodes: number }
  /** Bias terms to compute; none by default. */
  readonly bias?: readonly BiasTerm['kind'][]
  /** The group whose raters are the persons themselves (rater id = person id); `self` by default. */
  readonly selfGroup?: string
  /** The solution of an earlier run on nearly the same ratings. */
  readonly start?: Solution
  /** Told what the run is doing. */
  readonly progress?: TellProgress
}
