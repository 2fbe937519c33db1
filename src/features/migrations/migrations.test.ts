// Versions and migrations through the real application on a real database: pinned, reviewed, applied, undone.
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { createTestApp } from '../../../test/app.ts'
import { growthFramework } from '../../core/growth/fixture.ts'
import { localActor } from '../../platform/actor.ts'
import { migrationSteps, secondVersion } from './fixture.ts'

const app = await createTestApp()
const { db } = app.database.owner
const { publish, answerAll, prepared, stateOf, rowCounts } = migrationSteps(app)

test('publishing changes nothing for an assessment that is pinned', async () => {
  const id = `pinned-${randomUUID().slice(0, 8)}`
  const first = await publish(growthFramework({ id }), null)
  const { assessment } = await app.client.assessments.start({
    key: randomUUID(),
    framework: id,
    mode: 'quick',
  })
  await answerAll(assessment.id, ['coding-1a', 'testing-1a'])
  const before = await app.client.standings.get({ assessment: assessment.id })
  await publish(secondVersion(id), first.hash)
  expect(await app.client.standings.get({ assessment: assessment.id })).toEqual(before)
  expect((await stateOf(assessment.id)).framework.hash).toBe(first.hash)
})

test('a proposal says for each assessment what moves, what becomes not known, and the standing before and after', async () => {
  const { mapping, preview, assessment } = await prepared()
  expect(mapping.competencies.map(({ kind, from }) => [kind, from])).toEqual([
    ['renamed', 'coding'],
    ['same', 'design'],
    ['split', 'testing'],
    ['same', 'planning'],
    ['same', 'hiring'],
    ['dropped', 'vision'],
  ])
  expect(preview).toMatchObject({ faults: [], people: 1, assessments: 1 })
  const [detail] = preview.details
  expect(detail).toMatchObject({ assessment, answers: { total: 6, moved: 3, leftBehind: 3 } })
  expect(detail!.leftBehind.map(({ item, reason }) => [item, reason])).toEqual([
    ['testing-1a', 'split'],
    ['testing-1b', 'split'],
    ['vision-1a', 'dropped'],
  ])
  expect(detail!.notKnown.map(({ competency }) => competency)).toEqual([
    'planning',
    'hiring',
    'unit-tests',
    'field-tests',
    'security',
  ])
  const split = detail!.competencies.find(({ kind }) => kind === 'split')!
  expect(split.before).toMatchObject([{ competency: 'testing', known: true }])
  expect(split.after).toMatchObject([{ known: false }, { known: false }])
  expect(detail!.readiness.find(({ before }) => before?.role === 'junior')!.after).toBeNull()
})

test('applying makes a copy on the new version; the old one is kept as it was, readable, and answered no more', async () => {
  const { assessment, apply, second, first, id } = await prepared()
  const before = await app.client.standings.get({ assessment })
  const { migration } = await apply()
  expect(migration).toMatchObject({
    assessments: 1,
    answers: { moved: 3, leftBehind: 3 },
    undone: null,
    appliedBy: { kind: 'person', you: true },
    can: { undo: true },
    reason: 'Testing was two things',
  })
  const old = await stateOf(assessment)
  expect(old).toMatchObject({
    place: 'superseded',
    can: { answer: false, undo: false, reopen: false, delete: true },
  })
  expect(await app.client.standings.get({ assessment })).toEqual(before)
  const copy = await stateOf(old.supersededBy!)
  expect(copy).toMatchObject({
    place: 'current',
    framework: { hash: second.hash },
    copiedFrom: { assessment, migration: migration.id },
    status: 'finished',
    answered: 3,
    startedAt: old.startedAt,
    target: { role: 'head', variant: null },
    self: { role: null, years: 2 },
  })
  const { answers } = await app.client.assessments.answers({ id: copy.id })
  expect(answers.map(({ item, competency }) => [item, competency])).toEqual([
    ['coding-1a', 'building'],
    ['coding-2a', 'building'],
    ['design-1a', 'design'],
  ])
  const { standing } = await app.client.standings.get({ assessment: copy.id })
  expect(standing.notKnown).toEqual(expect.arrayContaining(['unit-tests', 'field-tests', 'security']))
  for (const write of [
    () => app.client.assessments.reopen({ id: assessment }),
    () => app.client.assessments.undo({ id: assessment, key: randomUUID() }),
    () =>
      app.client.assessments.setEvidence({
        id: assessment,
        item: 'coding-1a',
        evidence: 'https://example.org/',
      }),
  ])
    await expect(write()).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('newer version'),
    })
  const audit = await db
    .selectFrom('audit')
    .select(['action', 'reason', 'actor_id', 'subject_id'])
    .where('object_id', 'in', [migration.id, copy.id])
    .orderBy('position')
    .execute()
  expect(audit).toEqual([
    {
      action: 'assessment.migrate',
      reason: null,
      actor_id: localActor.person,
      subject_id: localActor.person,
    },
    { action: 'migration.apply', reason: 'as-stated', actor_id: localActor.person, subject_id: null },
  ])
  const { versions } = await app.client.frameworks.versions({ framework: id })
  expect(versions.map(({ hash, assessments }) => [hash, assessments])).toEqual([
    [second.hash, 1],
    [first.hash, 0],
  ])
})

