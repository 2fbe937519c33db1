// A database that is away is told from a statement that was wrong.
import pg from 'pg'
import { expect, test } from 'vitest'
import { createTestDatabase } from '../../test/database.ts'
import { isConnectionLost } from './lost-connection.ts'

const database = await createTestDatabase()
const faultOf = async (act: () => Promise<unknown>): Promise<unknown> =>
  act().then(
    () => undefined,
    (error: unknown) => error,
  )

test('a session that is ended under a statement, and one that was ended before it', async () => {
  const client = new pg.Client({ connectionString: database.url })
  client.on('error', () => undefined)
  await client.connect()
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
  const running = faultOf(() => client.query('select pg_sleep(20)'))
  await database.owner.pool.query('select pg_terminate_backend($1)', [rows[0]!.pid])
  expect(isConnectionLost(await running)).toBe(true)
  expect(isConnectionLost(await faultOf(() => client.query('select 1')))).toBe(true)
})

test.each([
  ['nothing listens', 'postgres://x@127.0.0.1:1/x'],
  ['a socket that is gone', 'postgres://x@localhost/x?host=/nowhere'],
])('%s', async (_, connectionString) => {
  expect(isConnectionLost(await faultOf(() => new pg.Client({ connectionString }).connect()))).toBe(true)
})

test.each(['select 1/0', 'select * from nowhere', "insert into organisation (id) values ('x')"])(
  '%s is not',
  async (statement) => {
    expect(isConnectionLost(await faultOf(() => database.owner.pool.query(statement)))).toBe(false)
  },
)
