// Somebody who is being erased, somebody whose data are held, and what is kept too long, in the small world.
import { RUNNING } from './world-rounds.ts'
import { A, ASSESSMENT, B, HASH, idOf, inB, NOW, person, TEAM, type Row } from './world.ts'

/** Ordered to be erased, and a row of theirs in every table that the job changes; the second organisation has nobody. */
export const GONE = idOf(401)
export const GONE_ASSESSMENT = idOf(411)
export const GONE_SHARE = idOf(412)
export const GONE_INVITATION = idOf(413)
export const GONE_GRANT = idOf(414)
export const GONE_DELEGATION = idOf(415)
export const GONE_MIGRATION = idOf(416)
export const GONE_HOLD = idOf(417)
export const GONE_SHEET = idOf(418)
export const GONE_VERSION = '4'.repeat(64)
export const GONE_LINK = '4'.repeat(63).concat('0')
/** The stranger's data are held, though somebody had ordered their erasure before. */
export const HOLD = idOf(421)
export const HELD_ASSESSMENT = idOf(422)
/** Older than the organisation keeps them; nobody holds these. */
export const OLD_ASSESSMENT = idOf(431)
export const OLD_INVITATION = idOf(432)

const SALT = 'a'.repeat(32)
const inviting = (id: string, person_id: string, digit: string, expires_at: string): [string, Row] => [
  'invitation',
  {
    ...{ id, person_id, email: 'x@example.org', token_hash: digit.repeat(63).concat('1'), expires_at },
    ...{ made_at: '2024-01-01', made_by: person('whole') },
  },
]
const asked = (id: string, person_id: string, started_at: string): [string, Row] => [
  'assessment',
  { id, person_id, framework_hash: HASH, start_key: id, mode: 'adaptive', started_at },
]
const held = (id: string, person_id: string, rest: Row): [string, Row] => [
  'legal_hold',
  { id, person_id, reason: 'case', reason_salt: SALT, placed_at: NOW, ...rest },
]
const rules = (set_by: string): [string, Row][] => [
  ['retention_rule', { kind: 'assessments', days: 365, set_at: NOW, set_by }],
  ['retention_rule', { kind: 'invitations', days: 30, set_at: NOW, set_by }],
  ['retention_rule', { kind: 'leavers', days: 365, set_at: NOW, set_by }],
]

const ROWS: [string, Row][] = [
  ...rules(person('owner')),
  ['person', { id: GONE, name: 'Gone', created_at: NOW }],
  ['person_contact', { person_id: GONE, email: 'gone@example.org', recorded_at: NOW }],
  ['employment', { id: idOf(402), person_id: GONE, valid_from: '2025-01-01', recorded_at: NOW }],
  [
    'unit_membership',
    { id: idOf(403), unit_id: TEAM, person_id: GONE, valid_from: '2025-01-01', recorded_at: NOW },
  ],
  ['membership', { account_id: 'account-gone', person_id: GONE, joined_at: '2025-01-01' }],
  ['role_grant', { id: GONE_GRANT, person_id: GONE, role: 'auditor', granted_at: NOW }],
  [
    'delegation',
    {
      ...{ id: GONE_DELEGATION, from_person: GONE, to_person: person('stranger'), made_by: person('owner') },
      ...{ starts: '2026-06-01', ends: '2026-07-01', made_at: NOW },
    },
  ],
  inviting(GONE_INVITATION, GONE, 'd', '2026-07-01'),
  ['owner_link', { person_id: GONE, token_hash: GONE_LINK, made_at: NOW, expires_at: '2026-06-17' }],
  [
    'framework_version',
    {
      ...{ framework_id: 'small', content: '{}', stored_at: NOW, hash: GONE_VERSION, version: '4.0.0' },
      ...{ ordinal: 4, published_by: GONE, reason: 'why', reason_salt: SALT },
    },
  ],
  [
    'framework_migration',
    {
      ...{ id: GONE_MIGRATION, framework_id: 'small', from_hash: HASH, to_hash: GONE_VERSION },
      ...{ apply_key: GONE_MIGRATION, mapping: '{}', applied_by: GONE, applied_at: NOW },
      ...{ reason: 'why', reason_salt: SALT },
    },
  ],
  asked(GONE_ASSESSMENT, GONE, NOW),
  [
    'assessment_share',
    {
      ...{ id: GONE_SHARE, assessment_id: ASSESSMENT, person_id: person('worker'), with_person: GONE },
      ...{ until: '2026-07-01', made_at: NOW },
    },
  ],
  held(GONE_HOLD, GONE, { placed_by: person('owner'), lifted_at: NOW, lifted_by: person('owner') }),
  ['erasure', { person_id: GONE, reason: 'asked', ordered_at: NOW, ordered_by: person('owner') }],

  [
    'erasure',
    { person_id: person('stranger'), reason: 'asked', ordered_at: NOW, ordered_by: person('owner') },
  ],
  held(HOLD, person('stranger'), { placed_by: person('whole') }),
  asked(HELD_ASSESSMENT, person('stranger'), '2024-01-01'),

  asked(OLD_ASSESSMENT, person('auditor'), '2024-01-01'),
  inviting(OLD_INVITATION, person('stranger'), 'e', '2024-06-01'),

  [
    'audit',
    {
      ...{ at: NOW, actor_kind: 'person', actor_id: person('delegate'), action: 'organisation.read' },
      ...{ object_kind: 'organisation', object_id: 'by-delegate', details: '{}' },
    },
  ],
  [
    'audit',
    {
      ...{ at: NOW, actor_kind: 'person', actor_id: person('peer'), action: 'rating.submit' },
      ...{ object_kind: 'sheet', object_id: 'by-rater', subject_id: person('worker'), details: '{}' },
    },
  ],
]

/** Rows of the first organisation, or of the second: rules, and somebody who is held and was erased. */
export function privacyRowsOf(organisation: string): [string, Row][] {
  if (organisation === A) return ROWS
  return [
    ...rules(person('bowner')),
    held(inB(HOLD), person('bworker'), { placed_by: person('bowner') }),
    [
      'erasure',
      {
        ...{ person_id: person('bworker'), reason: 'asked', ordered_at: NOW, ordered_by: person('bowner') },
        done_at: NOW,
      },
    ],
  ]
}

/** What somebody who is being erased said in a round that runs; written while triggers are off, after the rounds. */
export function goneSaidIn(organisation: string): [string, Row][] {
  if (organisation === B) return []
  const sheet = { id: GONE_SHEET, round_id: RUNNING, unit_id: TEAM, subject_id: person('worker') }
  return [
    [
      'round_rater',
      { ...sheet, rater_id: GONE, kind: 'peer', state: 'open', proposed_at: NOW, changed_at: NOW },
    ],
    [
      'rating',
      {
        ...{ sheet_id: GONE_SHEET, rater_id: GONE, position: 1, key: GONE_SHEET, item: 'x' },
        ...{ answer: 'not-yet', given_at: NOW },
      },
    ],
  ]
}
