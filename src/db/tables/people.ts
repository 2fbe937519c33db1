// The tables of people and their places: who works here, in which unit and position, for whom, and since when.
import type { Dated, Defaulted, Fixed, Later, Marked } from './columns.ts'

/**
 * A company, or the one person who runs Rungs for themselves. Every other table starts with its id, and every key
 * contains it, so that rows can be secured and distributed by organisation.
 */
export interface OrganisationTable {
  /** Names the organisation in every other table. */
  id: Fixed<string>
  /** What mails and screens call it; null until its owner names it. */
  name: string | null
  /** When it was made here. */
  created_at: Fixed<Date>
  /** The IANA name of the zone in which its days begin, such as Europe/Berlin: decides which day today is. */
  time_zone: Defaulted<string>
  /** The smallest group of raters whose answers are shown together; 5 or more. */
  minimum_group: Defaulted<number>
}

/** Somebody with a standing of their own. */
export interface PersonTable {
  organisation_id: Fixed<string>
  /** Names the person without saying who they are: the only id that audit rows hold. */
  id: Fixed<string>
  /** What screens and exports call the person; null in local single-user mode. Former names are not kept. */
  name: string | null
  /** When the person was entered. */
  created_at: Fixed<Date>
  /** The id in the company's own list of people, by which an import finds them again. */
  external_id: Later<string>
  /** When the person was erased: the row stays for what refers to it, without anything that says who it was. */
  erased_at: Later<Date>
  /** True for an invented person of the sample organisation, who is removed with it. */
  sample: Marked
}

/** How to write to a person. Apart from the person, because colleagues see the name and not the address. */
export interface PersonContactTable {
  organisation_id: Fixed<string>
  person_id: Fixed<string>
  /** For invitations and reminders; one address belongs to one person of an organisation. */
  email: string
  recorded_at: Date
}

/** By what a person is found: written by the database itself with the name and the external id, and gone with them. */
export interface PersonWordTable {
  organisation_id: Fixed<string>
  person_id: Fixed<string>
  /** A word of the name or the external id, or a part of one that may be typed first: small letters, no accents. */
  word: Fixed<string>
}

/** That somebody works here: whoever is employed today is a member. */
export interface EmploymentTable extends Dated {
  person_id: Fixed<string>
}

/** A part of the organisation, whatever it is called and wherever it hangs at the time. */
export interface UnitTable {
  organisation_id: Fixed<string>
  id: Fixed<string>
  kind: Fixed<'department' | 'team' | 'product-line'>
  /** The id in the company's own lists, by which an import finds it again. */
  external_id: Later<string>
  /** True for a unit of the sample organisation, which is removed with it. */
  sample: Marked
}

/** What a unit is called and which unit it is part of. */
export interface UnitRecordTable extends Dated {
  unit_id: Fixed<string>
  name: Fixed<string>
  /** The unit above; null for one at the top. Whoever is responsible above is responsible here. */
  parent_id: Fixed<string | null>
}

/** That a person belongs to a unit; a person may belong to several, as to a team and a product line. */
export interface UnitMembershipTable extends Dated {
  unit_id: Fixed<string>
  person_id: Fixed<string>
}

/** A place in the organisation that one person after another may hold, or nobody. */
export interface PositionTable {
  organisation_id: Fixed<string>
  id: Fixed<string>
  /** The id in the company's own lists, by which an import finds it again. */
  external_id: Later<string>
  /** True for a position of the sample organisation, which is removed with it. */
  sample: Marked
}

/** What a position is: the role whose bar counts for its holder, and where it belongs. */
export interface PositionRecordTable extends Dated {
  position_id: Fixed<string>
  /** What it is called here. */
  title: Fixed<string>
  /** The framework that the role is of; null where no role was assigned. */
  framework_id: Fixed<string | null>
  role: Fixed<string | null>
  variant: Fixed<string | null>
  /** The unit that it is a position of; null where it belongs to none. */
  unit_id: Fixed<string | null>
}

/** The grade of a position. Apart from the rest, because colleagues do not see it. */
export interface PositionGradeTable extends Dated {
  position_id: Fixed<string>
  /** As the organisation's framework or its company calls it, such as P6. */
  grade: Fixed<string>
}

/** That a person holds a position. */
export interface PositionHolderTable extends Dated {
  position_id: Fixed<string>
  person_id: Fixed<string>
}

/** Whom a person reports to: one line manager at a time, who has a manager's rights, and any number of dotted lines. */
export interface ReportingLineTable extends Dated {
  person_id: Fixed<string>
  manager_id: Fixed<string>
  kind: Fixed<'line' | 'dotted'>
}
