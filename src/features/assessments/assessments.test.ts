// Assessments through the real application on a real database: blind, resumable, idempotent, undoable, audited.
import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createTestApp } from '../../../test/app.ts'
import type { Answer } from '../../core/assess/answers.ts'
import { growthFramework } from '../../core/growth/fixture.ts'
import { localActor } from '../../platform/actor.ts'
import { storeBuiltInFrameworks } from '../publications/commands.ts'

const app = await createTestApp()
const { db } = app.database.owner
await storeBuiltInFrameworks(app.system(), [growthFramework()])

type StartInput = Parameters<typeof app.client.assessments.start>[0]
const start = (input: Partial<StartInput> = {}) => {
  app.clock.now = new Date(app.clock.now.getTime() + 60_000)
  return app.client.assessments.start({
    ...{ key: randomUUID(), framework: 'small', mode: 'adaptive', afresh: true, ...input },
  })
}
const answer = (id: string, item: string, given: Answer = 'on-my-own', more: object = {}) =>
  app.client.assessments.answer({ id, key: randomUUID(), item, answer: given, ...more })
const actionsOn = async (id: string) =>
  (
    await db.selectFrom('audit').select('action').where('object_id', '=', id).orderBy('position').execute()
  ).map(({ action }) => action)

test('the same wish to start makes one assessment', async () => {
  const key = randomUUID()
  const [one, two, three] = await Promise.all([start({ key }), start({ key }), start({ key })])
  expect(new Set([one, two, three].map(({ assessment }) => assessment.id)).size).toBe(1)
  expect(await actionsOn(one.assessment.id)).toEqual(['assessment.start'])
})

test('questions are blind: no level and no bar, not in their reason either', async () => {
  const state = await start({ mode: 'target', target: { role: 'architect' } })
  expect(Object.keys(state.question!).toSorted()).toEqual(
    ['area', 'areaTitle', 'competency', 'competencyTitle', 'item', 'reason', 'text'].toSorted(),
  )
  expect(state.question!.reason).toEqual({
    aim: 'bar',
    answered: expect.any(Number),
    follows: expect.any(Boolean),
  })
  expect(JSON.stringify(state)).not.toMatch(/expect|"must"|"should"|readiness|probability|"level"/)
})

test('an answer is there after the server forgot everything, and the same question comes back', async () => {
  const { assessment, question } = await start()
  const next = await answer(assessment.id, question!.item, 'with-help', {
    evidence: 'https://example.org/pr/1',
  })
  const again = await app.client.assessments.get({ id: assessment.id })
  expect(again).toEqual(next)
  expect(again.question!.item).not.toBe(question!.item)
  const { answers } = await app.client.assessments.answers({ id: assessment.id })
  expect(answers).toMatchObject([
    { item: question!.item, answer: 'with-help', evidence: 'https://example.org/pr/1', position: 1 },
  ])
  expect((await app.client.assessments.current()).current!.assessment.id).toBe(assessment.id)
})

test('an answer sent twice with its key is stored once; the key for another answer is refused', async () => {
  const { assessment, question } = await start()
  const key = randomUUID()
  const input = { id: assessment.id, key, item: question!.item, answer: 'on-my-own' as const }
  const [one, two] = await Promise.all([
    app.client.assessments.answer(input),
    app.client.assessments.answer(input),
  ])
  expect(one.question).toEqual(two.question)
  expect(one.assessment.answered).toBe(1)
  await expect(app.client.assessments.answer({ ...input, answer: 'not-yet' })).rejects.toMatchObject({
    code: 'CONFLICT',
  })
  expect(await actionsOn(assessment.id)).toEqual(['assessment.start', 'assessment.answer'])
})

