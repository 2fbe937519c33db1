// The contracts of all features as one: what the clients, the OpenAPI document and the server agree on.
import type { Feature } from '../core/org/features.ts'
import { aboutContract } from '../features/about/contract.ts'
import { accountsContract } from '../features/accounts/contract.ts'
import { administrationContract } from '../features/administration/contract.ts'
import { auditContract } from '../features/audit/contract.ts'
import { assessmentsContract } from '../features/assessments/contract.ts'
import { frameworksContract } from '../features/frameworks/contract.ts'
import { migrationsContract } from '../features/migrations/contract.ts'
import { peopleContract } from '../features/people/contract.ts'
import { privacyContract } from '../features/privacy/contract.ts'
import { publicationsContract } from '../features/publications/contract.ts'
import { roundsContract } from '../features/rounds/contract.ts'
import { sharesContract } from '../features/shares/contract.ts'
import { standingsContract } from '../features/standings/contract.ts'

export const appContract = {
  audit: auditContract,
  privacy: privacyContract,
  about: aboutContract,
  accounts: accountsContract,
  administration: administrationContract,
  frameworks: frameworksContract,
  people: peopleContract,
  publications: publicationsContract,
  migrations: migrationsContract,
  assessments: assessmentsContract,
  rounds: roundsContract,
  shares: sharesContract,
  standings: standingsContract,
} satisfies Record<Feature, object>
