// A small organisation for tests of rounds: a team with its manager, a partner of it, one of another unit, a stranger.
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { LOCAL_ORGANISATION, type Actor, type Grant } from '../src/platform/actor.ts'
import type { TestApp, TestClient } from './app.ts'
import { builtInFramework } from './built-in.ts'
import { storeBuiltInFrameworks } from '../src/features/publications/commands.ts'

export interface RoundWorld {
  unit: string
  otherUnit: string
  boss: string
  members: string[]
  partner: string
  otherPartner: string
  stranger: string
  clientOf: (person: string) => TestClient
  actorOf: (person: string) => Actor
  /** Ends an employment: the person works here no more on `day`. */
  leave: (person: string, day: string) => Promise<void>
  /** The person reports to somebody else from `day` on. */
  giveManager: (person: string, manager: string, day: string) => Promise<void>
  person: (name: string) => Promise<string>
}

const ORGANISATION = { organisation_id: LOCAL_ORGANISATION }
const ROLES = ['programmer', 'senior-programmer', 'architect'] as const

/** `size` members of a team, with roles in turn; everybody has an address. */
export async function buildRoundWorld(app: TestApp, size = 8): Promise<RoundWorld> {
  const { db } = app.database.owner
  await storeBuiltInFrameworks(app.system(), [builtInFramework('coder-to-cto')])
  const at = app.clock.now
  const dated = () => ({
    ...ORGANISATION,
    id: randomUUID(),
    valid_from: '2024-01-01',
    recorded_at: at,
    recorded_by: null,
  })
  const unitOf = async (name: string) => {
    const id = randomUUID()
    await db
      .insertInto('unit')
      .values({ ...ORGANISATION, id, kind: 'team' })
      .execute()
    await db
      .insertInto('unit_record')
      .values({ ...dated(), unit_id: id, name, parent_id: null })
      .execute()
    return id
  }
  const unit = await unitOf('Team')
  const otherUnit = await unitOf('Other')
  const person = async (name: string) => {
    const id = randomUUID()
    await db
      .insertInto('person')
      .values({ ...ORGANISATION, id, name, created_at: at })
      .execute()
    await db
      .insertInto('employment')
      .values({ ...dated(), person_id: id })
      .execute()
    const email = `${name.toLowerCase().replaceAll(' ', '.')}@example.org`
    await db
      .insertInto('person_contact')
      .values({ ...ORGANISATION, person_id: id, email, recorded_at: at })
      .execute()
    return id
  }
  const boss = await person('Boss')
  const members: string[] = []
  for (let n = 0; n < size; n++) {
    const member = await person(`Member ${n}`)
    const position = randomUUID()
    await db
      .insertInto('unit_membership')
      .values({ ...dated(), unit_id: unit, person_id: member })
      .execute()
    await db
      .insertInto('reporting_line')
      .values({ ...dated(), person_id: member, manager_id: boss, kind: 'line' })
      .execute()
    await db
      .insertInto('position')
      .values({ ...ORGANISATION, id: position })
      .execute()
    await db
      .insertInto('position_record')
      .values({
        ...dated(),
        ...{ position_id: position, title: 'Engineer', framework_id: 'coder-to-cto' },
        ...{ role: ROLES[n % ROLES.length]!, variant: null, unit_id: unit },
      })
      .execute()
    await db
      .insertInto('position_holder')
      .values({ ...dated(), position_id: position, person_id: member })
      .execute()
    members.push(member)
  }
  const partner = await person('Partner')
  const otherPartner = await person('Other Partner')
  const stranger = await person('Stranger')
  const grants = new Map<string, Grant[]>()
  for (const [who, of] of [
    [partner, unit],
    [otherPartner, otherUnit],
  ] as const) {
    await db
      .insertInto('role_grant')
      .values({
        ...{ ...ORGANISATION, id: randomUUID(), person_id: who, role: 'people-partner', unit_id: of },
        ...{ granted_at: at, granted_by: null, until: null },
      })
      .execute()
    grants.set(who, [{ role: 'people-partner', units: [of] }])
  }
  const actorOf = (who: string): Actor => ({
    ...{ kind: 'member', organisation: LOCAL_ORGANISATION, person: who, grants: grants.get(who) ?? [] },
  })
  const clients = new Map<string, TestClient>()
  return {
    ...{ unit, otherUnit, boss, members, partner, otherPartner, stranger, actorOf, person },
    clientOf: (who) => {
      const client = clients.get(who) ?? app.clientOf(actorOf(who))
      clients.set(who, client)
      return client
    },
    leave: async (who, day) => {
      await sql`update employment set valid_to = ${day} where person_id = ${who} and valid_to is null`.execute(
        db,
      )
    },
    giveManager: async (who, manager, day) => {
      await sql`update reporting_line set valid_to = ${day} where person_id = ${who} and valid_to is null`.execute(
        db,
      )
      await db
        .insertInto('reporting_line')
        .values({ ...dated(), valid_from: day, person_id: who, manager_id: manager, kind: 'line' })
        .execute()
    },
  }
}

export const ROUND_RULE = { minimumGroup: 5, managerNamed: true, opensToManager: true, opensToPartner: false }

type Answer = 'not-yet' | 'with-help' | 'on-my-own' | 'no-opportunity'

/** Fills in and submits every open sheet of a person; `answerOf` says what. */
export async function submitAll(
  client: TestClient,
  answerOf: (item: string, at: number) => Answer = (_, at) =>
    (['with-help', 'on-my-own', 'not-yet'] as const)[at % 3]!,
): Promise<number> {
  const { sheets } = await client.rounds.list()
  const open = sheets.filter(({ state }) => state === 'open')
  for (const { id } of open) {
    const { items } = await client.rounds.sheet({ sheet: id })
    for (const [at, { id: item }] of items.entries())
      await client.rounds.rate({ sheet: id, key: randomUUID(), item, answer: answerOf(item, at) })
    await client.rounds.submit({ sheet: id })
  }
  return open.length
}

/** Fills in and submits all open sheets of these people in the database itself: set-up, past the application. */
export async function fillSheets(
  { database: { owner } }: TestApp,
  raters: readonly string[],
  answerOf: (item: string, at: number, rater: string) => Answer = (item, at, rater) =>
    (['with-help', 'on-my-own', 'not-yet', 'on-my-own'] as const)[
      (at + item.length + rater.charCodeAt(0)) % 4
    ]!,
): Promise<void> {
  const sheets = await owner.db
    .selectFrom('round_rater as s')
    .innerJoin('round_subject as o', (join) =>
      join.onRef('o.round_id', '=', 's.round_id').onRef('o.person_id', '=', 's.subject_id'),
    )
    .select(['s.id', 's.rater_id', 'o.form'])
    .where('s.rater_id', 'in', [...raters])
    .where('s.state', '=', 'open')
    .execute()
  const rows = sheets.flatMap(({ id, rater_id: rater, form }) =>
    form.map((item, at) => ({
      ...{ ...ORGANISATION, sheet_id: id, rater_id: rater, position: 1000 + at, key: randomUUID(), item },
      ...{ answer: answerOf(item, at, rater), evidence: null, given_at: new Date(0) },
    })),
  )
  for (let at = 0; at < rows.length; at += 1000)
    await owner.db
      .insertInto('rating')
      .values(rows.slice(at, at + 1000))
      .execute()
  const ids = sheets.map(({ id }) => id)
  if (ids.length > 0)
    await sql`update round_rater set state = 'submitted', submitted_at = now() where id = any(${ids}::uuid[])`.execute(
      owner.db,
    )
}
