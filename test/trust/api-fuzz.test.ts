// Every operation of the API under values made from its own description: no fault of ours, no trace of the inside, no wait.
import { availableParallelism, loadavg } from 'node:os'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { loadBuiltInFrameworks } from '../../src/main/built-in-frameworks.ts'
import { loadSample } from '../../src/features/people/sample.ts'
import { LOCAL_ORGANISATION, LOCAL_PERSON, localActor } from '../../src/platform/actor.ts'
import { createTestApp, type TestApp } from '../app.ts'
import { counting } from './counting.ts'
import { arbitraryOf, hostile, type Schema } from './json-schema-arbitrary.ts'

/** RUNGS_FUZZ sets another count for a single run. */
const RUNS = Number(process.env['RUNGS_FUZZ'] ?? (process.env['RUNGS_VERIFY'] === undefined ? 10 : 1000))
/** Milliseconds on a machine that has nothing else to do; as much longer as others take of it. */
const LONGEST = () => 2000 * Math.max(1, loadavg()[0]! / availableParallelism())

/** At a full count each feature begins anew, so that none reads what a hundred thousand calls of others have left. */
const ANEW = RUNS > 100
/** Requests at the same time. */
const AT_ONCE = 8

/** Somebody else loads the sample: else most of what is held about whoever asks would be this. */
async function addOwner({ database, clock }: TestApp): Promise<string> {
  const [organisation_id, id] = [LOCAL_ORGANISATION, '22222222-2222-4222-8222-222222222222']
  const { db } = database.owner
  await db.insertInto('person').values({ organisation_id, id, created_at: clock.now }).execute()
  const grant = { organisation_id, id, person_id: id, role: 'owner' as const, unit_id: null, until: null }
  await db
    .insertInto('role_grant')
    .values({ ...grant, granted_at: clock.now, granted_by: null })
    .execute()
  return id
}

async function begin(sample = true) {
  const app = await createTestApp()
  await loadBuiltInFrameworks(app.system())
  const person = await addOwner(app)
  if (sample) await loadSample(app.context({ ...localActor, person }))
  const start = { framework: 'coder-to-cto', mode: 'quick', self: {} } as const
  const begun = await app.client.assessments.start({ ...start, key: '11111111-1111-4111-8111-111111111111' })
  const people = await app.database.owner.pool
    .query<{ id: string }>(`set app.maintenance = 'on'; select id::text from person limit 5`)
    .then((results) => (results as unknown as { rows: { id: string }[] }[])[1]!.rows.map(({ id }) => id))
  const { assessment } = begun
  return { app, known: [LOCAL_PERSON, assessment.id, 'coder-to-cto', assessment.framework.hash, ...people] }
}
let { app, known } = await begin()

interface Operation {
  method: string
  path: string
  name: string
  parameters: { name: string; in: string; required?: boolean; schema: Schema }[]
  body: { type: string; schema: Schema } | undefined
}

const document: Schema = await (await app.request('/api/openapi.json')).json()
const operations: Operation[] = Object.entries<Schema>(document.paths).flatMap(([path, methods]) =>
  Object.entries<Schema>(methods).map(([method, { operationId, parameters = [], requestBody }]) => {
    const [type, content] = Object.entries<Schema>(requestBody?.content ?? {})[0] ?? []
    return {
      ...{ method: method.toUpperCase(), path, parameters, name: operationId ?? `${method} ${path}` },
      body: type === undefined ? undefined : { type, schema: content.schema },
    }
  }),
)

const featureOf = (name: string) => name.split('.')[0]!
const FEATURES = [...new Set(operations.map(({ name }) => featureOf(name)))]

interface Case {
  path: Record<string, unknown>
  query: Record<string, unknown>
  body: unknown
}

function casesOf({ parameters, body }: Operation): fc.Arbitrary<Case> {
  const of = (place: string, sparse: boolean) => {
    const own = parameters.filter((one) => one.in === place)
    const model = Object.fromEntries(
      own.map(({ name, schema }) => [name, arbitraryOf(schema, document, known)]),
    )
    return sparse
      ? fc.record(model, {
          requiredKeys: own.filter(({ required }) => required).map(({ name }) => name) as never[],
        })
      : fc.record(model)
  }
  return fc.record({
    path: of('path', false),
    query: of('query', true),
    body: body === undefined ? fc.constant(undefined) : arbitraryOf(body.schema, document, known),
  }) as fc.Arbitrary<Case>
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''))

