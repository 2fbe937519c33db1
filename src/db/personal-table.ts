// How a table with something about people is described.
import type { Tables } from './schema.ts'

/** What it is kept for; the words for people are in features/privacy/purposes.ts. */
export type Purpose =
  | 'who'
  | 'reach'
  | 'place'
  | 'rights'
  | 'measure'
  | 'rating'
  | 'share'
  | 'sign-in'
  | 'mail'
  | 'reason'
  | 'trace'
  | 'hold'

/**
 * Until when: `erased`: as long as the person is known here; `assessments`, `invitations`, `mail`: as long as the
 * organisation's rule for them says; `session`: until it ends by itself; `always`: the chart, rights and the audit, which
 * others rely on and which after erasure name nobody.
 */
export type Retention = 'erased' | 'assessments' | 'invitations' | 'mail' | 'session' | 'always'

export interface PersonalColumn {
  readonly purpose: Purpose
  /** whole: as it is; person: the person is called "you", everybody else "somebody else"; secret: only that it is there. */
  readonly export: 'whole' | 'person' | 'secret'
  /** deleted: with its row; emptied: the row stays without it; kept: opaque, or nothing of the person. */
  readonly erasure: 'deleted' | 'emptied' | 'kept'
}

export interface PersonalTable {
  /** With its schema where that is not public. */
  readonly table: string
  /** Columns whose value is the person. Rows where any of them is are about the person. */
  readonly of: readonly string[]
  /** Rows that hang on a row of the person's in another table: `column` is its `key`, and its `of` the person. */
  readonly through?: Through
  /** Of `of` and `through`, what a person takes away: rows that would tell them of others are left out. */
  readonly exported: { readonly of: readonly string[]; readonly through: boolean }
  /** deleted: by the job; follows: with the row that it hangs on; kept. */
  readonly rows: 'deleted' | 'follows' | 'kept'
  readonly retention: Retention
  readonly columns: Readonly<Record<string, PersonalColumn>>
  /** For columns that erasure empties: which column must be the person for that. */
  readonly emptiedFor: Readonly<Record<string, string>>
}

export interface Through {
  readonly column: string
  readonly table: string
  readonly key: string
  readonly of: string
}

type Public = keyof Tables
type Names<T extends Public> = readonly (keyof Tables[T] & string)[]

interface Parts<T extends Public> {
  of: Names<T>
  rows: PersonalTable['rows']
  retention: Retention
  purpose: Purpose
  /** As they are. */
  whole: Names<T>
  /** Ids of persons. */
  person?: Names<T>
  secret?: Names<T>
  /** Of the others: those that erasure empties, where the first of `of` is the person or the column named. */
  emptied?: Names<T>
  emptiedFor?: { readonly [K in keyof Tables[T] & string]?: keyof Tables[T] & string }
  through?: Through
  exported?: { of: Names<T>; through: boolean }
}

/** Describes a table of schema public; its columns are checked by their types. */
export function table<T extends Public>(name: T, parts: Parts<T>): PersonalTable {
  return describe(name, parts)
}

type Loose = Omit<
  Parts<'audit'>,
  'of' | 'whole' | 'person' | 'secret' | 'emptied' | 'emptiedFor' | 'exported'
> & {
  of: readonly string[]
  whole: readonly string[]
  person?: readonly string[]
  secret?: readonly string[]
  emptied?: readonly string[]
  emptiedFor?: Readonly<Record<string, string | undefined>>
  exported?: { of: readonly string[]; through: boolean }
}

/** The same for a table of another schema. */
export function describe(name: string, parts: Loose): PersonalTable {
  const { of, rows, retention, purpose, whole, person = [], secret = [], emptied = [], through } = parts
  const { exported = { of, through: true }, emptiedFor = {} } = parts
  const erasure = (column: string) =>
    rows !== 'kept' ? 'deleted' : emptied.includes(column) ? 'emptied' : 'kept'
  const columns: Record<string, PersonalColumn> = {}
  const kinds = [
    [whole, 'whole'],
    [person, 'person'],
    [secret, 'secret'],
  ] as const
  for (const [names, how] of kinds)
    for (const column of names) columns[column] = { purpose, export: how, erasure: erasure(column) }
  return {
    ...{ table: name, of, rows, retention, columns, exported },
    emptiedFor: Object.fromEntries(emptied.map((column) => [column, emptiedFor[column] ?? of[0] ?? ''])),
    ...(through === undefined ? {} : { through }),
  }
}
