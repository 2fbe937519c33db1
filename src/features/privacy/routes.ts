// The HTTP side of privacy.
import { implementContract } from '../../platform/procedure.ts'
import { liftHold, orderErasure, placeHold, setRetention } from './commands.ts'
import { privacyContract } from './contract.ts'
import { exportMe } from './export-person.ts'
import { getHeld, getKeeping, getPersonPrivacy, listTrace } from './queries.ts'

const os = implementContract(privacyContract)

export const privacyRoutes = os.router({
  held: os.held.handler(({ context }) => getHeld(context)),
  trace: os.trace.handler(({ context, input }) => listTrace(context, input)),
  export: os.export.handler(({ context, input }) => exportMe(context, input)),
  keeping: os.keeping.handler(({ context }) => getKeeping(context)),
  person: os.person.handler(({ context, input }) => getPersonPrivacy(context, input.person)),
  setRetention: os.setRetention.handler(({ context, input }) => setRetention(context, input)),
  placeHold: os.placeHold.handler(({ context, input }) => placeHold(context, input)),
  liftHold: os.liftHold.handler(({ context, input }) => liftHold(context, input.id)),
  erase: os.erase.handler(({ context, input }) => orderErasure(context, input)),
})
