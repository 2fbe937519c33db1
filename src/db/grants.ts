// What each role may do with each table, verb by verb; whatever is not listed here is refused.
import type { Tables } from './schema.ts'

/** The roles that requests, scheduled work and sign-in connect as; each owns nothing. */
export const ROLES = ['rungs_request', 'rungs_job', 'rungs_sign_in'] as const
export type DatabaseRole = (typeof ROLES)[number]

/** `update(a, b)` is about these columns alone; a row lock needs the update of one column. */
type Verb = 'select' | 'insert' | 'update' | 'delete' | `${'select' | 'update'}(${string})`
type Grants = { readonly [table in keyof Tables]?: readonly Verb[] }

const READ = ['select'] as const
/** Rows that hold for some days are added, ended and marked as corrected; nothing else of them changes. */
const DATED = ['select', 'insert', 'update(valid_to, corrected_at, corrected_by)'] as const
/** Of the sample organisation alone, as its policies say, rows may go again. */
const PLACE = [...DATED, 'delete'] as const

/** For scheduled work: whom it works for, who works there, and whether the person that it acts for may; not the chart. */
const WORKED_FOR: Grants = {
  organisation: READ,
  person: READ,
  person_contact: READ,
  employment: READ,
  role_grant: READ,
}

/** What the job that erases people changes or deletes of them; policies say of whom. */
const ERASED: Grants = {
  person: ['select', 'update(name, external_id, erased_at)'],
  person_contact: ['select', 'delete'],
  role_grant: ['select', 'update(revoked_at, revoked_by)'],
  delegation: ['select', 'update(revoked_at, revoked_by)'],
  membership: ['select', 'update(ended_at)'],
  invitation: ['select', 'delete'],
  owner_link: ['select', 'delete'],
  assessment_share: ['select', 'delete'],
  legal_hold: ['select', 'update(reason, reason_salt)'],
  erasure: ['select', 'insert', 'update(done_at)'],
  retention_rule: READ,
}

/** Tables of schema public by role. */
export const GRANTS: { readonly [role in DatabaseRole]: Grants } = {
  rungs_request: {
    organisation: ['select', 'update(name, time_zone, minimum_group)'],
    person: ['select', 'insert', 'update(name, external_id)', 'delete'],
    person_contact: ['select', 'insert', 'update(email, recorded_at)', 'delete'],
    person_word: READ,
    employment: PLACE,
    unit: ['select', 'insert', 'update(external_id)', 'delete'],
    unit_record: PLACE,
    unit_membership: PLACE,
    position: ['select', 'insert', 'update(external_id)', 'delete'],
    position_record: PLACE,
    position_grade: PLACE,
    position_holder: PLACE,
    reporting_line: PLACE,
    role_grant: ['select', 'insert', 'update(revoked_at, revoked_by)'],
    delegation: ['select', 'insert', 'update(revoked_at, revoked_by)'],
    membership: ['select', 'update(ended_at)'],
    invitation: ['select', 'insert', 'update(withdrawn_at)'],
    framework: ['select', 'insert', 'update(built_in)'],
    framework_version: ['select', 'insert'],
    framework_migration: READ,
    migration_assessment: READ,
    assessment: [
      ...(['select', 'insert', 'delete'] as const),
      'update(mode, finished_at, stop_reason, asking_role, asking_variant, asking_competency, answered_before)',
    ],
    response: ['select', 'insert'],
    assessment_share: ['select', 'insert', 'update(revoked_at)'],
    round: ['select', 'insert', 'update(state, closes_on, started_at, cancelled_at)'],
    round_subject: ['select', 'insert', 'update(state, changed_at)'],
    round_rater: ['select', 'insert', 'update(state, reason, changed_at, submitted_at)'],
    rating: ['select', 'insert'],
    round_result: READ,
    round_adjustment: READ,
    rater_note: READ,
    audit: ['select', 'insert'],
    audit_link: READ,
    owner_link: ['select(organisation_id, person_id, made_at, expires_at, used_at)'],
    legal_hold: ['select', 'insert', 'update(lifted_at, lifted_by)'],
    erasure: ['select', 'insert'],
    retention_rule: ['select', 'insert', 'update(days, set_at, set_by)', 'delete'],
  },
  rungs_job: {
    ...WORKED_FOR,
    ...ERASED,
    framework: ['select', 'insert', 'update(built_in)'],
    framework_version: ['select', 'insert', 'update(reason, reason_salt)'],
    framework_migration: [
      ...(['select', 'insert'] as const),
      'update(undone_by, undone_at, undo_reason, undo_reason_salt, reason, reason_salt)',
    ],
    migration_assessment: ['select', 'insert'],
    assessment: ['select', 'insert', 'update(superseded_by, withdrawn_at)', 'delete'],
    response: ['select', 'insert'],
    round: ['select', 'update(state, closed_at)'],
    round_subject: ['select', 'update(state, changed_at)'],
    round_rater: ['select', 'update(state, changed_at)'],
    rating: ['select', 'delete'],
    round_result: ['select', 'insert'],
    round_adjustment: ['insert'],
    rater_note: ['insert'],
    audit: ['select', 'insert'],
    audit_link: ['select', 'insert'],
  },
  // At sign-in the organisation is not known yet; a link in hand opens its one person's place.
  rungs_sign_in: {
    membership: ['select', 'insert', 'update(joined_at, ended_at)'],
    invitation: ['select', 'update(used_at)'],
    owner_link: ['select', 'update(used_at)'],
    organisation: ['select(id, name)'],
    person: ['select(organisation_id, id, name, erased_at)', 'update(name)'],
    audit: ['insert'],
  },
}

/** Whole schemas: the tables of accounts hold no organisation and are sign-in's alone. */
export const SCHEMA_GRANTS: readonly { schema: string; role: DatabaseRole; verbs: readonly Verb[] }[] = [
  { schema: 'sign_in', role: 'rungs_sign_in', verbs: ['select', 'insert', 'update', 'delete'] },
  // Everybody posts; scheduled work sends.
  { schema: 'mail', role: 'rungs_request', verbs: ['insert'] },
  { schema: 'mail', role: 'rungs_sign_in', verbs: ['insert'] },
  { schema: 'mail', role: 'rungs_job', verbs: ['select', 'insert', 'update', 'delete'] },
  { schema: 'work', role: 'rungs_job', verbs: ['select', 'insert', 'update'] },
]
