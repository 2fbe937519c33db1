// Once per test run: a PostgreSQL with a migrated template database, embedded or the one of TEST_DATABASE_URL.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { startCluster } from '../src/db/embedded/cluster.ts'
import { openDatabases } from '../src/db/open-databases.ts'
import { createLog } from '../src/platform/log.ts'
import { TEST_SECRET } from './database.ts'
import { watchEveryWrite } from './every-write-is-audited.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** A URL of a database on the test server with the right to create others. */
    databaseUrl: string
    /** The name of the migrated database that test databases are copies of. */
    templateDatabase: string
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startServer()
  const template = `rungs_template_${process.pid}`
  await execute(server.url, `create database ${template}`)
  const url = new URL(server.url)
  url.pathname = `/${template}`
  const target = { connectionString: url.href }
  const options = { name: 'The database of the tests', target, secret: TEST_SECRET, ownCluster: server.own }
  const databases = await openDatabases(options, createLog('warn'))
  await watchEveryWrite(databases.owner.pool)
  await execute(server.url, ACT_AS_ROLES)
  await databases.close()
  project.provide('databaseUrl', server.url)
  project.provide('templateDatabase', template)
  return async () => {
    await execute(server.url, `drop database if exists ${template}`)
    await server.stop()
  }
}

/** An owner that is no superuser acts as the roles through one in between: see scripts/postgresql-15.sh. */
const ACT_AS_ROLES = `
select pg_advisory_xact_lock(hashtext('rungs tests'));
do $$ begin
  if exists (select from pg_roles where rolname = 'rungs_tests') then
    grant rungs_request, rungs_job, rungs_sign_in to rungs_tests;
  end if;
end $$`

interface Server {
  url: string
  /** True where the run started it for itself. */
  own: boolean
  stop: () => Promise<void>
}

async function startServer(): Promise<Server> {
  const given = process.env['TEST_DATABASE_URL']
  if (given !== undefined && given !== '') return { url: given, own: false, stop: async () => undefined }
  const folder = mkdtempSync(join(tmpdir(), 'rungs-test-'))
  const cluster = await startCluster({ folder, durable: false, settings: { max_connections: '200' } })
  const { user, password, database, host } = cluster.target
  return {
    own: true,
    url: `postgres://${user}:${password}@localhost/${database}?host=${encodeURIComponent(host)}`,
    stop: async () => {
      await cluster.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
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
