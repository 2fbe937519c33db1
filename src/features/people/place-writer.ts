// Changes places over time: what no longer holds is marked as corrected, what holds instead is added, in few statements.
import { randomUUID } from 'node:crypto'
import { sql, type Transaction } from 'kysely'
import { changeFrom, endFrom, holdsOn, type Revision } from '../../core/org/dated.ts'
import type { Day } from '../../core/org/day.ts'
import type { Tables } from '../../db/schema.ts'
import { errorCodeOf } from '../../platform/errors.ts'
import type { Context } from '../../platform/procedure.ts'
import { refused } from '../../platform/refused.ts'
import type { Lines, PositionDescription, Row, Timelines } from './timelines.ts'

type DatedTable =
  | 'employment'
  | 'unit_record'
  | 'unit_membership'
  | 'reporting_line'
  | 'position_record'
  | 'position_grade'
  | 'position_holder'

/** The columns beside the days, with their types in SQL. */
const COLUMNS: Record<DatedTable, Readonly<Record<string, string>>> = {
  employment: { person_id: 'uuid' },
  unit_record: { unit_id: 'uuid', name: 'text', parent_id: 'uuid' },
  unit_membership: { unit_id: 'uuid', person_id: 'uuid' },
  reporting_line: { person_id: 'uuid', manager_id: 'uuid', kind: 'text' },
  position_record: {
    ...{
      position_id: 'uuid',
      title: 'text',
      framework_id: 'text',
      role: 'text',
      variant: 'text',
      unit_id: 'uuid',
    },
  },
  position_grade: { position_id: 'uuid', grade: 'text' },
  position_holder: { position_id: 'uuid', person_id: 'uuid' },
}

/** What a position is to be; the unit follows the holder's. */
export interface WantedPosition {
  readonly title: string
  readonly framework: string | null
  readonly role: string | null
  readonly grade: string | null
  readonly externalId?: string | null
}

type Values = Readonly<Record<string, string | null>>
const CHUNK = 2_000

/** Collects changes to timelines in memory and writes them at once. Later changes see the earlier ones. */
export class PlaceWriter {
  private readonly corrected = new Map<DatedTable, string[]>()
  private readonly added = new Map<DatedTable, Map<string, Values & { from: Day; to: Day | null }>>()
  private readonly positions: { id: string; externalId: string | null }[] = []
  private readonly units: { id: string; kind: string }[] = []
  /** People whose line manager somebody is or was, so that a leaver's reports are found. */
  private reportsTo: Map<string, Set<string>> | undefined

  constructor(
    private readonly timelines: Timelines,
    private readonly positionByExternalId: ReadonlyMap<string, string> = new Map(),
    /** Marks new units and positions as those of the sample organisation. */
    private readonly sample = false,
  ) {}

  private apply<V>(
    table: DatedTable,
    lines: Lines<V>,
    key: string,
    revision: Revision<Row<V>>,
    values: (value: V) => Values,
  ) {
    if (revision.corrected.length === 0 && revision.added.length === 0) return
    const added = this.added.get(table) ?? new Map<string, Values & { from: Day; to: Day | null }>()
    this.added.set(table, added)
    const corrected = this.corrected.get(table) ?? []
    this.corrected.set(table, corrected)
    // What was only just added is not a row yet: it is dropped rather than marked.
    for (const { id } of revision.corrected) if (!added.delete(id)) corrected.push(id)
    const gone = new Set(revision.corrected)
    const line = (lines.get(key) ?? []).filter((row) => !gone.has(row))
    for (const { from, to, value } of revision.added) {
      const id = randomUUID()
      added.set(id, { ...values(value), from, to })
      line.push({ id, from, to, value })
    }
    lines.set(
      key,
      line.sort((a, b) => (a.from < b.from ? -1 : 1)),
    )
  }

  private set<V>(
    table: DatedTable,
    lines: Lines<V>,
    key: string,
    from: Day,
    value: V | null,
    values: (value: V) => Values,
    same?: (a: V, b: V) => boolean,
  ) {
    this.apply(table, lines, key, changeFrom(lines.get(key) ?? [], from, value, same), values)
  }

  newUnit(id: string, kind: string, name: string, parent: string | null, from: Day): void {
    this.units.push({ id, kind })
    const added = this.added.get('unit_record') ?? new Map<string, Values & { from: Day; to: Day | null }>()
    this.added.set('unit_record', added)
    added.set(randomUUID(), { unit_id: id, name, parent_id: parent, from, to: null })
  }

  employ(person: string, from: Day, to: Day | null): void {
    const { employment } = this.timelines
    const values = () => ({ person_id: person })
    this.set('employment', employment, person, from, true, values)
    if (to !== null)
      this.apply('employment', employment, person, endFrom(employment.get(person) ?? [], to), values)
  }

  /** The employment as it should have been written down. */
  correctStart(person: string, employment: string, from: Day): void {
    const lines = this.timelines.employment
    const row = (lines.get(person) ?? []).find(({ id }) => id === employment)
    if (!row) return
    const revision = { corrected: [row], added: [{ from, to: row.to, value: true as const }] }
    this.apply('employment', lines, person, revision, () => ({ person_id: person }))
  }

