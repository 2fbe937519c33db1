// Row security held against a table of who may do what: through SQL alone, as each role, in a world of two organisations.
import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { ROLES } from '../../src/db/grants.ts'
import { createTestDatabase } from '../database.ts'
import { findBreaches, giveToPlainOwner, PROBES } from './probes.ts'
import { buildWorld } from './build-world.ts'

const database = await createTestDatabase()
const client = new pg.Client({ connectionString: database.urlBehind })
await client.connect()
afterAll(() => client.end())
await buildWorld(client)
await client.query('begin')
await giveToPlainOwner(client)

test(
  'everybody may do with every row what the table says, and nothing else',
  { timeout: 600_000 },
  async () => {
    const { cells, breaches } = await findBreaches(client, PROBES)
    expect(breaches).toEqual([])
    expect(cells).toBeGreaterThan(2_500)
  },
)

test('no view reads past row security, and what runs as the owner is closed to everybody else', async () => {
  const views = await client.query<{ view: string }>(
    `select c.oid::regclass::text as view from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname in ('public', 'sign_in', 'mail', 'work') and (c.relkind = 'm'
       or c.relkind = 'v' and not coalesce(c.reloptions @> array['security_invoker=true'], false))`,
  )
  expect(views.rows).toEqual([])
  // A function with its owner's rights has a search path of its own, and is called by the roles that it was given to.
  const functions = await client.query<{ name: string; fixed: boolean; open: boolean; roles: string[] }>(
    `select p.proname as name, coalesce(array_to_string(p.proconfig, ' ') ~ 'search_path=pg_catalog', false) as fixed,
       p.prorettype <> 'trigger'::regtype and has_function_privilege('public', p.oid, 'execute') as open,
       array(select r from unnest($1::text[]) r where p.prorettype <> 'trigger'::regtype
         and has_function_privilege(r, p.oid, 'execute')) as roles
     from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     where p.prosecdef and n.nspname in ('public', 'sign_in', 'mail', 'work') order by 1`,
    [ROLES],
  )
  expect(functions.rows.filter(({ fixed, open }) => !fixed || open)).toEqual([])
  expect(functions.rows.filter(({ roles }) => roles.length > 1).map(({ name }) => name)).toEqual([])
  expect(functions.rows.length).toBeGreaterThan(1)
})
