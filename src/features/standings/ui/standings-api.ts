// The web's access to the standing endpoints.
import { createORPCClient } from '@orpc/client'
import type { ContractRouterClient } from '@orpc/contract'
import { createTanstackQueryUtils } from '@orpc/tanstack-query'
import { rpcLink } from '../../../ui/rpc-link.ts'
import type { standingsContract } from '../contract.ts'

export const standingsClient: ContractRouterClient<typeof standingsContract> = createORPCClient(rpcLink, {
  path: ['standings'],
})
export const standingsApi = createTanstackQueryUtils(standingsClient, { path: ['standings'] })