function requestOf(operation: Operation, one: Case): [string, RequestInit] {
  const encode = (text: string) => encodeURIComponent(Buffer.from(text).toString())
  const path = operation.path.replace(
    /\{([^}]+)\}/g,
    (_, name: string) => encode(textOf(one.path[name])) || '%20',
  )
  const query = Object.entries(one.query)
    .flatMap(([name, value]) =>
      Array.isArray(value) ? value.map((each) => [`${name}[]`, each] as const) : [[name, value] as const],
    )
    .map(([name, value]) => `${encode(name)}=${encode(textOf(value))}`)
    .join('&')
  const init: RequestInit = { method: operation.method }
  if (operation.body?.type === 'multipart/form-data') {
    const form = new FormData()
    for (const [name, value] of Object.entries(Object(one.body) as object))
      form.append(name, new File([textOf(value)], 'people.csv'))
    init.body = form
  } else if (operation.body !== undefined && operation.method !== 'GET') {
    init.headers = { 'content-type': 'application/json' }
    init.body = JSON.stringify(one.body) ?? ''
  }
  return [`/api${path}${query === '' ? '' : `?${query}`}`, init]
}

async function ask(
  operation: Operation,
  one: Case,
): Promise<{ status: number; text: string; milliseconds: number }> {
  const [path, init] = requestOf(operation, one)
  const started = performance.now()
  const response = await app.request(path, init)
  const text = await response.text()
  return { status: response.status, text, milliseconds: performance.now() - started }
}

test('the description names every operation, and for each what it takes', () => {
  expect(operations.length).toBeGreaterThan(60)
  expect(new Set(operations.map(({ name }) => name)).size).toBe(operations.length)
})

const count = counting('C1 requests of each operation')
let answered = 0
let slowest = 0
const accepted = new Set<string>()

/** Asks once, and more often only where it was slow: another process may have had the machine. */
async function tryOne(operation: Operation, one: Case): Promise<void> {
  let answer = await ask(operation, one)
  for (let more = 2; more > 0 && answer.milliseconds > LONGEST(); more -= 1)
    answer = await ask(operation, one)
  const said = JSON.stringify(one).slice(0, 600)
  expect([answer.status, answer.text.slice(0, 300), said]).toEqual([
    expect.toSatisfy((status: number) => status < 500),
    ...[expect.anything(), said],
  ])
  expect(answer.text).not.toMatch(/node_modules|\n\s+at .+:\d+|\.ts:\d+|SELECT .* FROM|syntax error/i)
  expect([said, answer.milliseconds < LONGEST()]).toEqual([said, true])
  answered += 1
  slowest = Math.max(slowest, answer.milliseconds)
  if (answer.status < 300) accepted.add(operation.name)
}

describe.each(FEATURES)('%s', (feature) => {
  beforeAll(async () => {
    // Loading the sample's rounds is a stream of a minute: a thousand times it is asked where there are no people for them.
    if (ANEW) ({ app, known } = await begin(feature !== 'rounds'))
  })

  test.each(
    operations.filter(({ name }) => featureOf(name) === feature).map((one) => [one.name, one] as const),
  )(
    `%s: ${RUNS} requests without a fault of ours`,
    async (_, operation) => {
      const cases = fc.sample(casesOf(operation), { numRuns: RUNS, seed: 20_260_331 })
      const left = cases.values()
      expect(cases).toHaveLength(RUNS)
      await Promise.all(
        Array.from({ length: AT_ONCE }, async () => {
          for (const one of left) await tryOne(operation, one)
        }),
      )
    },
    RUNS * 1000 + 60_000,
  )
})

test(
  'what comes as a body, a query or a type that nobody asked for is refused as well',
  async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...operations),
        hostile,
        fc.constantFrom('text/plain', 'application/xml', 'application/json', ''),
        async (operation, value, type) => {
          const path = operation.path.replace(
            /\{[^}]+\}/g,
            encodeURIComponent(Buffer.from(textOf(value).slice(0, 200)).toString()) || '%20',
          )
          const init: RequestInit =
            operation.method === 'GET'
              ? {}
              : { body: textOf(value), headers: type === '' ? {} : { 'content-type': type } }
          const response = await app.request(`/api${path}`, { method: operation.method, ...init })
          await response.arrayBuffer()
          expect([operation.name, response.status]).toEqual([
            operation.name,
            expect.toSatisfy((status: number) => status < 500),
          ])
        },
      ),
      { numRuns: RUNS * 5, seed: 20_260_401 },
    )
  },
  RUNS * 2000 + 60_000,
)

test('a NUL in any text is refused with a sentence', async () => {
  for (const query of ['search=%00', 'after=%00', 'show=%00'])
    for (const path of ['administration/members', 'people', 'audit'])
      expect([path, query, (await app.request(`/api/${path}?${query}`)).status]).toEqual([
        ...[path, query],
        expect.toSatisfy((status: number) => status < 500),
      ])
})

test('the values reach the inside: a good part of the operations accepted some', () => {
  expect(answered).toBe(operations.length * RUNS)
  expect(accepted.size).toBeGreaterThan(operations.length / 3)
  const found = `${operations.length} operations, 0 answers of 500, 0 traces of the inside; slowest answer`
  count(RUNS, `${found} ${Math.round(slowest)} ms`)
})