test('the same wish to apply moves everything once, also when it is sent twice at the same time', async () => {
  const { apply, id } = await prepared()
  const key = randomUUID()
  const both = await Promise.all([apply({ key }), apply({ key })])
  expect(both[0].migration.id).toBe(both[1].migration.id)
  expect((await app.client.migrations.list({ framework: id })).migrations).toHaveLength(1)
  expect((await apply()).migration.assessments).toBe(0)
})

test('a mapping with faults is refused with each of them at its place, and moves nothing', async () => {
  const { apply, between, mapping } = await prepared()
  const broken = {
    ...mapping,
    competencies: mapping.competencies.slice(1),
    roles: { ...mapping.roles, head: 'king' },
  }
  const { faults, details } = await app.client.migrations.preview({ ...between, mapping: broken })
  expect(faults.map(({ path }) => path)).toEqual(['competencies', 'roles.head'])
  expect(details).toEqual([])
  const before = await rowCounts()
  await expect(apply({ mapping: broken })).rejects.toMatchObject({ code: 'BAD_REQUEST', data: { faults } })
  expect(await rowCounts()).toEqual(before)
})

test('undo withdraws the copies and lets the old assessments stand again', async () => {
  const { assessment, apply } = await prepared()
  const before = await stateOf(assessment)
  const { migration } = await apply()
  const copy = (await stateOf(assessment)).supersededBy!
  const undone = await app.client.migrations.undo({ id: migration.id, reason: 'Too early' })
  expect(undone.migration).toMatchObject({
    audited: 'matches',
    undone: { reason: 'Too early', by: { you: true }, audited: 'matches' },
    can: { undo: false },
  })
  expect(await stateOf(assessment)).toEqual(before)
  expect(await stateOf(copy)).toMatchObject({
    place: 'withdrawn',
    can: { answer: false, reopen: false, delete: true },
  })
  await expect(app.client.assessments.reopen({ id: copy })).rejects.toMatchObject({ code: 'CONFLICT' })
  const again = await app.client.migrations.undo({ id: migration.id, reason: 'Twice' })
  expect(again.migration.undone).toEqual(undone.migration.undone)
  expect((await apply()).migration.assessments).toBe(1)
})

test('undo is refused once a copy was answered further, and allowed again when the person deletes it', async () => {
  const { assessment, apply } = await prepared()
  const { migration } = await apply()
  const copy = (await stateOf(assessment)).supersededBy!
  await app.client.assessments.reopen({ id: copy })
  await answerAll(copy, ['keys'])
  const [listed] = (await app.client.migrations.list({ framework: migration.framework })).migrations
  expect(listed).toMatchObject({
    can: { undo: false },
    undoBlockedBy: { code: 'answered-since', count: 1 },
  })
  await expect(app.client.migrations.undo({ id: migration.id, reason: 'No' })).rejects.toMatchObject({
    code: 'CONFLICT',
    message: expect.stringContaining('answered further'),
  })
  expect((await stateOf(copy)).place).toBe('current')
  await app.client.assessments.delete({ id: copy })
  expect((await stateOf(assessment)).place).toBe('current')
  expect(
    (await app.client.migrations.undo({ id: migration.id, reason: 'Now' })).migration.undone,
  ).not.toBeNull()
})

test('a migration that a later one built on is undone after it, not before', async () => {
  const { assessment, apply, id, second } = await prepared()
  const { migration } = await apply()
  const third = await publish({ ...secondVersion(id), version: '2.1.0', title: 'Third' }, second.hash)
  const between = { framework: id, from: second.hash, to: third.hash }
  const { mapping } = await app.client.migrations.propose(between)
  const later = await app.client.migrations.apply({ ...between, mapping, key: randomUUID(), reason: 'On' })
  await expect(app.client.migrations.undo({ id: migration.id, reason: 'No' })).rejects.toMatchObject({
    message: expect.stringContaining('Undo that one first'),
  })
  await app.client.migrations.undo({ id: later.migration.id, reason: 'Yes' })
  await app.client.migrations.undo({ id: migration.id, reason: 'Yes' })
  expect((await stateOf(assessment)).place).toBe('current')
})
