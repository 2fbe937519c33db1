// Row security held against a table of who may do what: through SQL alone, as each role, in a world of two organisations.
import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { createTestDatabase } from '../database.ts'
import { findBreaches, giveToPlainOwner, PROBES } from './probes.ts'
import { buildWorld } from './build-world.ts'

const database = await createTestDatabase()
const client = new pg.Client({ connectionString: database.url })
await client.connect()
afterAll(() => client.end())
await buildWorld(client)
await client.query('begin')
await giveToPlainOwner(client)

test('everybody may do with every row what the table says, and nothing else', async () => {
  const { cells, breaches } = await findBreaches(client, PROBES)
  expect(breaches).toEqual([])
  expect(cells).toBeGreaterThan(2_500)
})
