// Publishing through the real application on a real database: checked again, never over one another, never twice.
import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { frameworkArbitrary } from '../../../test/framework-arbitrary.ts'
import { createTestApp } from '../../../test/app.ts'
import { toDocument } from '../../core/framework/format.ts'
import type { Framework } from '../../core/framework/model.ts'
import { growthFramework } from '../../core/growth/fixture.ts'
import { readLadder } from '../../core/ladders/read-ladder.ts'
import { exportWorkbook, importSpreadsheet } from '../../core/ladders/spreadsheet.ts'
import { exportCase } from '../../core/ladders/case-export.ts'
import { importCase } from '../../core/ladders/case-import.ts'
import { localActor } from '../../platform/actor.ts'
import { contentHash } from '../../platform/content-hash.ts'
import { loadBuiltInFrameworks } from '../../main/built-in-frameworks.ts'

const app = await createTestApp()
const { db } = app.database.owner
await loadBuiltInFrameworks(app.system())

const documentOf = (framework: Framework) => toDocument(framework) as Record<string, unknown>
const freshId = () => `ladder-${randomUUID().slice(0, 8)}`
const publish = (framework: Framework, basedOn: string | null, more: object = {}) =>
  app.client.publications.publish({ document: documentOf(framework), basedOn, reason: 'New bars', ...more })
const preview = (framework: Framework, more: object = {}) =>
  app.client.publications.preview({ document: documentOf(framework), ...more })
const storedOf = async (id: string) => (await app.client.frameworks.versions({ framework: id })).versions

