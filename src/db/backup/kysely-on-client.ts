// Typed statements on a connection that is in a transaction already.
import { Kysely, PostgresDialect } from 'kysely'
import type pg from 'pg'
import type { Tables } from '../schema.ts'

/** Ending it ends nothing. It opens no transaction of its own. */
export function kyselyOnClient(client: pg.ClientBase): Kysely<Tables> {
  const lent = { query: client.query.bind(client), release: () => undefined }
  const pool = { connect: async () => lent as never, end: async () => undefined }
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
}
