// Every column that holds something about a person: what for, how long, what its person takes away, what erasure does.
import { describe, table, type PersonalTable } from './personal-table.ts'

const DATED = ['valid_from', 'valid_to', 'recorded_at', 'corrected_at'] as const
const BY = ['recorded_by', 'corrected_by'] as const
const KEPT = { rows: 'kept', retention: 'always' } as const
const MY_POSITIONS = { column: 'position_id', table: 'position_holder', key: 'position_id', of: 'person_id' }

/** In the order in which a person reads about themselves. */
export const PERSONAL_DATA: readonly PersonalTable[] = [
  table('person', {
    ...{ of: ['id'], rows: 'kept', retention: 'erased', purpose: 'who', person: ['id'] },
    ...{
      whole: ['name', 'external_id', 'created_at', 'erased_at', 'sample'],
      emptied: ['name', 'external_id'],
    },
  }),
  table('person_contact', {
    ...{ of: ['person_id'], rows: 'deleted', retention: 'erased', purpose: 'reach' },
    ...{ whole: ['email', 'recorded_at'], person: ['person_id'] },
  }),
  table('person_word', {
    ...{ of: ['person_id'], rows: 'follows', retention: 'erased', purpose: 'who' },
    ...{ whole: ['word'], person: ['person_id'] },
  }),
  table('employment', {
    ...{ of: ['person_id', ...BY], ...KEPT, purpose: 'place' },
    ...{ whole: ['id', ...DATED], person: ['person_id', ...BY] },
  }),
  table('unit_membership', {
    ...{ of: ['person_id', ...BY], ...KEPT, purpose: 'place' },
    ...{ whole: ['id', 'unit_id', ...DATED], person: ['person_id', ...BY] },
  }),
  table('position_holder', {
    ...{ of: ['person_id', ...BY], ...KEPT, purpose: 'place' },
    ...{ whole: ['id', 'position_id', ...DATED], person: ['person_id', ...BY] },
  }),
  table('position_record', {
    ...{ of: BY, through: MY_POSITIONS, ...KEPT, purpose: 'place' },
    ...{ whole: ['id', 'position_id', 'title', 'framework_id', 'role', 'variant', 'unit_id', ...DATED] },
    person: BY,
  }),
  table('position_grade', {
    ...{ of: BY, through: MY_POSITIONS, ...KEPT, purpose: 'place' },
    ...{ whole: ['id', 'position_id', 'grade', ...DATED], person: BY },
  }),
  table('reporting_line', {
    ...{ of: ['person_id', 'manager_id', ...BY], ...KEPT, purpose: 'place' },
    ...{ whole: ['id', 'kind', ...DATED], person: ['person_id', 'manager_id', ...BY] },
  }),
  table('unit_record', {
    ...{ of: BY, ...KEPT, purpose: 'trace', whole: ['id', 'unit_id', ...DATED], person: BY },
  }),
  table('role_grant', {
    ...{ of: ['person_id', 'granted_by', 'revoked_by'], ...KEPT, purpose: 'rights' },
    ...{ whole: ['id', 'role', 'unit_id', 'granted_at', 'until', 'revoked_at'] },
    person: ['person_id', 'granted_by', 'revoked_by'],
  }),
  table('delegation', {
    ...{ of: ['from_person', 'to_person', 'made_by', 'revoked_by'], ...KEPT, purpose: 'rights' },
    ...{ whole: ['id', 'starts', 'ends', 'made_at', 'revoked_at'] },
    person: ['from_person', 'to_person', 'made_by', 'revoked_by'],
  }),
  table('assessment', {
    ...{
      of: ['person_id'],
      rows: 'deleted',
      retention: 'assessments',
      purpose: 'measure',
      person: ['person_id'],
    },
    whole: [
      ...([
        'id',
        'framework_hash',
        'start_key',
        'mode',
        'target_role',
        'target_variant',
        'self_role',
      ] as const),
      ...(['self_variant', 'self_years', 'started_at', 'finished_at', 'stop_reason', 'asking_role'] as const),
      ...([
        'asking_variant',
        'asking_competency',
        'answered_before',
        'superseded_by',
        'withdrawn_at',
      ] as const),
    ],
  }),
  table('response', {
    ...{
      of: ['person_id'],
      rows: 'follows',
      retention: 'assessments',
      purpose: 'measure',
      person: ['person_id'],
    },
    whole: [
      ...(['assessment_id', 'position', 'key', 'kind', 'item', 'answer', 'evidence', 'undoes'] as const),
      'carried_from',
      'given_at',
    ],
  }),
  table('migration_assessment', {
    ...{ of: [], rows: 'follows', retention: 'assessments', purpose: 'measure' },
    through: { column: 'from_assessment', table: 'assessment', key: 'id', of: 'person_id' },
    whole: ['migration_id', 'from_assessment', 'to_assessment', 'moved', 'left_behind'],
  }),
  table('assessment_share', {
    ...{ of: ['person_id', 'with_person'], rows: 'deleted', retention: 'assessments', purpose: 'share' },
    ...{
      whole: ['id', 'assessment_id', 'until', 'made_at', 'revoked_at'],
      person: ['person_id', 'with_person'],
    },
  }),
  table('framework_version', {
    ...{ of: ['published_by'], ...KEPT, purpose: 'reason', person: ['published_by'] },
    ...{ whole: ['hash', 'reason', 'reason_salt', 'stored_at'], emptied: ['reason', 'reason_salt'] },
  }),
  table('framework_migration', {
    ...{ of: ['applied_by', 'undone_by'], ...KEPT, purpose: 'reason', person: ['applied_by', 'undone_by'] },
    whole: ['id', 'reason', 'reason_salt', 'applied_at', 'undo_reason', 'undo_reason_salt', 'undone_at'],
    emptied: ['reason', 'reason_salt', 'undo_reason', 'undo_reason_salt'],
    emptiedFor: { undo_reason: 'undone_by', undo_reason_salt: 'undone_by' },
  }),
  table('membership', {
    ...{ of: ['person_id'], ...KEPT, purpose: 'sign-in', person: ['person_id'] },
    whole: ['account_id', 'joined_at', 'ended_at'],
  }),
  table('invitation', {
    ...{ of: ['person_id', 'made_by'], rows: 'deleted', retention: 'invitations', purpose: 'sign-in' },
    ...{ whole: ['id', 'email', 'made_at', 'expires_at', 'used_at', 'withdrawn_at'], secret: ['token_hash'] },
    person: ['person_id', 'made_by'],
  }),
  table('owner_link', {
    ...{ of: ['person_id'], rows: 'deleted', retention: 'invitations', purpose: 'sign-in' },
    ...{ whole: ['made_at', 'expires_at', 'used_at'], secret: ['token_hash'], person: ['person_id'] },
  }),
  describe('sign_in.user', {
    ...{ of: [], rows: 'deleted', retention: 'erased', purpose: 'sign-in' },
    ...{
      whole: ['id', 'name', 'email', 'emailVerified', 'image', 'createdAt', 'updatedAt', 'twoFactorEnabled'],
    },
  }),
  describe('sign_in.session', {
    ...{ of: [], rows: 'follows', retention: 'session', purpose: 'sign-in', secret: ['token'] },
    ...{ whole: ['id', 'expiresAt', 'createdAt', 'updatedAt', 'ipAddress', 'userAgent', 'userId'] },
  }),
  describe('sign_in.account', {
    ...{ of: [], rows: 'follows', retention: 'erased', purpose: 'sign-in' },
    secret: ['accessToken', 'refreshToken', 'idToken', 'password'],
    whole: [
      ...['id', 'accountId', 'providerId', 'userId', 'accessTokenExpiresAt', 'refreshTokenExpiresAt'],
      ...['scope', 'createdAt', 'updatedAt'],
    ],
  }),
  describe('sign_in.twoFactor', {
    ...{
      of: [],
      rows: 'follows',
      retention: 'erased',
      purpose: 'sign-in',
      secret: ['secret', 'backupCodes'],
    },
    whole: ['id', 'userId', 'verified', 'failedVerificationCount', 'lockedUntil'],
  }),
  describe('sign_in.passkey', {
    ...{ of: [], rows: 'follows', retention: 'erased', purpose: 'sign-in' },
    whole: [
      ...['id', 'name', 'publicKey', 'userId', 'credentialID', 'counter', 'deviceType', 'backedUp'],
      ...['transports', 'createdAt', 'aaguid'],
    ],
  }),
  describe('sign_in.apikey', {
    ...{ of: [], rows: 'follows', retention: 'erased', purpose: 'sign-in', secret: ['key'] },
    whole: [
      ...['id', 'configId', 'name', 'start', 'referenceId', 'prefix', 'refillInterval', 'refillAmount'],
      ...[
        'lastRefillAt',
        'enabled',
        'rateLimitEnabled',
        'rateLimitTimeWindow',
        'rateLimitMax',
        'requestCount',
      ],
      ...['remaining', 'lastRequest', 'expiresAt', 'createdAt', 'updatedAt', 'permissions', 'metadata'],
    ],
  }),
  describe('mail.outbox', {
    ...{ of: [], rows: 'deleted', retention: 'mail', purpose: 'mail', person: ['person_id'] },
    whole: [
      ...['id', 'key', 'kind', 'to_address', 'subject', 'body', 'posted_at', 'due_at', 'tries', 'trouble'],
      ...['sent_at', 'given_up_at'],
    ],
  }),
  table('round', {
    ...{ of: ['opened_by'], ...KEPT, purpose: 'trace', whole: ['id', 'opened_at'], person: ['opened_by'] },
    // That somebody opened it stands in their rows of the audit; the round itself is its keepers'.
    exported: { of: [], through: false },
  }),
  table('round_subject', {
    ...{ of: ['person_id'], ...KEPT, purpose: 'rating', person: ['person_id'] },
    whole: ['round_id', 'unit_id', 'role', 'variant', 'form', 'state', 'changed_at'],
  }),
  // A sheet belongs to its rater: whom it is about does not learn from it who rated.
  table('round_rater', {
    ...{ of: ['rater_id', 'subject_id'], ...KEPT, purpose: 'rating', person: ['rater_id', 'subject_id'] },
    whole: [
      'id',
      'round_id',
      'unit_id',
      'kind',
      'state',
      'reason',
      'proposed_at',
      'changed_at',
      'submitted_at',
    ],
    exported: { of: ['rater_id'], through: false },
  }),
  table('rating', {
    ...{ of: ['rater_id'], rows: 'deleted', retention: 'erased', purpose: 'rating', person: ['rater_id'] },
    whole: ['sheet_id', 'position', 'key', 'item', 'answer', 'evidence', 'given_at'],
    through: { column: 'sheet_id', table: 'round_rater', key: 'id', of: 'subject_id' },
    exported: { of: ['rater_id'], through: false },
  }),
  table('round_result', {
    ...{ of: ['subject_id'], ...KEPT, purpose: 'rating', person: ['subject_id'] },
    whole: [
      ...([
        'round_id',
        'competency',
        'cell',
        'kinds',
        'raters',
        'measure',
        'se',
        'leans',
        'disagree',
        'answers',
        'leans_share',
        'answered',
        'misplaced',
        'only_subject',
        'refusal',
      ] as const),
      ...(['opens_to_manager', 'opens_to_partner', 'published_at'] as const),
    ],
  }),
  table('round_adjustment', {
    ...{ of: ['subject_id'], ...KEPT, purpose: 'rating', person: ['subject_id'] },
    whole: ['round_id', 'kinds', 'competencies', 'raters', 'severity', 'se'],
  }),
  table('rater_note', {
    ...{ of: ['rater_id'], ...KEPT, purpose: 'rating', person: ['rater_id'] },
    whole: ['round_id', 'severity', 'se', 'subjects', 'refusal', 'noted_at'],
  }),
  table('legal_hold', {
    ...{ of: ['person_id', 'placed_by', 'lifted_by'], ...KEPT, purpose: 'hold' },
    ...{
      whole: ['id', 'reason', 'reason_salt', 'placed_at', 'lifted_at'],
      emptied: ['reason', 'reason_salt'],
    },
    person: ['person_id', 'placed_by', 'lifted_by'],
  }),
  table('erasure', {
    ...{ of: ['person_id', 'ordered_by'], ...KEPT, purpose: 'hold' },
    exported: { of: ['person_id'], through: false },
    ...{ whole: ['reason', 'ordered_at', 'replay_of', 'done_at'], person: ['person_id', 'ordered_by'] },
  }),
  table('retention_rule', {
    ...{ of: ['set_by'], ...KEPT, purpose: 'trace', whole: ['kind', 'days', 'set_at'], person: ['set_by'] },
  }),
  table('audit', {
    ...{
      of: ['subject_id', 'actor_id'],
      ...KEPT,
      purpose: 'trace',
      person: ['actor_id', 'subject_id', 'subject_ids'],
    },
    whole: [
      ...(['position', 'at', 'actor_kind', 'action', 'object_kind', 'object_id', 'reason'] as const),
      ...(['reason_fingerprint', 'details'] as const),
    ],
  }),
]

/** Columns that say nothing about a person, by table; `organisation_id` stands in every table and is left out. */
export const NOT_PERSONAL: Readonly<Record<string, 'all' | readonly string[]>> = {
  organisation: 'all',
  unit: 'all',
  position: 'all',
  framework: 'all',
  audit_link: 'all',
  // Counters, by the hash of what was tried and by network address and route: no row says whose it was.
  'sign_in.tried': 'all',
  'sign_in.rateLimit': 'all',
  'work.read_count': 'all',
  // Links and challenges of a few minutes, by hashes; at most the opaque id of an account stands in them.
  'sign_in.verification': 'all',
  round: [
    ...[
      'open_key',
      'unit_id',
      'name',
      'framework_hash',
      'minimum_group',
      'se_limit',
      'manager_named',
      'opens_to_manager',
    ],
    ...['opens_to_partner', 'state', 'closes_on', 'started_at', 'closed_at', 'cancelled_at', 'sample'],
  ],
  unit_record: ['name', 'parent_id'],
  framework_version: ['framework_id', 'version', 'content', 'ordinal'],
  framework_migration: ['framework_id', 'from_hash', 'to_hash', 'apply_key', 'mapping'],
  audit: ['xact'],
}
