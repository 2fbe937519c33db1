// The shape of the data model in the database itself: every key holds the organisation, and the types name every column.
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { createTestDatabase } from '../../test/database.ts'

const { owner } = await createTestDatabase()
const { pool } = owner
/** Tables of the migrator itself. */
const OURS = "table_schema = 'public' and table_name not like 'rungs_migration%'"

const columns = await pool.query<{ table_name: string; column_name: string; is_nullable: 'YES' | 'NO' }>(
  `select table_name, column_name, is_nullable from information_schema.columns where ${OURS} order by table_name, ordinal_position`,
)
const tables = [...new Set(columns.rows.map(({ table_name }) => table_name))]

test('every table but the organisation itself belongs to one', () => {
  expect(tables).toContain('assessment')
  for (const table of tables.filter((name) => name !== 'organisation')) {
    const organisation = columns.rows.find(
      (row) => row.table_name === table && row.column_name === 'organisation_id',
    )
    expect({ table, nullable: organisation?.is_nullable }).toEqual({ table, nullable: 'NO' })
  }
})

test('every primary key, unique constraint and unique index starts with the organisation', async () => {
  const { rows } = await pool.query<{ name: string; table: string; first: string }>(
    `select i.indexrelid::regclass::text as name, c.relname as table, a.attname as first
     from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace
     join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
     where n.nspname = 'public' and i.indisunique and c.relname not like 'rungs_migration%'`,
  )
  expect(rows.length).toBeGreaterThanOrEqual(tables.length)
  for (const { name, table, first } of rows)
    expect([name, first]).toEqual([name, table === 'organisation' ? 'id' : 'organisation_id'])
})

test('every reference goes through the organisation', async () => {
  const { rows } = await pool.query<{ name: string; columns: string[] }>(
    `select con.conname as name, array_agg(a.attname::text) as columns
     from pg_constraint con join pg_attribute a on a.attrelid = con.conrelid and a.attnum = any (con.conkey)
     join pg_class c on c.oid = con.conrelid join pg_namespace n on n.oid = c.relnamespace
     where con.contype = 'f' and n.nspname = 'public' group by con.oid, con.conname`,
  )
  expect(rows.length).toBeGreaterThanOrEqual(6)
  for (const { name, columns: own } of rows)
    expect([name, own.includes('organisation_id')]).toEqual([name, true])
})

const listed = (body: string) => [...body.matchAll(/^ {2}(\w+):/gm)].map((match) => match[1] ?? '')

test('every table and column of the database is on the page of the data model', () => {
  const files = readdirSync(new URL('tables/', import.meta.url)).map((file) => `tables/${file}`)
  const page = ['schema.ts', ...files]
    .map((file) => readFileSync(new URL(file, import.meta.url), 'utf8'))
    .join('\n')
  const dated = listed(page.split('export interface Dated {')[1]?.split('\n}')[0] ?? '')
  for (const table of tables) {
    const name = `${table.replace(/(^|_)([a-z])/g, (_, __, letter: string) => letter.toUpperCase())}Table`
    const [, heir = '', body = ''] =
      new RegExp(`export interface ${name}( extends Dated)? [{]([^]*?)\\n[}]`).exec(page) ?? []
    const told = [...(heir === '' ? [] : dated), ...listed(body)]
    const stored = columns.rows.filter((row) => row.table_name === table).map((row) => row.column_name)
    expect([table, ...told.toSorted()]).toEqual([table, ...stored.toSorted()])
  }
})

test('rows that hold for some days never overlap in one organisation', async () => {
  const { rows } = await pool.query<{ name: string; first: string }>(
    `select i.indexrelid::regclass::text as name, a.attname as first from pg_index i
     join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0] where i.indisexclusion`,
  )
  expect(rows.length).toBeGreaterThanOrEqual(8)
  expect(new Set(rows.map(({ first }) => first))).toEqual(new Set(['organisation_id']))
})

