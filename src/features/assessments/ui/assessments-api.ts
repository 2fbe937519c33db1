// The web's access to the assessment endpoints.
import { createORPCClient } from '@orpc/client'
import type { ContractRouterClient, InferContractRouterOutputs } from '@orpc/contract'
import { createTanstackQueryUtils } from '@orpc/tanstack-query'
import { rpcLink } from '../../../ui/rpc-link.ts'
import type { assessmentsContract } from '../contract.ts'

export const assessmentsClient: ContractRouterClient<typeof assessmentsContract> = createORPCClient(rpcLink, {
  path: ['assessments'],
})
export const assessmentsApi = createTanstackQueryUtils(assessmentsClient, { path: ['assessments'] })

type Outputs = InferContractRouterOutputs<typeof assessmentsContract>
export type AssessmentState = Outputs['get']
export type Assessment = AssessmentState['assessment']
export type Question = NonNullable<AssessmentState['question']>
export type Mode = Assessment['mode']
