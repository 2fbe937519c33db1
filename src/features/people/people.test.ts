// People through the real application: places over time, imports, rights, and the sample organisation.
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { createTestApp } from '../../../test/app.ts'
import { detectMapping } from '../../core/org/people-import/fields.ts'
import { readPeopleTables } from '../../core/org/people-import/table.ts'
import { LOCAL_ORGANISATION, localActor, type Actor } from '../../platform/actor.ts'
import { loadBuiltInFrameworks } from '../../main/built-in-frameworks.ts'
import type { ImportEvent } from './import-commands.ts'

const app = await createTestApp()
const { people } = app.client
const { pool } = app.database.owner
await loadBuiltInFrameworks(app.system())
const DAY = '2026-03-02'

/** Some time goes by, so that what was known before is told from what is known now. */
const later = () => (app.clock.now = new Date(app.clock.now.getTime() + 60_000))

const join = async (name: string, more: object = {}) =>
  (await people.join({ key: randomUUID(), name, from: '2024-01-01', ...more })).person

async function runImport(csv: string, more: object = {}) {
  const table = readPeopleTables({ path: 'people.csv', bytes: new TextEncoder().encode(csv) }).tables[0]!
  const mapping = detectMapping(table.headings)
  const events: ImportEvent[] = []
  const file = {
    ...table,
    headings: [...table.headings],
    rows: table.rows.map(({ row, cells }) => ({ row, cells: [...cells] })),
  }
  for await (const event of await people.import({ table: file, mapping, day: DAY, ...more }))
    events.push(event)
  return events
}
const previewIn = (events: ImportEvent[]) => {
  const found = events.find((event) => event.kind === 'preview')
  if (found?.kind !== 'preview') throw new Error('no preview')
  return found.preview
}
const counts = async () => {
  const tables = [
    'person',
    'employment',
    'unit',
    'unit_record',
    'unit_membership',
    'position',
    'position_holder',
  ] as const
  const all = [...tables, 'position_record', 'position_grade', 'reporting_line', 'person_contact'] as const
  const found: Record<string, number> = {}
  for (const table of all) {
    const { rows } = await pool.query<{ n: number }>(`select count(*)::int as n from ${table}`)
    found[table] = rows[0]!.n
  }
  return found
}
const audits = async (action: string, subject: string) =>
  (await pool.query('select 1 from audit where action = $1 and subject_id = $2', [action, subject])).rows
    .length

test('the sample organisation is loaded whole, and removed without a trace of it', async () => {
  const before = await counts()
  const { people: loaded } = await people.loadSample()
  expect(loaded).toBeGreaterThan(300)
  const summary = await people.summary()
  expect(summary).toMatchObject({ people: 300, sample: loaded })
  await expect(people.loadSample()).rejects.toMatchObject({ status: 409 })

  const chart = await people.chart({ depth: 20 })
  expect(chart.nodes).toHaveLength(300)
  expect(chart.nodes.filter(({ manager }) => manager === null)).toHaveLength(1)
  expect(chart.circles).toEqual([])
  const earlier = await people.chart({ depth: 20, asOf: '2025-03-02' })
  expect(earlier.nodes.length).toBeGreaterThan(226)
  expect(earlier.nodes.length).toBeLessThan(300)

  const first = await people.chart({ depth: 2 })
  expect(first.nodes.length).toBeLessThan(80)
  const leaf = chart.nodes.at(-1)!
  const revealed = await people.chart({ depth: 1, reveal: leaf.id })
  const shown = new Map(revealed.nodes.map((node) => [node.id, node]))
  for (let at: string | null = leaf.id; at !== null; at = shown.get(at)!.manager)
    expect(shown.has(at)).toBe(true)

  const { people: removed } = await people.removeSample()
  expect(removed).toBe(loaded)
  expect(await counts()).toEqual(before)
})

