// Hostile text in every text field of every endpoint: it comes back as it was sent, or is refused; nothing breaks.
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { appContract } from '../../src/main/contract.ts'
import { listEndpoints, ownInput } from './contract-cases.ts'
import { counting } from './counting.ts'
import { hostileStrings } from './hostile-strings.ts'
import { createTeamApp } from './team-app.ts'
import { buildTenant, NOW, ownerOf } from './tenant-world.ts'

const full = process.env['RUNGS_VERIFY'] !== undefined
const app = await createTeamApp(NOW)
const ids = await buildTenant(app, 1)
const strings = hostileStrings()
const endpoints = listEndpoints(appContract)

interface Field {
  readonly endpoint: string
  readonly path: readonly string[]
}

/** The places of an input that take words: not an id, a day, a hash or one of a few. */
function textFields(schema: unknown, path: readonly string[] = []): (readonly string[])[] {
  const one = schema as {
    type?: string
    format?: string
    enum?: unknown
    const?: unknown
    pattern?: string
    properties?: Record<string, unknown>
    items?: unknown
    additionalProperties?: unknown
    anyOf?: unknown[]
    oneOf?: unknown[]
  }
  const within = [...(one.anyOf ?? []), ...(one.oneOf ?? [])].flatMap((inner) => textFields(inner, path))
  const fixed =
    one.enum !== undefined || one.const !== undefined || ['uuid', 'date'].includes(one.format ?? '')
  const here =
    one.type === 'string' && !fixed && !/^\^\[0-9a-f\]|^\^\\d/.test(one.pattern ?? '') ? [path] : []
  const inner = Object.entries(one.properties ?? {}).flatMap(([name, of]) => textFields(of, [...path, name]))
  const items = typeof one.items === 'object' ? textFields(one.items, [...path, '0']) : []
  const more =
    typeof one.additionalProperties === 'object' ? textFields(one.additionalProperties, [...path, 'key']) : []
  return [
    ...new Map([...here, ...within, ...inner, ...items, ...more].map((at) => [at.join('.'), at])).values(),
  ]
}

const FIELDS: readonly Field[] = [
  ...endpoints.flatMap(({ name, input }) =>
    input === undefined
      ? []
      : textFields(z.toJSONSchema(input as z.ZodType, { io: 'input', unrepresentable: 'any' })).map(
          (path) => ({
            ...{ endpoint: name, path },
          }),
        ),
  ),
  // A framework's document is checked by its own reader, which the contract leaves it to.
  ...[
    ['document', 'title'],
    ['document', 'description'],
    ['document', 'roles', '0', 'title'],
  ].map((path) => ({
    ...{ endpoint: 'publications.publish', path },
  })),
]

/** Where a text that was taken is to be found again, as a condition on `$1`; and what makes room for the next one. */
const KEPT: Readonly<Record<string, { from: string; before?: string }>> = {
  'people.join name': { from: 'person where name = $1' },
  'people.join externalId': {
    from: 'person where external_id = $1',
    before: "update person set external_id = null where external_id is not null and id <> '{owner}'",
  },
  'people.join place.position.title': { from: 'position_record where title = $1' },
  'people.join place.position.grade': { from: 'position_grade where grade = $1' },
  'people.correct name': { from: 'person where name = $1' },
  'people.correct externalId': {
    from: 'person where external_id = $1',
    before: "update person set external_id = null where external_id is not null and id <> '{owner}'",
  },
  'people.move place.position.title': { from: 'position_record where title = $1' },
  'people.move place.position.grade': { from: 'position_grade where grade = $1' },
  'people.addUnit name': { from: 'unit_record where name = $1' },
  'people.changeUnit name': { from: 'unit_record where name = $1' },
  'privacy.placeHold reason': { from: 'legal_hold where reason = $1' },
  'publications.publish reason': {
    from: 'framework_version where reason = $1',
    before: "delete from framework_version where framework_id = 'own-ladder'",
  },
  'publications.publish document.title': {
    from: "framework_version where content ->> 'title' = $1",
    before: "delete from framework_version where framework_id = 'own-ladder'",
  },
  'publications.publish document.description': {
    from: "framework_version where content ->> 'description' = $1",
    before: "delete from framework_version where framework_id = 'own-ladder'",
  },
  'publications.publish document.roles.0.title': {
    from: "framework_version where content -> 'roles' -> 0 ->> 'title' = $1",
    before: "delete from framework_version where framework_id = 'own-ladder'",
  },
  'rounds.open name': {
    from: 'round where name = $1',
    before: "delete from round where name not like 'canary-%'",
  },
  'rounds.rate evidence': { from: 'rating where evidence = $1' },
  'migrations.undo reason': {
    from: 'framework_migration where undo_reason = $1',
    before:
      'update framework_migration set undone_by = null, undone_at = null, undo_reason = null, undo_reason_salt = null',
  },
}

