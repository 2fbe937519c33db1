// A database that was handed to another owner: rows that row security would hide from it are never missing without a word.
import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { createTestDatabase } from '../../test/database.ts'
import { ensureLocalOrganisation } from '../platform/local-organisation.ts'
import { SCHEMAS } from './backup/catalogue.ts'
import { checkDatabase } from './backup/check-database.ts'
import { dumpTables } from './backup/dump-tables.ts'
import { ensureSeesAll, findHidden } from './owner-sight.ts'

const database = await createTestDatabase()
const { pool } = database.owner
const NEXT = `rungs_next_${randomBytes(4).toString('hex')}`
await ensureLocalOrganisation(database.owner, new Date())
await pool.query(`create role ${NEXT} login password 'of this test alone'; grant ${NEXT} to current_user;
  grant usage, create on schema ${SCHEMAS.join(', ')} to ${NEXT}`)
const url = new URL(database.url)
url.username = NEXT
url.password = 'of this test alone'
const next = new pg.Client({ connectionString: url.href })
await next.connect()
afterAll(async () => {
  await next.end()
  await pool.query(`drop owned by ${NEXT} cascade; drop role ${NEXT}`)
})

/** As somebody does who moves a database into other hands: everything changes its owner, policies go on naming the old one. */
async function handOver(): Promise<void> {
  const { rows } = await pool.query<{ statement: string }>(
    `select format('alter table %s owner to ${NEXT}', c.oid::regclass) as statement
     from pg_class c where c.relkind in ('r', 'p') and c.relnamespace::regnamespace::text = any ($1)
     union all
     select format('alter routine %s owner to ${NEXT}', p.oid::regprocedure) from pg_proc p
     where p.pronamespace::regnamespace::text = any ($1)
       and not exists (select 1 from pg_depend d where d.objid = p.oid and d.deptype = 'e')`,
    [SCHEMAS],
  )
  for (const { statement } of rows) await pool.query(statement)
}

async function countOrganisations(): Promise<number> {
  await next.query("begin; set local app.maintenance = 'on'")
  const { rows } = await next.query<{ count: number }>('select count(*)::int as count from organisation')
  await next.query('commit')
  return rows[0]!.count
}

const sink = { table: async () => undefined, bytes: async () => undefined, end: async () => undefined }

test('the owner that made the tables sees every row, superuser or not', async () => {
  expect(await findHidden(pool)).toEqual([])
})

test('an owner whom the policies do not name is refused, and named at the next start', async () => {
  await handOver()
  expect(await countOrganisations()).toBe(0)
  const sentence = new RegExp(
    `^Row security hides what is in \\d+ tables from the database user ${NEXT}: as their owner ${NEXT}, run rungs db migrate.$`,
  )
  expect((await checkDatabase(next)).problems).toEqual([expect.stringMatching(sentence)])
  await expect(dumpTables(next, sink)).rejects.toThrow(sentence)
  await ensureSeesAll(next)
  expect(await countOrganisations()).toBe(1)
  expect((await checkDatabase(next)).problems).toEqual([])
})

test('an owner with the rights of a role that sees one organisation is refused', async () => {
  await pool.query(`grant rungs_request to ${NEXT}`)
  expect(await countOrganisations()).toBe(0)
  const sentence = `The database user ${NEXT} has the rights of rungs_request, and with them their narrow view: run REVOKE rungs_request FROM ${NEXT};`
  await expect(ensureSeesAll(next)).rejects.toThrow(sentence)
  await expect(dumpTables(next, sink)).rejects.toThrow(sentence)
  await pool.query(`revoke rungs_request from ${NEXT}`)
  await ensureSeesAll(next)
})
