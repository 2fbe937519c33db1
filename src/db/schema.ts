// The whole data model: every table by its name, here and in tables/, and for every field what it is kept for.
import type { Answer } from '../core/assess/answers.ts'
import type { Migration } from '../core/framework/migrate/migration.ts'
import type { Framework } from '../core/framework/model.ts'
import type { Ending, Mode } from '../core/growth/assessment-goal.ts'
import type {
  AssessmentShareTable,
  DelegationTable,
  InvitationTable,
  MembershipTable,
  RoleGrantTable,
} from './tables/access.ts'
import type { AuditLinkTable, AuditTable } from './tables/audit.ts'
import type { Erasable, Fixed, FixedJson, Moment } from './tables/columns.ts'
import type {
  EmploymentTable,
  OrganisationTable,
  PersonContactTable,
  PersonTable,
  PersonWordTable,
  PositionGradeTable,
  PositionHolderTable,
  PositionRecordTable,
  PositionTable,
  ReportingLineTable,
  UnitMembershipTable,
  UnitRecordTable,
  UnitTable,
} from './tables/people.ts'
import type {
  RaterNoteTable,
  RatingTable,
  RoundRaterTable,
  RoundAdjustmentTable,
  RoundResultTable,
  RoundSubjectTable,
  RoundTable,
} from './tables/rounds.ts'
import type { ErasureTable, LegalHoldTable, RetentionRuleTable } from './tables/privacy.ts'
import type { OwnerLinkTable } from './tables/sign-in.ts'

/** A framework under its own id, whatever its versions. */
export interface FrameworkTable {
  organisation_id: Fixed<string>
  /** The id that the document carries, such as coder-to-cto. */
  id: Fixed<string>
  /** True where it came with Rungs: its new versions are stored at the start of the server. */
  built_in: boolean
  created_at: Fixed<Date>
}

/** One version of a framework's content, never changed and never deleted while an assessment is pinned to it. */
export interface FrameworkVersionTable {
  organisation_id: Fixed<string>
  /** SHA-256 of the canonical content in hex: what assessments are pinned to, and what proves it unchanged. */
  hash: Fixed<string>
  framework_id: Fixed<string>
  /** The version that the document calls itself; two contents may carry the same one while it is being written. */
  version: Fixed<string>
  /** The normalised framework model. */
  content: FixedJson<Framework>
  /** Counts up in a framework: the highest is the newest. */
  ordinal: Fixed<number>
  stored_at: Fixed<Date>
  /** Who published it; null where it came with Rungs. */
  published_by: Fixed<string | null>
  /** Why it was published, in the person's words; null where it came with Rungs and where the words were erased. */
  reason: Erasable
  /** 16 random bytes in hex: the audit's fingerprint is of them and the words. Erased with the words. */
  reason_salt: Erasable
}

/** A reviewed mapping from one version to another that was applied; it stays when it is undone. */
export interface FrameworkMigrationTable {
  organisation_id: Fixed<string>
  id: Fixed<string>
  framework_id: Fixed<string>
  /** The version that assessments were moved from. */
  from_hash: Fixed<string>
  /** The version that they were moved to. */
  to_hash: Fixed<string>
  /** The random id of the wish to apply it: the same wish sent twice applies it once. */
  apply_key: Fixed<string>
  /** What becomes of each competency, behaviour and role. */
  mapping: FixedJson<Migration>
  /** Why, in the words of the person who applied it; null where they were erased. */
  reason: Erasable
  /** 16 random bytes in hex, as with versions. */
  reason_salt: Erasable
  applied_by: Fixed<string>
  applied_at: Fixed<Date>
  /** Who undid it; null while it holds. */
  undone_by: string | null
  undone_at: Moment | null
  /** Why it was undone; null while it holds, and where the words were erased. */
  undo_reason: string | null
  undo_reason_salt: string | null
}

/** One assessment that a migration moved, and the copy that it made of it. */
export interface MigrationAssessmentTable {
  organisation_id: Fixed<string>
  migration_id: Fixed<string>
  /** The old one, kept as it was. */
  from_assessment: Fixed<string>
  /** The copy, pinned to the new version. */
  to_assessment: Fixed<string>
  /** Answers that the copy was made with: more steps than that were given in it later. */
  moved: Fixed<number>
  /** Answers that stay with the old one. */
  left_behind: Fixed<number>
}

