// Versions and migrations through the real application on a real database: pinned, reviewed, applied whole, undone.
import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createTestApp } from '../../../test/app.ts'
import type { Answer } from '../../core/assess/answers.ts'
import { toDocument } from '../../core/framework/format.ts'
import type { Framework, FrameworkInput } from '../../core/framework/model.ts'
import { growthFramework } from '../../core/growth/fixture.ts'
import { localActor } from '../../platform/actor.ts'
import { ensureLocalOrganisation } from '../../platform/local-organisation.ts'

const app = await createTestApp()
const { db } = app.database
await ensureLocalOrganisation({ db, actor: localActor, now: app.clock.now })

const publish = async (framework: Framework, basedOn: string | null) =>
  (
    await app.client.publications.publish({
      document: toDocument(framework) as Record<string, unknown>,
      basedOn,
      reason: 'A test of versions',
    })
  ).summary

/**
 * Version 2 of the small ladder: coding is renamed to building, testing split in two, vision gone, security new, and
 * the role of the junior gone.
 */
function secondVersion(id: string): Framework {
  const old = growthFramework({ id })
  const input = toDocument(old)
  const moved = (name: string, to: string, keep: (item: string) => boolean = () => true) => {
    const competency = input.competencies.find((one) => one.id === name)!
    const behaviours = Object.fromEntries(
      Object.entries(competency.behaviours ?? {}).map(([level, list]) => [
        level,
        list.filter((one) => keep(one.id)),
      ]),
    )
    return { ...competency, id: to, title: to, behaviours }
  }
  const kept = input.competencies.filter((one) => ['design', 'planning', 'hiring'].includes(one.id))
  const competencies = [
    moved('coding', 'building'),
    ...kept,
    moved('testing', 'unit-tests', (item) => item.endsWith('a')),
    moved('testing', 'field-tests', (item) => item.endsWith('b')),
    {
      id: 'security',
      area: 'craft',
      title: 'Security',
      behaviours: { 1: [{ id: 'keys', text: 'Rotates keys' }] },
    },
  ] as FrameworkInput['competencies']
  return growthFramework({
    id,
    version: '2.0.0',
    competencies,
    roles: [
      { id: 'senior', title: 'Senior', tracks: ['technical'], expectations: { building: 3, security: 1 } },
      { id: 'head', title: 'Head', tracks: ['management'], expectations: { planning: 4 } },
    ],
    transitions: [{ from: 'senior', to: 'head' }],
  })
}

async function answerAll(assessment: string, items: readonly string[], answer: Answer = 'on-my-own') {
  for (const item of items)
    await app.client.assessments.answer({ id: assessment, key: randomUUID(), item, answer })
}

/** Two stored versions and a finished assessment on the first, with answers to five competencies. */
async function prepared() {
  const id = `ladder-${randomUUID().slice(0, 8)}`
  const first = await publish(growthFramework({ id }), null)
  const { assessment } = await app.client.assessments.start({
    key: randomUUID(),
    framework: id,
    mode: 'whole-bank',
    target: { role: 'head', variant: 'quiet' },
    self: { role: 'junior', years: 2 },
  })
  const items = ['coding-1a', 'coding-2a', 'design-1a', 'testing-1a', 'testing-1b', 'vision-1a']
  await answerAll(assessment.id, items)
  await app.client.assessments.finish({ id: assessment.id })
  const second = await publish(secondVersion(id), first.hash)
  const between = { framework: id, from: first.hash, to: second.hash }
  const { mapping, preview } = await app.client.migrations.propose(between)
  const apply = (more: object = {}) =>
    app.client.migrations.apply({
      ...between,
      key: randomUUID(),
      mapping,
      reason: 'Testing was two things',
      ...more,
    })
  return { id, first, second, between, mapping, preview, assessment: assessment.id, apply }
}

const stateOf = async (id: string) => (await app.client.assessments.get({ id })).assessment
const rowCounts = async () => {
  const tables = ['assessment', 'response', 'framework_migration', 'migration_assessment', 'audit'] as const
  const counts = await Promise.all(
    tables.map((table) =>
      db
        .selectFrom(table)
        .select(sql<number>`count(*)::int`.as('n'))
        .executeTakeFirstOrThrow(),
    ),
  )
  return counts.map(({ n }) => n)
}

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
    undone: { reason: 'Too early', by: { you: true } },
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
    undoBlockedBy: expect.stringContaining('answered further'),
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
    message: expect.stringContaining('undo that one first'),
  })
  await app.client.migrations.undo({ id: later.migration.id, reason: 'Yes' })
  await app.client.migrations.undo({ id: migration.id, reason: 'Yes' })
  expect((await stateOf(assessment)).place).toBe('current')
})

