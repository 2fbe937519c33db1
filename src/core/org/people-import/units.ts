// Finds the units that a people file names, by their path or by a name that only one unit has; others are new.
import type { Day } from '../day.ts'
import type { PeopleChange } from './change.ts'
import type { CurrentUnit } from './current.ts'
import type { PeopleFaults } from './fault.ts'

type NewUnit = Extract<PeopleChange, { kind: 'new-unit' }>
type UnitKind = CurrentUnit['kind']

const key = (text: string) => text.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, ' ').trim()
const childKey = (parent: string | null, name: string) => `${parent ?? ''}\u0000${key(name)}`

/** Units by id, by path and by name, growing with those that a file brings. */
export class UnitFinder {
  readonly added: NewUnit[] = []
  readonly names = new Map<string, string>()
  private readonly byName = new Map<string, CurrentUnit[]>()
  private readonly byParent = new Map<string, string>()
  private readonly byExternalId = new Map<string, string>()
  private readonly parents = new Map<string, string | null>()
  private readonly found = new Map<string, string | null>()

  constructor(
    units: readonly CurrentUnit[],
    private readonly day: Day,
    private readonly newId: () => string,
    private readonly faults: PeopleFaults,
  ) {
    for (const unit of units) this.keep(unit)
  }

  private keep(unit: CurrentUnit): void {
    this.names.set(unit.id, unit.name)
    this.parents.set(unit.id, unit.parent)
    this.byParent.set(childKey(unit.parent, unit.name), unit.id)
    if (unit.externalId !== null) this.byExternalId.set(unit.externalId, unit.id)
    const same = this.byName.get(key(unit.name))
    if (same) same.push(unit)
    else this.byName.set(key(unit.name), [unit])
  }

  /** The unit at the end of a path from above to below; null for an empty path or where a fault was found. */
  find(
    path: readonly string[],
    kind: UnitKind,
    place: { row: number; column?: number | undefined },
  ): string | null {
    const [first, ...rest] = path
    if (first === undefined) return null
    const known = `${kind === 'product-line' ? 1 : 0}\u0000${path.map(key).join('\u0000')}`
    const before = this.found.get(known)
    if (before !== undefined) {
      if (before === null) this.ambiguous(first, place)
      return before
    }
    const unit = this.resolve(first, rest, kind, place)
    this.found.set(known, unit)
    return unit
  }

  private resolve(
    first: string,
    rest: readonly string[],
    kind: UnitKind,
    place: { row: number; column?: number | undefined },
  ): string | null {
    const top = this.start(first, kind)
    if (top === null) {
      this.ambiguous(first, place)
      return null
    }
    let unit = top ?? this.create(first, null, rest.length === 0 ? kind : 'department', place.row)
    rest.forEach((name, index) => {
      unit =
        this.byParent.get(childKey(unit, name)) ??
        this.create(name, unit, index === rest.length - 1 ? kind : 'department', place.row)
    })
    return unit
  }

  /** A unit by its id outside, at the top, or by a name that only one has; null where several have it. */
  private start(name: string, kind: UnitKind): string | undefined | null {
    const exact = this.byExternalId.get(name) ?? this.byParent.get(childKey(null, name))
    if (exact !== undefined) return exact
    const product = kind === 'product-line'
    const same = (this.byName.get(key(name)) ?? []).filter((one) => (one.kind === 'product-line') === product)
    return same.length > 1 ? null : same[0]?.id
  }

  private create(name: string, parent: string | null, kind: UnitKind, row: number): string {
    const unit = this.newId()
    this.added.push({ kind: 'new-unit', unit, unitKind: kind, name, parent, from: this.day, row })
    this.keep({ id: unit, externalId: null, kind, name, parent })
    return unit
  }

  private ambiguous(name: string, place: { row: number; column?: number | undefined }): void {
    const same = this.byName.get(key(name)) ?? []
    const example = same[0] ? this.pathOf(same[0].id) : name
    this.faults.add('ambiguous-unit', place, { got: name, count: same.length, example })
  }

  /** `Engineering / Platform / Storage`. */
  pathOf(unit: string): string {
    const path: string[] = []
    for (let at: string | null | undefined = unit; at && path.length < 50; at = this.parents.get(at))
      path.unshift(this.names.get(at) ?? at)
    return path.join(' / ')
  }
}
