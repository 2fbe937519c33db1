// The HTTP side of publications.
import { implementContract } from '../../platform/procedure.ts'
import { publishFramework } from './commands.ts'
import { publicationsContract } from './contract.ts'
import { previewPublication } from './queries.ts'

const os = implementContract(publicationsContract)

export const publicationsRoutes = os.router({
  preview: os.preview.handler(({ context, input }) => previewPublication(context, input)),
  publish: os.publish.handler(({ context, input }) => publishFramework(context, input)),
})
