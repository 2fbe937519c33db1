// The first owner's address is theirs in the organisation too: a people file then finds them instead of making them anew.
import { type Kysely, sql } from 'kysely'

/** Sign-in may write no address by itself; this writes an account's own, to its own person, who has none yet. */
const ADDRESS = `
CREATE FUNCTION sign_in.keep_address(account text, moment timestamptz) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE before text := coalesce(current_setting('app.maintenance', true), '');
BEGIN
  PERFORM set_config('app.maintenance', 'on', true);
  INSERT INTO public.person_contact (organisation_id, person_id, email, recorded_at)
    SELECT m.organisation_id, m.person_id, u."email", moment
    FROM public.membership m JOIN sign_in."user" u ON u."id" = m.account_id
    WHERE m.account_id = account AND m.ended_at IS NULL
    ON CONFLICT DO NOTHING;
  PERFORM set_config('app.maintenance', before, true);
END $$;
REVOKE EXECUTE ON FUNCTION sign_in.keep_address(text, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sign_in.keep_address(text, timestamptz) TO rungs_sign_in;
`

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(ADDRESS).execute(db)
}
