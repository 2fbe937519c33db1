// Who reads the whole audit: auditors and owners. Everybody reads what concerns them, on their privacy page.
import { holdsRole, type Actor } from '../../platform/actor.ts'

export function canReadAudit(actor: Actor): boolean {
  return holdsRole(actor, 'auditor') || holdsRole(actor, 'owner')
}