test('row security is on for every table, and nobody escapes it, its owner neither', async () => {
  const { rows } = await pool.query<{ name: string; on: boolean; forced: boolean; tenant: boolean }>(
    `select c.relname as name, c.relrowsecurity as on, c.relforcerowsecurity as forced,
       exists (select 1 from pg_policy p where p.polrelid = c.oid and not p.polpermissive and p.polname = 'tenant') as tenant
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'public' and c.relkind in ('r', 'p') and c.relname not like 'rungs_migration%'`,
  )
  expect(rows.length).toBe(tables.length)
  for (const row of rows) expect(row).toEqual({ name: row.name, on: true, forced: true, tenant: true })
})

test('no policy holds a subquery: distributed tables refuse those', async () => {
  const { rows } = await pool.query<{ name: string }>(
    `select polname || ' on ' || polrelid::regclass as name from pg_policy
     where coalesce(polqual::text, '') like '%SUBLINK%' or coalesce(polwithcheck::text, '') like '%SUBLINK%'`,
  )
  expect(rows.map(({ name }) => name)).toEqual([])
})

test('the roles that work on it log in, own nothing, and have no power to escape', async () => {
  const { rows } = await pool.query<object>(
    `select rolname as name, rolcanlogin as login,
       rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication as powers,
       exists (select 1 from pg_auth_members m where m.member = r.oid) as member,
       exists (select 1 from pg_shdepend d where d.refobjid = r.oid and d.deptype = 'o'
         and d.dbid = (select oid from pg_database where datname = current_database())) as owns
     from pg_roles r where rolname in ('rungs_request', 'rungs_job', 'rungs_sign_in') order by 1`,
  )
  const harmless = { login: true, powers: false, member: false, owns: false }
  expect(rows).toEqual(['rungs_job', 'rungs_request', 'rungs_sign_in'].map((name) => ({ name, ...harmless })))
})

test('what runs with the rights of the owner looks past row security before it asks for a row', async () => {
  // Row security holds for an owner that is no superuser: what is asked before, and counted after, is silently nothing.
  const { rows } = await pool.query<{ name: string; body: string }>(
    `select p.oid::regprocedure::text as name, p.prosrc as body from pg_proc p
     where p.prosecdef and p.pronamespace::regnamespace::text in ('public', 'sign_in', 'mail', 'work')`,
  )
  const asking = rows
    .map(({ name, body }) => ({ name, body: body.replaceAll(/--.*|\bANALYZE [^;]*;/g, '') }))
    .filter(({ body }) => /\bpublic\./.test(body))
  const blind = asking.filter(({ body }) => {
    const opened = body.indexOf("set_config('app.maintenance', 'on', true)")
    return opened < 0 || opened > body.search(/\bpublic\./)
  })
  expect(blind.map(({ name }) => name)).toEqual([])
  expect(asking.length).toBeGreaterThan(8)
})

test('the database itself refuses what cannot be', async () => {
  const id = '11111111-1111-4111-8111-111111111111'
  await pool.query('insert into organisation values ($1, null, now())', [id])
  await pool.query('insert into person values ($1, $1, null, now())', [id])
  const audit = (actor: string | null, action: string) =>
    pool.query(
      `insert into audit (organisation_id, at, actor_kind, actor_id, action, object_kind, object_id, details)
       values ($1, now(), 'person', $2, $3, 'x', 'y', '{}')`,
      [id, actor, action],
    )
  await expect(audit(null, 'a.b')).rejects.toThrow(/check constraint/)
  await expect(audit(id, 'free text')).rejects.toThrow(/check constraint/)
  await expect(audit(id, 'a.b')).resolves.toBeDefined()
  await expect(
    pool.query(
      `insert into framework_version values ($1, repeat('a', 64), 'missing', '1.0.0', '{}', 1, now())`,
      [id],
    ),
  ).rejects.toThrow(/foreign key/)
})
