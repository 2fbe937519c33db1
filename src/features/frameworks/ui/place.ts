// What the ladder map is told of the person: their assessments of this framework, today's role and their readiness.
export interface Place {
  /** The assessment of the current standing, if there is one. */
  readonly standing: string | undefined
  /** False where no assessment is finished, so that the readiness shown is that of an unfinished one. */
  readonly finished: boolean
  /** The unfinished assessment, if there is one. */
  readonly running: string | undefined
  /** Today's role, as the person said. */
  readonly here: string | undefined
  /** Readiness by role, without roles of which nothing is known. */
  readonly readiness: ReadonlyMap<string, number>
  /** How many of a role's musts are met or likely, and how many it has; only where enough is known. */
  readonly musts: ReadonlyMap<string, { readonly good: number; readonly all: number }>
}
