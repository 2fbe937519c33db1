// Standings through the real application on a real database.
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { createTestApp } from '../../../test/app.ts'
import { ANSWERS, type Answer, type Response } from '../../core/assess/answers.ts'
import { buildInstrument } from '../../core/assess/instrument.ts'
import { growthFramework } from '../../core/growth/fixture.ts'
import { standingReport } from '../../core/growth/report.ts'
import { storeBuiltInFrameworks } from '../publications/commands.ts'
import { contentHash } from '../../platform/content-hash.ts'

const app = await createTestApp()
const framework = growthFramework()
await storeBuiltInFrameworks(app.system(), [framework])

/** Answers everything by one rule and returns the assessment's id with the answers given. */
async function assess(scoreOf: (level: number) => number, self: object = { role: 'senior', years: 6 }) {
  const { assessment } = await app.client.assessments.start({
    key: randomUUID(),
    framework: 'small',
    mode: 'whole-bank',
    self,
  })
  const responses: Response[] = []
  for (const { id, competencies } of [{ id: assessment.id, competencies: framework.competencies }]) {
    for (const behaviour of competencies.slice(0, 4).flatMap(({ behaviours }) => behaviours)) {
      const given: Answer = ANSWERS[Math.max(0, Math.min(4, scoreOf(behaviour.level)))]!
      responses.push({ item: behaviour.id, answer: given })
      await app.client.assessments.answer({ id, key: randomUUID(), item: behaviour.id, answer: given })
    }
  }
  await app.client.assessments.finish({ id: assessment.id })
  return { id: assessment.id, responses }
}

const earlier = await assess((level) => 4 - level)
app.clock.now = new Date('2026-09-02T09:00:00.000Z')
const later = await assess((level) => 6 - level)

test('the result of the server is the result of the core, figure for figure', async () => {
  const report = await app.client.standings.get({ assessment: later.id })
  expect(report).toEqual(
    standingReport(framework, buildInstrument(framework), later.responses, {
      hash: contentHash(framework),
      assessedAt: '2026-09-02T09:00:00.000Z',
      finished: true,
      mode: 'whole-bank',
      target: null,
      self: { name: null, role: { role: 'senior', variant: null }, years: 6 },
      answeredAt: new Map(later.responses.map(({ item }) => [item, '2026-09-02T09:00:00.000Z'])),
    }),
  )
})

test('readiness covers every role and variant of both tracks', async () => {
  const { roles } = await app.client.standings.readiness({ assessment: later.id })
  expect(roles.map(({ role }) => [role.role, role.variant])).toEqual([
    ['junior', null],
    ['senior', null],
    ['architect', null],
    ['lead', null],
    ['head', null],
    ['head', 'quiet'],
  ])
})

