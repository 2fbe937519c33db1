// Which of a person's assessments of one framework is their current standing: the newest that says enough.

/** What the choice is made by. */
export interface StandingCandidate {
  /** When it was finished; null while it is not. */
  readonly finishedAt: Date | null
  /** Scored answers, "no opportunity" left out. */
  readonly answered: number
  /** Whether its answers do not fit together, or are all the same; asked only where it matters. */
  readonly isDoubtful: () => boolean
}

/** A newer assessment counts from this share of the scored answers of the best known one on. */
export const ENOUGH_SHARE = 0.5
/** How long an assessment stays what others are measured against, in months. */
export const CURRENT_MONTHS = 12

/**
 * Of the finished assessments the newest with at least half of the scored answers of the best known one of the twelve
 * months before the newest; so a quick look does not take the place of what is known better. One whose answers do not fit
 * together neither takes the place of one whose answers do, nor holds it back. Undefined where none is
 * finished. Where it is not the newest, that has to be said beside it.
 */
export function chooseStanding<T extends StandingCandidate>(candidates: readonly T[]): T | undefined {
  const finished = candidates
    .filter((one): one is T & { finishedAt: Date } => one.finishedAt !== null)
    .toSorted((a, b) => b.finishedAt.getTime() - a.finishedAt.getTime())
  const [newest] = finished
  if (!newest) return undefined
  const since = new Date(newest.finishedAt)
  since.setUTCMonth(since.getUTCMonth() - CURRENT_MONTHS)
  const inTime = finished.filter(({ finishedAt }) => finishedAt >= since)
  const honest = inTime.length > 1 ? inTime.filter((one) => !one.isDoubtful()) : inTime
  const recent = honest.length > 0 ? honest : inTime
  const most = Math.max(...recent.map(({ answered }) => answered))
  return recent.find(({ answered }) => answered >= ENOUGH_SHARE * most)
}
