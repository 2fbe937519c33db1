// The contracts of all features as one: what the web client, the OpenAPI document and the server agree on.
import { aboutContract } from '../features/about/contract.ts'

export const appContract = {
  about: aboutContract,
}
