// The web's access to the administration endpoints, and to those of accounts.
import { createORPCClient } from '@orpc/client'
import type { ContractRouterClient } from '@orpc/contract'
import { createTanstackQueryUtils } from '@orpc/tanstack-query'
import { rpcLink } from '../../../ui/rpc-link.ts'
import type { accountsContract } from '../../accounts/contract.ts'
import type { administrationContract } from '../contract.ts'

const client: ContractRouterClient<typeof administrationContract> = createORPCClient(rpcLink, {
  path: ['administration'],
})
const accounts: ContractRouterClient<typeof accountsContract> = createORPCClient(rpcLink, {
  path: ['accounts'],
})
export const administrationApi = createTanstackQueryUtils(client, { path: ['administration'] })
export const accountsApi = createTanstackQueryUtils(accounts, { path: ['accounts'] })