test('somebody joins, moves, gets another manager and leaves; every day shows what held on it', async () => {
  const boss = await join('Boss')
  const other = await join('Other')
  const ada = await join('Ada', {
    email: 'ada@a.example',
    place: { manager: boss.id, position: { title: 'Engineer', grade: 'P5' } },
  })
  expect(ada).toMatchObject({
    employed: true,
    manager: { id: boss.id },
    title: 'Engineer',
    grade: 'P5',
    email: 'ada@a.example',
  })
  later()
  await people.move({
    id: ada.id,
    from: '2025-06-01',
    place: { manager: other.id, position: { title: 'Lead', grade: 'P6' } },
  })
  const on = async (asOf: string) => (await people.get({ id: ada.id, asOf })).person
  expect(await on('2025-05-31')).toMatchObject({ manager: { id: boss.id }, title: 'Engineer', grade: 'P5' })
  expect(await on('2025-06-01')).toMatchObject({ manager: { id: other.id }, title: 'Lead', grade: 'P6' })
  await people.leave({ id: ada.id, lastDay: '2025-12-31' })
  expect(await on('2025-12-31')).toMatchObject({ employed: true, lastDay: '2025-12-31' })
  expect(await on('2026-01-01')).toMatchObject({
    employed: false,
    manager: null,
    title: null,
    lastDay: '2025-12-31',
  })
  await people.rehire({ id: ada.id, from: '2026-02-01', place: { manager: boss.id } })
  expect(await on('2026-02-01')).toMatchObject({
    employed: true,
    since: '2026-02-01',
    manager: { id: boss.id },
  })
  const { entries } = await people.history({ id: ada.id })
  expect(entries.filter(({ kind, correctedAt }) => kind === 'manager' && correctedAt === null)).toHaveLength(
    3,
  )
  expect(entries.some(({ correctedAt }) => correctedAt !== null)).toBe(true)
  expect(await audits('person.move', ada.id)).toBe(1)
  expect(await audits('person.leave', ada.id)).toBe(1)
})

test('a manager with reports leaves only with an answer who manages them then', async () => {
  const lead = await join('Lead Leaving')
  const next = await join('Lead Next')
  const report = await join('Report', { place: { manager: lead.id } })
  await expect(people.leave({ id: lead.id, lastDay: DAY })).rejects.toThrow(
    /1 person reports to them then \(Report\)/,
  )
  expect((await people.get({ id: lead.id })).person.employed).toBe(true)
  const left = await people.leave({ id: lead.id, lastDay: DAY, successor: next.id })
  expect(left.withoutManager).toEqual([])
  const on = async (asOf: string) => (await people.get({ id: report.id, asOf })).person.manager?.id
  expect([await on(DAY), await on('2026-03-03')]).toEqual([lead.id, next.id])
  // Nobody is a word of its own, and who is left without a manager is told.
  later()
  const { withoutManager } = await people.leave({ id: next.id, lastDay: '2026-03-09', successor: null })
  expect(withoutManager).toEqual([{ id: report.id, name: 'Report', title: null }])
  expect(await on('2026-03-10')).toBeUndefined()
})

test('a line that would run in a circle is refused with the circle, and nothing changes', async () => {
  const a = await join('A1')
  const b = await join('B1', { place: { manager: a.id } })
  const c = await join('C1', { place: { manager: b.id } })
  await expect(people.move({ id: a.id, from: DAY, place: { manager: c.id } })).rejects.toThrow(
    'A1 → C1 → B1 → A1',
  )
  expect((await people.get({ id: a.id })).person.manager).toBeNull()
})

test('an id or address of somebody else is a conflict; the same key again is the same person', async () => {
  const key = randomUUID()
  const input = { key, name: 'Once', from: DAY, externalId: 'once', email: 'once@a.example' }
  await people.join(input)
  expect((await people.join(input)).person.id).toBe(key)
  await expect(people.join({ ...input, key: randomUUID(), email: null })).rejects.toMatchObject({
    status: 409,
  })
  await expect(people.join({ ...input, key: randomUUID(), externalId: null })).rejects.toMatchObject({
    status: 409,
  })
})

test('a start that was wrong is corrected, and what was believed before is kept', async () => {
  const one = await join('Started Wrong', { from: '2025-01-01' })
  later()
  await people.correct({ id: one.id, name: 'Started Right', start: '2024-11-01' })
  const { person } = await people.get({ id: one.id })
  expect(person).toMatchObject({ name: 'Started Right', since: '2024-11-01' })
  const { entries } = await people.history({ id: one.id })
  expect(
    entries
      .filter(({ kind }) => kind === 'employment')
      .map(({ from, correctedAt }) => [from, correctedAt !== null]),
  ).toEqual([
    ['2025-01-01', true],
    ['2024-11-01', false],
  ])
})

