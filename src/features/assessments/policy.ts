// Who may do what with assessments: each is the person's own.
import type { Actor } from '../../platform/actor.ts'

/** What a policy needs to know of an assessment. */
export interface OwnedAssessment {
  organisation_id: string
  person_id: string
  finished_at: Date | null
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

/** The rights over an assessment with so many answers; without reading it there are none. */
export function assessmentRights(
  actor: Actor,
  assessment: OwnedAssessment,
  answers: number,
): AssessmentRights {
  const own = canRead(actor, assessment)
  const running = assessment.finished_at === null
  return {
    answer: own && running,
    undo: own && answers > 0,
    finish: own && running,
    reopen: own && !running,
    delete: own,
  }
}
