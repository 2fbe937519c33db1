// Tries everything as everybody, and tells where the database does other than the tables of who may say.
import type pg from 'pg'
import { GRANTS } from '../../src/db/grants.ts'
import { ASSESSMENTS } from './assessments.ts'
import { PERSONAS, type Persona, type Probe } from './attempts.ts'
import { AUDIT } from './audit.ts'
import { CHART } from './chart.ts'
import { FRAMEWORKS } from './frameworks.ts'
import { LINKS_AND_SAMPLE } from './links.ts'
import { PRIVACY } from './privacy.ts'
import { RIGHTS } from './rights.ts'
import { ROUNDS } from './rounds.ts'
import * as w from './world.ts'

const { NOW } = w

export const PROBES: readonly Probe[] = [
  ...[...CHART, ...RIGHTS, ...FRAMEWORKS, ...ASSESSMENTS, ...AUDIT],
  ...[...LINKS_AND_SAMPLE, ...ROUNDS, ...PRIVACY],
]

/** yes: done; none: no such row; check: the row is refused; privilege: the role may not do this with the table at all. */
type Verdict = 'yes' | 'none' | 'check' | 'privilege' | `fault ${string}`

function expectedOf(probe: Probe, name: string): Verdict {
  if (probe.by.includes(name)) return 'yes'
  const { role, maintenance } = PERSONAS[name]!
  if (maintenance) return probe.guarded && probe.by.length === 0 ? 'check' : 'yes'
  if (role === 'table owner') return probe.verb === 'insert' ? 'check' : 'none'
  const verbs = GRANTS[role][probe.table] ?? []
  const set = [...(/ set (.*) where /.exec(probe.sql)?.[1] ?? '').matchAll(/(\w+) = /g)].map((one) => one[1]!)
  const held = verbs.some((verb) => {
    const [what, columns] = verb.split(/[()]/)
    return what === probe.verb && set.every((column) => columns?.split(', ').includes(column) ?? true)
  })
  if (!held) return 'privilege'
  return probe.verb === 'insert' || probe.refused?.includes(name) ? 'check' : 'none'
}

/**
 * Tries it as somebody, after taking back what was tried before, in one round trip; the client is a superuser's, within a
 * transaction that has a savepoint `probe`.
 */
async function tryAs(
  client: pg.ClientBase,
  { sql, guarded }: Probe,
  { role, organisation, person: who, maintenance, admission, account }: Persona,
): Promise<Verdict> {
  const name = role === 'table owner' ? 'rungs_probe_owner' : role
  const settings = Object.entries({
    ...{ organisation, person: who, today: w.TODAY, now: NOW, maintenance: maintenance ? 'on' : '' },
    ...{ admission, account },
  }).map(([setting, value]) => `set_config('app.${setting}', '${value ?? ''}', true)`)
  try {
    const results = (await client.query(
      `rollback to savepoint probe; set local role ${name}; select ${settings.join(', ')}; ${sql}`,
    )) as unknown as pg.QueryResult[]
    return (results.at(-1)?.rowCount ?? 0) > 0 ? 'yes' : 'none'
  } catch (error) {
    const { code, message } = error as { code: string; message: string }
    if (guarded && code === '23514') return 'check'
    if (code !== '42501') return `fault ${code} ${message}`
    return message.includes('row-level security') ? 'check' : 'privilege'
  }
}

/** The owner's tables in the hands of a role that is no superuser: a superuser escapes every policy. */
export async function giveToPlainOwner(client: pg.ClientBase): Promise<void> {
  await client.query(`create role rungs_probe_owner nologin;
    grant create on schema public to rungs_probe_owner; grant rungs_probe_owner to current_user`)
  const { rows } = await client.query<{ table: string; policies: number }>(
    `select format('%I.%I', schemaname, tablename) as table,
       (select count(*)::int from pg_policies p where p.schemaname = t.schemaname and p.tablename = t.tablename
          and policyname = 'maintenance') as policies
     from pg_tables t where schemaname = 'public'`,
  )
  for (const { table, policies } of rows) {
    await client.query(`alter table ${table} owner to rungs_probe_owner`)
    if (policies > 0) await client.query(`alter policy maintenance on ${table} to rungs_probe_owner`)
  }
}

/**
 * Every persona tries every probe: what differs from the table, as sentences. Stops at the first where `first` is set.
 */
export async function findBreaches(
  client: pg.ClientBase,
  probes: readonly Probe[],
  { first = false } = {},
): Promise<{ cells: number; breaches: string[] }> {
  await client.query('savepoint probe')
  try {
    return await tryAll(client, probes, first)
  } finally {
    await client.query('rollback to savepoint probe; release savepoint probe')
  }
}

async function tryAll(
  client: pg.ClientBase,
  probes: readonly Probe[],
  first: boolean,
): Promise<{ cells: number; breaches: string[] }> {
  const breaches: string[] = []
  let cells = 0
  for (const probe of probes)
    for (const [persona, how] of Object.entries(PERSONAS)) {
      if (how.elsewhere && probe.sql.includes(w.B)) continue
      const got = await tryAs(client, probe, how)
      const expected = expectedOf(probe, persona)
      cells += 1
      if (got === expected) continue
      breaches.push(`${persona}: expected ${expected}, got ${got}: ${probe.sql}`)
      if (first) return { cells, breaches }
    }
  return { cells, breaches }
}