  setManager(person: string, manager: string | null, from: Day): void {
    this.set('reporting_line', this.timelines.line, person, from, manager, (manager_id) => ({
      ...{ person_id: person, manager_id, kind: 'line' },
    }))
    if (manager !== null) this.reports(manager).add(person)
  }

  setDotted(person: string, managers: readonly string[], from: Day): void {
    this.setAll(
      'reporting_line',
      this.timelines.dotted,
      person,
      managers,
      from,
      () => true,
      (manager_id) => ({
        ...{ person_id: person, manager_id, kind: 'dotted' },
      }),
    )
    for (const manager of managers) this.reports(manager).add(person)
  }

  /** Department or team: at most one by this way; product lines stay. */
  setUnit(person: string, unit: string | null, from: Day): void {
    const mine = (one: string) => this.timelines.unitKind.get(one) !== 'product-line'
    this.setMemberships(person, unit === null ? [] : [unit], from, mine)
    for (const { value: position } of (this.timelines.holder.get(person) ?? []).filter((row) =>
      holdsOn(row, from),
    ))
      this.describe(position, from, (known) => known && { ...known, unit })
  }

  /** The department or team of a person on a day, with what was changed so far. */
  unitOn(person: string, day: Day): string | null {
    const isTeam = (unit: string) => this.timelines.unitKind.get(unit) !== 'product-line'
    return this.unitsOn(person, day).find(isTeam) ?? null
  }

  /** Every unit of a person on a day, product lines too, with what was changed so far. */
  unitsOn(person: string, day: Day): string[] {
    const lines = [...(this.timelines.membership.get(person) ?? [])]
    return lines.filter(([, rows]) => rows.some((row) => holdsOn(row, day))).map(([unit]) => unit)
  }

  setProductLines(person: string, units: readonly string[], from: Day): void {
    this.setMemberships(person, units, from, (one) => this.timelines.unitKind.get(one) === 'product-line')
  }

  private setMemberships(
    person: string,
    units: readonly string[],
    from: Day,
    mine: (unit: string) => boolean,
  ): void {
    this.setAll('unit_membership', this.timelines.membership, person, units, from, mine, (unit_id) => ({
      ...{ person_id: person, unit_id },
    }))
  }

  /** Of those that are `mine`, exactly these hold from the day on. */
  private setAll(
    table: DatedTable,
    all: Map<string, Lines<string>>,
    person: string,
    wanted: readonly string[],
    from: Day,
    mine: (other: string) => boolean,
    values: (other: string) => Values,
  ): void {
    const lines = all.get(person) ?? new Map<string, Row<string>[]>()
    all.set(person, lines)
    for (const other of new Set([...lines.keys(), ...wanted])) {
      if (wanted.includes(other)) this.set(table, lines, other, from, other, values)
      else if (mine(other)) this.set(table, lines, other, from, null, values)
    }
  }

  setPosition(person: string, wanted: WantedPosition | null, unit: string | null, from: Day): void {
    const { holder } = this.timelines
    const values = (position_id: string) => ({ position_id, person_id: person })
    if (wanted === null) return this.set('position_holder', holder, person, from, null, values)
    const held = (holder.get(person) ?? []).find((row) => holdsOn(row, from))?.value
    const external = wanted.externalId ?? null
    let position = held
    if (external !== null) {
      const known = this.positionByExternalId.get(external)
      position = known ?? this.newPosition(external)
    }
    position ??= this.newPosition(null)
    this.set('position_holder', holder, person, from, position, values)
    const { title, framework, role, grade } = wanted
    this.describe(position, from, (known) => ({
      ...{ title, framework, role, unit, variant: known && known.role === role ? known.variant : null },
    }))
    this.set('position_grade', this.timelines.grade, position, from, grade, (value) => ({
      ...{ position_id: position, grade: value },
    }))
  }

  private newPosition(externalId: string | null): string {
    const id = randomUUID()
    this.positions.push({ id, externalId })
    return id
  }

  private describe(
    position: string,
    from: Day,
    change: (known: PositionDescription | undefined) => PositionDescription | undefined,
  ): void {
    const { description } = this.timelines
    const wanted = change((description.get(position) ?? []).find((row) => holdsOn(row, from))?.value)
    if (wanted === undefined) return
    this.set(
      'position_record',
      description,
      position,
      from,
      wanted,
      ({ title, framework, role, variant, unit }) => ({
        ...{ position_id: position, title, framework_id: framework, role, variant, unit_id: unit },
      }),
      sameDescription,
    )
  }

