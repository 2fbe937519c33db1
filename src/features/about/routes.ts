// The HTTP side of about.
import { implementContract } from '../../platform/procedure.ts'
import { aboutContract } from './contract.ts'
import { getAbout } from './queries.ts'

const os = implementContract(aboutContract)

export const aboutRoutes = os.router({
  get: os.get.handler(({ context }) => getAbout(context)),
})
