// A person with at least one row in every table that holds something about people, each text with a mark to be found by.
import { createHash, randomUUID } from 'node:crypto'
import type pg from 'pg'
import { LOCAL_ORGANISATION as ORGANISATION, LOCAL_PERSON as OTHER } from '../../src/platform/actor.ts'

export interface MarkedPerson {
  id: string
  /** Stands in every text about this person and nowhere else; lower case letters and digits. */
  mark: string
}

export const FRAMEWORK_HASH = 'f'.repeat(64)
export const UNIT = randomUUID()
const OTHER_ASSESSMENT = randomUUID()
const hex = (text: string) => createHash('sha256').update(text).digest('hex')

/** What all persons share: a framework, a unit, somebody else's assessment, a round that is over. */
export async function prepareOrganisation(client: pg.Client): Promise<{ round: string }> {
  const round = randomUUID()
  await client.query(`
    set session_replication_role = replica;
    insert into framework values ('${ORGANISATION}', 'marked', false, now());
    insert into framework_version (organisation_id, hash, framework_id, version, content, ordinal, stored_at)
      values ('${ORGANISATION}', '${FRAMEWORK_HASH}', 'marked', '1.0.0', '{}', 1, now());
    insert into unit (organisation_id, id, kind) values ('${ORGANISATION}', '${UNIT}', 'team');
    insert into assessment (organisation_id, id, person_id, framework_hash, start_key, mode, started_at)
      values ('${ORGANISATION}', '${OTHER_ASSESSMENT}', '${OTHER}', '${FRAMEWORK_HASH}', gen_random_uuid(), 'quick', now());
    insert into round (organisation_id, id, open_key, unit_id, name, framework_hash, minimum_group, manager_named,
        opens_to_manager, opens_to_partner, state, closes_on, opened_at, opened_by, closed_at)
      values ('${ORGANISATION}', '${round}', gen_random_uuid(), '${UNIT}', 'Spring', '${FRAMEWORK_HASH}', 5, false, true,
        true, 'closed', '2026-03-01', now(), '${OTHER}', now());
    insert into round_subject (organisation_id, round_id, person_id, unit_id, form, state, changed_at)
      values ('${ORGANISATION}', '${round}', '${OTHER}', '${UNIT}', '["coding-3a"]', 'rated', now())`)
  return { round }
}

