// What a measured round is written down as: a row for each cell and gap, and a note for each rater.
import type { Insertable } from 'kysely'
import type { RoundOutcome } from '../../core/rounds/round-result.ts'
import type { RaterNoteTable, RoundAdjustmentTable, RoundResultTable } from '../../db/tables/rounds.ts'
import type { RoundRow } from './round-heads.ts'

type Place = Pick<RoundRow, 'organisation_id' | 'id' | 'opens_to_manager' | 'opens_to_partner'>

export interface OutcomeRows {
  results: Insertable<RoundResultTable>[]
  notes: Insertable<RaterNoteTable>[]
  adjustments: Insertable<RoundAdjustmentTable>[]
}

/**
 * Cells of a competency are numbered from 1; what is not shown follows what is. A cell that the person alone reads leaves
 * others a row that says why, where the published rule does not say it already.
 */
export function rowsOfOutcome(
  round: Place,
  { cells, gaps, notes, adjustments }: RoundOutcome,
  now: Date,
): OutcomeRows {
  const { organisation_id, id: round_id, opens_to_manager, opens_to_partner } = round
  const place = { organisation_id, round_id, published_at: now, opens_to_manager, opens_to_partner }
  const numbers = new Map<string, number>()
  const next = (subject: string, competency: string) => {
    const key = `${subject} ${competency}`
    const number = (numbers.get(key) ?? 0) + 1
    numbers.set(key, number)
    return number
  }
  const none = {
    ...{ kinds: ['manager', 'peer', 'report'], raters: null, measure: null, se: null, leans: false },
    ...{
      disagree: false,
      misplaced: false,
      only_subject: null,
      answers: null,
      leans_share: null,
      answered: null,
    },
  }
  const kept = cells.flatMap(({ subject, competency, onlySubject }) =>
    onlySubject === 'too-uncertain' || onlySubject === 'not-connected'
      ? [{ subject, competency, refusal: onlySubject }]
      : [],
  )
  return {
    results: [
      ...cells.map(({ subject, competency, kinds, onlySubject, share, answered, ...figure }) => ({
        ...{ ...place, subject_id: subject, competency, cell: next(subject, competency) },
        ...{ ...figure, kinds: [...kinds], leans_share: share, answered: answered && [...answered] },
        ...{ only_subject: onlySubject, refusal: null },
      })),
      ...[...gaps, ...kept].map(({ subject, competency, refusal }) => ({
        ...{ ...place, subject_id: subject, competency, cell: next(subject, competency), ...none, refusal },
      })),
    ],
    notes: notes.map(({ rater, subjects, severity, refusal }) => ({
      ...{ organisation_id, round_id, rater_id: rater, subjects, noted_at: now },
      ...{ severity: severity?.measure ?? null, se: severity?.se ?? null, refusal },
    })),
    adjustments: adjustments.map(({ subject, kinds, competencies, raters, severity, se }) => ({
      ...{ organisation_id, round_id, subject_id: subject, kinds: [...kinds], raters, severity, se },
      competencies: [...competencies],
    })),
  }
}
