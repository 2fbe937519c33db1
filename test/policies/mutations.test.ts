// That the tests of row security can fail: each weakened policy, table and grant is noticed, one by one.
import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { createTestDatabase } from '../database.ts'
import { counting } from '../trust/counting.ts'
import { PERSONAS } from './attempts.ts'
import { findGrantFaults, listGrantMutants, listMutants } from './mutations.ts'
import { findBreaches, giveToPlainOwner, PROBES } from './probes.ts'
import { buildWorld } from './build-world.ts'

const database = await createTestDatabase()
const client = new pg.Client({ connectionString: database.urlBehind })
await client.connect()
afterAll(() => client.end())
await buildWorld(client)
await client.query('begin')
await giveToPlainOwner(client)

/** All of them with RUNGS_VERIFY; else one in so many, from the first to the last. */
function partOf<T>(all: readonly T[], oneIn: number): readonly T[] {
  return process.env['RUNGS_VERIFY'] === undefined ? all.filter((_, index) => index % oneIn === 0) : all
}

const LONG = { timeout: 3_600_000 }

async function mutated<T>(sql: string, look: () => Promise<T>): Promise<T> {
  await client.query(`savepoint mutant; ${sql}`)
  try {
    return await look()
  } finally {
    await client.query('rollback to savepoint mutant; release savepoint mutant')
  }
}

test('each policy dropped or opened, and each table let loose, is noticed by the probes', LONG, async () => {
  const count = counting('A4 weakened policies and row security, each noticed')
  const mutants = await listMutants(client)
  const survivors: string[] = []
  const tried = partOf(mutants, 6)
  for (const { table, name, sql } of tried) {
    const probes = PROBES.filter((probe) => probe.table === table)
    const { breaches } = await mutated(sql, () => findBreaches(client, probes, { first: true }))
    if (breaches.length === 0) survivors.push(name)
  }
  expect(survivors).toEqual([])
  expect(mutants.length).toBeGreaterThan(600)
  count(
    tried.length,
    `0 survivors, by ${PROBES.length} probes as ${Object.keys(PERSONAS).length} people and roles`,
  )
})

test('the roles hold exactly the grants that are listed', async () => {
  expect(await findGrantFaults(client)).toEqual([])
})

test('each grant that was widened is noticed', LONG, async () => {
  const count = counting('A4 widened grants, each noticed')
  const mutants = await listGrantMutants(client)
  const survivors: string[] = []
  const tried = partOf(mutants, 20)
  for (const { name, sql } of tried)
    if ((await mutated(sql, () => findGrantFaults(client))).length === 0) survivors.push(name)
  expect(survivors).toEqual([])
  expect(mutants.length).toBeGreaterThan(500)
  count(tried.length, '0 survivors')
})