test('a database that fails at any statement of it leaves nothing of a migration behind', async () => {
  const { apply, assessment } = await prepared()
  const before = await rowCounts()
  for (const table of ['framework_migration', 'response', 'migration_assessment', 'audit']) {
    await sql`create function refuse() returns trigger language plpgsql as $$ begin raise exception 'no space'; end $$`.execute(
      db,
    )
    await sql
      .raw(`create trigger refuse before insert on ${table} for each row execute function refuse()`)
      .execute(db)
    await expect(apply()).rejects.toMatchObject({ code: 'INTERNAL_SERVER_ERROR' })
    await sql`drop function refuse cascade`.execute(db)
    expect(await rowCounts()).toEqual(before)
    expect((await stateOf(assessment)).place).toBe('current')
  }
})

/** A killed connection may still be in the pool, and fails the one who gets it: ask until all have been replaced. */
async function settled(): Promise<void> {
  for (let quiet = 0, tries = 0; quiet < 20 && tries < 200; tries++) {
    const answers = await Promise.allSettled(Array.from({ length: 10 }, () => sql`select 1`.execute(db)))
    quiet = answers.every(({ status }) => status === 'fulfilled') ? quiet + 1 : 0
  }
}

test('connections that are killed in the middle leave a migration whole or not at all', async () => {
  for (let run = 0; run < 6; run++) {
    const { apply, assessment, between } = await prepared()
    const key = randomUUID()
    const wish = apply({ key }).then(
      () => 'applied',
      () => 'failed',
    )
    await new Promise((resolve) => setTimeout(resolve, run * 4))
    await sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle'`.execute(db)
    const outcome = await wish
    await settled()
    const { place, supersededBy } = await stateOf(assessment)
    const { migrations } = await app.client.migrations.list({ framework: between.framework })
    if (outcome === 'applied') expect(place).toBe('superseded')
    expect([migrations.length, migrations[0]?.assessments ?? 0]).toEqual(
      place === 'superseded' ? [1, 1] : [0, 0],
    )
    if (supersededBy) expect((await stateOf(supersededBy)).answered).toBe(3)
    expect((await apply({ key })).migration.assessments).toBe(1)
  }
})

test('an answer that is given while everything moves is either in the copy or refused, never lost', async () => {
  const id = `race-${randomUUID().slice(0, 8)}`
  const first = await publish(growthFramework({ id }), null)
  const { assessment } = await app.client.assessments.start({
    key: randomUUID(),
    framework: id,
    mode: 'whole-bank',
  })
  const second = await publish(secondVersion(id), first.hash)
  const between = { framework: id, from: first.hash, to: second.hash }
  const { mapping } = await app.client.migrations.propose(between)
  const items = ['coding-1a', 'coding-1b', 'coding-2a', 'coding-2b', 'design-1a', 'design-1b']
  const given: Promise<string | undefined>[] = items.map((item) =>
    app.client.assessments
      .answer({ id: assessment.id, key: randomUUID(), item, answer: 'with-help' })
      .then(() => item)
      .catch((error: { code: string }) => {
        expect(error.code).toBe('CONFLICT')
        return undefined
      }),
  )
  await app.client.migrations.apply({ ...between, mapping, key: randomUUID(), reason: 'Race' })
  const acknowledged = (await Promise.all(given)).filter((item) => item !== undefined)
  const copy = (await stateOf(assessment.id)).supersededBy!
  const { answers } = await app.client.assessments.answers({ id: copy })
  expect(answers.map(({ item }) => item).toSorted()).toEqual(acknowledged.toSorted())
})

test('whatever was answered: moved and left behind are all of it, and undo brings every figure back', async () => {
  const id = `any-${randomUUID().slice(0, 8)}`
  const old = growthFramework({ id })
  const first = await publish(old, null)
  const second = await publish(secondVersion(id), first.hash)
  const between = { framework: id, from: first.hash, to: second.hash }
  const { mapping } = await app.client.migrations.propose(between)
  const items = old.competencies.flatMap(({ behaviours }) => behaviours.map((behaviour) => behaviour.id))
  const answers = fc.dictionary(
    fc.constantFrom(...items),
    fc.constantFrom<Answer>('not-yet', 'with-help', 'on-my-own', 'no-opportunity'),
    { maxKeys: 6 },
  )
  await fc.assert(
    fc.asyncProperty(answers, async (given) => {
      const { assessment } = await app.client.assessments.start({
        key: randomUUID(),
        framework: id,
        version: '1.0.0',
        mode: 'whole-bank',
      })
      for (const [item, answer] of Object.entries(given)) await answerAll(assessment.id, [item], answer)
      const before = await app.client.standings.get({ assessment: assessment.id })
      const { migration } = await app.client.migrations.apply({
        ...between,
        mapping,
        key: randomUUID(),
        reason: 'Any',
      })
      expect(migration.answers.moved + migration.answers.leftBehind).toBe(Object.keys(given).length)
      await app.client.migrations.undo({ id: migration.id, reason: 'Back' })
      expect(await app.client.standings.get({ assessment: assessment.id })).toEqual(before)
      await app.client.assessments.delete({ id: assessment.id })
    }),
    { numRuns: process.env['RUNGS_VERIFY'] ? 300 : 6, seed: 7 },
  )
}, 600_000)
