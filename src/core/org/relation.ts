// How one person stands to another on a day: the value that policies judge by.
import type { Day } from './day.ts'
import { holdsOn, type Period } from './dated.ts'

/** What somebody is to another person on one day. Several may hold at once; all false is a stranger. */
export interface Relation {
  readonly self: boolean
  /** The other person reports to them directly on the day. */
  readonly directManager: boolean
  /** The other person is further down their line: they manage the manager, or that one's manager. */
  readonly skipLevel: boolean
  /** The direct manager has handed their rights to them for a time that includes the day. */
  readonly delegate: boolean
  /** Both report to the same person. */
  readonly peer: boolean
  /** They report directly to the other person. */
  readonly report: boolean
  /** They are people partner of a unit that the other person belongs to, or of one above it: a grant needs no employment. */
  readonly partner: boolean
  /** They managed the other person once, and do so no more. */
  readonly exManager: boolean
}

export const STRANGER: Relation = {
  self: false,
  directManager: false,
  skipLevel: false,
  delegate: false,
  peer: false,
  report: false,
  partner: false,
  exManager: false,
}

/** A line to a manager over a time. Only uncorrected ones may be given. */
export interface ManagedPeriod extends Period {
  readonly person: string
  readonly manager: string
}

/** What must be known of two people to tell how they stand to each other. */
export interface RelationFacts {
  /** The line managers of both people, past ones too, and those of the managers above the other person. */
  readonly lines: readonly ManagedPeriod[]
  /** Delegations to the acting person; `to` is the first day on which it does not hold. */
  readonly delegations: readonly (Period & { readonly from_person: string; readonly to_person: string })[]
  /** The units that the other person belongs to on the day. */
  readonly units: readonly string[]
  /** Each unit's unit above on the day; null at the top. */
  readonly unitAbove: ReadonlyMap<string, string | null>
  /** The units of which the acting person is people partner on the day; `all` for the whole organisation. */
  readonly partnerOf: 'all' | readonly string[]
  /** Whether a person is employed on the day; somebody who has left manages nobody. */
  readonly employed: (person: string) => boolean
}

/** What `actor` is to `other` on `day`. A person is only `self` to themselves. */
export function relationOf(actor: string, other: string, day: Day, facts: RelationFacts): Relation {
  if (actor === other) return { ...STRANGER, self: true }
  const { lines, delegations, employed } = facts
  const managers = new Map<string, string>()
  for (const line of lines) if (holdsOn(line, day)) managers.set(line.person, line.manager)
  const works = employed(actor)
  const direct = managers.get(other)
  const directManager = works && direct === actor
  const above = directManager || direct === undefined ? [] : lineAbove(managers, direct)
  return {
    self: false,
    directManager,
    skipLevel: works && above.includes(actor),
    delegate:
      works &&
      direct !== undefined &&
      employed(direct) &&
      delegations.some((one) => one.from_person === direct && one.to_person === actor && holdsOn(one, day)),
    peer: works && direct !== undefined && direct === managers.get(actor),
    report: works && managers.get(actor) === other,
    partner: isPartner(facts),
    exManager:
      direct !== actor &&
      lines.some(
        ({ person, manager, to }) => person === other && manager === actor && to !== null && to <= day,
      ),
  }
}

function lineAbove(managers: ReadonlyMap<string, string>, person: string): string[] {
  const line = new Set<string>()
  for (let at = managers.get(person); at !== undefined && !line.has(at); at = managers.get(at)) line.add(at)
  return [...line]
}

function isPartner({ units, unitAbove, partnerOf }: RelationFacts): boolean {
  if (partnerOf === 'all') return true
  return units.some((unit) => unitsUpward(unit, unitAbove).some((one) => partnerOf.includes(one)))
}

/** A unit and all above it, from below; a circle is left where it closes. */
export function unitsUpward(unit: string, unitAbove: ReadonlyMap<string, string | null>): string[] {
  const line = new Set<string>()
  let at: string | null | undefined = unit
  while (at !== null && at !== undefined && !line.has(at)) {
    line.add(at)
    at = unitAbove.get(at)
  }
  return [...line]
}
