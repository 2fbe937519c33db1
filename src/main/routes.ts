// The one list in which features plug into the server.
import { implementContract } from '../platform/procedure.ts'
import { aboutRoutes } from '../features/about/routes.ts'
import { appContract } from './contract.ts'

export const appRoutes = implementContract(appContract).router({
  about: aboutRoutes,
})
