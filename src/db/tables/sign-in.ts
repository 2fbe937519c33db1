// The tables of signing in that belong to an organisation; those of accounts are better-auth's, in the schema sign_in.
import type { Fixed } from './columns.ts'

/** A link by which the first owner comes in; only the hash of its token is kept. */
export interface OwnerLinkTable {
  organisation_id: Fixed<string>
  /** SHA-256 of the token, in hexadecimal. */
  token_hash: Fixed<string>
  /** The person that the owner's account is tied to. */
  person_id: Fixed<string>
  made_at: Fixed<Date>
  expires_at: Fixed<Date>
  used_at: Date | null
}
