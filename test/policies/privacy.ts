// Who orders erasures and holds, sets how long things are kept, and what the job may erase: written from the rules.
import {
  ALL_A,
  ALL_B,
  DEPARTMENT,
  insert,
  JOBS_A,
  KEEPERS,
  of,
  ofA,
  ofB,
  read,
  remove,
  update,
  type Probe,
} from './attempts.ts'
import { CLOSING_SHEET } from './world-rounds.ts'
import * as p from './world-privacy.ts'
import * as w from './world.ts'

const { NOW, person } = w
const GONE = ofA(`person_id = '${p.GONE}'`)
const one = (id: string) => ofA(`id = '${id}'`)
/** Without a condition no row has to be read first, so that what is not seen could be deleted. */
const removeAll = (table: Probe['table'], by: readonly string[]): Probe => ({
  ...{ table, verb: 'delete', by, sql: `delete from ${table}` },
})
const SPEECHLESS = 'reason = null, reason_salt = null'

const holding = (whom: w.Name, by: w.Name, rest = {}) => ({
  ...{ id: w.idOf(5401), person_id: person(whom), reason: 'case', reason_salt: 'a'.repeat(32) },
  ...{ placed_at: NOW, placed_by: person(by), ...rest },
})
const lifts = (by: w.Name) => `lifted_at = '${NOW}', lifted_by = '${person(by)}'`

const HOLDS: readonly Probe[] = [
  // Whoever is held may know it, and who keeps or audits them.
  read('legal_hold', one(p.HOLD), [...KEEPERS, 'auditor', 'stranger', ...JOBS_A]),
  read('legal_hold', one(p.GONE_HOLD), [...DEPARTMENT, 'auditor', ...JOBS_A]),
  read('legal_hold', ofB(), ['bowner', 'bpartner', 'bworker', 'jobInB']),
  insert('legal_hold', holding('peer', 'owner'), ['owner']),
  insert('legal_hold', holding('peer', 'partner'), ['partner']),
  insert('legal_hold', holding('leaver', 'partner'), ['partner']),
  insert('legal_hold', holding('stranger', 'partner'), []),
  insert('legal_hold', holding('peer', 'boss'), []),
  insert('legal_hold', holding('peer', 'owner', { lifted_at: NOW, lifted_by: person('owner') }), []),
  insert('legal_hold', { ...holding('bworker', 'bowner'), organisation_id: w.B }, ['bowner']),
  update('legal_hold', lifts('owner'), one(p.HOLD), ['owner'], ['whole']),
  update('legal_hold', lifts('boss'), one(p.HOLD), [], KEEPERS),
  update('legal_hold', SPEECHLESS, one(p.GONE_HOLD), JOBS_A),
  update('legal_hold', SPEECHLESS, one(p.HOLD), []),
]

const ordering = (whom: w.Name, by: w.Name | null, rest = {}) => ({
  ...{ person_id: person(whom), reason: 'asked', ordered_at: NOW },
  ...{ ordered_by: by === null ? null : person(by), ...rest },
})

const ERASURES: readonly Probe[] = [
  read('erasure', GONE, [...DEPARTMENT, 'auditor', ...JOBS_A]),
  read('erasure', of('person_id', 'stranger'), [...KEEPERS, 'auditor', 'stranger', ...JOBS_A]),
  read('erasure', ofB(), ['bowner', 'bpartner', 'bworker', 'jobInB']),
  insert('erasure', ordering('peer', 'owner'), ['owner']),
  insert('erasure', ordering('peer', 'partner'), ['partner']),
  insert('erasure', ordering('leaver', 'partner'), ['partner']),
  insert('erasure', ordering('peer', 'boss'), []),
  insert('erasure', ordering('peer', 'owner', { done_at: NOW }), []),
  insert('erasure', ordering('peer', 'owner', { replay_of: '2026-01-01' }), []),
  insert('erasure', { ...ordering('bpartner', 'bowner'), organisation_id: w.B }, ['bowner']),
  // Rungs itself orders one of somebody who left long ago, and one that a restore undid; no other.
  insert('erasure', ordering('leaver', null), JOBS_A),
  insert('erasure', ordering('peer', null), []),
  insert('erasure', ordering('leaver', 'owner', { reason: 'retention' }), ['owner']),
  insert('erasure', ordering('peer', null, { replay_of: '2026-01-01' }), JOBS_A),
  insert('erasure', ordering('peer', null, { replay_of: '2027-01-01' }), []),
  insert('erasure', ordering('peer', null, { replay_of: '2026-01-01', done_at: NOW }), []),
  insert('erasure', { ...ordering('bpartner', null, { replay_of: '2026-01-01' }), organisation_id: w.B }, [
    'jobInB',
  ]),
  update('erasure', `done_at = '${NOW}'`, GONE, JOBS_A),
  update('erasure', "done_at = '2026-06-14'", GONE, [], JOBS_A),
  update('erasure', `done_at = '${NOW}'`, of('person_id', 'stranger'), []),
  update('erasure', `done_at = '${NOW}'`, ofB(), []),
]

