// Changes people and their places one at a time: decide by policy, check the line, write, audit; all in one transaction.
import { sql, type Transaction } from 'kysely'
import type { z } from 'zod'
import { holdsOn } from '../../core/org/dated.ts'
import { addDays, type Day } from '../../core/org/day.ts'
import type { Tables } from '../../db/schema.ts'
import { recordAudit } from '../../platform/audit/record-audit.ts'
import { errorCodeOf } from '../../platform/errors.ts'
import type { Context } from '../../platform/procedure.ts'
import { invalid, messageOfRefusal, notFound, refused } from '../../platform/refused.ts'
import type { peopleContract } from './contract.ts'
import { on } from '../../db/days.ts'
import { getPerson } from './get-person.ts'
import { listRows } from './people-rows.ts'
import { PlaceWriter } from './place-writer.ts'
import { organisationRights, personRights } from './policy.ts'
import { loadKeeps, loadRelation } from '../../platform/load-relation.ts'
import { loadTimelines, type Timelines } from './timelines.ts'

type Input<K extends keyof typeof peopleContract> = (typeof peopleContract)[K] extends {
  '~orpc': { inputSchema?: infer S extends z.ZodType }
}
  ? z.output<S>
  : never
type Place = NonNullable<Input<'move'>['place']>

/** One change of people at a time in an organisation: a line may not close a circle behind another's back. */
async function lockPeople(transaction: Transaction<Tables>, { actor }: Context): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`people ${actor.organisation}`}, 0))`.execute(
    transaction,
  )
}

const turns = new Map<string, Promise<void>>()

/**
 * Runs a change of people in a transaction of its own, after those before it. Whoever waits for another of this process
 * holds no connection meanwhile: a long import leaves all of them but its own to everybody else.
 */
export async function changePeople<T>(
  context: Context,
  work: (transaction: Transaction<Tables>) => Promise<T>,
): Promise<T> {
  const { organisation } = context.actor
  const before = turns.get(organisation)
  let over = () => {}
  const own = new Promise<void>((resolve) => (over = resolve))
  turns.set(organisation, own)
  try {
    await before
    return await context.db.transaction().execute(async (transaction) => {
      await lockPeople(transaction, context)
      return await work(transaction)
    })
  } finally {
    over()
    if (turns.get(organisation) === own) turns.delete(organisation)
  }
}

interface Work {
  transaction: Transaction<Tables>
  context: Context
  timelines: Timelines
  writer: PlaceWriter
}

async function change<T>(
  context: Context,
  people: readonly string[],
  place: Place,
  work: (with_: Work) => Promise<T>,
): Promise<T> {
  return await changePeople(context, async (transaction) => {
    const within = { ...context, db: transaction }
    const named = [...(place.unit ? [place.unit] : []), ...(place.productLines ?? [])]
    const timelines = await loadTimelines(transaction, context.actor.organisation, people, named)
    const writer = new PlaceWriter(timelines)
    const result = await work({ transaction, context: within, timelines, writer })
    await writer.flush(transaction, context)
    return result
  })
}

/** Throws NotFound for nobody, forbidden where the actor may not keep this person's place. */
async function assertKeeps(context: Context, person: string): Promise<void> {
  const { rights } = await loadRights(context, person)
  if (!rights.keep) throw refused('forbidden', 'keep-person')
}

/** Throws forbidden with the names of those of these people whose place the actor may not keep. */
async function assertKeepsAll(context: Context, people: readonly string[]): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select id from unnest(${people}::uuid[]) id where not keeps_person(id)`.execute(context.db)
  if (rows.length === 0) return
  const others = rows.map(({ id }) => id)
  const names = await someNames(context.db, context, others)
  throw refused('forbidden', 'reports-of-others', { count: others.length, names })
}

