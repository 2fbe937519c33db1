// Tries to isolate a rater: random sequences of queries through the API and in SQL, and an attacker who solves for them.
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { seededRandom } from '../../src/core/measure/seeded-random.ts'
import { closeDueRounds } from '../../src/features/rounds/close-round.ts'
import { createTestApp } from '../app.ts'
import { buildRoundWorld, fillSheets, ROUND_RULE } from '../round-world.ts'
import { counting } from './counting.ts'
import { canBeSolved, type Equation } from './solve-attack.ts'

const SEQUENCES = process.env['RUNGS_VERIFY'] === undefined ? 100 : 10_000
const random = seededRandom(20_260_302)
const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!
const chance = (share: number) => random() < share

const app = await createTestApp()
const world = await buildRoundWorld(app, 12)
const { boss, members, partner, otherPartner, stranger } = world
const { db } = app.database.owner
const everybody = [...members, boss, partner, otherPartner, stranger]
const SCORES = { 'not-yet': 0, 'with-help': 1, 'on-my-own': 2 } as const

/** Two rounds of overlapping raters; some report to a member, some decline, many have no opportunity. */
async function runRounds(): Promise<string[]> {
  const rounds: string[] = []
  for (const member of members.slice(6, 9)) await world.giveManager(member, members[0]!, '2026-02-01')
  const keeper = world.clientOf(partner).rounds
  for (const name of ['One', 'Two']) {
    const { round } = await keeper.open({
      ...{ key: randomUUID(), unit: world.unit, name, framework: 'coder-to-cto', closesOn: '2026-04-01' },
      ...{
        rule: { ...ROUND_RULE, managerNamed: name === 'One', opensToPartner: name === 'Two' },
        mostPeers: 6,
      },
    })
    rounds.push(round.id)
    await keeper.start({ id: round.id })
  }
  return rounds
}
const rounds = await runRounds()
await sql`update round_rater set state = 'declined', reason = 'no-time'
  where kind <> 'self' and abs(hashtext(subject_id::text || rater_id::text)) % 9 = 0`.execute(db)
const answers = ['not-yet', 'with-help', 'on-my-own', 'no-opportunity'] as const
await fillSheets(app, everybody, () => pick(answers))

interface Truth {
  round: string
  subject: string
  rater: string
  kind: string
  item: string
}
const { rows: truths } =
  await sql<Truth>`select s.round_id as round, s.subject_id as subject, s.rater_id as rater, s.kind,
  g.item from rating g join round_rater s on s.id = g.sheet_id where g.answer <> 'no-opportunity' and s.kind <> 'self'`.execute(
    db,
  )

const AGGREGATES = [
  'count(*)::text',
  'count(distinct g.rater_id)::text',
  `sum(case g.answer when 'on-my-own' then ${SCORES['on-my-own']} when 'with-help' then 1 else 0 end)::text`,
  'min(g.answer)',
  'max(g.position)::text',
  `string_agg(g.key::text, ',' order by g.key)`,
]
const GROUPS = [
  's.subject_id',
  's.kind',
  'g.rater_id',
  'g.item',
  's.round_id',
  "date_trunc('day', g.given_at)",
]
const filters = () => [
  `s.subject_id = '${pick(members)}'`,
  `g.rater_id <> '${pick(everybody)}'`,
  `s.kind = '${pick(['peer', 'manager', 'report'])}'`,
  `s.round_id = '${pick(rounds)}'`,
  `g.item = '${pick(truths).item}'`,
  `g.answer = '${pick(answers)}'`,
  `g.given_at < now() - interval '${Math.floor(random() * 60)} days'`,
  `exists (select 1 from rating o where o.item = g.item and o.rater_id <> g.rater_id)`,
]

/** A random aggregate over ratings in SQL, as the viewer: it must say exactly what the viewer's own ratings say. */
async function askRatings(viewer: string): Promise<void> {
  const chosen = filters().filter(() => chance(0.3))
  const group = GROUPS.filter(() => chance(0.25))
  const text = (own: string) => {
    const where = [...chosen, own].map((one) =>
      one.replace(
        'from rating o where',
        own === 'true' ? 'from rating o where' : `from rating o where o.rater_id = '${viewer}' and`,
      ),
    )
    return `select ${[...group, pick1].join(', ')} from rating g join round_rater s on s.id = g.sheet_id
      where ${where.join(' and ')}${group.length > 0 ? ` group by ${group.join(', ')} order by ${group.join(', ')}` : ''}`
  }
  const pick1 = pick(AGGREGATES)
  const asked = await sql.raw(text('true')).execute(app.context(world.actorOf(viewer)).db)
  const own = await sql.raw(text(`g.rater_id = '${viewer}'`)).execute(db)
  expect(asked.rows).toEqual(own.rows)
}

interface Cell {
  round_id: string
  subject_id: string
  competency: string
  kinds: string[]
  measure: number | null
}