test('a new framework is previewed without being stored, then stored with its author, time and reason', async () => {
  const framework = growthFramework({ id: freshId() })
  const seen = await preview(framework)
  expect(seen).toMatchObject({
    outcome: 'new-framework',
    newest: null,
    changes: [],
    affected: null,
    candidate: { id: framework.id, hash: contentHash(framework), roles: 5, competencies: 6, behaviours: 60 },
  })
  await expect(app.client.frameworks.get({ framework: framework.id })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
  const { outcome, summary } = await publish(framework, null)
  expect([outcome, summary.hash]).toEqual(['published', seen.candidate!.hash])
  expect(await storedOf(framework.id)).toEqual([
    {
      version: '1.0.0',
      hash: summary.hash,
      storedAt: app.clock.now.toISOString(),
      author: { kind: 'person', id: localActor.person, name: null, you: true },
      reason: 'New bars',
      audited: 'matches',
      newest: true,
      assessments: 0,
    },
  ])
  const audit = await db.selectFrom('audit').selectAll().where('object_id', '=', framework.id).execute()
  expect(audit).toMatchObject([
    {
      action: 'framework.publish',
      actor_id: localActor.person,
      reason: 'as-stated',
      details: { hash: summary.hash },
    },
  ])
})

test('the audit holds a fingerprint of the reason and not its words, and tells words that were changed or erased', async () => {
  const framework = growthFramework({ id: freshId() })
  await publish(framework, null)
  const rows = await db.selectFrom('audit').selectAll().where('object_id', '=', framework.id).execute()
  expect(JSON.stringify(rows)).not.toContain('New bars')
  expect(rows[0]!.reason_fingerprint).toMatch(/^[0-9a-f]{64}$/)
  const told = async () => (await storedOf(framework.id)).map(({ reason, audited }) => [reason, audited])
  expect(await told()).toEqual([['New bars', 'matches']])
  // As somebody with the database in their hands could.
  await sql`update framework_version set reason = 'Other bars' where framework_id = ${framework.id}`.execute(
    db,
  )
  expect(await told()).toEqual([['Other bars', 'differs']])
  await sql`update framework_version set reason = null, reason_salt = null where framework_id = ${framework.id}`.execute(
    db,
  )
  expect(await told()).toEqual([[null, 'absent']])
})

test('the same content again changes nothing and says so, under another number too', async () => {
  const framework = growthFramework({ id: freshId() })
  const { summary } = await publish(framework, null)
  for (const again of [framework, { ...framework, version: '9.0.0' }]) {
    expect(await preview(again)).toMatchObject({
      outcome: 'unchanged',
      same: { hash: summary.hash, version: '1.0.0' },
    })
    expect(await publish(again, summary.hash)).toMatchObject({
      outcome: 'unchanged',
      summary: { version: '1.0.0' },
    })
  }
  expect(await storedOf(framework.id)).toHaveLength(1)
})

test('a newer content shows its meaning first, whom it affects, and a number to publish it under', async () => {
  const framework = growthFramework({ id: freshId() })
  const first = (await publish(framework, null)).summary
  const { assessment } = await app.client.assessments.start({
    key: randomUUID(),
    framework: framework.id,
    mode: 'quick',
  })
  await app.client.assessments.answer({
    id: assessment.id,
    key: randomUUID(),
    item: 'vision-1a',
    answer: 'with-help',
  })
  const changed = {
    ...framework,
    competencies: framework.competencies.filter(({ id }) => id !== 'vision'),
    roles: framework.roles.slice(0, 2),
    transitions: [],
  }
  const seen = await preview(changed)
  expect(seen).toMatchObject({
    outcome: 'version-taken',
    newest: { hash: first.hash, version: '1.0.0' },
    suggestedVersion: '2.0.0',
    affected: {
      people: 1,
      assessments: 1,
      details: [{ assessment: assessment.id, answers: { moved: 0, leftBehind: 1 } }],
    },
  })
  expect(seen.changes.map(({ message }) => message)).toContain('Competency "The vision" is removed')
  await expect(publish(changed, first.hash)).rejects.toMatchObject({
    code: 'CONFLICT',
    message: `Version 1.0.0 of ${framework.id} has other content: choose another number.`,
  })
  expect((await preview(changed, { version: '2.0.0' })).outcome).toBe('new-version')
  const { summary } = await publish(changed, first.hash, { version: '2.0.0' })
  expect(summary.version).toBe('2.0.0')
  expect((await storedOf(framework.id)).map(({ version, assessments }) => [version, assessments])).toEqual([
    ['2.0.0', 0],
    ['1.0.0', 1],
  ])
})

test('of two people who publish the same number at once one wins, and the other learns why not', async () => {
  const framework = growthFramework({ id: freshId() })
  const { summary } = await publish(framework, null)
  const settled = await Promise.allSettled(
    ['Ours', 'Theirs', 'Hers'].map((title) =>
      publish({ ...framework, version: '1.1.0', title }, summary.hash),
    ),
  )
  expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  for (const one of settled)
    if (one.status === 'rejected')
      expect(one.reason).toMatchObject({
        code: 'CONFLICT',
        message: expect.stringContaining('version 1.1.0 was published'),
      })
  expect(await storedOf(framework.id)).toHaveLength(2)
  const fresh = growthFramework({ id: freshId() })
  const both = await Promise.all([publish(fresh, null), publish(fresh, null)])
  expect(both.map(({ outcome }) => outcome).toSorted()).toEqual(['published', 'unchanged'])
})

test('a framework that comes with Rungs is not published over', async () => {
  const { framework, summary } = await app.client.frameworks.get({ framework: 'coder-to-cto' })
  const mine = { ...framework, version: '99.0.0', title: 'Mine' } as Framework
  expect((await preview(mine)).outcome).toBe('built-in')
  await expect(publish(mine, summary.hash)).rejects.toMatchObject({
    code: 'CONFLICT',
    message: expect.stringContaining('id of its own'),
  })
  const versions = await app.client.frameworks.versions({ framework: 'coder-to-cto' })
  expect(versions).toMatchObject({
    versions: [{ author: { kind: 'system', id: null }, reason: null }],
    can: { publish: false },
  })
  expect((await publish({ ...mine, id: freshId() }, null)).outcome).toBe('published')
})

test('every fault of a document is told with its path, and nothing is stored', async () => {
  const id = freshId()
  const document = {
    ...documentOf(growthFramework({ id })),
    areas: [],
    version: 'one',
    colour: 'red',
  }
  const { outcome, faults } = await app.client.publications.preview({ document })
  expect(outcome).toBe('faulty')
  expect(faults.map(({ path }) => path)).toEqual(
    expect.arrayContaining(['areas', 'version', 'colour', 'competencies[0].area']),
  )
  await expect(
    app.client.publications.publish({ document, basedOn: null, reason: 'Try' }),
  ).rejects.toMatchObject({
    code: 'BAD_REQUEST',
    data: { faults },
  })
  await expect(storedOf(id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('hostile documents are refused by name and never a failure of the server', async () => {
  let deep: unknown = 'x'
  for (let depth = 0; depth < 3000; depth++) deep = { title: deep }
  const base = documentOf(growthFramework({ id: freshId() }))
  const cases: [Record<string, unknown>, string][] = [
    [{ ...base, description: deep }, 'description.title.title.title.title.title.title.title'],
    [{ ...base, extends: 'coder-to-cto' }, 'extends'],
    [{}, 'rungs'],
  ]
  for (const [document, path] of cases) {
    const { outcome, faults } = await app.client.publications.preview({ document })
    expect([outcome, faults.map((fault) => fault.path)]).toEqual(['faulty', expect.arrayContaining([path])])
  }
  const broken: [Record<string, unknown>, string][] = [
    [{ ...base, description: 'a\u0000b' }, 'document.description'],
    [{ ...base, title: 'a\uD800b' }, 'document.title'],
  ]
  for (const [document, path] of broken)
    await expect(app.client.publications.preview({ document })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      data: { faults: [{ path }] },
    })
})

test('an edited spreadsheet and a CASE package are published as a version each, scoring and all', async () => {
  const scoring = { model: 'minimum-vector' as const, note: 'All of them' }
  const framework = growthFramework({ id: freshId(), scoring })
  const first = (await publish(framework, null)).summary
  const edited = { ...framework, version: '1.1.0', title: 'Edited' }
  const sheet = importSpreadsheet(readLadder([{ path: 'ladder.xlsx', bytes: exportWorkbook(edited) }]))
  const second = (await publish(sheet.ok ? sheet.framework : framework, first.hash)).summary
  expect(second.hash).toBe(contentHash(edited))
  const pack = importCase(
    exportCase({ ...edited, version: '1.2.0', title: 'As CASE' }, { now: '2026-03-02T09:00:00Z' }),
  )
  const third = (await publish(pack.ok ? pack.framework : framework, second.hash)).summary
  expect(
    (await app.client.frameworks.get({ framework: framework.id, hash: third.hash })).framework,
  ).toMatchObject({
    title: 'As CASE',
    scoring,
  })
  expect(
    (await app.client.frameworks.get({ framework: framework.id, hash: first.hash })).summary.version,
  ).toBe('1.0.0')
})

test('whatever framework is published comes back equal, and its hash is that of its content', async () => {
  const runs = process.env['RUNGS_VERIFY'] ? 500 : 8
  await fc.assert(
    fc.asyncProperty(frameworkArbitrary, async (made) => {
      const framework = { ...made, id: freshId() }
      const { summary } = await publish(framework, null)
      const { framework: back } = await app.client.frameworks.get({ framework: framework.id })
      expect(back).toEqual(framework)
      expect(summary.hash).toBe(contentHash(framework))
    }),
    { numRuns: runs, seed: 11 },
  )
}, 600_000)
