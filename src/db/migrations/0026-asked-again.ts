// Somebody whose sheet was taken back or declined may be asked again as something else: a peer who became the manager.
import { sql, type Kysely } from 'kysely'

/** Of all sheets of one rater about one person at most one is asked for; what a sheet was begun as, it stays. */
const ASKED_AGAIN = `
ALTER TABLE round_rater DROP CONSTRAINT round_rater_organisation_id_round_id_subject_id_rater_id_key;
CREATE UNIQUE INDEX round_rater_asked_once ON round_rater (organisation_id, round_id, subject_id, rater_id)
  WHERE state NOT IN ('removed', 'declined');
CREATE UNIQUE INDEX round_rater_once_each ON round_rater (organisation_id, round_id, subject_id, rater_id, kind);
`

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(ASKED_AGAIN).execute(db)
}
