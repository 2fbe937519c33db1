// Weakens the security of rows in every single way: each policy dropped or opened, each table let loose, each grant widened.
import type pg from 'pg'
import { GRANTS, ROLES, SCHEMA_GRANTS } from '../../src/db/grants.ts'

export interface Mutant {
  /** The table whose probes must notice. */
  table: string
  name: string
  sql: string
}

interface Policy {
  table: string
  name: string
  command: string
  restrictive: boolean
  roles: string[]
  using: string | null
  check: string | null
}

/** Every policy of schema public, as the database has it. */
export async function listPolicies(client: pg.ClientBase): Promise<Policy[]> {
  const { rows } = await client.query<Policy>(
    `select tablename as table, policyname as name, cmd as command, permissive = 'RESTRICTIVE' as restrictive,
       roles::text[] as roles, qual as using, with_check as check
     from pg_policies where schemaname = 'public' order by tablename, policyname`,
  )
  return rows
}

/** Mutants that change nothing for anybody, because another policy of the table, tried by itself, holds the same. */
const SAME: Readonly<Record<string, string>> = {
  'owner_removes_sample on person_contact: dropped': 'the owner keeps every person; keepers delete addresses',
  'jobs_erase_delete on assessment: using (true)': 'jobs_delete_these_alone lets nothing else be deleted',
  'jobs_expire on assessment: using (true)': 'jobs_delete_these_alone lets nothing else be deleted',
}

/** The mutants of one policy. A change that no statement of its roles could meet is none, and is left out. */
function mutantsOf({ table, name, command, roles, using, check }: Policy): Mutant[] {
  if (name !== 'maintenance' && roles.every((role) => verbsOf(role, table).length === 0)) return []
  const alter = (what: string): Mutant => ({
    table,
    name: `${name} on ${table}: ${what}`,
    sql: `alter policy ${name} on ${table} ${what}`,
  })
  const mutants: Mutant[] = []
  mutants.push({ table, name: `${name} on ${table}: dropped`, sql: `drop policy ${name} on ${table}` })
  if (using !== null && using !== 'true') mutants.push(alter('using (true)'))
  const inserts = name === 'maintenance' || roles.some((role) => verbsOf(role, table).includes('insert'))
  // The condition for a changed row is the one for a seen row, about columns that never change: only a new one differs.
  if (check === null ? command === 'ALL' && inserts : command === 'UPDATE' || inserts)
    if (check !== 'true') mutants.push(alter('with check (true)'))
  return mutants.filter((mutant) => SAME[mutant.name] === undefined)
}

function verbsOf(role: string, table: string): readonly string[] {
  const grants: Record<string, readonly string[] | undefined> = GRANTS[role as keyof typeof GRANTS] ?? {}
  return grants[table] ?? []
}

const asRated = (body: string) =>
  `create or replace function rated_among(asked uuid, subject uuid, cell text[], shown boolean) returns boolean
     language sql stable as $$ ${body} $$`
/** Functions that one policy asks, and that say less than they should. */
const FUNCTIONS: readonly Mutant[] = [
  { table: 'round_result', name: 'rated_among: nobody', sql: asRated('select false') },
  {
    ...{ table: 'round_result', name: 'rated_among: managers as the rule names them' },
    sql: asRated(`select exists (select 1 from round_rater s where s.round_id = asked and s.subject_id = subject
      and s.rater_id = app_person() and s.state = 'submitted' and s.kind in ('peer', 'report'))`),
  },
  {
    ...{ table: 'round_result', name: 'rated_among: managers who stand alone too' },
    sql: asRated(`select exists (select 1 from round_rater s where s.round_id = asked and s.subject_id = subject
      and s.rater_id = app_person() and s.state = 'submitted')`),
  },
]

/** Mutants of all policies and of the row security of each table. */
export async function listMutants(client: pg.ClientBase): Promise<Mutant[]> {
  const policies = await listPolicies(client)
  const tables = [...new Set(policies.map(({ table }) => table))]
  return [
    ...FUNCTIONS,
    ...policies.flatMap(mutantsOf).map(aside),
    ...tables.flatMap((table): Mutant[] => [
      { table, name: `${table}: owner escapes`, sql: `alter table ${table} no force row level security` },
      { table, name: `${table}: row security off`, sql: `alter table ${table} disable row level security` },
    ]),
  ]
}

/** Of two walls in one place each is tried alone: without the trigger that refuses before the policy is asked. */
function aside(mutant: Mutant): Mutant {
  const trigger = { round_result: 'hold_anonymity', round_adjustment: 'hold_adjustment' }[mutant.table]
  if (trigger === undefined) return mutant
  return { ...mutant, sql: `alter table ${mutant.table} disable trigger ${trigger}; ${mutant.sql}` }
}

const VERBS = ['select', 'insert', 'update', 'delete', 'truncate', 'references', 'trigger'] as const

/** What the roles may do with tables that grants.ts does not list, and what it lists and they may not. */
export async function findGrantFaults(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{
    schema: string
    table: string
    column: string | null
    role: string
    verb: string
    held: boolean
  }>(
    `with tables as (
       select c.oid, n.nspname as schema, c.relname as table from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind in ('r', 'p', 'v', 'm') and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast'))
     select schema, t.table, null as column, role, verb, has_table_privilege(role, t.oid, verb) as held
       from tables t, unnest($1::text[]) role, unnest($2::text[]) verb
     union all
     select schema, t.table, attname, role, verb, has_column_privilege(role, t.oid, attname, verb)
       from tables t join pg_attribute a on a.attrelid = t.oid and attnum > 0 and not attisdropped,
         unnest($1::text[]) role, unnest(array['select', 'insert', 'update']) verb`,
    [[...ROLES, 'public'], VERBS],
  )
  return rows
    .filter(
      ({ schema, table, column, role, verb, held }) => held !== isListed(schema, table, column, role, verb),
    )
    .map(
      ({ schema, table, column, role, verb, held }) =>
        `${role} ${held ? 'may' : 'may not'} ${verb} ${schema}.${table}${column === null ? '' : ` (${column})`}`,
    )
}

function isListed(schema: string, table: string, column: string | null, role: string, verb: string): boolean {
  const whole = SCHEMA_GRANTS.filter((one) => one.schema === schema && one.role === role).flatMap(
    ({ verbs }) => verbs,
  )
  const verbs: readonly string[] = schema === 'public' ? verbsOf(role, table) : whole
  if (verbs.includes(verb)) return true
  if (column === null) return false
  return verbs.some(
    (one) =>
      one.startsWith(`${verb}(`) &&
      one
        .slice(verb.length + 1, -1)
        .split(', ')
        .includes(column),
  )
}

/** Every grant that could be given by mistake and is not: a verb on a table, to each role and to everybody. */
export async function listGrantMutants(client: pg.ClientBase): Promise<Mutant[]> {
  const { rows } = await client.query<{ table: string; role: string; verb: string }>(
    `select format('%I.%I', schemaname, tablename) as table, role, verb
     from pg_tables, unnest($1::text[]) role, unnest($2::text[]) verb
     where schemaname not in ('pg_catalog', 'information_schema')
       and (role = 'public' or not has_table_privilege(role, format('%I.%I', schemaname, tablename), verb))
     order by 1, 2, 3`,
    [[...ROLES, 'public'], VERBS],
  )
  return rows.map(({ table, role, verb }) => ({
    table,
    name: `${verb} on ${table} to ${role}`,
    sql: `grant ${verb} on ${table} to ${role}`,
  }))
}
