// Migrations while the database fails, connections are killed and people answer: whole or not at all, and back.
import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createTestApp } from '../../../test/app.ts'
import type { Answer } from '../../core/assess/answers.ts'
import { growthFramework } from '../../core/growth/fixture.ts'
import { migrationSteps, secondVersion } from './fixture.ts'

const app = await createTestApp()
const { db } = app.database.owner
const { publish, answerAll, prepared, stateOf, rowCounts } = migrationSteps(app)

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
    const code = table === 'audit' ? 'FAILED_DEPENDENCY' : 'INTERNAL_SERVER_ERROR'
    try {
      await expect(apply()).rejects.toMatchObject({ code })
    } finally {
      await sql`drop function refuse cascade`.execute(db)
    }
    expect(await rowCounts()).toEqual(before)
    expect((await stateOf(assessment)).place).toBe('current')
  }
})

/** A killed connection may still be in the pool, and fails the one who gets it: ask until all have been replaced. */
async function settled(): Promise<void> {
  for (let quiet = 0, tries = 0; quiet < 20 && tries < 200; tries++) {
    const answers = await Promise.allSettled(
      Array.from({ length: 10 }, () =>
        Promise.all([sql`select 1`.execute(app.context().db), sql`select 1`.execute(app.context().jobs)]),
      ),
    )
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
  const given = Promise.allSettled(
    items.map((item) =>
      app.client.assessments.answer({ id: assessment.id, key: randomUUID(), item, answer: 'with-help' }),
    ),
  )
  await app.client.migrations.apply({ ...between, mapping, key: randomUUID(), reason: 'Race' })
  const outcomes = await given
  for (const outcome of outcomes)
    if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'CONFLICT' })
  const acknowledged = items.filter((_, index) => outcomes[index]!.status === 'fulfilled')
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