/** Puts the person everywhere. `number` counts from 1 and makes what must be unique so. */
export async function liveEverywhere(
  client: pg.Client,
  round: string,
  number: number,
): Promise<MarkedPerson> {
  const id = randomUUID()
  const mark = `zq${number}x${id.slice(0, 8)}`
  const [o, p, m] = [`'${ORGANISATION}'`, `'${id}'`, mark]
  const [assessment, copy, position, account, sheet, about, migration, unit] = Array.from({ length: 8 }, () =>
    randomUUID(),
  )
  const dated = `'2025-01-01', null, now(), ${p}, null, null`
  const own = 'organisation_id, id'
  const days = 'valid_from, valid_to, recorded_at, recorded_by, corrected_at, corrected_by'
  const [salt, hash] = [hex(mark).slice(0, 32), hex(mark)]
  await client.query(`
    set session_replication_role = replica;
    insert into person (organisation_id, id, name, created_at, external_id) values (${o}, ${p}, 'Name ${m}', now(), 'E-${m}');
    insert into person_word (organisation_id, person_id, word) select ${o}, ${p}, w
      from (select search_words('Name ${m}') as w union select search_words('E-${m}')) words;
    insert into person_contact values (${o}, ${p}, '${m}@example.org', now());
    insert into employment (${own}, person_id, ${days}) values (${o}, gen_random_uuid(), ${p}, ${dated});
    insert into unit_membership (${own}, unit_id, person_id, ${days}) values (${o}, gen_random_uuid(), '${UNIT}', ${p}, ${dated});
    insert into position (${own}) values (${o}, '${position}');
    insert into position_holder (${own}, position_id, person_id, ${days})
      values (${o}, gen_random_uuid(), '${position}', ${p}, ${dated});
    insert into position_record (${own}, position_id, title, unit_id, ${days})
      values (${o}, gen_random_uuid(), '${position}', 'Programmer', '${UNIT}', ${dated});
    insert into position_grade (${own}, position_id, grade, ${days})
      values (${o}, gen_random_uuid(), '${position}', 'P5', ${dated});
    insert into reporting_line (${own}, person_id, manager_id, kind, ${days})
      values (${o}, gen_random_uuid(), ${p}, '${OTHER}', 'line', ${dated});
    insert into unit (${own}, kind) values (${o}, '${unit}', 'team');
    insert into unit_record (${own}, unit_id, name, ${days}) values (${o}, gen_random_uuid(), '${unit}', 'Unit', ${dated});
    insert into role_grant (${own}, person_id, role, granted_at, granted_by)
      values (${o}, gen_random_uuid(), ${p}, 'framework-editor', now(), '${OTHER}');
    insert into delegation (${own}, from_person, to_person, starts, ends, made_at, made_by)
      values (${o}, gen_random_uuid(), ${p}, '${OTHER}', '2026-01-01', '2027-01-01', now(), ${p});
    insert into assessment (${own}, person_id, framework_hash, start_key, mode, self_years, started_at, superseded_by)
      values (${o}, '${assessment}', ${p}, '${FRAMEWORK_HASH}', gen_random_uuid(), 'quick', 7, now(), '${copy}'),
        (${o}, '${copy}', ${p}, '${FRAMEWORK_HASH}', gen_random_uuid(), 'quick', 7, now(), null);
    insert into response (organisation_id, assessment_id, person_id, position, key, kind, item, answer, evidence, given_at)
      values (${o}, '${assessment}', ${p}, 1, gen_random_uuid(), 'answer', 'coding-3a', 'on-my-own', 'https://example.org/${m}', now());
    insert into assessment_share (${own}, assessment_id, person_id, with_person, until, made_at)
      values (${o}, gen_random_uuid(), '${copy}', ${p}, '${OTHER}', '2027-01-01', now()),
        (${o}, gen_random_uuid(), '${OTHER_ASSESSMENT}', '${OTHER}', ${p}, '2027-01-01', now());
    insert into framework_version (organisation_id, hash, framework_id, version, content, ordinal, stored_at, published_by, reason, reason_salt)
      values (${o}, '${hash}', 'marked', '1.${number}.0', '{}', ${number + 1}, now(), ${p}, 'because of ${m}', '${salt}');
    insert into framework_migration (${own}, framework_id, from_hash, to_hash, apply_key, mapping, reason, reason_salt,
        applied_by, applied_at, undone_by, undone_at, undo_reason, undo_reason_salt)
      values (${o}, '${migration}', 'marked', '${FRAMEWORK_HASH}', '${hash}', gen_random_uuid(), '{}', 'moved by ${m}',
        '${salt}', ${p}, now(), ${p}, now(), 'undone by ${m}', '${salt}');
    insert into migration_assessment values (${o}, '${migration}', '${assessment}', '${copy}', 1, 0);
    insert into membership (organisation_id, account_id, person_id, joined_at) values (${o}, '${account}', ${p}, now());
    insert into invitation (${own}, person_id, email, token_hash, made_at, expires_at, used_at)
      values (${o}, gen_random_uuid(), ${p}, '${m}@example.org', '${hash}', now(), now() + interval '1 day', now());
    insert into owner_link (organisation_id, token_hash, person_id, made_at, expires_at)
      values (${o}, '${hash}', ${p}, now(), now() + interval '1 day');
    insert into sign_in."user" ("id", "name", "email", "emailVerified") values ('${account}', 'Name ${m}', '${m}@example.org', true);
    insert into sign_in."session" ("id", "expiresAt", "token", "updatedAt", "ipAddress", "userAgent", "userId")
      values (gen_random_uuid(), now(), 'secret-${m}', now(), '192.0.2.7', 'Browser of ${m}', '${account}');
    insert into sign_in."account" ("id", "accountId", "providerId", "userId", "password", "updatedAt")
      values (gen_random_uuid(), '${account}', 'credential', '${account}', 'secret-${m}', now());
    insert into sign_in."twoFactor" ("id", "secret", "backupCodes", "userId") values (gen_random_uuid(), 'secret-${m}', 'secret-${m}', '${account}');
    insert into sign_in."passkey" ("id", "name", "publicKey", "userId", "credentialID", "counter", "deviceType", "backedUp")
      values (gen_random_uuid(), 'Key of ${m}', 'x', '${account}', 'c-${m}', 0, 'x', false);
    insert into sign_in."apikey" ("id", "configId", "name", "referenceId", "key", "createdAt", "updatedAt")
      values (gen_random_uuid(), 'default', 'Key of ${m}', '${account}', 'secret-${m}', now(), now());
    insert into mail.outbox (organisation_id, person_id, kind, to_address, subject, body, due_at)
      values (${o}, ${p}, 'reminder', '${m}@example.org', 'For ${m}', 'Dear ${m}', now() + interval '1 year');
    insert into round (organisation_id, id, open_key, unit_id, name, framework_hash, minimum_group, manager_named,
        opens_to_manager, opens_to_partner, state, closes_on, opened_at, opened_by, cancelled_at)
      values (${o}, gen_random_uuid(), gen_random_uuid(), '${UNIT}', 'Mine', '${FRAMEWORK_HASH}', 5, false, true, true,
        'cancelled', '2026-03-01', now(), ${p}, now());
    insert into round_subject (organisation_id, round_id, person_id, unit_id, form, state, changed_at)
      values (${o}, '${round}', ${p}, '${UNIT}', '["coding-3a"]', 'rated', now());
    insert into round_rater (${own}, round_id, unit_id, subject_id, rater_id, kind, state, proposed_at, changed_at, submitted_at)
      values (${o}, '${sheet}', '${round}', '${UNIT}', '${OTHER}', ${p}, 'peer', 'submitted', now(), now(), now()),
        (${o}, '${about}', '${round}', '${UNIT}', ${p}, '${OTHER}', 'peer', 'submitted', now(), now(), now());
    insert into rating (organisation_id, sheet_id, rater_id, position, key, item, answer, evidence, given_at)
      values (${o}, '${sheet}', ${p}, 1, gen_random_uuid(), 'coding-3a', 'on-my-own', 'as ${m} saw', now()),
        (${o}, '${about}', '${OTHER}', 1, gen_random_uuid(), 'coding-3a', 'on-my-own', 'what ${m} did', now());
    insert into round_result (organisation_id, round_id, subject_id, competency, cell, kinds, raters, measure, se, leans,
        opens_to_manager, opens_to_partner, published_at)
      values (${o}, '${round}', ${p}, 'coding', 1, array['peer'], 5, 0.7, 0.3, false, true, true, now());
    insert into round_adjustment (organisation_id, round_id, subject_id, kinds, competencies, raters, severity, se)
      values (${o}, '${round}', ${p}, array['peer'], array['coding'], 5, 0.2, 0.1);
    insert into rater_note (organisation_id, round_id, rater_id, severity, se, subjects, noted_at)
      values (${o}, '${round}', ${p}, 0.3, 0.2, 4, now());
    insert into legal_hold (${own}, person_id, reason, reason_salt, placed_at, placed_by, lifted_at, lifted_by)
      values (${o}, gen_random_uuid(), ${p}, 'case of ${m}', '${salt}', now(), '${OTHER}', now(), '${OTHER}');
    insert into retention_rule values (${o}, 'mail', 30, now(), ${p}) on conflict do nothing;
    insert into audit (organisation_id, at, actor_kind, actor_id, action, object_kind, object_id, subject_id, subject_ids, details)
      values (${o}, now(), 'person', '${OTHER}', 'assessment.read', 'assessment', '${copy}', ${p}, null, '{}'),
        (${o}, now(), 'person', ${p}, 'person.move', 'person', '${OTHER}', '${OTHER}', null, '{}'),
        (${o}, now(), 'person', '${OTHER}', 'result.read', 'team', 'x', null, array[${p}, '${OTHER}']::uuid[], '{}')`)
  return { id, mark }
}
