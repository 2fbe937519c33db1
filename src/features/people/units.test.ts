// Units through the real application: added, renamed from a day on, moved without circles, ended when they are empty.
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { createTestApp } from '../../../test/app.ts'
import { LOCAL_ORGANISATION, type Actor } from '../../platform/actor.ts'

const app = await createTestApp()
const { people } = app.client
const add = async (name: string, parent: string | null = null, client = people) =>
  (await client.addUnit({ key: randomUUID(), kind: 'team', name, parent, from: '2024-01-01' })).unit.id
const nameOn = async (id: string, asOf: string) => (await people.unit({ id, asOf })).unit.name

test('a unit has its old name before the day of the change and its new one from it on', async () => {
  const id = await add('Web')
  await people.changeUnit({ id, from: '2025-06-01', name: 'Product' })
  expect(await nameOn(id, '2025-05-31')).toBe('Web')
  expect(await nameOn(id, '2025-06-01')).toBe('Product')
  const { rows } = await app.database.owner.pool.query(
    "select 1 from audit where action = 'unit.change' and object_id = $1",
    [id],
  )
  expect(rows).toHaveLength(1)
})

test('a unit hangs nowhere below itself, over however many steps', async () => {
  const top = await add('Top')
  const middle = await add('Middle', top)
  const low = await add('Low', middle)
  await expect(people.changeUnit({ id: top, from: '2025-01-01', parent: low })).rejects.toThrow(
    /below itself/,
  )
  await expect(people.changeUnit({ id: top, from: '2025-01-01', parent: top })).rejects.toThrow(
    /below itself/,
  )
  expect((await people.changeUnit({ id: low, from: '2025-01-01', parent: null })).path).toEqual([])
})

test('a unit ends only when nobody belongs to it and nothing hangs below it', async () => {
  const top = await add('Old')
  const below = await add('Older', top)
  await people.join({ key: randomUUID(), name: 'Ann', from: '2024-01-01', place: { unit: below } })
  await expect(people.endUnit({ id: top, lastDay: '2025-12-31' })).rejects.toThrow(/1 unit right below/)
  await expect(people.endUnit({ id: below, lastDay: '2025-12-31' })).rejects.toThrow(/1 person and no units/)
  const empty = await add('Empty')
  await people.endUnit({ id: empty, lastDay: '2025-12-31' })
  await expect(people.unit({ id: empty })).rejects.toThrow(/There is no unit/)
  expect(await nameOn(empty, '2025-12-31')).toBe('Empty')
})

test('a partner adds units below theirs; only who keeps the whole organisation changes any, and `can` says so', async () => {
  const mine = await add('Mine')
  const others = await add('Others')
  const person = (await people.join({ key: randomUUID(), name: 'Pia', from: '2024-01-01' })).person.id
  await app.client.administration.grant({ key: randomUUID(), person, role: 'people-partner', unit: mine })
  const actor = (grants: Actor['grants']): Actor => ({
    ...{ kind: 'member', organisation: LOCAL_ORGANISATION, person, account: 'a', grants },
  })
  const partner = app.clientOf(actor([{ role: 'people-partner', units: [mine] }])).people
  const member = app.clientOf(actor([])).people
  const below = await add('Below', mine, partner)
  expect((await people.unit({ id: below })).unit.parent).toBe(mine)
  await expect(add('Elsewhere', others, partner)).rejects.toThrow(/below those/)
  await expect(add('Top of all', null, partner)).rejects.toThrow(/below those/)
  for (const client of [partner, member])
    await expect(client.changeUnit({ id: mine, from: '2025-01-01', name: 'X' })).rejects.toThrow(
      /Only the owner/,
    )
  const rights = async (client: typeof people, id: string) => (await client.unit({ id })).can
  expect(await rights(people, mine)).toEqual({ keep: true, add: true })
  expect(await rights(partner, mine)).toEqual({ keep: false, add: true })
  expect(await rights(partner, others)).toEqual({ keep: false, add: false })
  expect(await rights(member, mine)).toEqual({ keep: false, add: false })
})
