// Whoever may invite somebody sees their invitations and account; a position's past belongs to its holder's keepers alone.
import { type Kysely, sql } from 'kysely'

const POLICIES = `
ALTER POLICY concerned_read ON invitation
  USING (person_id = app_person() OR made_by = app_person() OR has_role('auditor') OR keeps_person(person_id));
ALTER POLICY concerned_read ON membership
  USING (person_id = app_person() OR has_role('auditor') OR keeps_person(person_id));
-- A position that nobody describes any more may be described by any partner; who held it is not theirs to rewrite.
ALTER POLICY keepers_change ON position_holder USING (keeps_position(position_id) AND keeps_person(person_id));
`

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(POLICIES).execute(db)
}
