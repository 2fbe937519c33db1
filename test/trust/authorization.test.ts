// Rungs held against the access table: everybody tries everything, through the API and at the database, in every state.
import { readFileSync } from 'node:fs'
import type pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { accessDocument } from './access-document.ts'
import type { Attempt } from './access-attempt.ts'
import { ATTEMPTS } from './access-attempts.ts'
import { ACCESS, isAllowed, STATES, type Kind } from './access-table.ts'
import * as w from './access-world.ts'
import { counting } from './counting.ts'
import { createTeamApp, type Asker } from './team-app.ts'

const full = process.env['RUNGS_VERIFY'] !== undefined
/** One call in so many is made in an ordinary run, spread over everything. */
const [ONE_CALL_IN, ONE_STATEMENT_IN] = full ? [1, 1] : [71, 11]

/** Calls at the same time. */
const AT_ONCE = 6

const app = await createTeamApp(w.NOW)
const hash = await w.buildAccessWorld(app)
// As requests come to the database: its functions look at who connected, not only at who acts.
const client = await app.database.request.pool.connect()
afterAll(() => client.release())

const ROLE_NAMES = Object.keys(w.ROLES) as w.RoleName[]

/** Somebody who tries, with what the table's words say of them. */
interface Persona {
  readonly name: string
  readonly person: (state: string) => string
  readonly asker: (state: string) => Asker | undefined
  readonly relation?: w.RelationName
  readonly foreign: boolean
  readonly key: boolean
}

function personasOf(role: w.RoleName): Persona[] {
  const related = w.RELATIONS.flatMap((relation): Persona[] => {
    const person = (state: string) => w.actorOf(relation, w.SUBJECTS[state] ?? w.SUBJECT)
    const asker = (state: string) => ({ account: w.accountOf(person(state)), organisation: w.HERE })
    const base = { person, relation, foreign: false }
    return [
      { ...base, name: `${relation}, ${role}`, asker, key: false },
      {
        ...{ ...base, name: `${relation}, ${role}, by a key with read scope`, key: true },
        asker: (state) => ({ ...asker(state), scopes: ['*:read'] }),
      },
    ]
  })
  const foreigner = w.foreignerOf(role)
  const stranger: Persona = {
    ...{ name: `of another organisation, ${role}`, person: () => foreigner, foreign: true, key: false },
    asker: () => ({ account: w.accountOf(foreigner), organisation: w.THERE }),
  }
  const nobody: Persona = {
    ...{ name: 'not signed in', person: () => foreigner, foreign: true, key: false, asker: () => undefined },
  }
  return role === 'no role' ? [...related, stranger, nobody] : [...related, stranger]
}

interface Cell {
  readonly attempt: Attempt
  readonly state: string
  readonly expected: boolean
  readonly persona: Persona
}

function cellsOf(role: w.RoleName): Cell[] {
  return personasOf(role).flatMap((persona) =>
    ATTEMPTS.flatMap((attempt) => {
      const rules = ACCESS.filter((one) => one.resource === attempt.resource && one.action === attempt.action)
      const { of, verb } = rules[0]!
      // Somebody of another organisation does these in their own.
      if (of === 'organisation' && persona.foreign && persona.asker('any') !== undefined) return []
      return statesOf(of, attempt).map((state): Cell => {
        const words = w.wordsFor(persona.relation, role, of, state)
        const allowed = isAllowed(attempt.resource, attempt.action, state, words)
        const expected = allowed && !persona.foreign && !(persona.key && verb === 'write')
        return { attempt, state, expected, persona }
      })
    }),
  )
}

/** Where there is nothing to be read there is nothing to be tried. */
function statesOf(of: Kind, { action }: Attempt): readonly string[] {
  if (action === 'read the grade') return STATES.person.filter((state) => state !== 'has left')
  if (action === 'put right which position they held') return ['has left']
  if (action === 'see what of it counts on in the next') return ['finished']
  if (action === 'read the ratings of a rater') return STATES.round.filter((state) => state !== 'preparing')
  return STATES[of]
}

/** Whoever has left has no way in, whatever the words of the table say of them: nobody opens a transaction for them. */
function isLetIn({ persona: { relation }, state }: Cell): boolean {
  return relation !== 'colleague who has left' && !(relation === 'themselves' && state === 'has left')
}

