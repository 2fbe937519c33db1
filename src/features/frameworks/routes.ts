// The HTTP side of frameworks.
import { implementContract } from '../../platform/procedure.ts'
import { frameworksContract } from './contract.ts'
import { compareTwoRoles, getFramework, getRole, listFrameworks, listVersions, search } from './queries.ts'

const os = implementContract(frameworksContract)

export const frameworksRoutes = os.router({
  list: os.list.handler(({ context }) => listFrameworks(context)),
  get: os.get.handler(({ context, input }) => getFramework(context, input)),
  versions: os.versions.handler(({ context, input }) => listVersions(context, input.framework)),
  role: os.role.handler(({ context, input }) => getRole(context, input)),
  compare: os.compare.handler(({ context, input }) => compareTwoRoles(context, input)),
  search: os.search.handler(({ context, input }) => search(context, input)),
})
