// What happens to an account is in the audit of every organisation that it belongs to, written by the tables themselves.

/** A trigger that tells of rows of a table of signing in; `account`, `action` and the rest are SQL over the row. */
const tells = (
  name: string,
  event: string,
  table: string,
  told: { row: 'NEW' | 'OLD'; account: string; action: string; kind: string; id: string; reason?: string },
  when = '',
) => `
CREATE FUNCTION sign_in.tell_${name}() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM sign_in.tell(${told.row}."${told.account}", ${told.action}, '${told.kind}', ${told.row}."${told.id}", ${told.reason ?? 'NULL'});
  RETURN NULL;
END $$;
CREATE TRIGGER tell_${name} AFTER ${event} ON sign_in."${table}" FOR EACH ROW ${when}
  EXECUTE FUNCTION sign_in.tell_${name}();
`

/**
 * The same transaction as the write, whatever code wrote it: a sign-in that leaves no row does not happen. Who did it is
 * the account's own person where signing in wrote; the acting person where a request did, in the acting organisation
 * alone; else Rungs by itself.
 */
export const SIGN_IN_AUDIT = `
CREATE FUNCTION sign_in.tell(account text, action text, kind text, id text, reason text) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE before text := coalesce(current_setting('app.maintenance', true), '');
BEGIN
  PERFORM set_config('app.maintenance', 'on', true);
  INSERT INTO public.audit
    (organisation_id, at, actor_kind, actor_id, action, object_kind, object_id, subject_id, reason, details)
  SELECT t.organisation_id, coalesce(public.app_now(), now()), CASE WHEN t.by IS NULL THEN 'system' ELSE 'person' END,
    t.by, action, kind, id, t.person_id, reason, '{}'
  FROM (
    SELECT m.organisation_id, m.person_id, CASE
        WHEN reason IN ('expired', 'too-many-tries') THEN NULL
        WHEN session_user = 'rungs_sign_in' THEN m.person_id
        WHEN session_user = 'rungs_request' AND m.organisation_id = public.app_organisation() THEN public.app_person()
      END AS by
    FROM public.membership m WHERE m.account_id = account AND m.ended_at IS NULL) t;
  PERFORM set_config('app.maintenance', before, true);
END $$;
REVOKE EXECUTE ON FUNCTION sign_in.tell(text, text, text, text, text) FROM PUBLIC;

-- That somebody tried too often to get into an account; nothing where nobody has this address.
CREATE FUNCTION sign_in.tell_blocked(address text) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM sign_in.tell(u.id, 'sign-in.block', 'account', u.id, 'too-many-tries') FROM sign_in."user" u WHERE u.email = address;
END $$;
REVOKE EXECUTE ON FUNCTION sign_in.tell_blocked(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sign_in.tell_blocked(text) TO rungs_sign_in;
${tells('session_begun', 'INSERT', 'session', { row: 'NEW', account: 'userId', action: "'session.begin'", kind: 'session', id: 'id' })}
${tells('session_ended', 'DELETE', 'session', {
  ...{ row: 'OLD', account: 'userId', action: "'session.end'", kind: 'session', id: 'id' },
  reason: `CASE WHEN OLD."expiresAt" <= now() THEN 'expired' END`,
})}
${tells('key_made', 'INSERT', 'apikey', { row: 'NEW', account: 'referenceId', action: "'key.make'", kind: 'key', id: 'id' })}
${tells('key_revoked', 'DELETE', 'apikey', {
  ...{ row: 'OLD', account: 'referenceId', action: "'key.revoke'", kind: 'key', id: 'id' },
  reason: `CASE WHEN OLD."expiresAt" <= now() THEN 'expired' END`,
})}
${tells('passkey_added', 'INSERT', 'passkey', { row: 'NEW', account: 'userId', action: "'passkey.add'", kind: 'passkey', id: 'id' })}
${tells('passkey_removed', 'DELETE', 'passkey', { row: 'OLD', account: 'userId', action: "'passkey.remove'", kind: 'passkey', id: 'id' })}
${tells(
  'second_factor',
  'UPDATE OF "twoFactorEnabled"',
  'user',
  {
    ...{ row: 'NEW', account: 'id', kind: 'account', id: 'id' },
    action: `CASE WHEN NEW."twoFactorEnabled" THEN 'second-factor.set' ELSE 'second-factor.remove' END`,
  },
  'WHEN (coalesce(OLD."twoFactorEnabled", false) <> coalesce(NEW."twoFactorEnabled", false))',
)}
${tells(
  'backup_codes',
  'UPDATE OF "backupCodes"',
  'twoFactor',
  { row: 'NEW', account: 'userId', action: "'second-factor.codes'", kind: 'account', id: 'userId' },
  'WHEN (OLD."backupCodes" <> NEW."backupCodes")',
)}
${tells(
  'password',
  'UPDATE OF "password"',
  'account',
  { row: 'NEW', account: 'userId', action: "'password.change'", kind: 'account', id: 'userId' },
  'WHEN (OLD."password" IS DISTINCT FROM NEW."password")',
)}
${tells(
  'identity',
  'INSERT',
  'account',
  { row: 'NEW', account: 'userId', action: "'identity.link'", kind: 'account', id: 'userId' },
  `WHEN (NEW."providerId" <> 'credential')`,
)}
`
