// The web's access to publishing and migrating frameworks.
import { createORPCClient } from '@orpc/client'
import type { ContractRouterClient, InferContractRouterOutputs } from '@orpc/contract'
import { createTanstackQueryUtils } from '@orpc/tanstack-query'
import { rpcLink } from '../../../ui/rpc-link.ts'
import type { migrationsContract } from '../../migrations/contract.ts'
import type { publicationsContract } from '../../publications/contract.ts'

export const publicationsClient: ContractRouterClient<typeof publicationsContract> = createORPCClient(
  rpcLink,
  { path: ['publications'] },
)
export const migrationsClient: ContractRouterClient<typeof migrationsContract> = createORPCClient(rpcLink, {
  path: ['migrations'],
})
export const migrationsApi = createTanstackQueryUtils(migrationsClient, { path: ['migrations'] })

export type PublicationPreview = InferContractRouterOutputs<typeof publicationsContract>['preview']
export type MigrationPreview = InferContractRouterOutputs<typeof migrationsContract>['preview']
export type MigrationRecord = InferContractRouterOutputs<
  typeof migrationsContract
>['list']['migrations'][number]
