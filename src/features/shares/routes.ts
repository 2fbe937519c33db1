// The HTTP side of sharing.
import { implementContract } from '../../platform/procedure.ts'
import { share, takeBackShare } from './commands.ts'
import { sharesContract } from './contract.ts'
import { listShares, readShared } from './queries.ts'

const os = implementContract(sharesContract)

export const sharesRoutes = os.router({
  list: os.list.handler(({ context }) => listShares(context)),
  share: os.share.handler(({ context, input }) => share(context, input)),
  takeBack: os.takeBack.handler(({ context, input }) => takeBackShare(context, input.id)),
  read: os.read.handler(({ context, input }) => readShared(context, input.id)),
})