async function tryApi({ attempt, state, persona }: Cell): Promise<boolean | string> {
  try {
    const answer = await attempt.api!(app.clientOf(persona.asker(state)), state, persona.person(state))
    await attempt.after?.(app, hash, state)
    return answer !== false && answer !== null
  } catch (error) {
    const { status, message } = error as { status?: number; message: string }
    if (status === undefined || status >= 500) return `fault ${status} ${message}`
    return status !== 401 && status !== 403 && (attempt.pastPolicy?.includes(status) ?? false)
  }
}

async function tryCan({ attempt, state, persona }: Cell): Promise<boolean | string> {
  try {
    return (await attempt.can!(app.clientOf(persona.asker(state)), state, persona.person(state))) ?? false
  } catch (error) {
    const { status } = error as { status?: number }
    return status !== undefined && status < 500 ? false : `fault ${status}`
  }
}

async function trySql({ attempt, state, persona }: Cell): Promise<boolean | string> {
  const me = persona.person(state)
  const asked = persona.asker(state)
  const settings = `set local app.organisation = '${asked?.organisation ?? ''}'; set local app.person = '${asked ? me : ''}'; set local app.today = '${w.TODAY}'; set local app.now = '${w.NOW}'`
  try {
    const results = (await client.query(
      `begin; ${settings}; ${attempt.sql!(state, me)}`,
    )) as unknown as pg.QueryResult[]
    return (results.at(-1)?.rowCount ?? 0) > 0
  } catch (error) {
    const { code, message } = error as { code: string; message: string }
    return code === '42501' ? false : `fault ${code} ${message}`
  } finally {
    await client.query('rollback')
  }
}

test(
  'everybody may do what the table says and nothing else, through the API, at the database and by what can says',
  { timeout: 1_800_000 },
  async () => {
    const count = counting('A1 who may do what: cells of the table')
    const mismatches: string[] = []
    const tried = { api: 0, can: 0, sql: 0 }
    let [calls, statements, all] = [0, 0, 0]
    const note = (cell: Cell, by: 'api' | 'can' | 'sql', got: boolean | string) => {
      tried[by] += 1
      const { persona, attempt, state } = cell
      const expected = cell.expected && (by === 'sql' || isLetIn(cell))
      if (got === expected) return
      mismatches.push(
        `${by}: ${persona.name}: ${attempt.resource} (${state}), ${attempt.action}: expected ${expected}, got ${got}`,
      )
    }
    const tryCalls = async (cell: Cell) => {
      const { attempt, persona } = cell
      note(cell, 'api', await tryApi(cell))
      // What `can` says is of the person: what their key may do, the key's owner has chosen.
      if (attempt.can && !persona.key && !persona.foreign) note(cell, 'can', await tryCan(cell))
    }
    for (const role of ROLE_NAMES) {
      await w.giveRole(app, role)
      const chosen: Cell[] = []
      for (const cell of cellsOf(role)) {
        const { attempt, persona } = cell
        all += Number(attempt.api !== undefined) + Number(attempt.can !== undefined && !persona.key)
        all += Number(attempt.sql !== undefined && !persona.key)
        if (attempt.api !== undefined && (calls += 1) % ONE_CALL_IN === 0) chosen.push(cell)
        if (attempt.sql && !persona.key && (statements += 1) % ONE_STATEMENT_IN === 0)
          note(cell, 'sql', await trySql(cell))
      }
      // What leaves everything as it was is asked by several at once.
      const together = chosen.filter(({ attempt }) => attempt.after === undefined).values()
      const take = async () => {
        for (const cell of together) await tryCalls(cell)
      }
      await Promise.all(Array.from({ length: AT_ONCE }, take))
      for (const cell of chosen) if (cell.attempt.after !== undefined) await tryCalls(cell)
    }
    process.stderr.write(`access: ${JSON.stringify({ cells: all, tried, mismatches: mismatches.length })}\n`)
    expect(mismatches).toEqual([])
    expect(all).toBeGreaterThan(20_000)
    const [apiText, canText, sqlText] = [tried.api, tried.can, tried.sql].map((one) =>
      one.toLocaleString('en-US'),
    )
    count(
      tried.api + tried.can + tried.sql,
      `0 mismatches in ${apiText} calls, ${canText} answers of can, ${sqlText} statements`,
    )
  },
)

test('every line of the table is tried, and everything tried is a line of the table', () => {
  const names = (list: readonly { resource: string; action: string }[]) =>
    [...new Set(list.map(({ resource, action }) => `${resource}: ${action}`))].toSorted()
  expect(names(ATTEMPTS)).toEqual(names(ACCESS))
})

test('the page about access is the table', () => {
  expect(readFileSync('docs/trust/access.md', 'utf8')).toBe(accessDocument())
})
