// The account endpoints over HTTP.
import { implementContract } from '../../platform/procedure.ts'
import { endMembership, invite, withdrawInvitation } from './commands.ts'
import { accountsContract } from './contract.ts'
import { listInvitations, listMembers } from './queries.ts'

const os = implementContract(accountsContract)

export const accountsRoutes = os.router({
  invitations: os.invitations.handler(({ context }) => listInvitations(context)),
  invite: os.invite.handler(({ context, input }) => invite(context, input)),
  withdraw: os.withdraw.handler(({ context, input }) => withdrawInvitation(context, input.id)),
  members: os.members.handler(({ context }) => listMembers(context)),
  end: os.end.handler(({ context, input }) => endMembership(context, input.account)),
})