test('twenty answers sent at once are all kept, each at a place of its own', async () => {
  const { assessment } = await start({ mode: 'whole-bank' })
  const items = growthFramework()
    .competencies.flatMap(({ behaviours }) => behaviours.map(({ id }) => id))
    .slice(0, 20)
  await Promise.all(items.map((item) => answer(assessment.id, item)))
  const { answers } = await app.client.assessments.answers({ id: assessment.id })
  expect(answers.map(({ item }) => item).toSorted()).toEqual(items.toSorted())
  const rows = await db
    .selectFrom('response')
    .select('position')
    .where('assessment_id', '=', assessment.id)
    .orderBy('position')
    .execute()
  expect(rows.map(({ position }) => position)).toEqual(items.map((_, i) => i + 1))
})

test('undo takes back the last answer and asks it again; undone twice it goes back two', async () => {
  const first = await start()
  const id = first.assessment.id
  const second = await answer(id, first.question!.item)
  const third = await answer(id, second.question!.item, 'no-opportunity')
  expect(third.lastAnswer).toEqual({ item: second.question!.item, answer: 'no-opportunity' })
  const key = randomUUID()
  const back = await app.client.assessments.undo({ id, key })
  expect(back.question).toEqual(second.question)
  expect(back.assessment).toMatchObject({ answered: 1, noOpportunity: 0 })
  expect((await app.client.assessments.undo({ id, key })).question).toEqual(second.question)
  const start0 = await app.client.assessments.undo({ id, key: randomUUID() })
  expect(start0.question).toEqual(first.question)
  await expect(app.client.assessments.undo({ id, key: randomUUID() })).rejects.toMatchObject({
    code: 'CONFLICT',
  })
})

test('an answer that was changed comes back with undo', async () => {
  const { assessment, question } = await start()
  const { id } = assessment
  await answer(id, question!.item, 'with-help')
  await answer(id, question!.item, 'set-how')
  expect((await app.client.assessments.answers({ id })).answers).toMatchObject([{ answer: 'set-how' }])
  await app.client.assessments.undo({ id, key: randomUUID() })
  expect((await app.client.assessments.answers({ id })).answers).toMatchObject([{ answer: 'with-help' }])
})

test('no opportunity is kept apart from a zero', async () => {
  const { assessment, question } = await start()
  const state = await answer(assessment.id, question!.item, 'no-opportunity')
  expect(state.assessment).toMatchObject({ answered: 0, noOpportunity: 1 })
  const standing = await app.client.standings.get({ assessment: assessment.id })
  expect(standing.standing.notKnown).toContain(question!.competency)
})

test('a link can be set, changed and removed, and only http and https links are taken', async () => {
  const { assessment, question } = await start()
  const { id } = assessment
  await answer(id, question!.item)
  const set = (evidence: string | null) =>
    app.client.assessments.setEvidence({ id, item: question!.item, evidence })
  expect((await set('http://example.org/a')).answer.evidence).toBe('http://example.org/a')
  expect((await set(null)).answer.evidence).toBeNull()
  for (const bad of [
    'javascript:alert(1)',
    'data:text/html,x',
    'ftp://example.org',
    'https://u:p@example.org',
    'nothing',
    ' ',
  ])
    await expect(set(bad)).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  expect((await app.client.assessments.answers({ id })).answers[0]!.evidence).toBeNull()
  const withLink = answer(id, question!.item, 'on-my-own', { evidence: 'javascript:alert(1)' })
  await expect(withLink).rejects.toMatchObject({ code: 'BAD_REQUEST' })
})

