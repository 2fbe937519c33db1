// How an action of the access table is tried: by a call of the API, by a statement at the database, or both.
import type { TestClient } from '../app.ts'
import * as w from './access-world.ts'
import type { TeamApp } from './team-app.ts'

export interface Attempt {
  readonly resource: string
  readonly action: string
  /** Resolves where it was done; what it resolves with may say no: false and null do. */
  readonly api?: (client: TestClient, state: string, me: string) => Promise<unknown>
  /** Errors that only somebody who may gets: the action is then tried with something else wrong about it. */
  readonly pastPolicy?: readonly number[]
  /** What `can` in the answer says of it. */
  readonly can?: (client: TestClient, state: string, me: string) => Promise<boolean | undefined>
  /** A statement that touches at least one row for whoever may; `me` is the acting person. */
  readonly sql?: (state: string, me: string) => string
  /** Puts back what an allowed try has done. */
  readonly after?: (app: TeamApp, hash: string, state: string) => Promise<void>
}

export const LONG_AGO = '1990-01-01'
export const key = '00000000-0000-4000-8000-00000000aaaa'
export const of = (state: string) => w.SUBJECTS[state]!
export const made = "'2026-06-15T12:00:00Z'"
export const at = `'${w.HERE}'`
export const from = (table: string, where: string) =>
  `select 1 from ${table} where organisation_id = ${at} and ${where} limit 1`
export const change = (table: string, set: string, where: string) =>
  `update ${table} set ${set} where organisation_id = ${at} and ${where}`
