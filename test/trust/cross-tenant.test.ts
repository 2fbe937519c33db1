// No call of one organisation shows or changes anything of another: every endpoint, every place that names a row.
import { strFromU8, unzipSync } from 'fflate'
import { afterAll, expect, test } from 'vitest'
import { appContract } from '../../src/main/contract.ts'
import { CASES, listEndpoints, ownInput, variantsOf, type Ids } from './contract-cases.ts'
import { counting } from './counting.ts'
import { createTeamApp } from './team-app.ts'
import {
  buildTenant,
  idIn,
  marksOf,
  NOW,
  organisationOf,
  ownerOf,
  TENANTS,
  type Tenant,
} from './tenant-world.ts'

const app = await createTeamApp(NOW)
const all = new Map<Tenant, Ids>()
for (const tenant of TENANTS) all.set(tenant, await buildTenant(app, tenant))
const full = process.env['RUNGS_VERIFY'] !== undefined
/** An ordinary run tries one organisation against another; verifying, each of three against both others. */
const ASKERS = full ? TENANTS : ([1] as const)
/** What shows a plan and writes nothing, unless it is told to: a row that is not there is a fault in what it shows. */
const SHOWS = new Set(['people.import', 'migrations.preview', 'publications.preview'])
const endpoints = listEndpoints(appContract)
const names = endpoints.map(({ name }) => name)
const printed: string[] = []
const writers = [process.stdout, process.stderr].map((stream) => {
  const write = stream.write.bind(stream)
  stream.write = (text: string | Uint8Array, ...rest: never[]) => {
    printed.push(typeof text === 'string' ? text : new TextDecoder().decode(text))
    return write(text, ...rest)
  }
  return () => (stream.write = write)
})
afterAll(() => writers.forEach((restore) => restore()))

interface Answer {
  status: number
  text: string
}

/** Calls with the body of the typed client, and takes the answer as it came, files opened. */
async function call(tenant: Tenant, name: string, input: unknown): Promise<Answer> {
  const response = await app.request(ownerOf(tenant), `/rpc/${name.replaceAll('.', '/')}`, {
    ...{ method: 'POST', headers: { 'content-type': 'application/json' } },
    body: JSON.stringify(input === undefined ? {} : { json: input }),
  })
  const bytes = new Uint8Array(await response.arrayBuffer())
  const opened = bytes[0] === 0x50 && bytes[1] === 0x4b ? Object.entries(unzipSync(bytes)) : []
  const files = opened.map(([file, content]) => `${file}\n${strFromU8(content)}`)
  const headers = [...response.headers].map((pair) => pair.join(': '))
  return { status: response.status, text: [...headers, strFromU8(bytes), ...files].join('\n') }
}

/** Words and ids of other tenants in a text, but those that the asker sent. */
function findMarks(tenant: Tenant, text: string, sent: unknown): string[] {
  const known = JSON.stringify(sent) ?? ''
  return TENANTS.filter((other) => other !== tenant).flatMap((other) =>
    (text.match(marksOf(other)) ?? []).filter((mark) => !known.includes(mark)),
  )
}

/** A digest of every row of an organisation. */
async function digestOf(tenant: Tenant): Promise<Record<string, string>> {
  const tables = await app.rows<{ name: string }>(
    `select table_schema || '.' || table_name as name from information_schema.columns
     where column_name = 'organisation_id' and table_schema in ('public', 'mail') order by 1`,
  )
  const digests: Record<string, string> = {}
  for (const { name } of tables) {
    const [row] = await app.rows<{ digest: string }>(
      `select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as digest from ${name} t where organisation_id = $1`,
      [organisationOf(tenant)],
    )
    digests[name] = row!.digest
  }
  const accounts = await app.rows<{ digest: string }>(
    `select md5(coalesce(string_agg(s::text, '|' order by s::text), '')) as digest from sign_in."session" s where "userId" like $1`,
    [`%-${tenant}-end`],
  )
  return { ...digests, sessions: accounts[0]!.digest }
}