/** A random question about results in SQL; what comes back are whole cells of people whom the rule opens to the viewer. */
async function askResults(viewer: string): Promise<Cell[]> {
  const kinds = chance(0.5) ? `and '${pick(['peer', 'manager', 'report', 'self'])}' = any (kinds)` : ''
  const of = chance(0.5) ? `and subject_id = '${pick(members)}'` : ''
  const { rows } = await sql<Cell>`${sql.raw(
    `select round_id, subject_id, competency, kinds, measure from round_result where measure is not null ${kinds} ${of}`,
  )}`.execute(app.context(world.actorOf(viewer)).db)
  return rows
}

async function refused(call: Promise<unknown>): Promise<boolean> {
  return await call.then(
    () => false,
    () => true,
  )
}

/** A random call of the API; gives the cells that it showed. */
async function askApi(viewer: string, closed: boolean): Promise<Cell[]> {
  const client = world.clientOf(viewer).rounds
  const [round, subject] = [pick(rounds), pick(members)]
  const turn = Math.floor(random() * 4)
  if (turn === 0) {
    const { sheets } = await client.list()
    const { rows } = await sql<{ id: string }>`select id from round_rater where rater_id = ${viewer}`.execute(
      db,
    )
    const own = new Set(rows.map(({ id }) => id))
    expect(sheets.every(({ id }) => own.has(id))).toBe(true)
    return []
  }
  if (turn === 1) {
    const { rows } = await sql<{ id: string }>`select id from round_rater where rater_id <> ${viewer}
      order by id offset ${Math.floor(random() * 100)} limit 1`.execute(db)
    expect(await refused(client.sheet({ sheet: rows[0]!.id }))).toBe(true)
    return []
  }
  const answer = await client.result({ id: round, subject }).catch(() => undefined)
  if (!closed) expect(answer).toBeUndefined()
  return (answer?.competencies ?? []).flatMap(({ id, others }) =>
    others.map(({ kinds, measure }) => ({
      round_id: round,
      subject_id: subject,
      competency: id,
      kinds,
      measure,
    })),
  )
}

const competencyOf = new Map<string, string>()
/** For each rater of a round, the cells that they are in: what severity is taken out of. */
const measured = new Map<string, string[]>()
let published = new Map<string, { raters: string[]; identified: boolean }>()
const keyOf = ({ round_id, subject_id, competency, kinds }: Cell) =>
  [round_id, subject_id, competency, kinds.join('+')].join(' ')

async function learnTruth(): Promise<void> {
  const { rows } = await sql<{ item: string; competency: string }>`
    select b->>'id' as item, c->>'id' as competency from framework_version v,
      jsonb_array_elements(v.content->'competencies') c, jsonb_array_elements(c->'behaviours') b`.execute(db)
  for (const { item, competency } of rows) competencyOf.set(item, competency)
  const all =
    await sql<Cell>`select * from round_result where measure is not null and kinds <> '{self}'`.execute(db)
  published = new Map(
    all.rows.map((cell) => {
      const raters = truths
        .filter((one) => one.round === cell.round_id && one.subject === cell.subject_id)
        .filter((one) => competencyOf.get(one.item) === cell.competency && cell.kinds.includes(one.kind))
        .map(({ rater }) => rater)
      return [keyOf(cell), { raters: [...new Set(raters)], identified: cell.kinds.join() === 'manager' }]
    }),
  )
  for (const [key, { raters }] of published)
    for (const rater of raters) {
      const place = `${key.split(' ')[0]} ${rater}`
      measured.set(place, [...(measured.get(place) ?? []), key])
    }
}

/**
 * What a published cell says of the unknowns: each of its raters' sums, with the severity of each taken out, which
 * brings in what they said elsewhere, shrunk by their number of cells. Known to the viewer: own and named ones.
 */
function equationOf(key: string, viewer: string): Equation {
  const equation = new Map<string, number>()
  for (const rater of published.get(key)!.raters) {
    const elsewhere = measured.get(`${key.split(' ')[0]} ${rater}`)!
    const shrunk = 1 / (elsewhere.length + 2)
    for (const other of elsewhere) {
      if (rater === viewer || published.get(other)!.identified) continue
      const column = `${rater} ${other}`
      equation.set(column, (equation.get(column) ?? 0) + (other === key ? 1 : 0) - shrunk)
    }
  }
  return equation
}

interface Told {
  round_id: string
  subject_id: string
  kinds: string[]
  competencies: string[]
  raters: number
}

/** What the viewer reads of the severity of groups, in SQL and on their results. */
async function askAdjustments(viewer: string): Promise<Told[]> {
  const of = chance(0.5) ? `where subject_id = '${pick(members)}'` : ''
  const { rows } = await sql<Told>`${sql.raw(
    `select round_id, subject_id, kinds, competencies, raters from round_adjustment ${of}`,
  )}`.execute(app.context(world.actorOf(viewer)).db)
  return rows
}

/** The sum of these raters' severities: what each said anywhere, shrunk by their number of cells. */
function severityEquation({ round_id, subject_id, kinds, competencies }: Told, viewer: string): Equation {
  const cell = keyOf({ round_id, subject_id, kinds, competency: competencies[0]!, measure: null })
  const equation = new Map<string, number>()
  for (const rater of published.get(cell)!.raters) {
    if (rater === viewer) continue
    const said = measured.get(`${round_id} ${rater}`)!
    for (const other of said)
      if (!published.get(other)!.identified) equation.set(`${rater} ${other}`, 1 / (said.length + 2))
  }
  return equation
}

