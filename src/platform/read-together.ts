// Reads that belong to one answer: at one moment, on one connection, in one transaction.
import type { Context } from './procedure.ts'

/**
 * Runs `read` with a context whose statements all see the database as it was at the first of them, and which opens one
 * transaction instead of one for each statement. Within a transaction it is just that one.
 */
export async function readTogether<T>(context: Context, read: (inside: Context) => Promise<T>): Promise<T> {
  if (context.db.isTransaction) return await read(context)
  return await context.db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (db) => await read({ ...context, db }))
}
