// The HTTP side of assessments.
import { implementContract } from '../../platform/procedure.ts'
import {
  deleteAssessment,
  finishAssessment,
  giveAnswer,
  reopenAssessment,
  setEvidence,
  startAssessment,
  undoAnswer,
} from './commands.ts'
import { getCarryOver } from './carry-over.ts'
import { continueAssessment } from './continue-assessment.ts'
import { assessmentsContract } from './contract.ts'
import { findCurrent, getState, listAnswers, listAssessments } from './queries.ts'

const os = implementContract(assessmentsContract)

export const assessmentsRoutes = os.router({
  start: os.start.handler(({ context, input }) => startAssessment(context, input)),
  list: os.list.handler(({ context }) => listAssessments(context)),
  current: os.current.handler(({ context }) => findCurrent(context)),
  carryOver: os.carryOver.handler(({ context, input }) => getCarryOver(context, input)),
  get: os.get.handler(({ context, input }) => getState(context, input.id)),
  answer: os.answer.handler(({ context, input }) => giveAnswer(context, input)),
  undo: os.undo.handler(({ context, input }) => undoAnswer(context, input)),
  setEvidence: os.setEvidence.handler(({ context, input }) => setEvidence(context, input)),
  answers: os.answers.handler(({ context, input }) => listAnswers(context, input.id)),
  finish: os.finish.handler(({ context, input }) => finishAssessment(context, input.id)),
  reopen: os.reopen.handler(({ context, input }) => reopenAssessment(context, input)),
  continue: os.continue.handler(({ context, input }) => continueAssessment(context, input)),
  delete: os.delete.handler(({ context, input }) => deleteAssessment(context, input.id)),
})
