// Laws of rights over random organisations: who is what to whom, in the database and in the core, day by day.
import fc from 'fast-check'
import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { relationOf, type RelationFacts } from '../../src/core/org/relation.ts'
import { createTestDatabase } from '../database.ts'
import { counting } from './counting.ts'

const database = await createTestDatabase()
const client = new pg.Client({ connectionString: database.urlBehind })
await client.connect()
afterAll(() => client.end())

const PEOPLE = 5
const UNITS = 3
const DAYS = [-1, 0, 1]
/** Pairs of people on a day. */
const CASES_IN_ONE = PEOPLE * PEOPLE * DAYS.length
const RUNS = Math.ceil((process.env['RUNGS_VERIFY'] === undefined ? 1_500 : 100_000) / CASES_IN_ONE)

const idOf = (kind: number, number: number) =>
  `0000000${kind}-0000-4000-8000-${String(number).padStart(12, '0')}`
const ORGANISATION = idOf(9, 1)
const person = (at: number) => idOf(1, at)
const unit = (at: number) => idOf(2, at)
const dayOf = (offset: number) => new Date(Date.UTC(2026, 5, 15 + offset)).toISOString().slice(0, 10)
const NOW = '2026-06-15T12:00:00.000Z'

const somebody = fc.integer({ min: 0, max: PEOPLE - 1 })
const someUnit = fc.integer({ min: 0, max: UNITS - 1 })
/** What holds one after the other, from four days ago: who or what, and for how many days. */
const stretches = (value: fc.Arbitrary<number>) =>
  fc.array(fc.record({ value: fc.option(value), days: fc.integer({ min: 1, max: 4 }) }), { maxLength: 3 })
const organisations = fc.record({
  parents: fc.tuple(fc.constant(null), fc.option(fc.constant(0)), fc.option(fc.integer({ min: 0, max: 1 }))),
  employed: fc.array(
    fc.record({ from: fc.integer({ min: -5, max: 1 }), to: fc.option(fc.integer({ min: 2, max: 6 })) }),
    {
      ...{ minLength: PEOPLE, maxLength: PEOPLE },
    },
  ),
  lines: fc.array(stretches(somebody), { minLength: PEOPLE, maxLength: PEOPLE }),
  units: fc.array(stretches(someUnit), { minLength: PEOPLE, maxLength: PEOPLE }),
  delegations: fc.array(
    fc.record({
      by: somebody,
      to: somebody,
      from: fc.integer({ min: -3, max: 1 }),
      days: fc.integer({ min: 1, max: 4 }),
    }),
    { maxLength: 4 },
  ),
  grants: fc.array(
    fc.record({
      ...{ to: somebody, role: fc.constantFrom('owner', 'people-partner', 'auditor', 'framework-editor') },
      ...{ unit: fc.option(someUnit), state: fc.constantFrom('held', 'held', 'over', 'revoked') },
    }),
    { maxLength: 5 },
  ),
})
type Organisation = typeof organisations extends fc.Arbitrary<infer T> ? T : never

interface Stretch {
  of: string
  value: string
  from: string
  to: string | null
}

/** Stretches with days; the last one has no end, and one of nothing is a gap. */
function dated(all: Organisation['lines'], name: (at: number) => string, skipSelf: boolean): Stretch[] {
  return all.flatMap((list, of) => {
    let at = -4
    return list.flatMap(({ value, days }, index) => {
      const from = at
      at += days
      if (value === null || (skipSelf && value === of)) return []
      const to = index === list.length - 1 ? null : dayOf(at)
      return [{ of: person(of), value: name(value), from: dayOf(from), to }]
    })
  })
}

async function write(world: Organisation): Promise<{ lines: Stretch[]; units: Stretch[] }> {
  let next = 0
  const insert = async (table: string, row: object) => {
    const all = Object.entries({ organisation_id: ORGANISATION, ...row })
    const places = all.map((_, at) => `$${at + 1}`).join(', ')
    const names = all.map(([name]) => name).join(', ')
    await client.query(
      `insert into ${table} (${names}) values (${places})`,
      all.map(([, value]) => value as unknown),
    )
  }
  const place = async (table: string, row: object, from: string, to: string | null) =>
    insert(table, { id: idOf(3, (next += 1)), valid_from: from, valid_to: to, recorded_at: NOW, ...row })
  await client.query(`insert into organisation (id, name, created_at) values ($1, 'x', $2)`, [
    ORGANISATION,
    NOW,
  ])
  for (let at = 0; at < UNITS; at += 1) {
    await insert('unit', { id: unit(at), kind: 'department' })
    const above = world.parents[at]
    const parent_id = above === null || above === undefined ? null : unit(above)
    await place('unit_record', { unit_id: unit(at), name: 'u', parent_id }, '2020-01-01', null)
  }
  for (const [at, { from, to }] of world.employed.entries()) {
    await insert('person', { id: person(at), created_at: NOW })
    await insert('person_contact', { person_id: person(at), email: `p${at}@example.org`, recorded_at: NOW })
    await place('employment', { person_id: person(at) }, dayOf(from), to === null ? null : dayOf(to))
  }
  const lines = dated(world.lines, person, true)
  const units = dated(world.units, unit, false)
  for (const { of, value, from, to } of lines)
    await place('reporting_line', { person_id: of, manager_id: value, kind: 'line' }, from, to)
  for (const { of, value, from, to } of units)
    await place('unit_membership', { person_id: of, unit_id: value }, from, to)
  for (const { by, to, from, days } of world.delegations) {
    if (by === to) continue
    await insert('delegation', {
      ...{ id: idOf(4, (next += 1)), from_person: person(by), to_person: person(to), starts: dayOf(from) },
      ...{ ends: dayOf(from + days), made_at: NOW, made_by: person(by) },
    })
  }
  for (const { to, role, unit: of, state } of world.grants)
    await insert('role_grant', {
      ...{ id: idOf(5, (next += 1)), person_id: person(to), role, granted_at: '2026-01-01' },
      unit_id: of !== null && role === 'people-partner' ? unit(of) : null,
      until: state === 'over' ? NOW : null,
      revoked_at: state === 'revoked' ? NOW : null,
    })
  return { lines, units }
}