  /** Everything of a person ends on the day, and so do the lines to them. Gives those who then report to nobody. */
  leave(person: string, day: Day): string[] {
    const { employment, line, holder, membership, dotted } = this.timelines
    const end = <V>(table: DatedTable, lines: Lines<V>, key: string, values: (value: V) => Values) =>
      this.apply(table, lines, key, endFrom(lines.get(key) ?? [], day), values)
    end('employment', employment, person, () => ({ person_id: person }))
    end('reporting_line', line, person, (manager_id) => ({ person_id: person, manager_id, kind: 'line' }))
    end('position_holder', holder, person, (position_id) => ({ position_id, person_id: person }))
    const units = membership.get(person) ?? new Map<string, Row<string>[]>()
    for (const one of units.keys())
      end('unit_membership', units, one, (unit_id) => ({ unit_id, person_id: person }))
    const dottedOf = (report: string, lines: Lines<string>, manager: string) =>
      end('reporting_line', lines, manager, (manager_id) => ({
        person_id: report,
        manager_id,
        kind: 'dotted',
      }))
    const managers = dotted.get(person) ?? new Map<string, Row<string>[]>()
    for (const one of managers.keys()) dottedOf(person, managers, one)
    const alone: string[] = []
    for (const report of this.reports(person)) {
      const towards = dotted.get(report)
      if (towards) dottedOf(report, towards, person)
      const rows = line.get(report) ?? []
      const cut = endFrom(
        rows.filter(({ value }) => value === person),
        day,
      )
      if (cut.corrected.length === 0) continue
      alone.push(report)
      const values = (manager_id: string) => ({ person_id: report, manager_id, kind: 'line' })
      this.apply('reporting_line', line, report, cut, values)
    }
    return alone
  }

  /** Everybody with a line of either kind to a manager, at any time. */
  private reports(manager: string): Set<string> {
    if (!this.reportsTo) {
      this.reportsTo = new Map()
      for (const [person, rows] of this.timelines.line)
        for (const { value } of rows) this.reports(value).add(person)
      for (const [person, lines] of this.timelines.dotted)
        for (const value of lines.keys()) this.reports(value).add(person)
    }
    const found = this.reportsTo.get(manager) ?? new Set<string>()
    this.reportsTo.set(manager, found)
    return found
  }

  /** Writes everything; marks come before what is added, so that no two rows hold at once. Throws conflict where they would. */
  async flush(
    transaction: Transaction<Tables>,
    { actor, now }: Pick<Context, 'actor' | 'now'>,
    onProgress: (done: number, total: number) => void = () => {},
  ): Promise<void> {
    const organisation = actor.organisation
    const by = actor.kind === 'system' ? null : actor.person
    const tables = Object.keys(COLUMNS) as DatedTable[]
    const total = tables.reduce(
      (sum, table) => sum + (this.added.get(table)?.size ?? 0),
      this.positions.length,
    )
    let done = 0
    const step = (count: number) => onProgress((done += count), total)
    for (const some of chunks(this.units))
      await sql`insert into unit (organisation_id, id, kind, sample)
        select ${organisation}::uuid, id, kind, ${this.sample} from jsonb_to_recordset(${JSON.stringify(some)}::jsonb) as u(id uuid, kind text)`.execute(
        transaction,
      )
    for (const some of chunks(this.positions)) {
      await sql`insert into position (organisation_id, id, external_id, sample)
        select ${organisation}::uuid, id, "externalId", ${this.sample}
        from jsonb_to_recordset(${JSON.stringify(some)}::jsonb) as p(id uuid, "externalId" text)`.execute(
        transaction,
      )
      step(some.length)
    }
    for (const [table, ids] of this.corrected)
      for (const some of chunks(ids)) {
        const { numAffectedRows } = await sql`update ${sql.table(table)}
          set corrected_at = ${now}, corrected_by = ${by}
          where organisation_id = ${organisation} and id = any(${some}::uuid[])`.execute(transaction)
        // Row security passes over what is not the actor's to change, without a word.
        if (Number(numAffectedRows) !== some.length) throw refused('forbidden', 'place-of-others')
      }
    for (const table of tables) {
      const rows = [...(this.added.get(table) ?? [])].map(([id, row]) => ({ id, ...row }))
      const names = Object.keys(COLUMNS[table])
      const columns = sql.join(names.map((name) => sql.ref(name)))
      const types = sql.raw(
        Object.entries(COLUMNS[table])
          .map(([name, type]) => `${name} ${type}`)
          .join(', '),
      )
      for (const some of chunks(rows)) {
        await sql`insert into ${sql.table(table)}
          (organisation_id, id, valid_from, valid_to, recorded_at, recorded_by, ${columns})
          select ${organisation}::uuid, id, "from", "to", ${now}::timestamptz, ${by}::uuid, ${columns}
          from jsonb_to_recordset(${JSON.stringify(some)}::jsonb) as r(id uuid, "from" date, "to" date, ${types})`
          .execute(transaction)
          .catch(throwOverlap)
        step(some.length)
      }
    }
  }
}

function* chunks<T>(list: readonly T[]): Generator<T[]> {
  for (let at = 0; at < list.length; at += CHUNK) yield list.slice(at, at + CHUNK)
}

function throwOverlap(error: unknown): never {
  if (errorCodeOf(error) === '23P01') throw refused('conflict', 'two-facts', {}, { cause: error })
  throw error
}

const sameDescription = (a: PositionDescription, b: PositionDescription) =>
  a.title === b.title &&
  a.framework === b.framework &&
  a.role === b.role &&
  a.variant === b.variant &&
  a.unit === b.unit
