// The organisation as it stands on the effective day of an import: what a people file is compared with.
import type { Day } from '../day.ts'
import type { Placement } from './change.ts'

export interface CurrentPerson extends Placement {
  readonly id: string
  readonly externalId: string | null
  readonly name: string
  readonly email: string | null
  /** The employment on the effective day, or else the next one; null where there is neither. */
  readonly employment: { readonly id: string; readonly from: Day; readonly to: Day | null } | null
  /** The first day without work after the newest employment that has ended; null where none has. */
  readonly left: Day | null
}

export interface CurrentUnit {
  readonly id: string
  readonly externalId: string | null
  readonly kind: 'department' | 'team' | 'product-line'
  readonly name: string
  readonly parent: string | null
}

/** A role that a file may name: by its id, or by any of its titles and aliases. */
export interface KnownRole {
  readonly id: string
  readonly names: readonly string[]
}

export interface CurrentOrganisation {
  readonly people: readonly CurrentPerson[]
  readonly units: readonly CurrentUnit[]
  /** Roles of the organisation's framework. */
  readonly roles: readonly KnownRole[]
}
