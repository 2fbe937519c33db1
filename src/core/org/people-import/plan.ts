// Compares a people file with the organisation of a day: what would change, and everything that is wrong with the file.
import { addDays, type Day } from '../day.ts'
import { CHANGE_KINDS, type PeopleChange, type PeopleChangeKind, type Placement } from './change.ts'
import type { CurrentOrganisation, CurrentPerson } from './current.ts'
import { PeopleFaults, type PeopleFault } from './fault.ts'
import type { PeopleMapping } from './fields.ts'
import { labelOf, PeopleFinder, type IdentifiedRow } from './identity.ts'
import { checkLines, type LineAfter, type LineNotice } from './lines.ts'
import { Placer, samePosition } from './placement.ts'
import { RoleFinder } from './roles.ts'
import { checkMapping, readRow, type RowPerson } from './rows.ts'
import type { PeopleTable } from './table.ts'
import { UnitFinder } from './units.ts'

export interface ImportOptions {
  /** The day from which what the file says holds. */
  readonly day: Day
  /** What becomes of people who work here but are not in the file: they stay, or they leave on the day. */
  readonly missing: 'stay' | 'leave'
  /** A fresh id for each new person and unit. */
  readonly newId: () => string
}

export interface PeoplePlan {
  /** In the order of the file. With any of them nothing may be applied. */
  readonly faults: readonly PeopleFault[]
  readonly notices: readonly LineNotice[]
  readonly changes: readonly PeopleChange[]
  readonly counts: { readonly [K in PeopleChangeKind]: number }
  /** People in the file of whom nothing would change. */
  readonly unchanged: number
}

export interface PlanProgress {
  readonly done: number
  readonly total: number
}

const FIRST_DAY: Day = '0001-01-01'
/** Rows between two reports of progress. */
const STEP = 500

/**
 * Plans an import in time linear in rows and people. It yields its progress, so that a server has its other work done
 * in between; what it returns is the plan. Nothing is guessed: what is not certain is a fault with its place.
 */
export function* planPeopleImport(
  table: PeopleTable,
  mapping: PeopleMapping,
  current: CurrentOrganisation,
  options: ImportOptions,
): Generator<PlanProgress, PeoplePlan> {
  const faults = new PeopleFaults(table.file)
  const people = new PeopleFinder(current.people, mapping, options.newId, faults)
  const units = new UnitFinder(current.units, options.day, options.newId, faults)
  const placer = new Placer(people, units, new RoleFinder(current.roles, faults), mapping, faults)
  const writer = new ChangeWriter(options, mapping, faults)
  let notices: LineNotice[] = []
  if (checkMapping(mapping, faults)) {
    const total = table.rows.length * 2
    let done = 0
    const rows: IdentifiedRow[] = []
    for (const row of table.rows) {
      if (++done % STEP === 0) yield { done, total }
      if (row.cells.every((cell) => cell.trim() === '')) continue
      const said = readRow(row, table, mapping, faults)
      const identified = said && people.identify(said)
      if (identified) rows.push(identified)
    }
    for (const row of rows) {
      if (++done % STEP === 0) yield { done, total }
      writer.add(row, placer.place(row))
    }
    writer.addOthers(current.people)
    yield { done: total, total }
    notices = checkLines(writer.after, mapping.manager, options.day, faults)
  }
  const changes = [...units.added, ...writer.changes]
  const counts = Object.fromEntries(CHANGE_KINDS.map((kind) => [kind, 0])) as Record<PeopleChangeKind, number>
  for (const { kind } of changes) counts[kind] += 1
  return { faults: faults.sorted(), notices, changes, counts, unchanged: writer.unchanged }
}

/** Runs a plan to its end; `onProgress` hears how far it is. */
export function runPlan(
  plan: Generator<PlanProgress, PeoplePlan>,
  onProgress?: (progress: PlanProgress) => void,
): PeoplePlan {
  for (;;) {
    const { done, value } = plan.next()
    if (done) return value
    onProgress?.(value)
  }
}

/** Writes down what becomes of each person. */
class ChangeWriter {
  readonly changes: PeopleChange[] = []
  readonly after = new Map<string, LineAfter>()
  unchanged = 0

  constructor(
    private readonly options: ImportOptions,
    private readonly mapping: PeopleMapping,
    private readonly faults: PeopleFaults,
  ) {}

  add(row: IdentifiedRow, placement: Placement): void {
    const { said, person, known } = row
    const before = this.changes.length
    if (known) this.addIdentity(said, known)
    const { from, to, leaves } = known?.employment
      ? this.addStay(said, known, known.employment, placement)
      : this.addComing(row, placement)
    if (this.changes.length === before) this.unchanged += 1
    this.after.set(person, {
      ...{ person, label: labelOf(said), row: said.row, leaves, employedFrom: from, employedTo: to },
      ...{ manager: placement.manager, stated: said.manager !== undefined },
    })
  }

