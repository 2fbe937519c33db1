// The HTTP side of rounds.
import { eventStream } from '../../platform/event-stream.ts'
import { implementContract } from '../../platform/procedure.ts'
import { getBoard } from './board.ts'
import { roundsContract } from './contract.ts'
import {
  addRater,
  cancelRound,
  closeRound,
  extendRound,
  remindRaters,
  removeRater,
  startRound,
  withdrawSubject,
} from './keep-round.ts'
import { listRounds } from './list-rounds.ts'
import { openRound } from './open-round.ts'
import { getResult, listResults } from './results.ts'
import { loadSampleRounds } from './sample-rounds.ts'
import { declineSheet, getSheet, giveRating, submitSheet } from './sheets.ts'

const os = implementContract(roundsContract)

export const roundsRoutes = os.router({
  list: os.list.handler(({ context }) => listRounds(context)),
  get: os.get.handler(({ context, input }) => getBoard(context, input.id)),
  open: os.open.handler(({ context, input }) => openRound(context, input)),
  addRater: os.addRater.handler(({ context, input }) => addRater(context, input)),
  removeRater: os.removeRater.handler(({ context, input }) => removeRater(context, input)),
  withdrawSubject: os.withdrawSubject.handler(({ context, input }) => withdrawSubject(context, input)),
  start: os.start.handler(({ context, input }) => startRound(context, input)),
  extend: os.extend.handler(({ context, input }) => extendRound(context, input)),
  remind: os.remind.handler(({ context, input }) => remindRaters(context, input)),
  close: os.close.handler(({ context, input }) => closeRound(context, input)),
  cancel: os.cancel.handler(({ context, input }) => cancelRound(context, input)),
  sheet: os.sheet.handler(({ context, input }) => getSheet(context, input.sheet)),
  rate: os.rate.handler(({ context, input }) => giveRating(context, input)),
  submit: os.submit.handler(({ context, input }) => submitSheet(context, input.sheet)),
  decline: os.decline.handler(({ context, input }) => declineSheet(context, input.sheet, input.reason)),
  results: os.results.handler(({ context, input }) => listResults(context, input.person)),
  result: os.result.handler(({ context, input }) => getResult(context, input)),
  loadSample: os.loadSample.handler(({ context }) => eventStream(loadSampleRounds(context))),
})