test.each(['quick', 'adaptive', 'target', 'whole-bank'] as const)(
  '%s comes to an end by itself and says why',
  async (mode) => {
    let state = await start({ mode, target: { role: 'senior' } })
    const { id } = state.assessment
    const asked = new Set<string>()
    while (state.question) {
      expect(asked.has(state.question.item)).toBe(false)
      asked.add(state.question.item)
      state = await answer(id, state.question.item, asked.size % 5 === 0 ? 'no-opportunity' : 'on-my-own')
    }
    const reasons = {
      quick: ['item-limit'],
      'whole-bank': ['bank-exhausted'],
      adaptive: undefined,
      target: undefined,
    }[mode]
    expect(reasons ?? ['bars-decided', 'cannot-tell', 'bank-exhausted', 'item-limit']).toContain(
      state.assessment.stopReason,
    )
    expect(state.assessment).toMatchObject({
      status: 'finished',
      can: { answer: false, reopen: true, undo: true },
    })
    expect(state.progress.minutesLeft).toBeNull()
    if (mode === 'quick') expect(asked.size).toBe(15)
    if (mode === 'whole-bank') expect(asked.size).toBe(60)
    await expect(answer(id, 'coding-1a')).rejects.toMatchObject({ code: 'CONFLICT' })
    const undone = await app.client.assessments.undo({ id, key: randomUUID() })
    expect(undone.assessment).toMatchObject({ status: 'running', stopReason: null })
    expect(undone.question!.item).toBe([...asked].at(-1))
  },
)

test("finishing early is the person's choice, and a finished assessment can go on in another mode", async () => {
  const { assessment, question } = await start()
  const { id } = assessment
  await answer(id, question!.item)
  const finished = await app.client.assessments.finish({ id })
  expect(finished).toMatchObject({
    question: null,
    assessment: { status: 'finished', stopReason: 'person-stopped' },
  })
  expect(await app.client.assessments.finish({ id })).toEqual(finished)
  const on = await app.client.assessments.reopen({ id, mode: 'whole-bank' })
  expect(on.assessment).toMatchObject({ status: 'running', mode: 'whole-bank' })
  expect(on.question).not.toBeNull()
  const again = await app.client.assessments.reopen({ id, mode: 'quick' })
  expect(again.assessment).toMatchObject({ status: 'running', mode: 'quick' })
  await expect(app.client.assessments.reopen({ id, mode: 'target' })).rejects.toMatchObject({
    code: 'BAD_REQUEST',
  })
})

test('answers of an assessment that ended by itself can be changed after it was reopened', async () => {
  let state = await start({ mode: 'quick' })
  const { id } = state.assessment
  while (state.question) state = await answer(id, state.question.item)
  const ended = await app.client.assessments.reopen({ id, mode: 'quick' })
  expect(ended.assessment).toMatchObject({ status: 'finished', stopReason: 'item-limit' })
  const open = await app.client.assessments.reopen({ id })
  expect(open).toMatchObject({ question: null, assessment: { status: 'running', can: { answer: true } } })
  const { item } = (await app.client.assessments.answers({ id })).answers[0]!
  const changed = await answer(id, item, 'set-how')
  expect(changed.assessment).toMatchObject({ status: 'finished', stopReason: 'item-limit', answered: 15 })
})

test('progress fills by areas and never runs over', async () => {
  let state = await start({ mode: 'quick' })
  const filled = [state.progress.filled]
  for (let i = 0; i < 6; i++) {
    state = await answer(state.assessment.id, state.question!.item)
    filled.push(state.progress.filled)
  }
  expect(filled).toEqual(filled.toSorted((a, b) => a - b))
  expect(state.progress.filled).toBeCloseTo(6 / 15, 9)
  expect(state.progress.areas.map(({ area }) => area)).toEqual(['craft', 'people'])
  expect(state.progress.areas.every((area) => area.filled >= 0 && area.filled <= 1)).toBe(true)
  expect(state.progress.minutesLeft).toEqual({ min: 3, max: 5 })
})

test('any text as a link is kept in its normal form or refused, never a failure of the server', async () => {
  const { assessment, question } = await start()
  const { id } = assessment
  await answer(id, question!.item)
  const set = (evidence: string) => app.client.assessments.setEvidence({ id, item: question!.item, evidence })
  expect((await set(' HTTPS://Example.org/a b ')).answer.evidence).toBe('https://example.org/a%20b')
  await expect(set('https://example.org/a\u0000b')).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.webUrl(),
        fc.string().map((path) => `https://x.org/${path}`),
      ),
      async (text) => {
        const outcome = await set(text).catch((error: { code: string }) => error)
        if ('code' in outcome) expect(outcome.code).toBe('BAD_REQUEST')
        else expect(outcome.answer.evidence).toMatch(/^https?:\/\//)
      },
    ),
    { seed: 20260307, numRuns: process.env['RUNGS_VERIFY'] ? 1000 : 30 },
  )
  expect((await app.request(`/api/frameworks/small?version=%00`)).status).toBe(400)
  expect((await app.request('/api/assessments/current')).status).toBe(200)
}, 120_000)