  /** People whom the file does not name: they stay as they are, or leave where it names everybody. */
  addOthers(people: readonly CurrentPerson[]): void {
    const { day, missing } = this.options
    for (const { id, externalId, name, email, employment, left, manager } of people) {
      if (this.after.has(id)) continue
      const of = { person: id, label: labelOf({ id: externalId, name, email }), row: null, stated: false }
      if (!employment) {
        // Kept only so that a file which names them as manager is told that they are gone.
        const end = left ?? FIRST_DAY
        this.after.set(id, { ...of, manager: null, leaves: false, employedFrom: FIRST_DAY, employedTo: end })
        continue
      }
      const leaves =
        missing === 'leave' && employment.from < day && (employment.to === null || employment.to > day)
      if (leaves) this.changes.push({ kind: 'leave', person: id, row: null, from: day })
      this.after.set(id, {
        ...of,
        ...{ manager, leaves, employedFrom: employment.from, employedTo: leaves ? day : employment.to },
      })
    }
  }

  private addIdentity(said: RowPerson, known: CurrentPerson): void {
    const change = (kind: 'name' | 'email' | 'id', before: string | null, after: string | null) => {
      if (after !== null && after !== '' && after !== before)
        this.changes.push({ kind, person: known.id, row: said.row, before, after })
    }
    change('name', known.name, said.name)
    change('email', known.email, said.email)
    change('id', known.externalId, said.id)
  }

  /** Somebody who does not work here yet: new, or once more. */
  private addComing({ said, person, known }: IdentifiedRow, placement: Placement) {
    const { day } = this.options
    const { row, name, email } = said
    const to = said.lastDay === null ? null : addDays(said.lastDay, 1)
    const from = said.start ?? day
    const left = known?.left ?? null
    const placedFrom = from > day ? from : day
    if (left !== null && to === left)
      return { from: said.start ?? addDays(left, -1), to: left, leaves: false }
    if (left !== null && from < left) {
      const values = { person: labelOf(said), left: addDays(left, -1), start: from }
      this.faults.add('starts-before-leaving', { row, column: this.mapping.start }, values)
    } else if (to !== null && to <= from)
      this.faults.add(
        'leaves-before-joining',
        { row, column: this.mapping.lastDay },
        { person: labelOf(said), end: addDays(to, -1), start: from },
      )
    else if (left === null)
      this.changes.push({
        ...{ kind: 'join', person, row, known: known !== undefined, externalId: said.id, name, email },
        ...{ from, to, placedFrom, placement },
      })
    else this.changes.push({ kind: 'rehire', person, row, from, to, placedFrom, placement })
    return { from, to, leaves: false }
  }

  /** Somebody who works here: whether they go, move, or were written down wrongly. */
  private addStay(
    said: RowPerson,
    known: CurrentPerson,
    employment: NonNullable<CurrentPerson['employment']>,
    placement: Placement,
  ) {
    const { day } = this.options
    const { row } = said
    const of = { person: known.id, row }
    const from = said.start ?? employment.from
    const leaveOn = said.lastDay === null ? null : addDays(said.lastDay, 1)
    const to = leaveOn ?? employment.to
    const leaves = leaveOn !== null && leaveOn !== employment.to
    if (to !== null && to <= from) {
      const values = { person: labelOf(said), end: addDays(to, -1), start: from }
      this.faults.add('leaves-before-joining', { row, column: this.mapping.lastDay }, values)
      return { from, to, leaves }
    }
    if (from !== employment.from)
      this.changes.push({
        ...of,
        kind: 'start',
        employment: employment.id,
        before: employment.from,
        after: from,
      })
    if (leaves) this.changes.push({ ...of, kind: 'leave', from: leaveOn })
    if (to === null || to > day) this.addMoves(of, from > day ? from : day, known, placement)
    return { from, to, leaves }
  }

  private addMoves(
    { person, row }: { person: string; row: number },
    from: Day,
    known: Placement,
    after: Placement,
  ): void {
    const of = { person, row, from }
    if (after.unit !== known.unit)
      this.changes.push({ ...of, kind: 'unit', before: known.unit, after: after.unit })
    if (after.manager !== known.manager)
      this.changes.push({ ...of, kind: 'manager', before: known.manager, after: after.manager })
    if (!sameSet(after.dotted, known.dotted))
      this.changes.push({ ...of, kind: 'dotted', before: known.dotted, after: after.dotted })
    if (!sameSet(after.productLines, known.productLines))
      this.changes.push({
        ...of,
        kind: 'product-lines',
        before: known.productLines,
        after: after.productLines,
      })
    if (!samePosition(after.position, known.position))
      this.changes.push({ ...of, kind: 'position', before: known.position, after: after.position })
  }
}

const sameSet = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((one) => b.includes(one))