/** The first five names of these people, as a list. */
async function someNames(db: Context['db'], { actor }: Context, people: readonly string[]): Promise<string> {
  const { rows } = await sql<{ name: string | null }>`select name from person
    where organisation_id = ${actor.organisation} and id = any(${people}::uuid[]) order by name limit 5`.execute(
    db,
  )
  return rows.map(({ name }) => name ?? '—').join(', ')
}

async function loadRights(context: Context, person: string) {
  const known = await context.db
    .selectFrom('person')
    .select(['id', 'name'])
    .where('organisation_id', '=', context.actor.organisation)
    .where('id', '=', person)
    .where('erased_at', 'is', null)
    .executeTakeFirst()
  if (!known) throw notFound('person', person)
  const relation = await loadRelation(context, person, context.today)
  return { rights: personRights(context.actor, relation, await loadKeeps(context, person)) }
}

/** Adds somebody; the same key again is the same person. Throws conflict for an id or address that somebody has. */
export async function addPerson(
  context: Context,
  { key, name, email, externalId, from, place }: Input<'join'>,
) {
  const { actor, now } = context
  if (!organisationRights(actor).add) throw refused('forbidden', 'add-people')
  await change(context, [], place, async ({ transaction, context: within, writer }) => {
    const known = await transaction
      .selectFrom('person')
      .select('id')
      .where('organisation_id', '=', actor.organisation)
      .where('id', '=', key)
      .executeTakeFirst()
    if (known) return
    await transaction
      .insertInto('person')
      .values({
        organisation_id: actor.organisation,
        id: key,
        name,
        external_id: externalId,
        created_at: now,
      })
      .execute()
      .catch(taken('externalId', 'id-taken'))
    writer.employ(key, from, null)
    await setPlace(within, writer, key, from, place)
    await setEmail(within, key, email)
    await recordAudit(transaction, context, {
      ...{ action: 'person.join', object: { kind: 'person', id: key }, subject: key, details: { from } },
    })
  })
  return await getPerson(context, { id: key })
}

export async function rehirePerson(context: Context, { id, from, place }: Input<'rehire'>) {
  await change(context, [id], place, async ({ transaction, context: within, timelines, writer }) => {
    await assertKeeps(within, id)
    const employments = timelines.employment.get(id) ?? []
    if (employments.some((one) => one.to === null || one.to > from))
      throw refused('conflict', 'works-here-already')
    writer.employ(id, from, null)
    await setPlace(within, writer, id, from, place)
    await recordAudit(transaction, context, {
      ...{ action: 'person.rehire', object: { kind: 'person', id }, subject: id, details: { from } },
    })
  })
  return await getPerson(context, { id })
}

export async function movePerson(context: Context, { id, from, place }: Input<'move'>) {
  await change(context, [id], place, async ({ transaction, context: within, timelines, writer }) => {
    await assertKeeps(within, id)
    if (!(timelines.employment.get(id) ?? []).some((one) => holdsOn(one, from)))
      throw invalid('from', 'not-here-then')
    await setPlace(within, writer, id, from, place)
    const moved = Object.entries(place).filter(([, value]) => value !== undefined)
    await recordAudit(transaction, context, {
      ...{ action: 'person.move', object: { kind: 'person', id }, subject: id },
      details: { from, ...Object.fromEntries(moved.map(([name]) => [name, true])) },
    })
  })
  return await getPerson(context, { id, asOf: from })
}

/**
 * Throws invalid where people report to the leaver and nobody was named for them; their names are in the faults. With null
 * named they report to nobody, and are told.
 */
