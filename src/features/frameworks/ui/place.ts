// What the ladder map is told of the person: their assessments of this framework, today's role and their readiness.
export interface Place {
  /** The assessment of the current standing, if there is one. */
  readonly standing: string | undefined
  /** False where no assessment is finished, so that the readiness shown is that of an unfinished one. */
  readonly finished: boolean
  /** Says which newer assessments have too few answers to be the current standing; empty where there is none. */
  readonly passedOver: string
  /** True where a warning stands over the answers that the rings come from. */
  readonly doubtful: boolean
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

/** What a comparison of two roles is told of the reader: today's role, and their place by competency where it is known. */
export interface You {
  readonly role: string | undefined
  readonly places: ReadonlyMap<
    string,
    {
      readonly place: string
      /** Its 90 % interval. */
      readonly range: string
      /** True where it rests mostly on other answers. */
      readonly inferred: boolean
    }
  >
}
