// What leaves no trace is not done: with an audit that cannot be written, every write and every sensitive read is refused.
import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterEach, expect, test } from 'vitest'
import { LOCAL_ORGANISATION, LOCAL_PERSON } from '../../src/platform/actor.ts'
import { auditedRead } from '../../src/platform/audit/record-audit.ts'
import { packageRoot } from '../../src/platform/package-root.ts'
import { loadBuiltInFrameworks } from '../../src/main/built-in-frameworks.ts'
import { createTestApp } from '../app.ts'
import { counting } from './counting.ts'

const app = await createTestApp()
const { client, database } = app
await loadBuiltInFrameworks(app.system())
const owner = database.owner.pool

/** Ways in which an audit cannot be written, and how each is put right again. */
const WAYS: Record<string, { broken: string; mended: string }> = {
  'no right to write it': {
    broken: 'revoke insert on audit from rungs_request',
    mended: 'grant insert on audit to rungs_request',
  },
  'a table that refuses rows': {
    broken: `create function refuse_rows() returns trigger language plpgsql as
      $$ begin raise exception 'could not extend file: No space left on device' using errcode = '53100'; end $$;
      create trigger refuse_rows before insert on audit for each row execute function refuse_rows()`,
    mended: 'drop function refuse_rows cascade',
  },
  'no table': {
    broken: 'alter table audit rename to audit_gone',
    mended: 'alter table audit_gone rename to audit',
  },
}
let mended: string | undefined
async function breakBy(way: string): Promise<void> {
  await owner.query(WAYS[way]!.broken)
  mended = WAYS[way]!.mended
}
afterEach(async () => {
  if (mended !== undefined) await owner.query(mended)
  mended = undefined
})

const { assessment } = await client.assessments.start({
  ...{ key: randomUUID(), framework: 'coder-to-cto', mode: 'quick' as const, self: {} },
})
const reader = randomUUID()
await client.people.join({
  key: reader,
  name: 'Reader',
  email: null,
  externalId: null,
  from: '2026-01-01',
  place: {},
})
await sql`insert into assessment_share (organisation_id, id, assessment_id, person_id, with_person, until, made_at)
  values (${LOCAL_ORGANISATION}, ${randomUUID()}, ${assessment.id}, ${LOCAL_PERSON}, ${reader}, '2027-01-01', now())`.execute(
  database.owner.db,
)
const asReader = app.context({
  ...{ kind: 'member', organisation: LOCAL_ORGANISATION, person: reader, grants: [] },
})
let question = (await client.assessments.get({ id: assessment.id })).question!.item

/** Writes and sensitive reads through the application; each works while the audit does. */
const ACTS: Record<string, () => Promise<unknown>> = {
  'assessment.answer': () =>
    client.assessments.answer({ id: assessment.id, key: randomUUID(), item: question, answer: 'on-my-own' }),
  'assessment.start': () =>
    client.assessments.start({ key: randomUUID(), framework: 'coder-to-cto', mode: 'quick', self: {} }),
  'person.join': () =>
    client.people.join({
      ...{ key: randomUUID(), name: 'New', email: null, externalId: null, from: '2026-02-01', place: {} },
    }),
  'person.correct': () => client.people.correct({ id: reader, name: `Reader ${randomUUID()}` }),
  'retention.set': () =>
    client.privacy.setRetention({ kind: 'mail', days: 1 + Math.floor(Date.now() % 300) }),
  'hold.place': () => client.privacy.placeHold({ key: randomUUID(), person: reader, reason: 'case' }),
  'person.export': () => client.privacy.export({}),
  'assessment.read of another': () =>
    auditedRead(
      asReader,
      {
        action: 'assessment.read',
        ...{ object: { kind: 'assessment', id: assessment.id }, subject: LOCAL_PERSON },
      },
      async ({ db }) => {
        const rows = await db.selectFrom('assessment').select('id').where('id', '=', assessment.id).execute()
        expect(rows).toHaveLength(1)
        return rows
      },
    ),
}

