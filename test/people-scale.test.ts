// That a page about one person or one team reads as little in a large organisation as in a small one, by the database's count.
import { CompiledQuery, type KyselyPlugin, type RootOperationNode } from 'kysely'
import { expect, test } from 'vitest'
import { makeOrganisation } from '../bench/org-data.ts'
import { getChart } from '../src/features/people/chart.ts'
import { getHistory, getPerson } from '../src/features/people/get-person.ts'
import { getUnit, listPeople } from '../src/features/people/queries.ts'
import { contextFor, type Context } from '../src/platform/procedure.ts'
import { createTestDatabase } from './database.ts'

const SMALL = 400
const LARGE = 8_000
const TODAY = '2026-03-02'

const database = await createTestDatabase()

/** Somebody without a role, with people below them, in an organisation of `size`. */
async function contextIn(size: number): Promise<{ context: Context; team: string; last: string }> {
  const organisation = await makeOrganisation(database.owner.pool, size)
  const client = await database.owner.pool.connect()
  try {
    await client.query("begin; set local app.maintenance = 'on'")
    const { rows } = await client.query<{ id: string; external_id: string; team: string }>(
      `select p.id, p.external_id, m.unit_id as team from person p
        join unit_membership m on m.organisation_id = p.organisation_id and m.person_id = p.id and m.valid_to is null
        where p.organisation_id = $1 and p.external_id in ('e3', $2)`,
      [organisation, `e${size - 1}`],
    )
    await client.query('commit')
    const asking = rows.find((row) => row.external_id === 'e3')!
    const last = rows.find((row) => row.external_id !== 'e3')!
    const actor = { kind: 'member' as const, organisation, person: asking.id, grants: [] }
    return {
      context: contextFor(database, actor, new Date(`${TODAY}T09:00:00Z`), TODAY),
      team: last.team,
      last: last.id,
    }
  } finally {
    client.release()
  }
}

/** The blocks of tables and indexes that the statements of some work read, in memory or on disk. */
async function blocksOf(context: Context, work: (watched: Context) => Promise<unknown>): Promise<number> {
  const nodes: RootOperationNode[] = []
  const watch: KyselyPlugin = {
    transformQuery: ({ node }) => {
      nodes.push(node)
      return node
    },
    transformResult: async ({ result }) => result,
  }
  await work({ ...context, db: context.db.withPlugin(watch) })
  expect(nodes.length).toBeGreaterThan(0)
  let blocks = 0
  for (const node of nodes) {
    const { sql, parameters } = context.db.getExecutor().compileQuery(node, { queryId: 'watched' })
    const { rows } = await context.db.executeQuery<{ 'QUERY PLAN': [{ Plan: Record<string, number> }] }>(
      CompiledQuery.raw(`explain (analyze, buffers, format json) ${sql}`, [...parameters]),
    )
    const plan = rows[0]!['QUERY PLAN'][0].Plan
    blocks += plan['Shared Hit Blocks']! + plan['Shared Read Blocks']!
  }
  return blocks
}

const small = await contextIn(SMALL)
const large = await contextIn(LARGE)

test.each([
  [
    'a person',
    ({ last }: typeof small) =>
      (context: Context) =>
        getPerson(context, { id: last }),
  ],
  [
    'a person of last year',
    ({ last }) =>
      (context: Context) =>
        getPerson(context, { id: last, asOf: '2025-01-15' }),
  ],
  [
    'the history of a person',
    ({ last }) =>
      (context: Context) =>
        getHistory(context, { id: last }),
  ],
  [
    'a team',
    ({ team }) =>
      (context: Context) =>
        getUnit(context, { id: team }),
  ],
  [
    'the people of a team',
    ({ team }) =>
      (context: Context) =>
        listPeople(context, { unit: team, limit: 50 }),
  ],
  [
    'the chart below a manager',
    ({ context: { actor } }) =>
      (context: Context) =>
        getChart(context, { root: actor.person, depth: 1 }),
  ],
] as [string, (of: typeof small) => (context: Context) => Promise<unknown>][])(
  `%s is read from as few blocks among ${LARGE} people as among ${SMALL}`,
  async (_, work) => {
    const before = await blocksOf(small.context, work(small))
    const after = await blocksOf(large.context, work(large))
    expect(before).toBeGreaterThan(10)
    // An index has a level more, and a line upward a manager more: reading a table would be a hundred blocks and more.
    expect(after).toBeLessThan(1.25 * before + 20)
  },
)
