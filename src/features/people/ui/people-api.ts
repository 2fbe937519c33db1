// The web's access to the people endpoints.
import { createORPCClient } from '@orpc/client'
import type { ContractRouterClient } from '@orpc/contract'
import { createTanstackQueryUtils } from '@orpc/tanstack-query'
import { rpcLink } from '../../../ui/rpc-link.ts'
import type { peopleContract } from '../contract.ts'

export const peopleClient: ContractRouterClient<typeof peopleContract> = createORPCClient(rpcLink, {
  path: ['people'],
})
export const peopleApi = createTanstackQueryUtils(peopleClient, { path: ['people'] })
