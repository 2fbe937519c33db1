// The whole HTTP application on a database of its own, with a clock that tests set and typed clients.
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/fetch'
import type { ContractRouterClient } from '@orpc/contract'
import { dayOf } from '../src/core/org/day.ts'
import type { appContract } from '../src/main/contract.ts'
import { findNeeds } from '../src/main/first-needs.ts'
import { appRoutes } from '../src/main/routes.ts'
import { LOCAL_ORGANISATION, localActor, systemActor, type Actor } from '../src/platform/actor.ts'
import { createApp } from '../src/platform/http/app.ts'
import { ensureLocalOrganisation } from '../src/platform/local-organisation.ts'
import { createLog } from '../src/platform/log.ts'
import { contextFor, type Context } from '../src/platform/procedure.ts'
import { createTestDatabase, type TestDatabase } from './database.ts'

export type TestClient = ContractRouterClient<typeof appContract>

export interface TestApp {
  database: TestDatabase
  /** The typed client of all features, as the local user. */
  client: TestClient
  /** The same as somebody else. */
  clientOf(actor: Actor): TestClient
  /** What handlers get for the local user or somebody else, now. */
  context(actor?: Actor): Context
  /** What work by Rungs itself gets, in the local organisation. */
  system(): Context
  /** Set `clock.now` to move time. */
  clock: { now: Date }
  /** A plain HTTP request to a path, as a browser at this machine sends it. */
  request(path: string, init?: RequestInit): Promise<Response>
}

const ORIGIN = 'http://127.0.0.1'
/** Names the actor of a request to the application under test, in place of signing in. */
const ACTOR = 'x-test-actor'

/** Call it at the top of a test file. The local organisation is there, with its person as owner. */
export async function createTestApp({ webFolder = 'dist/web' } = {}): Promise<TestApp> {
  const database = await createTestDatabase()
  const clock = { now: new Date('2026-03-02T09:00:00.000Z') }
  await ensureLocalOrganisation(database.owner, clock.now)
  const actors = new Map<string, Actor>()
  const app = createApp({
    databases: database,
    router: appRoutes,
    authenticate: async ({ headers }, now) => ({
      actor: actors.get(headers.get(ACTOR) ?? '') ?? localActor,
      today: dayOf(now, 'UTC'),
    }),
    now: () => clock.now,
    webFolder,
    findNeeds,
    log: createLog('warn'),
  })
  const send = (request: Request) => {
    if (!request.headers.has('host')) request.headers.set('host', '127.0.0.1')
    return Promise.resolve(app.fetch(request))
  }
  const clientOf = (actor: Actor): TestClient => {
    const name = String(actors.size)
    actors.set(name, actor)
    return createORPCClient(new RPCLink({ url: `${ORIGIN}/rpc`, fetch: send, headers: { [ACTOR]: name } }))
  }
  const context = (actor: Actor = localActor) =>
    contextFor(database, actor, clock.now, dayOf(clock.now, 'UTC'))
  return {
    database,
    clock,
    client: clientOf(localActor),
    clientOf,
    context,
    system: () => context(systemActor(LOCAL_ORGANISATION)),
    request: (path, init) => send(new Request(`${ORIGIN}${path}`, init)),
  }
}
