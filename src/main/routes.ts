// The one list in which features plug into the server.
import { aboutRoutes } from '../features/about/routes.ts'
import { accountsRoutes } from '../features/accounts/routes.ts'
import { administrationRoutes } from '../features/administration/routes.ts'
import { auditRoutes } from '../features/audit/routes.ts'
import { assessmentsRoutes } from '../features/assessments/routes.ts'
import { frameworksRoutes } from '../features/frameworks/routes.ts'
import { migrationsRoutes } from '../features/migrations/routes.ts'
import { peopleRoutes } from '../features/people/routes.ts'
import { privacyRoutes } from '../features/privacy/routes.ts'
import { publicationsRoutes } from '../features/publications/routes.ts'
import { roundsRoutes } from '../features/rounds/routes.ts'
import { sharesRoutes } from '../features/shares/routes.ts'
import { standingsRoutes } from '../features/standings/routes.ts'
import { implementContract } from '../platform/procedure.ts'
import { appContract } from './contract.ts'

export const appRoutes = implementContract(appContract).router({
  audit: auditRoutes,
  privacy: privacyRoutes,
  about: aboutRoutes,
  accounts: accountsRoutes,
  administration: administrationRoutes,
  frameworks: frameworksRoutes,
  people: peopleRoutes,
  publications: publicationsRoutes,
  migrations: migrationsRoutes,
  assessments: assessmentsRoutes,
  rounds: roundsRoutes,
  shares: sharesRoutes,
  standings: standingsRoutes,
})
