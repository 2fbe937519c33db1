// What a people partner of one unit may do about its people, and what not: each is done, or refused with a sentence.
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { createTestApp } from '../../../test/app.ts'
import { LOCAL_ORGANISATION, type Actor } from '../../platform/actor.ts'

const app = await createTestApp()
const { people } = app.client
const { pool } = app.database.owner
const TODAY = '2026-03-02'
const later = () => (app.clock.now = new Date(app.clock.now.getTime() + 60_000))

const join = async (name: string, place: object = {}) =>
  (await people.join({ key: randomUUID(), name, from: '2024-01-01', place })).person
const addUnit = async (
  name: string,
  parent: string | null = null,
  kind: 'department' | 'team' | 'product-line' = 'team',
) => (await people.addUnit({ key: randomUUID(), kind, name, parent, from: '2024-01-01' })).unit.id

const storage = await addUnit('Storage', null, 'department')
const blocks = await addUnit('Blocks', storage)
const files = await addUnit('Files', storage)
const web = await addUnit('Web')
const line = await addUnit('Archive', null, 'product-line')

const partnerPerson = await join('Petra Partner')
await pool.query(
  `insert into role_grant (organisation_id, id, person_id, role, unit_id, granted_at)
   values ($1, $2, $3, 'people-partner', $4, $5)`,
  [LOCAL_ORGANISATION, randomUUID(), partnerPerson.id, storage, app.clock.now],
)
const partnerActor: Actor = {
  ...{ kind: 'member', organisation: LOCAL_ORGANISATION, person: partnerPerson.id },
  grants: [{ role: 'people-partner', units: [storage, blocks, files] }],
}
const partner = app.clientOf(partnerActor).people
const position = { title: 'Engineer', grade: 'P4' }
const refusal = (status: number, code: string) => ({ status, data: { refusal: code } })

test('somebody of the unit leaves yesterday, today or later, with all that their place had', async () => {
  for (const lastDay of ['2026-03-01', TODAY, '2026-11-30']) {
    const manager = await join('Lena Lead', { unit: blocks })
    const dotted = await join('Dora Dotted', { unit: web })
    const who = await join('Ada Leaver', {
      ...{ unit: blocks, productLines: [line], manager: manager.id, dotted: [dotted.id], position },
    })
    later()
    await partner.leave({ id: who.id, lastDay })
    const { entries } = await people.history({ id: who.id })
    const end = lastDay === TODAY ? '2026-03-03' : lastDay === '2026-03-01' ? TODAY : '2026-12-01'
    const places = entries.filter(({ kind, correctedAt }) => kind !== 'grade' && correctedAt === null)
    expect(places.map(({ kind }) => kind).toSorted()).toEqual(
      ['dotted', 'employment', 'manager', 'position', 'unit', 'unit'].toSorted(),
    )
    expect(new Set(places.map(({ to }) => to))).toEqual(new Set([end]))
  }
})

test('somebody moves between the units of the partner, and not out of them nor into none', async () => {
  const who = await join('Mo Mover', { unit: blocks, position })
  later()
  await partner.move({ id: who.id, from: TODAY, place: { unit: files } })
  expect((await people.get({ id: who.id })).person.units.map(({ name }) => name)).toEqual(['Files'])
  later()
  for (const place of [{ unit: web }, { unit: null }, { productLines: [line] }])
    await expect(partner.move({ id: who.id, from: TODAY, place })).rejects.toMatchObject(
      refusal(403, 'not-your-unit'),
    )
  await expect(
    partner.join({ key: randomUUID(), name: 'New', from: TODAY, place: { unit: web } }),
  ).rejects.toMatchObject(refusal(403, 'not-your-unit'))
  expect((await people.get({ id: who.id })).person.units.map(({ name }) => name)).toEqual(['Files'])
  const { units } = await partner.units({})
  expect(units.filter(({ can }) => can.add).map(({ name }) => name)).toEqual(['Blocks', 'Files', 'Storage'])
})

test('lines of other units to a leaver end; who follows them is for those who keep these people', async () => {
  const lead = await join('Rita Report-to', { unit: blocks })
  const inside = await join('Ines Inside', { unit: blocks, manager: lead.id })
  const outside = await join('Otto Outside', { unit: web, manager: lead.id })
  const follows = await join('Fay Follows', { unit: blocks })
  later()
  await expect(partner.leave({ id: lead.id, lastDay: TODAY, successor: follows.id })).rejects.toMatchObject({
    ...refusal(403, 'reports-of-others'),
    message: expect.stringContaining('Otto Outside'),
  })
  await partner.leave({ id: lead.id, lastDay: TODAY, successor: null })
  for (const one of [inside, outside])
    expect((await people.get({ id: one.id, asOf: '2026-03-03' })).person.manager).toBeNull()
})

test('who moved to another unit is kept there, and not any more by the partner of the unit before', async () => {
  const who = await join('Gone Away', { unit: blocks })
  later()
  expect((await partner.get({ id: who.id })).person.can.keep).toBe(true)
  await people.move({ id: who.id, from: TODAY, place: { unit: web } })
  expect((await partner.get({ id: who.id })).person.can.keep).toBe(false)
  await expect(partner.leave({ id: who.id, lastDay: TODAY })).rejects.toMatchObject(
    refusal(403, 'keep-person'),
  )
})

test('who left stays with the partner of the last unit: taken back, or erased; nobody else’s leaver is', async () => {
  const yesterday = '2026-03-01'
  const [back, gone, others] = [
    await join('Bea Back', { unit: blocks, position }),
    await join('Gus Gone', { unit: files }),
    await join('Oda Others', { unit: web }),
  ]
  later()
  for (const { id } of [back, gone, others]) await people.leave({ id, lastDay: yesterday })
  later()
  const { privacy } = app.clientOf(partnerActor)
  expect((await privacy.person({ person: gone.id })).can).toEqual({ erase: true, hold: true })
  expect((await privacy.person({ person: others.id })).can).toEqual({ erase: false, hold: false })
  await privacy.erase({ person: gone.id, reason: 'asked' })
  await expect(privacy.erase({ person: others.id, reason: 'asked' })).rejects.toMatchObject({ status: 403 })
  // A grade of before is not theirs to read; their place is theirs to give.
  expect((await partner.get({ id: back.id })).person.can).toEqual({ contact: true, grade: false, keep: true })
  const { person } = await partner.rehire({ id: back.id, from: TODAY, place: { unit: files, position } })
  expect(person).toMatchObject({ employed: true, since: TODAY, units: [{ name: 'Files' }] })
  await expect(partner.rehire({ id: others.id, from: TODAY, place: { unit: files } })).rejects.toMatchObject(
    refusal(403, 'keep-person'),
  )
})
