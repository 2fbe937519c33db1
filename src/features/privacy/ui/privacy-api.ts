// The web's access to the privacy endpoints.
import { createORPCClient } from '@orpc/client'
import type { ContractRouterClient, InferContractRouterOutputs } from '@orpc/contract'
import { createTanstackQueryUtils } from '@orpc/tanstack-query'
import { rpcLink } from '../../../ui/rpc-link.ts'
import type { privacyContract } from '../contract.ts'

const client: ContractRouterClient<typeof privacyContract> = createORPCClient(rpcLink, { path: ['privacy'] })
export const privacyApi = createTanstackQueryUtils(client, { path: ['privacy'] })

type Outputs = InferContractRouterOutputs<typeof privacyContract>
export type HeldTable = Outputs['held']['tables'][number]
export type Keeping = Outputs['keeping']