const ruling = (by: w.Name, kind = 'mail') => ({ kind, days: 90, set_at: NOW, set_by: person(by) })
const sets = (by: w.Name) => `days = 90, set_by = '${person(by)}'`
const RULE = ofA("kind = 'assessments'")

const RETENTION: readonly Probe[] = [
  read('retention_rule', RULE, ALL_A),
  read('retention_rule', ofB(), ALL_B),
  insert('retention_rule', ruling('owner'), ['owner']),
  insert('retention_rule', ruling('whole'), []),
  insert('retention_rule', { ...ruling('bowner'), organisation_id: w.B }, ['bowner']),
  update('retention_rule', sets('owner'), RULE, ['owner']),
  update('retention_rule', sets('whole'), RULE, [], ['owner']),
  remove('retention_rule', RULE, ['owner']),
  remove('retention_rule', ofB("kind = 'assessments'"), ['bowner']),
]

/** What the job does to whoever is being erased; with the same of somebody who is not. */
const ERASED: readonly Probe[] = [
  update('person', 'name = null, external_id = null', one(p.GONE), [...DEPARTMENT, ...JOBS_A]),
  update('person', `erased_at = '${NOW}'`, one(p.GONE), JOBS_A),
  update('person', `erased_at = '${NOW}'`, of('id', 'stranger'), []),
  remove('person_contact', GONE, [...DEPARTMENT, ...JOBS_A]),
  remove('person_contact', of('person_id', 'peer'), DEPARTMENT),
  remove('invitation', one(p.GONE_INVITATION), JOBS_A),
  remove('invitation', one(w.INVITATION), []),
  remove('owner_link', ofA(`token_hash = '${p.GONE_LINK}'`), JOBS_A),
  remove('owner_link', ofB(), []),
  update('membership', "ended_at = '2026-06-16'", ofA("account_id = 'account-gone'"), ['owner', ...JOBS_A]),
  update('role_grant', `revoked_at = '${NOW}'`, one(p.GONE_GRANT), JOBS_A, ['owner']),
  update('role_grant', `revoked_at = '${NOW}'`, one(w.GRANT), [], ['owner']),
  update('delegation', `revoked_at = '${NOW}', revoked_by = '${p.GONE}'`, one(p.GONE_DELEGATION), JOBS_A, [
    'owner',
  ]),
  update('framework_version', SPEECHLESS, ofA(`hash = '${p.GONE_VERSION}'`), JOBS_A),
  update('framework_version', SPEECHLESS, ofA(`hash = '${w.HASH}'`), []),
  update('framework_migration', 'reason = null, reason_salt = null', one(p.GONE_MIGRATION), JOBS_A),
  update('framework_migration', 'reason = null', one(w.MIGRATION), [], ['jobOfEditor']),

  read('assessment', one(p.GONE_ASSESSMENT), JOBS_A),
  remove('assessment', one(p.GONE_ASSESSMENT), JOBS_A),
  // What is kept too long goes by itself, but not where it is held: then nobody deletes it, its person neither.
  remove('assessment', one(p.OLD_ASSESSMENT), ['auditor', ...JOBS_A]),
  remove('assessment', one(p.HELD_ASSESSMENT), []),
  read('assessment', one(p.HELD_ASSESSMENT), ['stranger', ...JOBS_A]),
  remove('invitation', one(p.OLD_INVITATION), JOBS_A),
  read('assessment_share', one(p.GONE_SHARE), ['worker', ...JOBS_A]),
  remove('assessment_share', one(p.GONE_SHARE), JOBS_A),
  removeAll('assessment_share', JOBS_A),
  read('rating', ofA(`sheet_id = '${p.GONE_SHEET}'`), JOBS_A),
  remove('rating', ofA(`sheet_id = '${p.GONE_SHEET}'`), JOBS_A),
  remove('rating', ofA(`sheet_id = '${CLOSING_SHEET}'`), []),
  removeAll('rating', JOBS_A),
]

const TOLD: readonly Probe[] = [
  read('audit', ofA("object_id = 'by-delegate'"), ['delegate', 'owner', 'auditor', ...JOBS_A]),
  // Who rated somebody is not told to them, whatever rights they have.
  read('audit', ofA("object_id = 'by-rater'"), ['peer', 'owner', 'auditor', ...JOBS_A]),
]

export const PRIVACY: readonly Probe[] = [...HOLDS, ...ERASURES, ...RETENTION, ...ERASED, ...TOLD]
