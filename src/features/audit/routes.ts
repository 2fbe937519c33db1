// The HTTP side of the audit.
import { implementContract } from '../../platform/procedure.ts'
import { auditContract } from './contract.ts'
import { getAuditState, listAudit, verifyNow } from './queries.ts'

const os = implementContract(auditContract)

export const auditRoutes = os.router({
  list: os.list.handler(({ context, input }) => listAudit(context, input)),
  state: os.state.handler(({ context }) => getAuditState(context)),
  verify: os.verify.handler(({ context }) => verifyNow(context)),
})