interface Seen {
  id: string
  manages: boolean
  partner: boolean
  keeps: boolean
  reads: boolean
}

/** What the database says of everybody to an actor on a day, and which addresses they may change. */
async function look(actor: number, day: number): Promise<{ seen: Seen[]; changed: Set<string> }> {
  await client.query(
    `savepoint look; set local role rungs_request; set local app.organisation = '${ORGANISATION}'; set local app.person = '${person(actor)}'; set local app.today = '${dayOf(day)}'; set local app.now = '${NOW}'`,
  )
  const { rows } = await client.query<Seen>(
    `select p.id, manages(p.id), is_partner_for(p.id) as partner, keeps_person(p.id) as keeps,
       exists (select 1 from person_contact c where c.organisation_id = p.organisation_id and c.person_id = p.id) as reads
     from person p order by p.id`,
  )
  const { rows: changed } = await client.query<{ person_id: string }>(
    "update person_contact set email = 'new' || email returning person_id",
  )
  await client.query('rollback to savepoint look')
  return { seen: rows, changed: new Set(changed.map(({ person_id }) => person_id)) }
}

function factsOf(
  world: Organisation,
  lines: Stretch[],
  units: Stretch[],
  actor: number,
  other: string,
  day: string,
): RelationFacts {
  const held = world.grants.filter(
    ({ to, role, state }) => to === actor && role === 'people-partner' && state === 'held',
  )
  return {
    lines: lines.map(({ of, value, from, to }) => ({ person: of, manager: value, from, to })),
    delegations: world.delegations
      .filter(({ by, to }) => by !== to)
      .map(({ by, to, from, days }) => ({
        ...{ from_person: person(by), to_person: person(to), from: dayOf(from), to: dayOf(from + days) },
      })),
    units: units
      .filter((one) => one.of === other && one.from <= day && (one.to === null || one.to > day))
      .map(({ value }) => value),
    unitAbove: new Map(world.parents.map((above, at) => [unit(at), above === null ? null : unit(above)])),
    partnerOf: held.some((one) => one.unit === null) ? 'all' : held.map((one) => unit(one.unit!)),
    employed: (one) => {
      const { from, to } = world.employed[Number(one.slice(-12))]!
      return dayOf(from) <= day && (to === null || dayOf(to) > day)
    },
  }
}

test('the laws of rights hold in every organisation', { timeout: 1_200_000 }, async () => {
  const count = counting('A2 laws of rights: random cases')
  let cases = 0
  await fc.assert(
    fc.asyncProperty(organisations, async (world) => {
      await client.query('begin')
      try {
        const { lines, units } = await write(world)
        for (let actor = 0; actor < PEOPLE; actor += 1)
          for (const offset of DAYS) {
            const day = dayOf(offset)
            const { seen, changed } = await look(actor, offset)
            for (const { id, manages, partner, keeps, reads } of seen) {
              cases += 1
              const relation = relationOf(
                person(actor),
                id,
                day,
                factsOf(world, lines, units, actor, id, day),
              )
              // The core and the database mean the same by manager and partner.
              expect(manages).toBe(relation.directManager || relation.delegate)
              if (!relation.self) expect(partner).toBe(relation.partner)
              // What is listed is what the check allows; whoever writes reads; nobody has a right by default.
              expect(reads).toBe(relation.self || keeps)
              expect(changed.has(id)).toBe(keeps)
              const granted = world.grants.some(({ to, state }) => to === actor && state === 'held')
              if (!granted) expect(keeps || partner).toBe(false)
              if (relation.exManager && !relation.delegate) expect(manages).toBe(false)
            }
          }
        // Taking a right away never gives one.
        const before = await look(0, 0)
        await client.query('update role_grant set revoked_at = $1 where person_id = $2', [NOW, person(0)])
        await client.query('update delegation set revoked_at = $1, revoked_by = $2 where to_person = $2', [
          NOW,
          person(0),
        ])
        const after = await look(0, 0)
        for (const [at, one] of after.seen.entries())
          for (const right of ['manages', 'partner', 'keeps', 'reads'] as const)
            if (one[right]) expect(before.seen[at]![right]).toBe(true)
      } finally {
        await client.query('rollback')
      }
    }),
    { numRuns: RUNS, seed: 2026 },
  )
  process.stderr.write(`relations: ${JSON.stringify({ organisations: RUNS, cases })}\n`)
  expect(cases).toBeGreaterThanOrEqual(RUNS * CASES_IN_ONE)
  count(cases, `0 violations in ${RUNS} organisations`)
})
