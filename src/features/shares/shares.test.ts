// Sharing a standing: whom it was shared with reads it until the day, its person sees that they did, and nobody else reads.
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { createTestApp } from '../../../test/app.ts'
import { loadBuiltInFrameworks } from '../../main/built-in-frameworks.ts'
import { maintenanceDatabase } from '../../db/scoped.ts'
import { LOCAL_ORGANISATION, type Actor } from '../../platform/actor.ts'

const app = await createTestApp()
const { database, clock } = app
await loadBuiltInFrameworks(app.system())
const rows = maintenanceDatabase(database.owner.pool)

const member = (person: string, grants: Actor['grants'] = []): Actor => ({
  ...{ kind: 'member', organisation: LOCAL_ORGANISATION, person, account: `account-${person}`, grants },
})
async function addPerson(name: string, to: string | null = null): Promise<string> {
  const id = randomUUID()
  const own = { organisation_id: LOCAL_ORGANISATION }
  await rows
    .insertInto('person')
    .values({ ...own, id, name, created_at: clock.now })
    .execute()
  const dated = { valid_from: '2024-01-01', valid_to: to, recorded_at: clock.now, recorded_by: null }
  const employment = {
    ...own,
    id: randomUUID(),
    person_id: id,
    ...dated,
    corrected_at: null,
    corrected_by: null,
  }
  await rows.insertInto('employment').values(employment).execute()
  return id
}

const [ada, kim, lee] = [await addPerson('Ada'), await addPerson('Kim'), await addPerson('Lee')]
const mine = app.clientOf(member(ada))
const { assessment } = await mine.assessments.start({
  ...{ key: randomUUID(), framework: 'coder-to-cto', mode: 'quick' as const, self: {} },
})
for (let time = 0; time < 12; time += 1) {
  const { question } = await mine.assessments.get({ id: assessment.id })
  if (question)
    await mine.assessments.answer({
      ...{ id: assessment.id, key: randomUUID(), item: question.item, answer: 'on-my-own' as const },
    })
}
const shareWith = (person: string, lastDay = '2026-03-31', key = randomUUID()) =>
  mine.shares.share({ key, assessment: assessment.id, person, lastDay })
const looked = async () =>
  (await mine.privacy.trace({ others: true })).rows.map(({ action, by }) => [action, by?.name])

test('a shared standing reads as its person reads it, on every day but the one after the last', async () => {
  const { id } = await shareWith(kim)
  const reader = app.clientOf(member(kim))
  const listed = await reader.shares.list()
  expect(listed).toMatchObject({ given: [], received: [{ id, of: { name: 'Ada' }, lastDay: '2026-03-31' }] })
  const { report, share } = await reader.shares.read({ id })
  expect(share.assessment).toBe(assessment.id)
  expect(report).toEqual(await mine.standings.get({ assessment: assessment.id }))
  expect(await looked()).toEqual([['assessment.read', 'Kim']])
  const before = clock.now
  clock.now = new Date('2026-03-31T23:00:00Z')
  expect((await reader.shares.read({ id })).report.about.answered).toBe(12)
  clock.now = new Date('2026-04-01T00:10:00Z')
  await expect(reader.shares.read({ id })).rejects.toThrow(/There is no share/)
  expect((await reader.shares.list()).received).toEqual([])
  expect((await mine.shares.list()).given).toMatchObject([{ id, state: 'over', can: { takeBack: false } }])
  clock.now = before
})

test('only reading is shared: the reader answers, deletes, shares and takes back nothing, and reads by no other way', async () => {
  const { id } = await shareWith(kim)
  const reader = app.clientOf(member(kim))
  const none = /There is no/
  const given = { id: assessment.id, key: randomUUID() }
  await expect(reader.assessments.get({ id: assessment.id })).rejects.toThrow(none)
  await expect(reader.assessments.answers({ id: assessment.id })).rejects.toThrow(none)
  await expect(reader.assessments.undo(given)).rejects.toThrow(none)
  await expect(reader.assessments.delete({ id: assessment.id })).rejects.toThrow(none)
  await expect(reader.standings.get({ assessment: assessment.id })).rejects.toThrow(none)
  await expect(reader.standings.export({ assessment: assessment.id, format: 'markdown' })).rejects.toThrow(
    none,
  )
  await expect(
    reader.shares.share({ key: randomUUID(), assessment: assessment.id, person: lee, lastDay: '2026-03-31' }),
  ).rejects.toThrow(none)
  await expect(reader.shares.takeBack({ id })).rejects.toThrow(none)
  expect((await reader.assessments.list()).assessments).toEqual([])
})

test('nobody else reads: neither a colleague, nor the owner, nor the auditor', async () => {
  const { id } = await shareWith(kim)
  for (const grants of [[], [{ role: 'owner', units: 'all' }], [{ role: 'auditor', units: 'all' }]] as const)
    await expect(app.clientOf(member(lee, grants)).shares.read({ id })).rejects.toThrow(/There is no share/)
})

test('what is taken back is read no more, from this moment on; the same wish shares once', async () => {
  const key = randomUUID()
  const reader = app.clientOf(member(kim))
  expect(await shareWith(kim, '2026-03-20', key)).toEqual(await shareWith(kim, '2026-03-20', key))
  expect((await mine.shares.list()).given.filter(({ id }) => id === key)).toHaveLength(1)
  await reader.shares.read({ id: key })
  expect(await mine.shares.takeBack({ id: key })).toEqual({ takenBack: true })
  expect(await mine.shares.takeBack({ id: key })).toEqual({ takenBack: false })
  await expect(reader.shares.read({ id: key })).rejects.toThrow(/There is no share/)
  const acts = await rows
    .selectFrom('audit')
    .select(['action', 'subject_id'])
    .where('action', 'in', ['assessment.share', 'assessment.unshare'])
    .orderBy('position', 'desc')
    .limit(2)
    .execute()
  expect(acts).toEqual([
    { action: 'assessment.unshare', subject_id: kim },
    { action: 'assessment.share', subject_id: kim },
  ])
})

test.each([
  ['a day that is over', () => shareWith(kim, '2026-03-01'), /Expected a day from 2026-03-02 to 2027-03-02/],
  ['more than a year', () => shareWith(kim, '2027-03-03'), /Expected a day/],
  ['oneself', () => shareWith(ada), /Expected somebody else/],
  ['nobody known', () => shareWith(randomUUID()), /There is no person/],
  ['somebody who has left', async () => shareWith(await addPerson('Gone', '2026-01-01')), /has not left/],
  [
    'another’s assessment',
    () =>
      app
        .clientOf(member(lee))
        .shares.share({ key: randomUUID(), assessment: assessment.id, person: kim, lastDay: '2026-03-31' }),
    /There is no assessment/,
  ],
  [
    'an instance for one person',
    () =>
      app.client.shares.share({
        ...{ key: randomUUID(), assessment: assessment.id, person: kim, lastDay: '2026-03-31' },
      }),
    /nobody to share with/,
  ],
])('sharing is refused for %s', async (_, act, message) => {
  await expect(act()).rejects.toThrow(message)
})
