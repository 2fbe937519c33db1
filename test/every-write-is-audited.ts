// In test databases: a transaction of a request or a job that writes and leaves no row in the audit fails at its end.
import type pg from 'pg'

const FUNCTION = `
create function every_write_is_audited() returns trigger language plpgsql security definer
  set search_path = pg_catalog, public as $$
declare
  organisation uuid;
  is_there boolean;
  before text := coalesce(current_setting('app.maintenance', true), '');
begin
  if session_user not in ('rungs_request', 'rungs_job') then return null; end if;
  if tg_op = 'DELETE' then organisation := old.organisation_id; else organisation := new.organisation_id; end if;
  -- The owner need not be a superuser: row security holds for it too.
  perform set_config('app.maintenance', 'on', true);
  is_there := exists (
    select 1 from audit a where a.organisation_id = organisation and a.xact = pg_current_xact_id());
  perform set_config('app.maintenance', before, true);
  if not is_there then
    raise exception 'a write to % left no row in the audit', tg_table_name;
  end if;
  return null;
end $$`

/** Watches every table with an organisation but the audit itself. */
export async function watchEveryWrite(client: Pick<pg.Client, 'query'>): Promise<void> {
  await client.query(FUNCTION)
  const { rows } = await client.query<{ name: string }>(
    `select quote_ident(table_name) as name from information_schema.columns
     where table_schema = 'public' and column_name = 'organisation_id' and table_name not in ('audit', 'audit_link')`,
  )
  for (const { name } of rows)
    await client.query(
      `create constraint trigger every_write_is_audited after insert or update or delete on ${name}
       deferrable initially deferred for each row execute function every_write_is_audited()`,
    )
}
