// A migrated database of its own for each test file, on the server that the test run started.
import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterAll, inject } from 'vitest'
import { connect, type Connection } from '../src/db/connect.ts'
import { createLog } from '../src/platform/log.ts'

export interface TestDatabase extends Connection {
  url: string
}

/** Call it at the top of a test file: copies the migrated template; the copy is dropped after the file's tests. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const name = `rungs_test_${randomBytes(6).toString('hex')}`
  const server = inject('databaseUrl')
  const url = new URL(server)
  url.pathname = `/${name}`
  await execute(server, `create database ${name} template ${inject('templateDatabase')}`)
  const connection = connect({ connectionString: url.href }, createLog('warn'))
  afterAll(async () => {
    await connection.close()
    await execute(server, `drop database if exists ${name} with (force)`)
  })
  return { ...connection, url: url.href }
}

async function execute(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
