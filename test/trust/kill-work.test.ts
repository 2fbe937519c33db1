// kill -9 in the middle of scheduled work: each round is closed once and whole, each mail goes out once, nothing is stuck.
import { spawn, type ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { LOCAL_ORGANISATION, LOCAL_PERSON } from '../../src/platform/actor.ts'
import { createTestApp } from '../app.ts'
import { builtInFramework } from '../built-in.ts'
import { TEST_SECRET } from '../database.ts'
import { buildRoundWorld } from '../round-world.ts'
import { counting } from './counting.ts'

const KILLS = process.env['RUNGS_VERIFY'] === undefined ? 2 : 100
/** Rounds that are due at the beginning of each turn, more than are closed before the kill. */
const DUE = 40
const PEERS = 6
/** Mails that wait at the beginning of each turn, besides those of rounds. */
const MAILS = 20

const app = await createTestApp()
const world = await buildRoundWorld(app, PEERS + 1)
const folder = mkdtempSync(join(tmpdir(), 'rungs-kill-work-'))
const mailFolder = join(folder, 'mail')
const PROCESS = [
  ...['--import', import.meta.resolve('tsx'), join(import.meta.dirname, 'work-process.ts')],
  ...[app.database.url, TEST_SECRET, mailFolder],
]
let working: ChildProcess | undefined
let output = ''
const client = new pg.Client({ connectionString: app.database.urlBehind })
await client.connect()
// Rounds are written as they are in the middle of their course, to which triggers hold the application.
await client.query("set app.maintenance = 'on'; set session_replication_role = replica")
afterAll(async () => {
  await end('SIGTERM')
  await client.end()
  rmSync(folder, { recursive: true, force: true })
})

function begin(): void {
  working = spawn(process.execPath, PROCESS, { stdio: ['ignore', 'pipe', 'pipe'] })
  for (const stream of [working.stdout, working.stderr])
    stream?.on('data', (chunk: Buffer) => (output += chunk.toString()))
}

async function end(signal: NodeJS.Signals): Promise<void> {
  const process = working
  if (process === undefined || process.exitCode !== null || process.signalCode !== null) return
  const gone = new Promise((resolve) => process.once('close', resolve))
  process.kill(signal)
  await gone
}

const framework = builtInFramework('coder-to-cto')
const items = framework.competencies.flatMap(({ behaviours }) => behaviours.map(({ id }) => id)).slice(0, 4)
const [subject, ...raters] = [...world.members, world.boss]
const [version] = await app.database.owner.db.selectFrom('framework_version').select('hash').execute()

/** Rounds like one another: all sheets submitted, or one of them open. `closesOn` as days from today. */
async function addRounds(count: number, closesOn: number, open: boolean): Promise<string[]> {
  const rounds = Array.from({ length: count }, () => randomUUID())
  await client.query(
    `insert into round (organisation_id, id, open_key, unit_id, name, framework_hash, minimum_group, manager_named,
       opens_to_manager, opens_to_partner, state, closes_on, opened_at, opened_by)
     select $1, id, id, $2, 'Round', $3, 5, true, true, true, 'running', current_date + $4::int, now(), $5
     from unnest($6::uuid[]) id`,
    [LOCAL_ORGANISATION, world.unit, version!.hash, closesOn, LOCAL_PERSON, rounds],
  )
  await client.query(
    `insert into round_subject (organisation_id, round_id, person_id, unit_id, form, state, changed_at)
     select $1, id, $2, $3, $4, 'rated', now() from unnest($5::uuid[]) id`,
    [LOCAL_ORGANISATION, subject, world.unit, JSON.stringify(items), rounds],
  )
  await client.query(
    `with sheet as (
       insert into round_rater (organisation_id, id, round_id, unit_id, subject_id, rater_id, kind, state, proposed_at,
         changed_at, submitted_at)
       select $1, gen_random_uuid(), r, $2, $3, p, case p when $4 then 'manager' else 'peer' end,
         case when $5 and p = $4 then 'open' else 'submitted' end, now(), now(),
         case when $5 and p = $4 then null else now() end
       from unnest($6::uuid[]) r, unnest($7::uuid[]) p
       returning id, rater_id, state)
     insert into rating (organisation_id, sheet_id, rater_id, position, key, item, answer, given_at)
     select $1, s.id, s.rater_id, i.place, gen_random_uuid(), i.item,
       (array['with-help', 'on-my-own', 'not-yet'])[1 + (i.place + ascii(s.rater_id::text)) % 3], now()
     from sheet s, unnest($8::text[]) with ordinality i(item, place) where s.state = 'submitted'`,
    [LOCAL_ORGANISATION, world.unit, subject, world.boss, open, rounds, raters, items],
  )
  return rounds
}

interface Halves {
  due: number
  closed: number
  /** Rounds with something of a close and not all of it, or with more than one of anything. */
  broken: string[]
}

async function look(): Promise<Halves> {
  const { rows } = await client.query<{ id: string; state: string; fingerprint: string; due: boolean }>(
    `select r.id, r.state, r.closes_on <= current_date as due, concat_ws(' ',
       (select count(*) from audit a where a.organisation_id = r.organisation_id and a.action = 'round.close'
          and a.object_id = r.id::text),
       (select count(*) || ' ' || coalesce(md5(string_agg(concat_ws(',', o.subject_id, o.competency, o.cell, o.kinds,
            o.raters, o.measure, o.se, o.refusal), ';' order by o.competency, o.cell)), '')
          from round_result o where o.organisation_id = r.organisation_id and o.round_id = r.id),
       (select count(*) from rater_note n where n.organisation_id = r.organisation_id and n.round_id = r.id)) as fingerprint
     from round r where r.organisation_id = $1`,
    [LOCAL_ORGANISATION],
  )
  const closed = rows.filter(({ state }) => state === 'closed')
  // They were rated alike, so what is published of them is alike.
  const whole = closed[0]?.fingerprint
  return {
    due: rows.filter(({ state, due }) => state === 'running' && due).length,
    closed: closed.length,
    broken: rows.flatMap(({ id, state, fingerprint }) => {
      const expected = state === 'closed' ? whole : '0 0  0'
      return fingerprint === expected ? [] : [`${id} ${state}: ${fingerprint}`]
    }),
  }
}

async function countClosed(): Promise<number> {
  const { rows } = await client.query<{ closed: number }>(
    "select count(*)::int as closed from round where organisation_id = $1 and state = 'closed'",
    [LOCAL_ORGANISATION],
  )
  return rows[0]!.closed
}

test(
  `${KILLS} times kill -9 in the middle of closing rounds and sending mails: all done once, nothing half`,
  async () => {
    const count = counting('B1 kill -9 of the scheduled work')
    const seconds: number[] = []
    let [invited, inTheMiddle] = [0, 0]
    for (let turn = 0; turn < KILLS; turn += 1) {
      invited += (await addRounds(1, 30, true)).length
      const { due, closed: before } = await look()
      await addRounds(Math.max(0, DUE - due), -1, false)
      await client.query(
        "insert into mail.outbox (kind, to_address, subject, body) select 'test', 'x@example.org', 'Once', 'Once' from generate_series(1, $1)",
        [MAILS],
      )
      // Where all was done before the kill, the job would wait for its minute.
      await client.query('update work.job set due_at = least(due_at, now())')
      const started = performance.now()
      begin()
      // Not look(): on a busy machine it takes longer than closing the rest, and the kill would come after the work.
      while ((await countClosed()) === before) {
        if (working?.exitCode !== null) throw new Error(`the process ended by itself: ${output}`)
        if (performance.now() - started > 180_000) throw new Error(`nothing was closed: ${output}`)
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
      seconds.push((performance.now() - started) / 1000)
      await new Promise((resolve) => setTimeout(resolve, (turn * 37) % 200))
      await end('SIGKILL')
      const after = await look()
      expect(after.broken).toEqual([])
      if (after.due > 0) inTheMiddle += 1
    }
    begin()
    await expect.poll(async () => (await look()).due, { timeout: 120_000 }).toBe(0)
    const last = await look()
    expect(last.broken).toEqual([])
    expect(inTheMiddle).toBeGreaterThan(KILLS / 2)
    const files = () => (existsSync(mailFolder) ? readdirSync(mailFolder) : [])
    const sent = () => files().filter((name) => name.endsWith('.eml')).length
    // Each close tells the person who was rated.
    await expect.poll(sent, { timeout: 120_000 }).toBe(invited + last.closed + KILLS * MAILS)
    const mails = await client.query<{ id: string; kind: string }>('select id, kind from mail.outbox')
    expect(mails.rows.filter(({ kind }) => kind === 'round-invitation')).toHaveLength(invited)
    expect(mails.rows.filter(({ kind }) => kind === 'round-result')).toHaveLength(last.closed)
    const names = new Set(files())
    expect(mails.rows.filter(({ id }) => !names.has(`${id}.eml`))).toEqual([])
    expect(mails.rowCount).toBe(invited + last.closed + KILLS * MAILS)
    expect(output).toBe('')
    const jobs = await client.query<{ name: string; failures: number }>('select name, failures from work.job')
    expect(jobs.rows.filter(({ failures }) => failures > 0)).toEqual([])
    const sorted = seconds.toSorted((a, b) => a - b)
    const [median, longest] = [sorted[Math.floor(sorted.length / 2)]!, sorted.at(-1)!]
    count(
      KILLS,
      `${last.closed.toLocaleString('en-US')} rounds closed once and whole, ${inTheMiddle} kills with rounds left, ${mails.rowCount} mails once; going on ${median.toFixed(1)} s after the start (longest ${longest.toFixed(1)} s)`,
    )
  },
  KILLS * 60_000 + 300_000,
)