/** One self-assessment of one person against one framework version. */
export interface AssessmentTable {
  organisation_id: Fixed<string>
  id: Fixed<string>
  /** Whose assessment it is: the one who answers and the one who is measured. */
  person_id: Fixed<string>
  /** The framework version it is pinned to. */
  framework_hash: Fixed<string>
  /** The random id of the wish to start it: the same wish sent twice makes one assessment. */
  start_key: Fixed<string>
  /** How items are chosen; changes only when a finished assessment is gone on with. */
  mode: Mode
  /** The role whose bar is asked about in mode target, and the one that the result opens with. */
  target_role: string | null
  target_variant: string | null
  /** Today's role as the person says: where paths start. Never enters the measure. */
  self_role: string | null
  self_variant: string | null
  /** Years since entry into the profession as the person says: only for the time range of paths. */
  self_years: number | null
  started_at: Fixed<Date>
  /** Null while it is running. */
  finished_at: Moment | null
  /** Why the questions ended; null while it is running. */
  stop_reason: Ending | null
  /** What it was gone on with beside its mode: a role's bar or one competency, at most one of them. */
  asking_role: string | null
  asking_variant: string | null
  asking_competency: string | null
  /** Answers that held when it was gone on with: its limit counts from there. Null where it never was. */
  answered_before: number | null
  /** The copy that stands in its place after a migration: readable, but not answered any more. Null where there is none. */
  superseded_by: string | null
  /** For a copy: when the migration that made it was undone. Kept to be read; null for all others. */
  withdrawn_at: Moment | null
}

export type ResponseKind = 'answer' | 'undo' | 'evidence'

/**
 * Everything a person did in an assessment, in order; rows are only added. Today's answers are what remains after
 * going through them: so undo gives back the answer before, and a lost acknowledgement can be asked for again.
 */
export interface ResponseTable {
  organisation_id: Fixed<string>
  assessment_id: Fixed<string>
  /** Whose assessment it is, as the assessment itself says: who may read the row hangs on it. */
  person_id: Fixed<string>
  /** 1, 2, 3 … in an assessment. */
  position: Fixed<number>
  /** The random id of the intended write: the same one sent twice is stored once. */
  key: Fixed<string>
  kind: Fixed<ResponseKind>
  /** The behaviour that it is about. */
  item: Fixed<string>
  /** The answer given; null for undo and evidence. */
  answer: Fixed<Answer | null>
  /** A link to real work that goes with the answer; null where there is none or where it was taken away. */
  evidence: Fixed<string | null>
  /** For undo: the position of the answer that it takes back. */
  undoes: Fixed<number | null>
  /** For an answer that was taken over from an earlier assessment: that assessment. Null where it was given here. */
  carried_from: Fixed<string | null>
  /** When the person gave it, also where it was taken over. */
  given_at: Fixed<Date>
}

/** Every table by its name. */
export interface Tables {
  organisation: OrganisationTable
  person: PersonTable
  person_contact: PersonContactTable
  person_word: PersonWordTable
  employment: EmploymentTable
  unit: UnitTable
  unit_record: UnitRecordTable
  unit_membership: UnitMembershipTable
  position: PositionTable
  position_record: PositionRecordTable
  position_grade: PositionGradeTable
  position_holder: PositionHolderTable
  reporting_line: ReportingLineTable
  role_grant: RoleGrantTable
  delegation: DelegationTable
  membership: MembershipTable
  invitation: InvitationTable
  owner_link: OwnerLinkTable
  framework: FrameworkTable
  framework_version: FrameworkVersionTable
  framework_migration: FrameworkMigrationTable
  migration_assessment: MigrationAssessmentTable
  assessment: AssessmentTable
  response: ResponseTable
  assessment_share: AssessmentShareTable
  round: RoundTable
  round_subject: RoundSubjectTable
  round_rater: RoundRaterTable
  rating: RatingTable
  round_result: RoundResultTable
  round_adjustment: RoundAdjustmentTable
  rater_note: RaterNoteTable
  audit: AuditTable
  audit_link: AuditLinkTable
  legal_hold: LegalHoldTable
  erasure: ErasureTable
  retention_rule: RetentionRuleTable
}
