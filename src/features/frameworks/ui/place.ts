// What the ladder map is told of the person: their assessments of this framework, today's role and their readiness.
export interface Place {
  /** The assessment of the current standing, if there is one. */
  readonly standing: string | undefined
  /** False where no assessment is finished, so that the readiness shown is that of an unfinished one. */
  readonly finished: boolean
  /** Says which newer assessments have too few answers to be the current standing; empty where there is none. */
  readonly passedOver: string
  /** The unfinished assessment, if there is one. */
  readonly running: string | undefined
  /** Today's role, as the person said. */
  readonly here: string | undefined
  /** Readiness by role, without roles of which a must is not known. */
  readonly readiness: ReadonlyMap<string, number>
  /** How many of a role's musts are met or likely, are not known, and how many it has; only where enough is known. */
  readonly musts: ReadonlyMap<
    string,
    { readonly good: number; readonly all: number; readonly unknown: number }
  >
}
