// Where a row of a people file puts somebody: unit, manager, position; what the file has no column for stays as it is.
import type { Placement, PositionValue } from './change.ts'
import type { CurrentPerson } from './current.ts'
import type { PeopleFaults } from './fault.ts'
import type { PeopleMapping } from './fields.ts'
import { labelOf, type IdentifiedRow, type PeopleFinder } from './identity.ts'
import type { RoleFinder } from './roles.ts'
import { PATH, type RowPerson } from './rows.ts'
import type { UnitFinder } from './units.ts'

export class Placer {
  private readonly holders = new Map<string, { row: number; label: string }>()

  constructor(
    private readonly people: PeopleFinder,
    private readonly units: UnitFinder,
    private readonly roles: RoleFinder,
    private readonly mapping: PeopleMapping,
    private readonly faults: PeopleFaults,
  ) {}

  /** Call it when all rows are identified: managers may stand below their reports. */
  place({ said, known }: IdentifiedRow): Placement {
    const { row, manager } = said
    const { mapping } = this
    const column = mapping.team ?? mapping.department ?? mapping.division
    const unit = said.unit && this.units.find(said.unit, 'team', { row, column })
    const lines = said.productLines?.flatMap(
      (path) =>
        this.units.find(path.split(PATH), 'product-line', { row, column: mapping.productLines }) ?? [],
    )
    const dotted = said.dotted?.flatMap((one) => this.people.findManager(one, row, mapping.dotted) ?? [])
    return {
      unit: unit === undefined ? (known?.unit ?? null) : unit,
      productLines: lines ? [...new Set(lines)] : (known?.productLines ?? []),
      manager:
        manager === undefined
          ? (known?.manager ?? null)
          : manager === null
            ? null
            : (this.people.findManager(manager, row, mapping.manager) ?? null),
      dotted: dotted ? [...new Set(dotted)] : (known?.dotted ?? []),
      position: this.positionOf(said, known),
    }
  }

  private positionOf(said: RowPerson, known: CurrentPerson | undefined): PositionValue | null {
    const { row, position, title, grade } = said
    const held = known?.position ?? null
    const role = said.role ? this.roles.find(said.role, row, this.mapping.role) : said.role
    if (position !== null) {
      const holder = this.holders.get(position)
      const values = { position, first: holder?.label ?? '', row: holder?.row ?? 0 }
      if (holder) this.faults.add('position-twice', { row, column: this.mapping.position }, values)
      else this.holders.set(position, { row, label: labelOf(said) })
    }
    const value = {
      externalId: position ?? held?.externalId ?? null,
      title: title === undefined ? (held?.title ?? null) : title,
      role: role === undefined ? (held?.role ?? null) : role,
      grade: grade === undefined ? (held?.grade ?? null) : grade,
    }
    // A position is called what people call it; where the file gives no title, by its role, its grade or its own id.
    const called = value.title ?? value.role ?? value.grade ?? value.externalId
    return called === null ? null : { ...value, title: called }
  }
}

export const samePosition = (a: PositionValue | null, b: PositionValue | null): boolean =>
  a === b ||
  (a !== null &&
    b !== null &&
    a.externalId === b.externalId &&
    a.title === b.title &&
    a.role === b.role &&
    a.grade === b.grade)
