// Who tries what: the people and roles of the tests of row security, and the shapes of what they try.
import type { DatabaseRole } from '../../src/db/grants.ts'
import type { Tables } from '../../src/db/schema.ts'
import { LINKS } from './world-links.ts'
import * as w from './world.ts'

/** Somebody as the database sees them: a role, and what the transaction says. */
export interface Persona {
  role: DatabaseRole | 'table owner'
  organisation?: string
  person?: string
  maintenance?: true
  /** At sign-in: the hash of the link in hand, and the account that holds it. */
  admission?: string
  account?: string
  /** True for one who is tried on rows of the first organisation alone. */
  elsewhere?: true
}

const PEOPLE = [
  ...([
    'owner',
    'whole',
    'partner',
    'editor',
    'auditor',
    'boss',
    'delegate',
    'exboss',
    'worker',
    'peer',
  ] as const),
  ...(['stranger', 'leaver', 'fresh', 'bowner', 'bworker', 'bpartner'] as const),
]

export const PERSONAS: Record<string, Persona> = {
  ...Object.fromEntries(
    PEOPLE.map((name): [string, Persona] => [
      name,
      { role: 'rungs_request', organisation: w.organisationOf(name), person: w.person(name) },
    ]),
  ),
  /** A pooled connection on which nobody said who asks. */
  nobody: { role: 'rungs_request' },
  /** The right people while they act in the second organisation, where they may do everything. */
  ...Object.fromEntries(
    w.GUESTS.map((name): [string, Persona] => [
      `${name}Elsewhere`,
      { role: 'rungs_request', organisation: w.B, person: w.person(name), elsewhere: true },
    ]),
  ),
  jobOfEditorElsewhere: { role: 'rungs_job', organisation: w.B, person: w.person('editor'), elsewhere: true },
  job: { role: 'rungs_job', organisation: w.A },
  jobOfEditor: { role: 'rungs_job', organisation: w.A, person: w.person('editor') },
  jobOfWorker: { role: 'rungs_job', organisation: w.A, person: w.person('worker') },
  jobInB: { role: 'rungs_job', organisation: w.B },
  jobOfNobody: { role: 'rungs_job' },
  signIn: { role: 'rungs_sign_in' },
  joins: { role: 'rungs_sign_in', admission: LINKS.joining, account: 'account-new' },
  returns: { role: 'rungs_sign_in', admission: LINKS.back, account: 'account-back' },
  founds: { role: 'rungs_sign_in', admission: LINKS.founding, account: 'account-new' },
  late: { role: 'rungs_sign_in', admission: LINKS.late, account: 'account-new' },
  joinsAgain: { role: 'rungs_sign_in', admission: LINKS.used, account: 'account-new' },
  notAnyMore: { role: 'rungs_sign_in', admission: LINKS.withdrawn, account: 'account-new' },
  foundsLate: { role: 'rungs_sign_in', admission: LINKS.lateFounding, account: 'account-new' },
  joinsSecond: { role: 'rungs_sign_in', admission: LINKS.second, account: 'account-new' },
  tableOwner: { role: 'table owner' },
  maintenance: { role: 'table owner', maintenance: true },
}

export type Verb = 'select' | 'insert' | 'update' | 'delete'
export interface Probe {
  table: keyof Tables
  verb: Verb
  sql: string
  /** Who may; everybody else must not. */
  by: readonly string[]
  /** Of those who may not: who may change the row, but not to this. */
  refused?: readonly string[]
  /** A trigger refuses it too, before the policy is asked. */
  guarded?: true
}

export const read = (table: keyof Tables, where: string, by: readonly string[]): Probe => ({
  ...{ table, verb: 'select', by, sql: `select 1 from ${table} where ${where} limit 1` },
})
export const insert = (table: keyof Tables, row: Record<string, unknown>, by: readonly string[]): Probe => {
  const all = Object.entries({ organisation_id: w.A, ...row })
  const literal = (value: unknown) =>
    value === null || typeof value === 'boolean' || typeof value === 'number'
      ? String(value)
      : `'${String(value)}'`
  const sql = `insert into ${table} (${all.map(([name]) => name).join(', ')}) values (${all.map(([, value]) => literal(value)).join(', ')})`
  return { table, verb: 'insert', sql, by }
}
export const update = (
  table: keyof Tables,
  set: string,
  where: string,
  by: readonly string[],
  refused: readonly string[] = [],
): Probe => ({
  ...{ table, verb: 'update', by, refused, sql: `update ${table} set ${set} where ${where}` },
})
export const remove = (table: keyof Tables, where: string, by: readonly string[]): Probe => ({
  ...{ table, verb: 'delete', by, sql: `delete from ${table} where ${where}` },
})

export const IN_A = PEOPLE.filter((name) => w.organisationOf(name) === w.A)
export const IN_B = PEOPLE.filter((name) => w.organisationOf(name) === w.B)
export const JOBS_A = ['job', 'jobOfEditor', 'jobOfWorker']
/** Sign-in with a usable link into the first organisation, and with any link into it. */
export const ADMITTED_A = ['joins', 'returns', 'founds']
export const LINKED_A = [...ADMITTED_A, 'late', 'joinsAgain', 'notAnyMore', 'foundsLate']
export const SIGN_INS = ['signIn', ...LINKED_A, 'joinsSecond']
/** Everybody of the first organisation, and its jobs. */
export const ALL_A = [...IN_A, ...JOBS_A]
export const ALL_B = [...IN_B, 'jobInB']
/** Those who keep the whole organisation; with the partner of the department: those who keep its people. */
export const KEEPERS = ['owner', 'whole']
export const DEPARTMENT = [...KEEPERS, 'partner']
export const ofA = (where: string) => `organisation_id = '${w.A}' and ${where}`
export const ofB = (where = 'true') => `organisation_id = '${w.B}' and ${where}`
const { person, idOf, NOW } = w
export const id = idOf(5001)
export const dated = { id, valid_from: '2026-07-01', recorded_at: NOW }
export const END = "corrected_at = '2026-06-15T12:00:00Z'"
export const of = (column: string, name: w.Name) => ofA(`${column} = '${person(name)}'`)
