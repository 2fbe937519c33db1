// Two versions of a small ladder with an assessment between them, through the real application, for the tests of migrations.
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { TestApp } from '../../../test/app.ts'
import type { Answer } from '../../core/assess/answers.ts'
import { toDocument } from '../../core/framework/format.ts'
import type { Framework, FrameworkInput } from '../../core/framework/model.ts'
import { growthFramework } from '../../core/growth/fixture.ts'

/**
 * Version 2 of the small ladder: coding is renamed to building, testing split in two, vision gone, security new, and
 * the role of the junior gone.
 */
export function secondVersion(id: string): Framework {
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

/** What the tests do with an application, again and again. */
export function migrationSteps(app: TestApp) {
  const { db } = app.database.owner
  const publish = async (framework: Framework, basedOn: string | null) =>
    (
      await app.client.publications.publish({
        document: toDocument(framework),
        basedOn,
        reason: 'A test of versions',
      })
    ).summary

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
  return { publish, answerAll, prepared, stateOf, rowCounts }
}