export async function leavePerson(context: Context, { id, lastDay, successor }: Input<'leave'>) {
  const day = addDays(lastDay, 1)
  let left: readonly string[] = []
  await change(context, [id], {}, async ({ transaction, context: within, timelines, writer }) => {
    await assertKeeps(within, id)
    const employment = (timelines.employment.get(id) ?? []).find((one) => holdsOn(one, lastDay))
    if (!employment) throw invalid('lastDay', 'not-here-then')
    const alone = writer.leave(id, day)
    if (alone.length > 0 && successor === undefined) {
      const names = await someNames(transaction, context, alone)
      throw invalid('successor', 'reports-left', { count: alone.length, names, day })
    }
    if (successor !== undefined && successor !== null) {
      if (successor === id) throw invalid('successor', 'leaver-manages')
      await assertEmployed(within, successor, day, 'successor')
      await assertKeepsAll(within, alone)
      for (const report of alone) {
        if (report === successor) continue
        await assertManager(within, report, successor, day)
        writer.setManager(report, successor, day)
      }
    }
    await recordAudit(transaction, context, {
      ...{ action: 'person.leave', object: { kind: 'person', id }, subject: id, details: { from: day } },
    })
    left = successor ? alone.filter((report) => report === successor) : alone
  })
  return { ...(await getPerson(context, { id })), withoutManager: await listRows(context, left, day) }
}

/** Holds a person until the transaction ends; throws NotFound for who was erased meanwhile. */
async function lockPerson({ db, actor }: Context, person: string): Promise<void> {
  const held = await db
    .selectFrom('person')
    .select('id')
    .where('organisation_id', '=', actor.organisation)
    .where('id', '=', person)
    .where('erased_at', 'is', null)
    .forNoKeyUpdate()
    .executeTakeFirst()
  if (!held) throw notFound('person', person)
}

/** What stands about a person may be corrected beside other changes; a start is part of the lines, and takes its turn. */
export async function correctPerson(
  context: Context,
  { id, name, email, externalId, start }: Input<'correct'>,
) {
  const { actor } = context
  const correct = async (transaction: Transaction<Tables>): Promise<void> => {
    const within = { ...context, db: transaction }
    await assertKeeps(within, id)
    await lockPerson(within, id)
    if (name !== undefined || externalId !== undefined)
      await transaction
        .updateTable('person')
        .set({
          ...(name === undefined ? {} : { name }),
          ...(externalId === undefined ? {} : { external_id: externalId }),
        })
        .where('organisation_id', '=', actor.organisation)
        .where('id', '=', id)
        .execute()
        .catch(taken('externalId', 'id-taken'))
    if (email !== undefined) await setEmail(within, id, email)
    const what = Object.entries({ name, email, externalId, start }).filter(([, value]) => value !== undefined)
    await recordAudit(transaction, context, {
      ...{ action: 'person.correct', object: { kind: 'person', id }, subject: id },
      details: Object.fromEntries(what.map(([field]) => [field, true])),
    })
  }
  if (start === undefined) await context.db.transaction().execute(correct)
  else
    await change(context, [id], {}, async ({ transaction, timelines, writer }) => {
      await correct(transaction)
      const employments = timelines.employment.get(id) ?? []
      const employment = employments.find((one) => holdsOn(one, context.today)) ?? employments.at(-1)
      if (!employment) throw invalid('start', 'never-worked-here')
      if (employment.to !== null && start >= employment.to)
        throw invalid('start', 'before-employment-ended', { day: employment.to })
      if (start !== employment.from) writer.correctStart(id, employment.id, start)
    })
  return await getPerson(context, { id })
}

async function setPlace(
  context: Context,
  writer: PlaceWriter,
  person: string,
  from: Day,
  place: Place,
): Promise<void> {
  const { unit, productLines, manager, dotted, position } = place
  if (unit) await assertUnit(context, unit, from)
  for (const line of productLines ?? []) await assertUnit(context, line, from)
  const had = writer.unitsOn(person, from)
  for (const into of [...(unit === undefined ? [] : [unit]), ...(productLines ?? [])])
    if (into === null || !had.includes(into)) await assertTakesInto(context, into)
  if (unit !== undefined) writer.setUnit(person, unit, from)
  if (productLines !== undefined) writer.setProductLines(person, productLines, from)
  if (manager) await assertManager(context, person, manager, from)
  if (manager !== undefined) writer.setManager(person, manager, from)
  for (const other of dotted ?? []) await assertEmployed(context, other, from, 'place.dotted')
  if (dotted?.includes(person)) throw invalid('place.dotted', 'reports-to-self')
  if (dotted !== undefined) writer.setDotted(person, dotted, from)
  if (position?.framework) await assertFramework(context, position.framework)
  if (position !== undefined) writer.setPosition(person, position, writer.unitOn(person, from), from)
}

