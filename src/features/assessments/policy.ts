// Who may do what with assessments: each is the person's own.
import type { Actor } from '../../platform/actor.ts'

/** What a policy needs to know of an assessment. */
export interface OwnedAssessment {
  organisation_id: string
  person_id: string
  finished_at: Date | null
  superseded_by: string | null
  withdrawn_at: Date | null
}

/** Only a current assessment is answered: one that a migration moved, and a withdrawn copy, are kept to be read. */
export function placeOf({
  superseded_by,
  withdrawn_at,
}: Pick<OwnedAssessment, 'superseded_by' | 'withdrawn_at'>): 'current' | 'superseded' | 'withdrawn' {
  if (withdrawn_at !== null) return 'withdrawn'
  return superseded_by === null ? 'current' : 'superseded'
}

export interface AssessmentRights {
  answer: boolean
  undo: boolean
  finish: boolean
  reopen: boolean
  delete: boolean
}

/** A person reads their own assessments and nobody else's. */
export function canRead(actor: Actor, assessment: OwnedAssessment): boolean {
  return assessment.organisation_id === actor.organisation && assessment.person_id === actor.person
}

/** The rights over an assessment with or without an answer to take back; without reading it there are none. */
export function assessmentRights(
  actor: Actor,
  assessment: OwnedAssessment,
  hasOwnAnswer: boolean,
): AssessmentRights {
  const own = canRead(actor, assessment)
  const current = own && placeOf(assessment) === 'current'
  const running = assessment.finished_at === null
  return {
    answer: current && running,
    undo: current && hasOwnAnswer,
    finish: current && running,
    reopen: current && !running,
    delete: own,
  }
}