test('every endpoint of the contracts has a case', () => {
  expect(Object.keys(CASES).toSorted()).toEqual(names.toSorted())
})

test('the cases are good ones: with their own rows nothing is refused for its shape', async () => {
  const shapeless: string[] = []
  for (const { name, method } of endpoints) {
    if (method !== 'GET') continue
    const { status, text } = await call(1, name, ownInput(name, all.get(1)!))
    if (status !== 200 && !(status === 404 && /^(assessments|standings)\./.test(name)))
      shapeless.push(`${name}: ${status} ${text.slice(-200)}`)
  }
  expect(shapeless).toEqual([])
})

test(
  'with rows of others nothing of theirs is shown, told, mailed or changed',
  { timeout: 900_000 },
  async () => {
    const count = counting('A3 calls with rows of another organisation')
    const found: string[] = []
    let calls = 0
    for (const tenant of ASKERS) {
      const others = TENANTS.filter((other) => other !== tenant).slice(0, full ? 2 : 1)
      const before = await Promise.all(others.map(digestOf))
      for (const other of others)
        for (const { name, method } of endpoints)
          for (const { input, foreign } of variantsOf(name, all.get(tenant)!, all.get(other)!)) {
            const { status, text } = await call(tenant, name, input)
            calls += 1
            const said = `${tenant} of ${other}: ${name} with ${foreign ?? 'no'} row: ${status}`
            for (const mark of findMarks(tenant, text, input)) found.push(`${said}: ${mark}`)
            if (status >= 500) found.push(`${said}: ${text.slice(-300)}`)
            // A read that filters by what is not here finds nothing; a write of it is refused.
            if (foreign !== undefined && method !== 'GET' && status < 300 && !SHOWS.has(name))
              found.push(`${said}: was done`)
          }
      const after = await Promise.all(others.map(digestOf))
      others.forEach((other, at) => {
        for (const [table, digest] of Object.entries(after[at]!))
          if (digest !== before[at]![table]) found.push(`${tenant} changed ${table} of ${other}`)
      })
    }
    const mails = await app.rows<{ organisation_id: string; words: string }>(
      "select organisation_id, concat_ws(' ', to_address, subject, body) as words from mail.outbox",
    )
    for (const { organisation_id, words } of mails) {
      const tenant = TENANTS.find((one) => organisationOf(one) === organisation_id)!
      for (const mark of findMarks(tenant, words, '')) found.push(`mail of ${tenant}: ${mark}`)
    }
    const logged = printed.join('').match(/canary-[a-z0-9-]+-\d-end/gi) ?? []
    process.stderr.write(
      `cross-tenant: ${JSON.stringify({ endpoints: endpoints.length, calls, found: found.length })}\n`,
    )
    expect([...found, ...logged]).toEqual([])
    expect(calls).toBeGreaterThan(endpoints.length * (full ? 12 : 2))
    count(calls, `0 marks of others, 0 changes, at ${endpoints.length} endpoints`)
  },
)

test('the cases of what writes are good ones too', async () => {
  const shapeless: string[] = []
  for (const { name, method } of endpoints) {
    if (method === 'GET') continue
    const { status, text } = await call(3, name, ownInput(name, all.get(3)!))
    if (status === 400 || status >= 500) shapeless.push(`${name}: ${status} ${text.slice(-300)}`)
  }
  expect(shapeless).toEqual([])
})

test('whoever names an organisation in which they have no place is not let in', async () => {
  for (const name of names.slice(0, 20)) {
    const response = await app.request(
      { account: ownerOf(1).account, organisation: organisationOf(2) },
      `/rpc/${name.replaceAll('.', '/')}`,
      { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' },
    )
    expect(response.status).toBe(401)
    expect(await response.text()).not.toMatch(marksOf(2))
  }
})

test('the marks are found where they are', async () => {
  const { text } = await call(2, 'people.get', { id: all.get(2)!.person })
  expect(findMarks(1, text, '')).toContain(`canary-worker-2-end`)
  expect(findMarks(1, text, '')).toContain(idIn(2, 100))
})