const TABLES = ['assessment', 'response', 'person', 'employment', 'retention_rule', 'legal_hold', 'audit']
const counts = async (audit = 'audit') =>
  Promise.all(
    TABLES.map(async (table) => {
      const { rows } = await owner.query<{ state: string }>(
        `select count(*) || coalesce(md5(string_agg(t::text, '' order by t::text)), '') as state
         from ${table === 'audit' ? audit : table} t`,
      )
      return rows[0]!.state
    }),
  )

test('each of them works and leaves its row while the audit can be written', async () => {
  for (const [name, act] of Object.entries(ACTS)) {
    const before = await owner.query<{ n: number }>('select count(*) as n from audit')
    await act()
    const after = await owner.query<{ n: number }>('select count(*) as n from audit')
    expect(after.rows[0]!.n - before.rows[0]!.n, name).toBeGreaterThanOrEqual(1)
  }
  question = (await client.assessments.get({ id: assessment.id })).question!.item
})

const TIMES = process.env['RUNGS_VERIFY'] === undefined ? 1 : 5
const count = counting('E2 reads and writes without an audit, refused')
let allRefused = 0

test('in tests, a transaction that writes and leaves no row fails at its end', async () => {
  const { db } = app.context()
  const rename = db.updateTable('person').set({ name: 'Ada' }).where('id', '=', LOCAL_PERSON)
  await expect(rename.execute()).rejects.toThrow('a write to person left no row in the audit')
})

test.each(Object.keys(WAYS))(
  'with %s all are refused with the reason, and nothing is changed',
  async (way) => {
    const before = await counts()
    await breakBy(way)
    let refused = 0
    for (let time = 0; time < TIMES; time += 1)
      for (const act of Object.values(ACTS)) {
        await expect(act()).rejects.toThrow(
          /^Nothing was done or shown, because the audit cannot be written \(\w{5}\)/,
        )
        refused += 1
      }
    expect(refused).toBe(TIMES * Object.keys(ACTS).length)
    expect(await counts(way === 'no table' ? 'audit_gone' : 'audit')).toEqual(before)
    allRefused += refused
    if (way === Object.keys(WAYS).at(-1))
      count(allRefused, `with the reason, nothing changed; in ${Object.keys(WAYS).length} ways`)
  },
)

/** The text of a call's parentheses, from the one that opens at `start`. */
function insideParentheses(text: string, start: number): string {
  for (let at = start, depth = 0; at < text.length; at += 1) {
    if (text[at] === '(') depth += 1
    if (text[at] === ')' && (depth -= 1) === 0) return text.slice(start, at + 1)
  }
  return text.slice(start)
}

test('every transaction of every feature that writes records what it did', () => {
  const features = join(packageRoot, 'src/features')
  const files = readdirSync(features, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.ts') && !/\.test\.ts$|fixture|[/\\]ui[/\\]/.test(name),
  )
  let transactions = 0
  const silent: string[] = []
  for (const file of files) {
    const text = readFileSync(join(features, file), 'utf8')
    for (const { index } of text.matchAll(/\.transaction\(\)/g)) {
      const start = text.indexOf('.execute(', index)
      const body = insideParentheses(text, start + '.execute'.length)
      transactions += 1
      const handed = [...body.matchAll(/await (\w+)\(/g)].map(([, name]) => name)
      const recorded = /recordAudits?\(/.test(body) || handed.some((name) => recordsIn(text, name!))
      const reads = !/insertInto|updateTable|deleteFrom|insert into|\bupdate [a-z]|delete from|flush\(/.test(
        body,
      )
      if (!recorded && !reads) silent.push(`${file}: ${text.slice(0, index).split('\n').length}`)
    }
  }
  expect(silent).toEqual([])
  expect(transactions).toBeGreaterThan(15)
})

/** Whether a function of the same file records; one that was handed in is the work of whoever calls, in this file too. */
function recordsIn(text: string, name: string): boolean {
  const at = text.search(new RegExp(`function ${name}\\b`))
  return /recordAudits?\(/.test(at < 0 ? text : text.slice(at, at + 3000))
}