test('a history as it was known on a day tells what was believed then', async () => {
  const before = app.clock.now
  const one = await join('Believed', { from: '2025-01-01' })
  const dotted = await join('Dotted Manager')
  app.clock.now = new Date('2026-03-05T23:30:00Z')
  await people.correct({ id: one.id, start: '2024-11-01' })
  await people.move({ id: one.id, from: '2026-03-01', place: { dotted: [dotted.id] } })
  const known = async (knownAt?: string) =>
    (await people.history({ id: one.id, ...(knownAt === undefined ? {} : { knownAt }) })).entries
      .filter(({ kind }) => kind === 'employment' || kind === 'dotted')
      .map(({ kind, from }) => `${kind} ${from}`)
  expect(await known('2026-03-04')).toEqual(['employment 2025-01-01'])
  expect(await known('2026-03-05')).toEqual(['dotted 2026-03-01', 'employment 2024-11-01'])
  expect(await known('2025-12-31')).toEqual([])
  expect(await known()).toHaveLength(3)
  // A day ends where the organisation is.
  await pool.query("update organisation set time_zone = 'Asia/Shanghai'")
  expect(await known('2026-03-05')).toEqual(['employment 2025-01-01'])
  await pool.query("update organisation set time_zone = 'UTC'")
  await people.move({ id: one.id, from: '2026-03-10', place: { dotted: [] } })
  expect((await people.get({ id: one.id, asOf: '2026-03-09' })).person.dotted).toHaveLength(1)
  expect((await people.get({ id: one.id, asOf: '2026-03-10' })).person.dotted).toEqual([])
  app.clock.now = before
})

test('an import is previewed without a write, applied as previewed, and then changes nothing more', async () => {
  const csv =
    'id,name,email,manager,department,team,title,grade,start\ni1,Ines Imp,i1@a.example,,Imports,,Head,M3,2020-01-01\ni2,李娜,i2@a.example,i1,Imports,Alpha,Engineer,P5,2021-01-01\n'
  const before = await counts()
  const preview = previewIn(await runImport(csv))
  expect(preview).toMatchObject({ faults: [], counts: { join: 2, 'new-unit': 2 } })
  expect(await counts()).toEqual(before)
  await expect(runImport(csv, { apply: '0'.repeat(64) })).rejects.toMatchObject({ status: 409 })
  const events = await runImport(csv, { apply: preview.hash })
  expect(events.at(-1)).toEqual({ kind: 'applied', changes: 4, people: 2 })
  expect(events.some((event) => event.kind === 'progress' && event.step === 'write')).toBe(true)
  const again = previewIn(await runImport(csv))
  expect(again).toMatchObject({ faults: [], changes: [], unchanged: 2 })
  const found = await people.list({ search: '李娜' })
  expect(found.people[0]).toMatchObject({
    name: '李娜',
    title: 'Engineer',
    manager: { name: 'Ines Imp' },
    units: [{ name: 'Alpha' }],
  })
  // The file states places of its day: of those before it nothing is known, which is not the same as none.
  const known = DAY
  const asOf = '2022-06-01'
  const { person } = await people.get({ id: found.people[0]!.id, asOf })
  expect(person).toMatchObject({ employed: true, units: [], manager: null, placeKnownFrom: known })
  const rows = async (day: string) => (await people.list({ asOf: day, search: 'i2' })).people
  expect((await rows(asOf)).map((row) => row.placeKnownFrom)).toEqual([known])
  expect((await rows(DAY)).map((row) => row.placeKnownFrom)).toEqual([null])
  const nodeOn = async (day: string) =>
    (await people.chart({ asOf: day, reveal: person.id })).nodes.find(({ id }) => id === person.id)
  expect(await nodeOn(asOf)).toMatchObject({ manager: null, placeKnownFrom: known })
  expect(await nodeOn(DAY)).toMatchObject({ unit: 'Alpha', placeKnownFrom: null })
  expect(preview.placesFrom).toEqual({ people: 2, day: DAY, first: '2020-01-01' })
  const { people: ofUnit } = await people.list({
    unit: (await people.units({})).units.find(({ name }) => name === 'Imports')!.id,
  })
  expect(ofUnit.map(({ name }) => name)).toEqual(['Ines Imp', '李娜'])
})

