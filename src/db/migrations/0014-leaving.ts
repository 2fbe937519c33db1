// Whoever leaves, or whose place ends, is out at once; an owner always stays; what happens to an account is in the audit.
import { type Kysely, sql } from 'kysely'
import { LEAVING } from '../policies/leaving.ts'
import { SIGN_IN_AUDIT } from '../policies/sign-in-audit.ts'

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const part of [LEAVING, SIGN_IN_AUDIT]) await sql.raw(part).execute(db)
}
