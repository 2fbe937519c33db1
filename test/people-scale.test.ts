// That a page about one person or one team reads as little in a large organisation as in a small one, by the database's
// count; and that a search among many finds whom reading all of them finds.
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
async function contextIn(
  size: number,
): Promise<{ context: Context; team: string; last: string; name: string }> {
  const organisation = await makeOrganisation(database.owner.pool, size)
  const client = await database.owner.pool.connect()
  try {
    await client.query("begin; set local app.maintenance = 'on'")
    const { rows } = await client.query<{ id: string; name: string; external_id: string; team: string }>(
      `select p.id, p.name, p.external_id, m.unit_id as team from person p
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
      name: last.name,
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
    'somebody found by their name',
    ({ name }) =>
      (context: Context) =>
        listPeople(context, { search: name, limit: 50 }),
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

type Row = Awaited<ReturnType<typeof listPeople>>['people'][number]

async function allPages(
  context: Context,
  search?: string,
): Promise<{ people: Row[]; totals: Set<number | null> }> {
  const people: Row[] = []
  const totals = new Set<number | null>()
  let after: string | undefined
  do {
    const page = await listPeople(context, {
      ...{
        limit: 200,
        ...(search === undefined ? {} : { search }),
        ...(after === undefined ? {} : { after }),
      },
    })
    people.push(...page.people)
    totals.add(page.total)
    after = page.next ?? undefined
  } while (after !== undefined)
  return { people, totals }
}

const inside = (word: string, { name, externalId }: Row): boolean =>
  [name, externalId].some((text) => text?.toLowerCase().includes(word) === true)

function matches(word: string, row: Row): boolean {
  const { name, externalId, title, units } = row
  const begin = [...(name ?? '').split(' '), externalId ?? '', (externalId ?? '').replace(/^\D+/, '')]
  return (
    begin.some((text) => text.toLowerCase().startsWith(word)) ||
    [title ?? '', ...units.map((unit) => unit.name)].some((text) => text.toLowerCase().includes(word))
  )
}

test('a search among many finds whom reading all of them finds, in the same order, page by page', async () => {
  const { context, name } = large
  const { people: all } = await allPages(context)
  expect(all).toHaveLength(LARGE)
  const part = name.toLowerCase().slice(2, 5)
  const searches = [
    ...[
      name,
      'a',
      'ab',
      'e77',
      '77',
      'E7999',
      'engineer',
      'engineer 17',
      'Engineer 17 ab',
      'team 79',
      'team 7 1',
    ],
    ...[
      'department 3 engineer',
      'a b',
      'g j',
      'engineer team department',
      '17 engineer 3 7',
      part,
      'zz',
      '%',
      'e_',
    ],
  ]
  const notCounted: string[] = []
  for (const search of searches) {
    const words = search.toLowerCase().split(' ')
    const tests = words.map((word) => (all.some((row) => matches(word, row)) ? matches : inside))
    const expected = all.filter((row) => words.every((word, at) => tests[at]!(word, row)))
    const found = await allPages(context, search)
    expect([search, ...found.people.map(({ id }) => id)]).toEqual([search, ...expected.map(({ id }) => id)])
    for (const total of found.totals)
      expect([search, total ?? expected.length]).toEqual([search, expected.length])
    if (found.totals.has(null)) notCounted.push(search)
  }
  // Each way of searching was gone.
  expect(notCounted).toContain('engineer')
  expect(notCounted.length).toBeLessThan(searches.length / 2)
})