test('a file with faults changes nothing, names every fault, and shows what its other rows would change', async () => {
  const before = await counts()
  const csv = 'id,name,manager\nf1,One,f2\nf2,Two,f1\nf3,,nobody\nf4,Four,\n'
  const preview = previewIn(await runImport(csv))
  expect(preview.faults.map(({ code }) => code)).toEqual([
    'reporting-loop',
    'missing-name',
    'unknown-manager',
  ])
  const faulty = new Set(preview.faults.map(({ row }) => row))
  expect(preview.counts['join']).toBe(4 - faulty.size)
  expect(preview.changes.map(({ row }) => row)).toContain(5)
  expect(preview.changes.some(({ row }) => faulty.has(row))).toBe(false)
  await expect(runImport(csv, { apply: preview.hash })).rejects.toMatchObject({ status: 400 })
  expect(await counts()).toEqual(before)
})

test('lists go page by page by name, and search finds names, ids and titles', async () => {
  const names: (string | null)[] = []
  let after: string | undefined
  do {
    const page = await people.list({ limit: 3, ...(after === undefined ? {} : { after }) })
    names.push(...page.people.map(({ name }) => name))
    expect(page.people.length).toBeLessThanOrEqual(3)
    after = page.next ?? undefined
  } while (after !== undefined)
  const { people: whole, total } = await people.list({ limit: 200 })
  expect(names).toEqual(whole.map(({ name }) => name))
  expect(total).toBe(names.length)
  expect((await people.list({ search: 'ONCE' })).people).toHaveLength(1)
  expect((await people.list({ search: '100%' })).people).toHaveLength(0)
})

test('somebody is found by any word of the name, with or without accents, and by what they are called now alone', async () => {
  const found = async (search: string) => (await people.list({ search })).people.map(({ name }) => name)
  const name = 'Zoë O’Brien-Østergård'
  const { id } = await join(name, { externalId: 'AB-00417' })
  for (const search of [
    'zoe',
    'ZOË',
    'brien',
    'øst',
    'O’BRIEN',
    'zoe brien',
    'ab-004',
    '00417',
    'stergard',
    'tergå',
  ])
    expect([search, await found(search)]).toEqual([search, [name]])
  expect(await found('zoe ferret')).toEqual([])
  await join('欧阳娜娜')
  for (const search of ['欧阳', '娜娜', '阳娜']) expect(await found(search)).toEqual(['欧阳娜娜'])
  await people.correct({ id, name: 'Zadie Ferret' })
  expect(await found('brien')).toEqual([])
  expect(await found('ferret')).toEqual(['Zadie Ferret'])
})

test('somebody who is not there is not found', async () => {
  await expect(people.get({ id: randomUUID() })).rejects.toMatchObject({ status: 404 })
  await expect(people.unit({ id: randomUUID() })).rejects.toMatchObject({ status: 404 })
})

test('addresses and grades are seen by exactly those whom the policy names, one by one and in history', async () => {
  const lead = await join('Rights Lead')
  const own = await join('Rights Own', {
    ...{ email: 'own@a.example', place: { manager: lead.id, position: { title: 'Engineer', grade: 'P6' } } },
  })
  const peer = await join('Rights Peer', { place: { manager: lead.id } })
  const actorOf = (person: string, grants: Actor['grants'] = []): Actor => ({
    ...{ kind: 'member', organisation: LOCAL_ORGANISATION, person, grants },
  })
  const seen = async (actor: Actor) => {
    const client = app.clientOf(actor).people
    const { person } = await client.get({ id: own.id })
    const grades = (await client.history({ id: own.id })).entries.filter(({ kind }) => kind === 'grade')
    expect(grades.length > 0).toBe(person.can.grade)
    expect([person.email !== null, person.grade !== null]).toEqual([person.can.contact, person.can.grade])
    return [person.can.contact, person.can.grade, person.can.keep]
  }
  expect(await seen(actorOf(own.id))).toEqual([true, true, false])
  expect(await seen(actorOf(lead.id))).toEqual([false, true, false])
  expect(await seen(actorOf(peer.id))).toEqual([false, false, false])
  expect(await seen(localActor)).toEqual([true, true, true])

  const asPeer = app.clientOf(actorOf(peer.id)).people
  await expect(asPeer.move({ id: own.id, from: DAY, place: { manager: null } })).rejects.toMatchObject({
    status: 403,
  })
  await expect(asPeer.join({ key: randomUUID(), name: 'X', from: DAY })).rejects.toMatchObject({
    status: 403,
  })
  await expect(asPeer.loadSample()).rejects.toMatchObject({ status: 403 })
  const { people: all } = await asPeer.list({ limit: 200 })
  expect(all.map(({ id }) => id)).toEqual((await people.list({ limit: 200 })).people.map(({ id }) => id))
})