/** The input with a text at a place; ids of what is made are fresh, and what must be somebody's alone is. */
function inputWith({ endpoint, path }: Field, text: string): unknown {
  const input = structuredClone(ownInput(endpoint, ids)) as Record<string, unknown>
  for (const [name, make] of [
    ['key', randomUUID],
    ['externalId', randomUUID],
    ['email', () => `${randomUUID()}@example.org`],
  ] as const)
    if (name in input) input[name] = make()
  let at = input
  for (const step of path.slice(0, -1)) {
    if (typeof at[step] !== 'object' || at[step] === null) at[step] = {}
    at = at[step] as Record<string, unknown>
  }
  at[path.at(-1)!] = text
  return input
}

/** In an ordinary run each field gets some of the strings, and all fields together all of them. */
function stringsFor(field: number): readonly string[] {
  if (full) return strings
  return strings.filter((text, at) => at % 100 === field % 100 && text.length < 2_000_000)
}

/** Fields of one feature after one another, because they make room for each other; features at the same time. */
const featureOf = ({ endpoint }: Field) => endpoint.split('.')[0]
const FEATURES = [...new Set(FIELDS.map(featureOf))].map((name) =>
  [...FIELDS.entries()].filter(([, field]) => featureOf(field) === name),
)

interface Outcome {
  readonly faults: string[]
  readonly takenBy: Set<string>
  readonly counts: { calls: number; kept: number; refused: number; other: number }
}

async function tryField(field: Field, number: number, { faults, takenBy, counts }: Outcome): Promise<void> {
  const name = `${field.endpoint} ${field.path.join('.')}`
  const kept = KEPT[name]
  for (const text of stringsFor(number)) {
    if (kept?.before) await app.rows(kept.before.replace('{owner}', ids.owner))
    const response = await app.request(ownerOf(1), `/rpc/${field.endpoint.replaceAll('.', '/')}`, {
      ...{ method: 'POST', headers: { 'content-type': 'application/json' } },
      body: JSON.stringify({ json: inputWith(field, text) }),
    })
    const answer = await response.text()
    const said = `${name}: ${JSON.stringify(text).slice(0, 60)}: ${response.status}`
    counts.calls += 1
    if (response.status >= 500) faults.push(`${said} ${answer.slice(0, 120)}`)
    if (!/json|event-stream/.test(response.headers.get('content-type') ?? ''))
      faults.push(`${said}: answered as ${response.headers.get('content-type')}`)
    if (response.headers.get('x-content-type-options') !== 'nosniff') faults.push(`${said}: may be sniffed`)
    if (response.status === 400 || response.status === 413) counts.refused += 1
    else if (response.status >= 300 || kept === undefined) counts.other += 1
    else {
      // Names are kept without the space around them, documents as they are.
      const [row] = /[\u0000\p{Surrogate}]/u.test(text)
        ? []
        : await app.rows<{ n: number }>(
            `select count(*)::int as n from ${kept.from.replace('= $1', '= any($1)')}`,
            [[text, text.trim()]],
          )
      counts.kept += 1
      takenBy.add(name)
      if (row === undefined || row.n === 0) faults.push(`${said}: was taken and is not there as it was sent`)
    }
  }
}

test(
  'whatever is written comes back as it was or is refused, in every field',
  { timeout: 3_600_000 },
  async () => {
    const count = counting('C3 strings in each text field')
    const counts = { calls: 0, kept: 0, refused: 0, other: 0 }
    const outcome: Outcome = { faults: [], takenBy: new Set(), counts }
    await Promise.all(
      FEATURES.map(async (fields) => {
        for (const [number, field] of fields) await tryField(field, number, outcome)
      }),
    )
    expect(outcome.faults).toEqual([])
    expect(Object.keys(KEPT).filter((name) => !outcome.takenBy.has(name))).toEqual([])
    const [calls, kept, refused] = [counts.calls, counts.kept, counts.refused].map((one) =>
      one.toLocaleString('en-US'),
    )
    count(
      full ? strings.length : Math.ceil(counts.calls / FIELDS.length),
      `${FIELDS.length} fields, ${calls} calls: ${kept} kept as they were, ${refused} refused, 0 broken`,
    )
  },
)

test('there are five hundred strings, and fields in every feature that takes words', () => {
  expect(strings.length).toBeGreaterThanOrEqual(500)
  const names = FIELDS.map(({ endpoint, path }) => `${endpoint} ${path.join('.')}`)
  expect(Object.keys(KEPT).filter((name) => !names.includes(name))).toEqual([])
})
