// A role for a unit goes with the unit: units of the sample organisation are removed, also where somebody holds a role in them.
import { sql, type Kysely } from 'kysely'

const CASCADE = `
ALTER TABLE role_grant DROP CONSTRAINT role_grant_organisation_id_unit_id_fkey;
ALTER TABLE role_grant ADD FOREIGN KEY (organisation_id, unit_id) REFERENCES unit (organisation_id, id)
  ON DELETE CASCADE;
`

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(CASCADE).execute(db)
}
