// The HTTP side of administration.
import { implementContract } from '../../platform/procedure.ts'
import { delegate, endSessions, grantRole, revokeRole, takeBack } from './commands.ts'
import { administrationContract } from './contract.ts'
import { nameOrganisation, setOrganisation } from './keep-organisation.ts'
import { getRights, getSignIn, listDelegations, listMembers, listRoles, listSessions } from './queries.ts'

const os = implementContract(administrationContract)

export const administrationRoutes = os.router({
  rights: os.rights.handler(({ context }) => getRights(context)),
  nameOrganisation: os.nameOrganisation.handler(({ context, input }) =>
    nameOrganisation(context, input.name),
  ),
  setOrganisation: os.setOrganisation.handler(({ context, input }) => setOrganisation(context, input)),
  members: os.members.handler(({ context, input }) => listMembers(context, input)),
  sessions: os.sessions.handler(({ context, input }) => listSessions(context, input.account)),
  endSessions: os.endSessions.handler(({ context, input }) => endSessions(context, input.account)),
  roles: os.roles.handler(({ context, input }) => listRoles(context, input)),
  grant: os.grant.handler(({ context, input }) => grantRole(context, input)),
  revoke: os.revoke.handler(({ context, input }) => revokeRole(context, input.id)),
  delegations: os.delegations.handler(({ context }) => listDelegations(context)),
  delegate: os.delegate.handler(({ context, input }) => delegate(context, input)),
  takeBack: os.takeBack.handler(({ context, input }) => takeBack(context, input.id)),
  signIn: os.signIn.handler(({ context }) => getSignIn(context)),
})
