// The HTTP side of migrations.
import { implementContract } from '../../platform/procedure.ts'
import { applyMigration, undoMigration } from './commands.ts'
import { migrationsContract } from './contract.ts'
import { getMigration, listMigrations, previewMigration, proposeMapping } from './queries.ts'

const os = implementContract(migrationsContract)

export const migrationsRoutes = os.router({
  propose: os.propose.handler(({ context, input }) => proposeMapping(context, input)),
  preview: os.preview.handler(({ context, input }) => previewMigration(context, input)),
  apply: os.apply.handler(({ context, input }) => applyMigration(context, input)),
  list: os.list.handler(({ context, input }) => listMigrations(context, input.framework)),
  get: os.get.handler(({ context, input }) => getMigration(context, input.id)),
  undo: os.undo.handler(({ context, input }) => undoMigration(context, input)),
})
