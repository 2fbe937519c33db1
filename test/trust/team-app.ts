// The whole application for many people: whoever asks is an account, found as after signing in, with the rights it has now.
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/fetch'
import { dayOf } from '../../src/core/org/day.ts'
import { findNeeds } from '../../src/main/first-needs.ts'
import { appRoutes } from '../../src/main/routes.ts'
import type { ApiScope } from '../../src/platform/actor.ts'
import { RungsError } from '../../src/platform/errors.ts'
import { createApp } from '../../src/platform/http/app.ts'
import type { SignInMount } from '../../src/platform/http/sign-in-routes.ts'
import { loadActor } from '../../src/platform/load-actor.ts'
import { createLog } from '../../src/platform/log.ts'
import { signInDesk } from '../../src/platform/sign-in/sign-in-desk.ts'
import type { TestClient } from '../app.ts'
import { createTestDatabase, type TestDatabase } from '../database.ts'

/** Who asks; undefined for somebody who is not signed in. */
export interface Asker {
  readonly account: string
  readonly organisation: string
  readonly scopes?: readonly ApiScope[]
}

export interface TeamApp {
  database: TestDatabase
  clock: { now: Date }
  clientOf(asker: Asker | undefined): TestClient
  /** A plain request, with all that comes back. */
  request(asker: Asker | undefined, path: string, init?: RequestInit): Promise<Response>
  /** Rows of the database, past all policies. */
  readonly rows: <T extends object>(text: string, values?: readonly unknown[]) => Promise<T[]>
  readonly insert: (table: string, row: Readonly<Record<string, unknown>>) => Promise<void>
}

const ORIGIN = 'http://127.0.0.1'

/** An instance with accounts; whoever asks has signed in already. */
const MOUNT: SignInMount = {
  signIn: {
    handle: () => Promise.resolve(new Response(null, { status: 404 })),
    findSignedIn: () => Promise.resolve(undefined),
  },
  ...{ url: ORIGIN, proxies: [] },
  desk: signInDesk({
    ...{ url: ORIGIN, host: '127.0.0.1', proxies: [], oidc: undefined },
    mail: { from: 'rungs@example.org', folder: 'mail', smtp: undefined },
  }),
}

/** Call it at the top of a test file; the organisations are the caller's to make. */
export async function createTeamApp(now: string): Promise<TeamApp> {
  const database = await createTestDatabase()
  const clock = { now: new Date(now) }
  const app = createApp({
    signIn: MOUNT,
    ...{ databases: database, router: appRoutes, now: () => clock.now, webFolder: 'dist/web', findNeeds },
    log: createLog('error'),
    authenticate: async ({ headers }) => {
      const [account = '', organisation = '', scopes] = (headers.get('x-test-asker') ?? '').split(' ')
      const proven = { account, organisation }
      const held = scopes === undefined ? {} : { scopes: scopes.split(',') as ApiScope[] }
      const asking = account === '' ? undefined : await loadActor(database, { ...proven, ...held }, clock.now)
      if (asking === undefined) throw new RungsError('unauthenticated', 'Sign in first.')
      return { ...asking, today: dayOf(clock.now, 'UTC') }
    },
  })
  const headersOf = (asker: Asker | undefined): Record<string, string> =>
    asker === undefined
      ? {}
      : {
          'x-test-asker': [asker.account, asker.organisation, asker.scopes?.join(',')]
            .filter(Boolean)
            .join(' '),
        }
  const send = async (request: Request) => {
    request.headers.set('host', '127.0.0.1')
    return await app.fetch(request)
  }
  const rows: TeamApp['rows'] = async <T extends object>(text: string, values: readonly unknown[] = []) => {
    const client = await database.owner.pool.connect()
    try {
      await client.query("SET app.maintenance = 'on'")
      return (await client.query<T>(text, [...values])).rows
    } finally {
      client.release()
    }
  }
  return {
    ...{ database, clock, rows },
    clientOf: (asker) =>
      createORPCClient(new RPCLink({ url: `${ORIGIN}/rpc`, fetch: send, headers: headersOf(asker) })),
    request: async (asker, path, init) =>
      await send(
        new Request(`${ORIGIN}${path}`, {
          ...init,
          headers: { ...(init?.headers as Record<string, string>), ...headersOf(asker) },
        }),
      ),
    insert: async (table, row) => {
      const names = Object.keys(row)
      const places = names.map((_, index) => `$${index + 1}`).join(', ')
      await rows(`insert into ${table} (${names.join(', ')}) values (${places})`, Object.values(row))
    },
  }
}
