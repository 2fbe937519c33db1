// That the tests of row security can fail: each weakened policy, table and grant is noticed, one by one.
import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { createTestDatabase } from '../database.ts'
import { counting } from '../trust/counting.ts'
import { findGrantFaults, listGrantMutants, listMutants } from './mutations.ts'
import { findBreaches, giveToPlainOwner, PROBES } from './probes.ts'
import { buildWorld } from './build-world.ts'

const database = await createTestDatabase()
const client = new pg.Client({ connectionString: database.url })
await client.connect()
afterAll(() => client.end())
await buildWorld(client)
await client.query('begin')
await giveToPlainOwner(client)

/** All of them with RUNGS_VERIFY; else one in so many, from the first to the last. */
function partOf<T>(all: readonly T[], oneIn: number): readonly T[] {
  return process.env['RUNGS_VERIFY'] === undefined ? all.filter((_, index) => index % oneIn === 0) : all
}

async function mutated<T>(sql: string, look: () => Promise<T>): Promise<T> {
  await client.query(`savepoint mutant; ${sql}`)
  try {
    return await look()
  } finally {
    await client.query('rollback to savepoint mutant; release savepoint mutant')
  }
}

/** Policies of erasing and retention, which have no probes yet; whoever adds probes takes them off. */
const WITHOUT_PROBES =
  /^(jobs_(erase_\w+|find_to_erase|expire|delete_these_alone)|held|raters_hidden|own_acts_read) on |^(\w+ on )?(legal_hold|erasure|retention_rule):/

test('each policy dropped or opened, and each table let loose, is noticed by the probes', async () => {
  const all = await listMutants(client)
  const mutants = all.filter(({ name }) => !WITHOUT_PROBES.test(name))
  const survivors: string[] = []
  for (const { table, name, sql } of partOf(mutants, 6)) {
    const probes = PROBES.filter((probe) => probe.table === table)
    const { breaches } = await mutated(sql, () => findBreaches(client, probes, { first: true }))
    if (breaches.length === 0) survivors.push(name)
  }
  expect(survivors).toEqual([])
  expect(mutants.length).toBeGreaterThan(350)
  if (mutants.length < all.length)
    process.stderr.write(
      `${all.length - mutants.length} of ${all.length} mutants of policies have no probes yet\n`,
    )
})

test('the roles hold exactly the grants that are listed', async () => {
  expect(await findGrantFaults(client)).toEqual([])
})

test('each grant that was widened is noticed', async () => {
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
