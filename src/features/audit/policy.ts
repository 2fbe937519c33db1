// Who reads the whole audit: auditors and owners. Everybody reads what concerns them, on their privacy page.
import { readsAudit, type Actor } from '../../platform/actor.ts'

export function canReadAudit(actor: Actor): boolean {
  return readsAudit(actor)
}
