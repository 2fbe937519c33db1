// Writes a list of changes of people in one go: people, places, addresses, and an audit row for each change.
import { sql, type Transaction } from 'kysely'
import type { PeopleChange, PositionValue } from '../../core/org/people-import/change.ts'
import type { Tables } from '../../db/schema.ts'
import { recordAudits, type AuditEntry } from '../../platform/audit/record-audit.ts'
import type { Context } from '../../platform/procedure.ts'
import type { LoadedOrganisation } from './import-current.ts'
import { PlaceWriter, type WantedPosition } from './place-writer.ts'

export interface ApplyOptions {
  /** The framework that the roles are of; without one no role is written. */
  readonly framework: string | null
  readonly onProgress?: (done: number, total: number) => void
  /** True where new people, units and positions belong to the sample organisation. */
  readonly sample?: boolean
}

const ROWS_AT_ONCE = 2_000
/** So many that the tables are other ones than before. */
const MANY_CHANGES = 250

/** Writes changes in their order, with an audit row for each. Gives how many there were, of how many people. */
export async function applyChanges(
  transaction: Transaction<Tables>,
  context: Context,
  changes: readonly PeopleChange[],
  { timelines, positions }: Pick<LoadedOrganisation, 'timelines' | 'positions'>,
  { framework, onProgress, sample = false }: ApplyOptions,
): Promise<{ changes: number; people: number }> {
  const organisation_id = context.actor.organisation
  const joins = changes.filter((change) => change.kind === 'join')
  const fresh = joins.filter(({ known }) => !known)
  for (let at = 0; at < fresh.length; at += ROWS_AT_ONCE)
    await transaction
      .insertInto('person')
      .values(
        fresh.slice(at, at + ROWS_AT_ONCE).map(({ person, name, externalId }) => ({
          ...{ organisation_id, id: person, name, external_id: externalId, created_at: context.now, sample },
        })),
      )
      .execute()
  const writer = new PlaceWriter(timelines, positions, sample)
  for (const change of changes) {
    place(writer, change, framework)
    if (change.kind === 'new-unit') timelines.unitKind.set(change.unit, change.unitKind)
    else if (change.kind === 'name' || change.kind === 'id')
      await transaction
        .updateTable('person')
        .set(change.kind === 'name' ? { name: change.after } : { external_id: change.after })
        .where('organisation_id', '=', organisation_id)
        .where('id', '=', change.person)
        .execute()
  }
  await writer.flush(transaction, context, onProgress)
  await writeEmails(transaction, context, changes)
  await recordAudits(
    transaction,
    context,
    changes.map((change) => ({ ...auditOf(change), bySystem: context.actor.kind === 'system' })),
  )
  // What the database believes of its tables is as old as its last look at them.
  if (changes.length >= MANY_CHANGES) await sql`select count_people_anew()`.execute(transaction)
  const people = new Set(changes.flatMap((change) => (change.kind === 'new-unit' ? [] : [change.person])))
  return { changes: changes.length, people: people.size }
}

function place(writer: PlaceWriter, change: PeopleChange, framework: string | null): void {
  switch (change.kind) {
    case 'new-unit':
      return writer.newUnit(change.unit, change.unitKind, change.name, change.parent, change.from)
    case 'join':
    case 'rehire': {
      const { person, from, to, placedFrom, placement } = change
      writer.employ(person, from, to)
      writer.setUnit(person, placement.unit, placedFrom)
      writer.setProductLines(person, placement.productLines, placedFrom)
      writer.setManager(person, placement.manager, placedFrom)
      writer.setDotted(person, placement.dotted, placedFrom)
      writer.setPosition(person, wanted(placement.position, framework), placement.unit, placedFrom)
      if (to !== null) writer.leave(person, to)
      return
    }
    case 'leave':
      writer.leave(change.person, change.from)
      return
    case 'start':
      return writer.correctStart(change.person, change.employment, change.after)
    case 'unit':
      return writer.setUnit(change.person, change.after, change.from)
    case 'product-lines':
      return writer.setProductLines(change.person, change.after, change.from)
    case 'manager':
      return writer.setManager(change.person, change.after, change.from)
    case 'dotted':
      return writer.setDotted(change.person, change.after, change.from)
    case 'position': {
      const unit = writer.unitOn(change.person, change.from)
      return writer.setPosition(change.person, wanted(change.after, framework), unit, change.from)
    }
    case 'name':
    case 'email':
    case 'id':
  }
}

const wanted = (position: PositionValue | null, framework: string | null): WantedPosition | null => {
  if (position === null) return null
  const role = framework === null ? null : position.role
  return { ...position, role, framework: role === null ? null : framework }
}

async function writeEmails(
  transaction: Transaction<Tables>,
  { actor, now }: Context,
  changes: readonly PeopleChange[],
): Promise<void> {
  const emails = changes.flatMap((change) => {
    const email = change.kind === 'join' ? change.email : change.kind === 'email' ? change.after : null
    return email === null || !('person' in change) ? [] : [{ person: change.person, email }]
  })
  if (emails.length === 0) return
  const people = emails.map(({ person }) => person)
  // Two people may have changed addresses with each other: the old ones go first.
  await sql`delete from person_contact where organisation_id = ${actor.organisation}
    and person_id = any(${people}::uuid[])`.execute(transaction)
  await sql`insert into person_contact (organisation_id, person_id, email, recorded_at)
    select ${actor.organisation}::uuid, person, email, ${now}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(emails)}::jsonb) as e(person uuid, email text)`.execute(
    transaction,
  )
}

function auditOf(change: PeopleChange): AuditEntry {
  if (change.kind === 'new-unit')
    return {
      action: 'unit.create',
      object: { kind: 'unit', id: change.unit },
      details: { from: change.from },
    }
  const { kind, person } = change
  return {
    ...{
      action: `person.${kind}`,
      object: { kind: 'person', id: person },
      subject: person,
      reason: 'import',
    },
    details: 'from' in change ? { from: change.from } : {},
  }
}
