// What a people file would change, as values that can be shown and applied.
import type { Day } from '../day.ts'

export interface PositionValue {
  /** The position's own id outside; null where it has none. */
  readonly externalId: string | null
  readonly title: string
  /** A role of the framework by its id. */
  readonly role: string | null
  readonly grade: string | null
}

/** Where somebody stands in the organisation; ids of units and people. */
export interface Placement {
  readonly unit: string | null
  readonly productLines: readonly string[]
  readonly manager: string | null
  readonly dotted: readonly string[]
  readonly position: PositionValue | null
}

interface OfPerson {
  readonly person: string
  /** The row that says it; null where it follows from somebody not being in the file. */
  readonly row: number | null
}

/** One change of the organisation; `from` is the first day on which it holds, `to` the first on which it does not. */
export type PeopleChange =
  | {
      readonly kind: 'new-unit'
      readonly unit: string
      readonly unitKind: 'department' | 'team' | 'product-line'
      readonly name: string
      readonly parent: string | null
      readonly from: Day
      readonly row: number
    }
  | (OfPerson & {
      readonly kind: 'join'
      /** True for somebody who is known already but has never worked here, such as the owner of the installation. */
      readonly known: boolean
      readonly externalId: string | null
      readonly name: string
      readonly email: string | null
      readonly from: Day
      readonly to: Day | null
      /** From the day on which it is known: the start, or the effective day where that is later. */
      readonly placedFrom: Day
      readonly placement: Placement
    })
  | (OfPerson & {
      readonly kind: 'rehire'
      readonly from: Day
      readonly to: Day | null
      readonly placedFrom: Day
      readonly placement: Placement
    })
  | (OfPerson & { readonly kind: 'leave'; readonly from: Day })
  | (OfPerson & {
      readonly kind: 'start'
      readonly employment: string
      readonly before: Day
      readonly after: Day
    })
  | (OfPerson & {
      readonly kind: 'name' | 'email' | 'id'
      readonly before: string | null
      readonly after: string | null
    })
  | (OfPerson & {
      readonly kind: 'manager' | 'unit'
      readonly from: Day
      readonly before: string | null
      readonly after: string | null
    })
  | (OfPerson & {
      readonly kind: 'dotted' | 'product-lines'
      readonly from: Day
      readonly before: readonly string[]
      readonly after: readonly string[]
    })
  | (OfPerson & {
      readonly kind: 'position'
      readonly from: Day
      readonly before: PositionValue | null
      readonly after: PositionValue | null
    })

export type PeopleChangeKind = PeopleChange['kind']

/** In the order in which a diff is read: who comes and goes, then who moves, then what is put right. */
export const CHANGE_KINDS: readonly PeopleChangeKind[] = [
  ...(['join', 'rehire', 'leave', 'new-unit', 'unit', 'manager', 'position', 'dotted'] as const),
  ...(['product-lines', 'name', 'email', 'id', 'start'] as const),
]
