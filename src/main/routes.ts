// The one list in which features plug into the server.
import { aboutRoutes } from '../features/about/routes.ts'
import { assessmentsRoutes } from '../features/assessments/routes.ts'
import { frameworksRoutes } from '../features/frameworks/routes.ts'
import { standingsRoutes } from '../features/standings/routes.ts'
import { implementContract } from '../platform/procedure.ts'
import { appContract } from './contract.ts'

export const appRoutes = implementContract(appContract).router({
  about: aboutRoutes,
  frameworks: frameworksRoutes,
  assessments: assessmentsRoutes,
  standings: standingsRoutes,
})
