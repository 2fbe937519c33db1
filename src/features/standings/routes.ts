// The HTTP side of standings.
import { implementContract } from '../../platform/procedure.ts'
import { standingsContract } from './contract.ts'
import { findCurrentStanding } from './choices.ts'
import {
  exportStanding,
  getChanges,
  getGap,
  getPaths,
  getStanding,
  getWhy,
  listReadiness,
} from './queries.ts'

const os = implementContract(standingsContract)

export const standingsRoutes = os.router({
  current: os.current.handler(({ context, input }) => findCurrentStanding(context, input)),
  get: os.get.handler(({ context, input }) => getStanding(context, input.assessment)),
  readiness: os.readiness.handler(({ context, input }) => listReadiness(context, input.assessment)),
  gap: os.gap.handler(({ context, input }) => getGap(context, input)),
  paths: os.paths.handler(({ context, input }) => getPaths(context, input)),
  why: os.why.handler(({ context, input }) => getWhy(context, input)),
  changes: os.changes.handler(({ context, input }) => getChanges(context, input)),
  export: os.export.handler(({ context, input }) => exportStanding(context, input)),
})
