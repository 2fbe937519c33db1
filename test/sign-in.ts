// Signing in on a database of its own: an organisation, links into it, and browsers that use them.
import { randomUUID } from 'node:crypto'
import { LOCAL_ORGANISATION, LOCAL_PERSON } from '../src/platform/actor.ts'
import { ensureLocalOrganisation } from '../src/platform/local-organisation.ts'
import { createLog, type Log } from '../src/platform/log.ts'
import { ADDRESS_HEADER } from '../src/platform/sign-in/mount-point.ts'
import type { OpenIdSettings } from '../src/platform/sign-in/open-id.ts'
import { makeOwnerLink } from '../src/platform/sign-in/owner-link.ts'
import { createSignIn, type SignIn } from '../src/platform/sign-in/sign-in.ts'
import { hashToken, makeToken } from '../src/platform/sign-in/token.ts'
import { TestBrowser } from './browser.ts'
import { createTestDatabase, TEST_SECRET, type TestDatabase } from './database.ts'

export interface TestSignIn {
  database: TestDatabase
  signIn: SignIn
  url: string
  /** Another process on the same database. */
  another(): SignIn
  /** At an address of its own where none is given. */
  browser(address?: string): TestBrowser
  /** A new person with an open invitation; resolves with its token. */
  invite(email: string, options?: { expiresAt?: Date; person?: string }): Promise<string>
  /** A token of the console's owner link. */
  ownerToken(): Promise<string>
  /** A new account by invitation, signed in. */
  member(email?: string): Promise<TestBrowser & { email: string }>
  /** Rows of the database, past all policies. */
  rows<T extends object>(text: string, values?: unknown[]): Promise<T[]>
}

export const PASSWORD = 'correct horse battery'
export const TEST_URL = 'http://localhost:7474'

let people = 0
let browsers = 0

/** Call it at the top of a test file. */
export async function createTestSignIn({
  oidc,
  url = TEST_URL,
  log = createLog('error'),
}: { oidc?: OpenIdSettings; url?: string; log?: Log } = {}): Promise<TestSignIn> {
  const database = await createTestDatabase()
  await ensureLocalOrganisation(database.owner, new Date())
  const another = () =>
    createSignIn({
      pool: database.signIn.pool,
      url,
      secret: TEST_SECRET,
      oidc,
      log,
      now: () => new Date(),
    })
  const signIn = another()
  const rows: TestSignIn['rows'] = async <T extends object>(text: string, values: unknown[] = []) => {
    const client = await database.owner.pool.connect()
    try {
      await client.query("SET app.maintenance = 'on'")
      return (await client.query<T>(text, values)).rows
    } finally {
      client.release(true)
    }
  }
  const browser = (address = `192.0.2.${(browsers = (browsers % 250) + 1)}`) =>
    new TestBrowser((request) => signIn.handle(request), url, { [ADDRESS_HEADER]: address })
  const invite: TestSignIn['invite'] = async (email, { expiresAt, person = randomUUID() } = {}) => {
    const token = makeToken()
    await rows(
      'INSERT INTO person (organisation_id, id, name, created_at) VALUES ($1, $2, $3, now()) ON CONFLICT DO NOTHING',
      [LOCAL_ORGANISATION, person, `Person ${(people += 1)}`],
    )
    await rows(
      `INSERT INTO invitation (organisation_id, id, person_id, email, token_hash, made_at, expires_at)
       VALUES ($1, $2, $3, $4, $5, now() - interval '30 days', $6)`,
      [
        LOCAL_ORGANISATION,
        randomUUID(),
        person,
        email,
        hashToken(token),
        expiresAt ?? new Date(Date.now() + 86_400_000),
      ],
    )
    return token
  }
  return {
    ...{ database, signIn, url, another, browser, invite, rows },
    ownerToken: async () => {
      const place = { organisation: LOCAL_ORGANISATION, person: LOCAL_PERSON }
      const link = await makeOwnerLink(database.owner.pool, place, url, new Date())
      return link?.split('/').at(-1) ?? ''
    },
    member: async (email = `p${people + 1}@example.org`) => {
      const one = browser()
      const token = await invite(email)
      const { status } = await one.post('/sign-in-api/links/open', { token, name: 'Kim', password: PASSWORD })
      if (status !== 200) throw new Error(`the invitation of ${email} was answered ${status}`)
      return Object.assign(one, { email })
    },
  }
}
