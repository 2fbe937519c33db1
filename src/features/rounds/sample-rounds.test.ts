// The past of the sample organisation: loaded through the application, readable as any round, removed without a trace.
import { expect, test } from 'vitest'
import { createTestApp } from '../../../test/app.ts'
import { builtInFramework } from '../../../test/built-in.ts'
import { LOCAL_ORGANISATION, localActor, type Actor } from '../../platform/actor.ts'
import { loadActorAt } from '../../platform/load-actor.ts'
import { storeBuiltInFrameworks } from '../publications/commands.ts'

const app = await createTestApp()
await storeBuiltInFrameworks(app.system(), [builtInFramework('coder-to-cto')])
const { pool, db } = app.database.owner
const { people, rounds } = app.client

/** Rows of every table of organisations but the audit. */
async function counts(): Promise<Record<string, number>> {
  const { rows } = await pool.query<{ name: string }>(
    `select table_name as name from information_schema.columns where table_schema = 'public'
       and column_name = 'organisation_id' and table_name not in ('audit', 'audit_link') order by 1`,
  )
  const found: Record<string, number> = {}
  for (const { name } of rows) {
    const counted = await pool.query<{ n: number }>(`select count(*)::int as n from "${name}"`)
    found[name] = counted.rows[0]!.n
  }
  return found
}

async function load() {
  const steps: string[] = []
  let last = 0
  for await (const event of await rounds.loadSample())
    if (event.kind === 'progress') {
      if (event.step !== steps.at(-1)) [last] = [0, steps.push(event.step)]
      // It only ever goes on.
      expect(event.share).toBeGreaterThanOrEqual(last)
      last = event.share
    } else return { steps, ...event }
  throw new Error('the load did not end')
}

const memberOf = (person: string): Actor => ({
  ...{ kind: 'member', organisation: LOCAL_ORGANISATION, person, grants: [] },
})
const before = await counts()

test(
  'nothing is loaded where nobody of the sample is, and by nobody but the owner',
  { timeout: 120_000 },
  async () => {
    await expect(load()).rejects.toMatchObject({ status: 409 })
    await people.loadSample()
    const peer = (
      await db.selectFrom('person').select('id').where('sample', '=', true).limit(1).execute()
    )[0]!
    const asPeer = app.clientOf(memberOf(peer.id)).rounds
    const first = async () => {
      for await (const event of await asPeer.loadSample()) return event
    }
    await expect(first()).rejects.toMatchObject({ status: 403 })
    const asked = `select load_sample('${LOCAL_ORGANISATION}', 'assessment', '[]')`
    const refused = app.context(memberOf(peer.id)).db.transaction()
    await expect(
      refused.execute((transaction) => transaction.executeQuery({ sql: asked, parameters: [] } as never)),
    ).rejects.toThrow(/only the owner/)
  },
)