test('what does not fit the framework is refused with its place and changes nothing', async () => {
  await expect(start({ framework: 'nothing' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await expect(start({ mode: 'target' })).rejects.toMatchObject({
    code: 'BAD_REQUEST',
    data: { faults: [{ path: 'target' }] },
  })
  await expect(start({ target: { role: 'emperor' } })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await expect(start({ self: { role: 'senior', years: -1 } })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  const { assessment } = await start()
  await expect(answer(assessment.id, 'no-such-item')).rejects.toMatchObject({
    data: { faults: [{ path: 'item' }] },
  })
  await expect(answer(assessment.id, 'coding-1a', 'perfect' as Answer)).rejects.toMatchObject({
    code: 'BAD_REQUEST',
  })
  await expect(answer(randomUUID(), 'coding-1a')).rejects.toMatchObject({ code: 'NOT_FOUND' })
  expect(await actionsOn(assessment.id)).toEqual(['assessment.start'])
})

test('deleting takes all answers along and leaves that it happened', async () => {
  const { assessment, question } = await start()
  const { id } = assessment
  await answer(id, question!.item)
  expect(await app.client.assessments.delete({ id })).toEqual({ deleted: true })
  await expect(app.client.assessments.get({ id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  expect(
    await db.selectFrom('response').select('position').where('assessment_id', '=', id).execute(),
  ).toEqual([])
  expect(await actionsOn(id)).toEqual(['assessment.start', 'assessment.answer', 'assessment.delete'])
})

test("nobody else's assessment is listed or found", async () => {
  const stranger = randomUUID()
  const { organisation } = localActor
  await db
    .insertInto('person')
    .values({ organisation_id: organisation, id: stranger, name: 'Stranger', created_at: app.clock.now })
    .execute()
  const mine = await start()
  const other = randomUUID()
  await db
    .insertInto('assessment')
    .values({
      ...{
        organisation_id: organisation,
        id: other,
        person_id: stranger,
        start_key: randomUUID(),
        mode: 'quick',
      },
      ...{
        framework_hash: mine.assessment.framework.hash,
        started_at: app.clock.now,
        finished_at: null,
        stop_reason: null,
      },
      ...{ target_role: null, target_variant: null, self_role: null, self_variant: null, self_years: null },
    })
    .execute()
  const { assessments } = await app.client.assessments.list()
  expect(assessments.some(({ id }) => id === other)).toBe(false)
  expect(assessments.some(({ id }) => id === mine.assessment.id)).toBe(true)
  const attempts = [
    () => app.client.assessments.get({ id: other }),
    () => app.client.assessments.answers({ id: other }),
    () => app.client.assessments.delete({ id: other }),
    () => app.client.assessments.finish({ id: other }),
    () => answer(other, 'coding-1a'),
    () => app.client.standings.get({ assessment: other }),
    () => app.client.standings.changes({ assessment: mine.assessment.id, since: other }),
  ]
  for (const attempt of attempts) await expect(attempt()).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('where the audit cannot be written, nothing is', async () => {
  const { assessment, question } = await start()
  await app.database.owner.pool.query(
    "alter table audit add constraint full_disk check (action <> 'assessment.answer') not valid",
  )
  try {
    await expect(answer(assessment.id, question!.item)).rejects.toMatchObject({
      status: 424,
      message: expect.stringContaining('the audit cannot be written'),
    })
  } finally {
    await app.database.owner.pool.query('alter table audit drop constraint full_disk')
  }
  expect((await app.client.assessments.answers({ id: assessment.id })).answers).toEqual([])
})
