// The web's access to the audit endpoints.
import { createORPCClient } from '@orpc/client'
import type { ContractRouterClient } from '@orpc/contract'
import { createTanstackQueryUtils } from '@orpc/tanstack-query'
import { rpcLink } from '../../../ui/rpc-link.ts'
import type { auditContract } from '../contract.ts'

const client: ContractRouterClient<typeof auditContract> = createORPCClient(rpcLink, { path: ['audit'] })
export const auditApi = createTanstackQueryUtils(client, { path: ['audit'] })
