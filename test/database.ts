// A migrated database of its own for each test file, on the server that the test run started.
import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterAll, inject } from 'vitest'
import { connect } from '../src/db/connect.ts'
import { connectRoles, type Databases } from '../src/db/open-databases.ts'
import { createLog } from '../src/platform/log.ts'

/** `owner` is for set-up and for looking behind the policies; whatever is tested goes through the roles. */
export interface TestDatabase extends Databases {
  /** How the owner connects, as the configuration of a server names it. */
  url: string
  /** The same for tests: row security hides nothing, whether the owner is a superuser or not. */
  urlBehind: string
}

/** What the passwords of the roles on the test server are derived from. */
export const TEST_SECRET = 'a secret of tests alone, for servers that hold nothing else'

/** Call it at the top of a test file: copies the migrated template; the copy is dropped after the file's tests. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const name = `rungs_test_${randomBytes(6).toString('hex')}`
  const server = inject('databaseUrl')
  const url = new URL(server)
  url.pathname = `/${name}`
  await execute(server, `create database ${name} template ${inject('templateDatabase')}`)
  const log = createLog('warn')
  const target = { connectionString: url.href }
  const behind = new URL(url)
  behind.searchParams.set('options', '-c app.maintenance=on')
  const owner = connect({ connectionString: behind.href }, log)
  const roles = connectRoles({ target, secret: TEST_SECRET, ownCluster: false }, log, owner)
  afterAll(async () => {
    await roles.close()
    await execute(server, `drop database if exists ${name} with (force)`)
  })
  return { owner, ...roles, url: url.href, urlBehind: behind.href }
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
