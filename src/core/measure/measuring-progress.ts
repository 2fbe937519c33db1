// What a long run is doing, for those who wait.

/**
 * `items`: items and steps from blocks; `people`: persons, severities and variances; `joint` and `marginal`: those
 * estimators; `errors`: standard errors; `agreement`: what is computed beside the measures.
 */
export type MeasuringStage = 'items' | 'people' | 'joint' | 'marginal' | 'errors' | 'agreement'

export interface MeasuringProgress {
  readonly stage: MeasuringStage
  /** From 1; absent where a stage has no iterations. */
  readonly iteration?: number
}

/** Called from within the run: at the begin of a stage and of each iteration. */
export type TellProgress = (now: MeasuringProgress) => void