test('a gap to a variant and an unknown role', async () => {
  const { gap } = await app.client.standings.gap({ assessment: later.id, role: 'head', variant: 'quiet' })
  expect(gap.expectations.find(({ competency }) => competency === 'hiring')).toMatchObject({
    state: 'not-known',
  })
  await expect(app.client.standings.gap({ assessment: later.id, role: 'emperor' })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
})

test('paths start from what the person said, or from what is asked over plain HTTP', async () => {
  const { paths } = await app.client.standings.paths({ assessment: later.id, to: 'head' })
  expect(paths).toMatchObject({ from: { role: 'senior' }, ownYears: 6, none: null })
  const response = await app.request(`/api/standings/${later.id}/paths?to=head&from=junior&years=1.5`)
  expect(response.status).toBe(200)
  expect(await response.json()).toMatchObject({ paths: { from: { role: 'junior' }, ownYears: 1.5 } })
  const none = await app.client.standings.paths({ assessment: later.id, to: 'junior' })
  expect(none.paths.none).toMatchObject({ code: 'no-transition-to' })
  const unsaid = await app.client.assessments.start({
    ...{ key: randomUUID(), framework: 'small', mode: 'quick' as const, afresh: true },
  })
  await expect(
    app.client.standings.paths({ assessment: unsaid.assessment.id, to: 'head' }),
  ).rejects.toMatchObject({
    code: 'BAD_REQUEST',
    data: { faults: [{ path: 'from' }] },
  })
})

test('a competency explains its number; one that the framework lacks is not found', async () => {
  const why = await app.client.standings.why({ assessment: later.id, competency: 'coding' })
  expect(why.answers).toHaveLength(10)
  expect(why.oneMore).toBeNull()
  await expect(app.client.standings.why({ assessment: later.id, competency: 'magic' })).rejects.toMatchObject(
    { code: 'NOT_FOUND' },
  )
})

test('the assessment before is found, compared and shows the rise', async () => {
  const { change } = await app.client.standings.changes({ assessment: later.id })
  expect(change).toMatchObject({
    before: '2026-03-02T09:00:00.000Z',
    after: '2026-09-02T09:00:00.000Z',
    sameVersion: true,
  })
  expect(change!.competencies.find(({ competency }) => competency === 'coding')!.verdict).toBe('risen')
  expect((await app.client.standings.changes({ assessment: earlier.id })).change).toBeNull()
  await expect(app.client.standings.changes({ assessment: later.id, since: later.id })).rejects.toMatchObject(
    { code: 'BAD_REQUEST' },
  )
})

test('a quick run that was stopped early is a throwaway: it neither stands for the person nor is compared by default', async () => {
  app.clock.now = new Date('2026-09-03T10:30:00.000Z')
  const { assessment, question } = await app.client.assessments.start({
    ...{ key: randomUUID(), framework: 'small', version: '1.0.0', mode: 'quick' as const, afresh: true },
  })
  const { id } = assessment
  await app.client.assessments.answer({ id, key: randomUUID(), item: question!.item, answer: 'set-how' })
  expect((await app.client.standings.current({ framework: 'small' })).current!.assessment).toBe(later.id)
  await app.client.assessments.finish({ id })
  const { current, passedOver, choices } = await app.client.standings.current({})
  expect(current).toMatchObject({ assessment: later.id, throwaway: false, mode: 'whole-bank' })
  expect(passedOver.map((run) => [run.assessment, run.doubtful])).toEqual([[id, false]])
  expect(choices[0]).toMatchObject({
    ...{ assessment: id, throwaway: true, finished: true, answered: 1 },
    assessedAt: '2026-09-03T10:30:00.000Z',
  })
  const { change, before, after, runs } = await app.client.standings.changes({ assessment: id })
  expect([change, before, after]).toEqual([null, null, 'throwaway'])
  const finished = runs.filter((run) => run.finished)
  expect(finished.map(({ assessment: run, comparable, reason }) => [run, comparable, reason])).toEqual([
    [later.id, false, 'other-mode'],
    [earlier.id, false, 'other-mode'],
  ])
  const named = await app.client.standings.changes({ assessment: id, since: earlier.id })
  expect(named.before).toMatchObject({ assessment: earlier.id, comparable: false })
  expect(named.change!.notAskedThisTime.length).toBeGreaterThan(30)
  const over = await app.request('/api/standings/current?framework=small')
  expect(over.status).toBe(200)
  await app.client.assessments.delete({ id })
})

test('results can be taken away in three formats, in both languages', async () => {
  const take = (format: 'markdown' | 'json' | 'csv', language = 'en') =>
    app.client.standings.export({ assessment: later.id, format, language, role: 'architect' })
  const json = await take('json')
  const report = JSON.parse(json.text) as { focus: { role: { role: string } } }
  expect(report.focus.role.role).toBe('architect')
  expect((await take('markdown', 'zh-Hans')).text).toContain('# 我的定位')
  expect((await take('csv')).text.split('\r\n')[0]).toMatch(/^record,id,title/)
  expect((await take('csv')).filename).toBe('standing-small-1.0.0-2026-09-02.csv')
})

test('an assessment stays pinned to its version when the framework moves on', async () => {
  const before = await app.client.standings.get({ assessment: later.id })
  const moved = growthFramework({
    version: '2.0.0',
    roles: framework.roles.map((role) => ({ ...role, expectations: { vision: 5 } })),
  })
  await storeBuiltInFrameworks(app.system(), [moved])
  expect(await app.client.standings.get({ assessment: later.id })).toEqual(before)
})
