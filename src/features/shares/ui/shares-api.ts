// The web's access to the endpoints of sharing.
import { createORPCClient } from '@orpc/client'
import type { ContractRouterClient, InferContractRouterOutputs } from '@orpc/contract'
import { createTanstackQueryUtils } from '@orpc/tanstack-query'
import { rpcLink } from '../../../ui/rpc-link.ts'
import type { sharesContract } from '../contract.ts'

const client: ContractRouterClient<typeof sharesContract> = createORPCClient(rpcLink, { path: ['shares'] })
export const sharesApi = createTanstackQueryUtils(client, { path: ['shares'] })

type Outputs = InferContractRouterOutputs<typeof sharesContract>
export type GivenShare = Outputs['list']['given'][number]
export type ReceivedShare = Outputs['list']['received'][number]