/** 0 where nobody is isolated: neither one rater nor a few, from all that the viewer read. */
function isolations(viewer: string, seen: ReadonlySet<string>, told: readonly Told[] = []): number {
  const equations = [
    ...[...seen].filter((key) => !published.get(key)!.identified).map((key) => equationOf(key, viewer)),
    ...told.map((one) => severityEquation(one, viewer)),
  ]
  const raters = [...new Set([...seen].flatMap((key) => published.get(key)!.raters))].filter(
    (one) => one !== viewer,
  )
  const groups = [
    ...raters.map((one) => [one]),
    ...Array.from({ length: 6 }, () => [pick(raters), pick(raters), pick(raters)]),
  ]
  return groups.filter(
    (group) =>
      group[0] !== undefined && canBeSolved(equations, (column) => group.includes(column.split(' ')[0]!)),
  ).length
}

interface Outcome {
  asked: number
  isolated: number
  told: number
}

async function runSequence(closed: boolean): Promise<Outcome> {
  const viewer = pick(everybody)
  const seen = new Set<string>()
  const told = new Map<string, Told>()
  const asked = 3 + Math.floor(random() * 5)
  for (let at = 0; at < asked; at++) {
    const turn = Math.floor(random() * 4)
    if (turn === 0) await askRatings(viewer)
    if (turn === 3)
      for (const one of await askAdjustments(viewer))
        told.set(`${one.round_id} ${one.subject_id} ${one.kinds.join('+')}`, one)
    const cells = turn === 1 ? await askResults(viewer) : turn === 2 ? await askApi(viewer, closed) : []
    for (const cell of cells) if (cell.kinds[0] !== 'self') seen.add(keyOf(cell))
  }
  // Who is told of severities reads nobody else's result of that round.
  for (const { round_id, subject_id } of told.values()) {
    if (subject_id !== viewer) throw new Error('somebody is told of the severity of another’s raters')
    for (const cell of seen) if (cell.startsWith(round_id)) expect(cell).toContain(`${round_id} ${viewer} `)
  }
  return { asked, isolated: isolations(viewer, seen, [...told.values()]), told: told.size }
}

test('the attacker finds a rater where a rule is broken, so that finding none means something', () => {
  const row = (...columns: [string, number][]): Equation => new Map(columns)
  const five = row(['a', 1], ['b', 1], ['c', 1], ['d', 1], ['e', 1])
  const four = row(['a', 1], ['b', 1], ['c', 1], ['d', 1])
  expect(canBeSolved([five], (column) => column === 'e')).toBe(false)
  expect(canBeSolved([five, four], (column) => column === 'e')).toBe(true)
  expect(canBeSolved([five, row(['d', 2], ['e', 2])], (column) => column === 'd' || column === 'e')).toBe(
    true,
  )
})

test(
  `no rater is isolated by ${SEQUENCES} sequences of queries, before the close and after`,
  { timeout: 14_400_000 },
  async () => {
    const count = counting('A5 sequences of questions after one rater')
    const before = Math.ceil(SEQUENCES / 5)
    let [asked, isolated, told] = [0, 0, 0]
    const add = (one: Outcome) => {
      asked += one.asked
      isolated += one.isolated
      told += one.told
    }
    for (let at = 0; at < before; at++) add(await runSequence(false))
    app.clock.now = new Date('2026-04-01T08:00:00Z')
    expect(await closeDueRounds(app.system())).toBe(2)
    await learnTruth()
    const anonymous = [...published.values()].filter(({ identified }) => !identified)
    expect(anonymous.length).toBeGreaterThan(50)
    for (const { raters } of anonymous) expect(raters.length).toBeGreaterThanOrEqual(5)
    for (let at = before; at < SEQUENCES; at++) {
      add(await runSequence(true))
      expect(isolated).toBe(0)
      if ((at + 1) % 1000 === 0) process.stderr.write(`${at + 1} of ${SEQUENCES} sequences, none isolated\n`)
    }
    expect(asked).toBeGreaterThan(SEQUENCES * 3)
    expect(told).toBeGreaterThan(0)
    // Each person with all that is theirs: every cell about them, and what they are told of severity.
    const { rows } = await sql<Told>`select * from round_adjustment`.execute(db)
    expect(rows.length).toBeGreaterThan(5)
    for (const one of rows) {
      const own = [...published.keys()].filter((key) => key.startsWith(`${one.round_id} ${one.subject_id} `))
      expect(isolations(one.subject_id, new Set(own), [one])).toBe(0)
    }
    // The widest reader of all: everything that any manager, partner or subject may read, at once.
    expect(isolations(stranger, new Set(published.keys()))).toBe(0)
    count(SEQUENCES, `0 raters isolated by ${asked.toLocaleString('en-US')} questions`)
  },
)
