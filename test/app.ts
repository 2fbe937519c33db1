// The whole HTTP application on a database of its own, with a clock that tests set and a typed client.
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/fetch'
import type { ContractRouterClient } from '@orpc/contract'
import type { appContract } from '../src/main/contract.ts'
import { findNeeds } from '../src/main/first-needs.ts'
import { appRoutes } from '../src/main/routes.ts'
import { localActor } from '../src/platform/actor.ts'
import { createApp } from '../src/platform/http/app.ts'
import { createLog } from '../src/platform/log.ts'
import { createTestDatabase, type TestDatabase } from './database.ts'

export interface TestApp {
  database: TestDatabase
  /** The typed client of all features. */
  client: ContractRouterClient<typeof appContract>
  /** Set `clock.now` to move time. */
  clock: { now: Date }
  /** A plain HTTP request to a path, as a browser at this machine sends it. */
  request(path: string, init?: RequestInit): Promise<Response>
}

const ORIGIN = 'http://127.0.0.1'

/** Call it at the top of a test file. */
export async function createTestApp({ webFolder = 'dist/web' } = {}): Promise<TestApp> {
  const database = await createTestDatabase()
  const clock = { now: new Date('2026-03-02T09:00:00.000Z') }
  const app = createApp({
    connection: database,
    router: appRoutes,
    actor: localActor,
    now: () => clock.now,
    webFolder,
    findNeeds,
    log: createLog('warn'),
  })
  const send = (request: Request) => {
    if (!request.headers.has('host')) request.headers.set('host', '127.0.0.1')
    return Promise.resolve(app.fetch(request))
  }
  const link = new RPCLink({ url: `${ORIGIN}/rpc`, fetch: send })
  return {
    database,
    clock,
    client: createORPCClient(link),
    request: (path, init) => send(new Request(`${ORIGIN}${path}`, init)),
  }
}
