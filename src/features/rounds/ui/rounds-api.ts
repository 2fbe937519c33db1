// The web's access to the round endpoints.
import { createORPCClient } from '@orpc/client'
import type { ContractRouterClient } from '@orpc/contract'
import { createTanstackQueryUtils } from '@orpc/tanstack-query'
import { rpcLink } from '../../../ui/rpc-link.ts'
import type { roundsContract } from '../contract.ts'

export const roundsClient: ContractRouterClient<typeof roundsContract> = createORPCClient(rpcLink, {
  path: ['rounds'],
})
export const roundsApi = createTanstackQueryUtils(roundsClient, { path: ['rounds'] })

type Output<K extends keyof typeof roundsClient> = Awaited<ReturnType<(typeof roundsClient)[K]>>
export type RoundList = Output<'list'>
export type Board = Output<'get'>
export type Sheet = Output<'sheet'>
export type RoundResult = Output<'result'>
/** Days are told without a time: noon of any zone is that day. */
export const noonOf = (day: string): Date => new Date(`${day}T12:00:00`)
/** The day before: the last on which something can be given. */
export const lastDayOf = (closesOn: string): Date => new Date(noonOf(closesOn).getTime() - 86_400_000)
