// What the ladder map is told of the person: their assessments of this framework, today's role and their readiness.
export interface Place {
  /** The newest assessment with an answer, if there is one. */
  readonly standing: string | undefined
  /** The unfinished assessment, if there is one. */
  readonly running: string | undefined
  /** Today's role, as the person said. */
  readonly here: string | undefined
  /** Readiness by role, without roles of which nothing is known. */
  readonly readiness: ReadonlyMap<string, number>
}
