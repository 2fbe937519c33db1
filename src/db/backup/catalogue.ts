// Which tables a backup holds, and how each is read and written whole: from the database's own catalogue.
import type pg from 'pg'

/** Every schema that holds rows of Rungs. */
export const SCHEMAS = ['public', 'sign_in', 'mail', 'work'] as const

export interface BackedTable {
  schema: string
  name: string
  /** Columns that are stored, not computed, in their order. */
  columns: string[]
  /** The columns of the primary key; all columns where there is none. */
  order: string[]
}

/** Tables of ours, in the order of their names. */
export async function listTables(client: pg.ClientBase): Promise<BackedTable[]> {
  const { rows } = await client.query<BackedTable>(
    `select n.nspname as schema, c.relname as name,
       (select array_agg(a.attname::text order by a.attnum) from pg_attribute a
         where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
       coalesce((select array_agg(a.attname::text order by k.place)
         from pg_index i, unnest(i.indkey::int2[]) with ordinality as k(number, place)
         join pg_attribute a on a.attrelid = c.oid and a.attnum = k.number
         where i.indrelid = c.oid and i.indisprimary), '{}') as order
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p') and not c.relispartition and n.nspname = any ($1)
       and not exists (select 1 from pg_depend d where d.objid = c.oid and d.deptype = 'e')
     order by 1, 2`,
    [SCHEMAS],
  )
  return rows.map((row) => ({ ...row, order: row.order.length > 0 ? row.order : row.columns }))
}

export const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`
export const nameOf = ({ schema, name }: Pick<BackedTable, 'schema' | 'name'>): string =>
  `${quote(schema)}.${quote(name)}`

/** Texts of the same rows are the same on every server with these settings. */
export const TEXT_SETTINGS = `
  set local datestyle = 'ISO, YMD'; set local timezone = 'UTC'; set local intervalstyle = 'postgres';
  set local extra_float_digits = 1; set local bytea_output = 'hex'; set local client_encoding = 'UTF8';
  set local app.maintenance = 'on'; set local statement_timeout = 0; set local lock_timeout = '30s'`

/** All rows as COPY's text, in an order that hangs on their content alone. */
export function readStatement(table: BackedTable): string {
  const columns = table.columns.map(quote).join(', ')
  const order = table.order.map((column) => `${quote(column)}::text collate "C"`).join(', ')
  return `copy (select ${columns} from ${nameOf(table)} order by ${order}) to stdout`
}

export function writeStatement(table: BackedTable): string {
  return `copy ${nameOf(table)} (${table.columns.map(quote).join(', ')}) from stdin`
}