async function assertUnit({ db, actor }: Context, unit: string, day: Day): Promise<void> {
  const row = await db
    .selectFrom('unit_record')
    .select('id')
    .where('organisation_id', '=', actor.organisation)
    .where('unit_id', '=', unit)
    .where(on('unit_record', day))
    .executeTakeFirst()
  if (!row) throw notFound('unit', unit)
}

/** Throws forbidden for a unit that the actor is no partner of, and for none (null) where they do not keep everybody. */
async function assertTakesInto({ db }: Context, unit: string | null): Promise<void> {
  const { rows } = await sql<{ takes: boolean }>`
    select keeps_organisation() or (${unit}::uuid is not null and is_partner_of(${unit}::uuid)) as takes`.execute(
    db,
  )
  if (!rows[0]?.takes) throw refused('forbidden', 'not-your-unit')
}

async function assertFramework({ db, actor }: Context, framework: string): Promise<void> {
  const row = await db
    .selectFrom('framework')
    .select('id')
    .where('organisation_id', '=', actor.organisation)
    .where('id', '=', framework)
    .executeTakeFirst()
  if (!row) throw notFound('framework', framework)
}

async function assertEmployed({ db, actor }: Context, person: string, day: Day, path: string): Promise<void> {
  const row = await db
    .selectFrom('employment')
    .select('id')
    .where('organisation_id', '=', actor.organisation)
    .where('person_id', '=', person)
    .where(on('employment', day))
    .executeTakeFirst()
  if (!row) throw invalid(path, 'works-here-on', { day })
}

/** The manager works here on the day, and does not report to the person, over however many steps. */
async function assertManager(context: Context, person: string, manager: string, day: Day): Promise<void> {
  await assertEmployed(context, manager, day, 'place.manager')
  if (manager === person) throw invalid('place.manager', 'reports-to-self')
  const { rows } = await sql<{ name: string | null; id: string }>`
    with recursive above(id, step) as (
      select ${manager}::uuid, 0
      union
      select l.manager_id, a.step + 1 from above a join reporting_line l
        on l.organisation_id = ${context.actor.organisation} and l.person_id = a.id and l.kind = 'line'
        and ${on('l', day)} and a.step < 200 and a.id <> ${person})
    select p.id, p.name from above a join person p
      on p.organisation_id = ${context.actor.organisation} and p.id = a.id order by a.step`.execute(
    context.db,
  )
  if (!rows.some(({ id }) => id === person)) return
  const chain = rows.map(({ name }) => name ?? '—').join(' → ')
  throw invalid('place.manager', 'reporting-circle', {
    chain: `${rows.at(-1)?.name ?? '—'} → ${chain}`,
  })
}

async function setEmail({ db, actor, now }: Context, person: string, email: string | null): Promise<void> {
  const of = { organisation_id: actor.organisation, person_id: person }
  if (email === null) {
    await db
      .deleteFrom('person_contact')
      .where('organisation_id', '=', actor.organisation)
      .where('person_id', '=', person)
      .execute()
    return
  }
  await db
    .insertInto('person_contact')
    .values({ ...of, email, recorded_at: now })
    .onConflict((conflict) =>
      conflict.columns(['organisation_id', 'person_id']).doUpdateSet({ email, recorded_at: now }),
    )
    .execute()
    .catch(taken('email', 'address-taken'))
}

const taken = (path: string, code: 'id-taken' | 'address-taken') => (error: unknown) => {
  if (errorCodeOf(error) === '23505')
    throw refused(
      'conflict',
      code,
      {},
      { faults: [{ path, message: messageOfRefusal(code, {}) }], cause: error },
    )
  throw error
}