test(
  'assessments and two closed rounds are loaded once, step by step, and read like any others',
  { timeout: 600_000 },
  async () => {
    const loaded = await load()
    expect(loaded.steps).toEqual(['assessments', 'first-round', 'second-round'])
    expect(loaded.rounds).toBe(2)
    expect(loaded.assessments).toBeGreaterThan(250)
    expect(loaded.ratings).toBeGreaterThan(40_000)
    expect(await load()).toMatchObject({ assessments: 0, rounds: 0, ratings: 0 })

    const { keep } = await rounds.list()
    expect(keep.map(({ state }) => state)).toEqual(['closed', 'closed'])
    const board = await rounds.get({ id: keep[0]!.id })
    expect(board.subjects.length).toBeGreaterThan(280)
    expect(board.can).toMatchObject({ changeRaters: false, close: false })

    // The person reads their result, with cells of others and what was refused; so does their manager.
    const rows = await db
      .selectFrom('round_result')
      .select(['subject_id', 'kinds', 'raters', 'refusal'])
      .where('round_id', '=', keep[0]!.id)
      .execute()
    const anonymous = rows.filter(({ kinds, refusal }) => refusal === null && kinds.includes('peer'))
    expect(anonymous.length).toBeGreaterThan(1000)
    for (const { raters } of anonymous) expect(raters).toBeGreaterThanOrEqual(5)
    const led = new Set((await people.chart({ depth: 20 })).nodes.map(({ id, manager }) => manager && id))
    const subject = anonymous.find(({ subject_id }) => led.has(subject_id))!.subject_id
    const own = await app.clientOf(memberOf(subject)).rounds.result({ id: keep[0]!.id, subject })
    expect(own.competencies).toHaveLength(8)
    expect(own.competencies.some(({ others }) => others.length > 0)).toBe(true)
    const line = await people.get({ id: subject })
    const manager = app.clientOf(memberOf(line.person.manager!.id)).rounds
    expect((await manager.results({ person: subject })).rounds.length).toBeGreaterThan(0)

    // Whoever loaded it may look as people partner of the sample, and of nobody else.
    const { now, today } = app.context()
    const here = { organisation: LOCAL_ORGANISATION, person: localActor.person, today }
    const partner = (await loadActorAt(app.database, { account: '' }, here, now))!.actor
    expect(partner.grants.map(({ role }) => role)).toEqual(['owner', 'people-partner'])
    expect(partner.grants[1]!.units).not.toBe('all')
    const seen = await app.clientOf(partner).rounds.result({ id: keep[0]!.id, subject })
    expect(seen.competencies).toHaveLength(8)
    expect(seen.competencies.some(({ others }) => others.length > 0)).toBe(true)

    // Their assessments stand, and nobody but they reads them.
    const one = (await db.selectFrom('assessment').select(['id', 'person_id']).limit(1).execute())[0]!
    const standing = app.clientOf(memberOf(one.person_id))
    expect((await standing.assessments.list({})).assessments.length).toBeGreaterThan(0)
    expect((await app.client.assessments.list({})).assessments).toEqual([])
  },
)

test('nothing but rows of the sample is taken, and nothing more once a round is closed', async () => {
  const { db: asOwner } = app.context(localActor)
  const load = async (kind: string, rows: object[]) =>
    await asOwner.transaction().execute((transaction) =>
      transaction.executeQuery({
        sql: 'select load_sample($1, $2, $3::jsonb)',
        parameters: [LOCAL_ORGANISATION, kind, JSON.stringify(rows)],
      } as never),
    )
  const note = await db.selectFrom('rater_note').selectAll().limit(1).executeTakeFirstOrThrow()
  await expect(load('rater_note', [note])).rejects.toThrow(/expected rows of the sample/)
  const one = await db.selectFrom('assessment').selectAll().limit(1).executeTakeFirstOrThrow()
  await expect(
    load('assessment', [{ ...one, person_id: localActor.person, start_key: one.id }]),
  ).rejects.toThrow(/expected rows of the sample/)
  await expect(load('audit', [{}])).rejects.toThrow(/expected rows of the sample/)
})

test(
  'removing takes everything with it: rounds that were opened since, roles, assessments',
  { timeout: 300_000 },
  async () => {
    const { units } = await people.units({})
    const team = units.find(({ name }) => name === 'Risk')!
    const { round } = await rounds.open({
      ...{ key: crypto.randomUUID(), unit: team.id, name: 'Mine', framework: 'coder-to-cto' },
      ...{
        rule: { minimumGroup: 5, managerNamed: true, opensToManager: true, opensToPartner: false },
        closesOn: '2026-04-01',
      },
    })
    await rounds.start({ id: round.id })
    const sheet = (await rounds.get({ id: round.id })).subjects[0]!.sheets[0]!
    await pool.query(
      `insert into role_grant (organisation_id, id, person_id, role, granted_at)
     values ($1, gen_random_uuid(), $2, 'auditor', now())`,
      [LOCAL_ORGANISATION, sheet.rater.id],
    )
    await people.removeSample()
    expect(await counts()).toEqual(before)
    const left = await pool.query(
      "select 1 from mail.outbox where person_id is not null and kind like 'round%'",
    )
    expect(left.rows).toEqual([])
    // And it can be loaded again.
    await people.loadSample()
    await people.removeSample()
  },
)
