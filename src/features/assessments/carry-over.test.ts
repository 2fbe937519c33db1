// A new assessment counts on earlier answers through the real application: what is carried, said, changed and left alone.
import { randomUUID } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { createTestApp } from '../../../test/app.ts'
import type { Answer } from '../../core/assess/answers.ts'
import { CARRY_DAYS } from '../../core/assess/carried-answers.ts'
import { growthFramework } from '../../core/growth/fixture.ts'
import { storeBuiltInFrameworks } from '../publications/commands.ts'

const app = await createTestApp()
const { assessments, standings } = app.client
await storeBuiltInFrameworks(app.system(), [growthFramework()])

type StartInput = Parameters<typeof assessments.start>[0]
type State = Awaited<ReturnType<typeof assessments.get>>
const pass = (minutes: number) => {
  app.clock.now = new Date(app.clock.now.getTime() + minutes * 60_000)
}
const start = (input: Partial<StartInput> = {}) => {
  pass(1)
  return assessments.start({ key: randomUUID(), framework: 'small', mode: 'adaptive', ...input })
}
const answer = (id: string, item: string, given: Answer, more: object = {}) =>
  assessments.answer({ id, key: randomUUID(), item, answer: given, ...more })
const LEVELS = new Map(
  growthFramework().competencies.flatMap(({ behaviours }) =>
    behaviours.map(({ id, level }) => [id, level] as const),
  ),
)
const levelOf = (item: string) => LEVELS.get(item)!
/** Somebody who shows what lies up to a level, and nothing above. */
const upTo =
  (level: number) =>
  (item: string): Answer =>
    levelOf(item) <= level ? 'on-my-own' : 'not-yet'

async function finish(state: State, reply: (item: string) => Answer, most = Infinity): Promise<State> {
  let now = state
  for (let i = 0; now.question && i < most; i++)
    now = await answer(now.assessment.id, now.question.item, reply(now.question.item))
  return now.question ? await assessments.finish({ id: now.assessment.id }) : now
}
const answersOf = async (id: string) => (await assessments.answers({ id })).answers

beforeEach(async () => {
  for (const { id } of (await assessments.list()).assessments) await assessments.delete({ id })
})

test('a one-role run counts on the answers of the run before and asks only what is new', async () => {
  const first = await finish(await start(), upTo(2))
  const before = await answersOf(first.assessment.id)
  const second = await start({ mode: 'target', target: { role: 'architect' } })
  const { id } = second.assessment
  expect(second.assessment).toMatchObject({ carried: before.length, status: 'running' })
  expect(await answersOf(id)).toEqual(before.map((one) => ({ ...one, carriedFrom: first.assessment.id })))
  const asked: string[] = []
  const done = await finish(second, (item) => {
    asked.push(item)
    return upTo(2)(item)
  })
  expect(asked.filter((item) => before.some((one) => one.item === item))).toEqual([])
  expect(await answersOf(id)).toHaveLength(before.length + asked.length)
  expect(done.assessment.answered).toBe(before.length + asked.length)
  const { current } = await standings.current({ framework: 'small' })
  expect(current!.assessment).toBe(id)
  // The same person is not measured anew: what was known stays known.
  const [one, two] = await Promise.all(
    [first.assessment.id, id].map((assessment) => standings.get({ assessment })),
  )
  for (const place of one!.standing.competencies.filter(({ known }) => known)) {
    const now = two!.standing.competencies.find(({ competency }) => competency === place.competency)!
    expect(now.known).toBe(true)
    expect(now.answered).toBeGreaterThanOrEqual(place.answered)
  }
})

test('started afresh nothing is carried', async () => {
  const first = await finish(await start(), upTo(2))
  expect(first.assessment.answered).toBeGreaterThan(0)
  expect((await start({ afresh: true })).assessment).toMatchObject({ carried: 0, answered: 0 })
})

test('what would be carried is told before, and that nothing is left to ask', async () => {
  const ask = (mode: 'adaptive' | 'quick' | 'whole-bank') =>
    assessments.carryOver({ framework: 'small', mode })
  expect(await ask('quick')).toMatchObject({ answered: 0, oldest: null, asksOn: true, days: CARRY_DAYS })
  const first = await finish(await start({ mode: 'whole-bank' }), upTo(3))
  expect(await ask('adaptive')).toMatchObject({ answered: first.assessment.answered, asksOn: false })
  expect((await start()).assessment).toMatchObject({ status: 'finished', carried: first.assessment.answered })
})

test('a carried answer can be changed, undo takes the change back, and never the carried answer', async () => {
  const first = await finish(await start(), upTo(2), 5)
  const [held] = await answersOf(first.assessment.id)
  const second = await start({ mode: 'whole-bank' })
  const { id } = second.assessment
  expect(second.assessment.can.undo).toBe(false)
  expect(second.lastAnswer).toBeNull()
  const undo = () => assessments.undo({ id, key: randomUUID() })
  await expect(undo()).rejects.toMatchObject({ code: 'CONFLICT' })
  const changed = await answer(id, held!.item, 'set-how')
  expect(changed.assessment).toMatchObject({ carried: 4, answered: 5, can: { undo: true } })
  expect((await answersOf(id)).find(({ item }) => item === held!.item)).toMatchObject({
    ...{ answer: 'set-how', carriedFrom: null },
  })
  expect((await undo()).assessment).toMatchObject({ carried: 5, answered: 5, can: { undo: false } })
  await expect(undo()).rejects.toMatchObject({ code: 'CONFLICT' })
  expect(await answersOf(first.assessment.id)).toContainEqual(held)
})

test('an answer is carried with when and where it was given, and only for so many days', async () => {
  const first = await finish(await start(), upTo(2), 4)
  const [given] = await answersOf(first.assessment.id)
  pass(100 * 24 * 60)
  const second = await finish(await start({ mode: 'whole-bank' }), upTo(2), 3)
  expect((await answersOf(second.assessment.id))[0]).toEqual({ ...given, carriedFrom: first.assessment.id })
  pass((CARRY_DAYS - 99) * 24 * 60)
  const third = await start()
  expect(third.assessment.carried).toBe(3)
  const own = (await answersOf(third.assessment.id)).map(({ carriedFrom }) => carriedFrom)
  expect(new Set(own)).toEqual(new Set([second.assessment.id]))
})

test('answers that do not fit together are not carried', async () => {
  const odd: Answer[] = ['set-how', 'not-yet']
  // Nothing of what is easy, everything of what is hard.
  await finish(await start({ mode: 'whole-bank' }), (item) => odd[levelOf(item) > 2 ? 0 : 1]!, 40)
  const fit = (await standings.get({ assessment: (await assessments.list()).assessments[0]!.id })).fit
  expect(fit.state).toBe('does-not-fit')
  expect((await start()).assessment).toMatchObject({ carried: 0, answered: 0 })
})

test('going on after the end starts a new run; the finished one stays finished and current until then', async () => {
  const first = await finish(await start({ self: { role: 'senior', years: 7 } }), upTo(2), 6)
  const { id } = first.assessment
  const go = (goal: Parameters<typeof assessments.continue>[0]['goal']) => assessments.continue({ id, goal })
  const role = await go({ role: 'architect' })
  expect(role.assessment).toMatchObject({
    ...{ mode: 'target', target: { role: 'architect' }, asking: { role: { role: 'architect' } }, carried: 6 },
    ...{ self: { role: { role: 'senior' }, years: 7 }, status: 'running' },
  })
  expect(role.assessment.id).not.toBe(id)
  expect((await assessments.get({ id })).assessment).toEqual(first.assessment)
  expect((await standings.current({ framework: 'small' })).current!.assessment).toBe(id)
  expect((await go({ role: 'architect' })).assessment.id).toBe(role.assessment.id)
  // Discarded, nothing is left of it, and what was known before stands as it stood.
  await answer(role.assessment.id, role.question!.item, 'not-yet')
  await assessments.delete({ id: role.assessment.id })
  expect((await assessments.current()).current).toBeNull()
  expect((await assessments.get({ id })).assessment).toEqual(first.assessment)
  const again = await finish(await go({ role: 'architect' }), upTo(2))
  expect((await standings.current({ framework: 'small' })).current!.assessment).toBe(again.assessment.id)
})

test('sent twice at once, going on starts one run', async () => {
  const { assessment } = await finish(await start(), upTo(2), 6)
  const states = await Promise.all(
    [1, 2, 3].map(() => assessments.continue({ id: assessment.id, goal: { competency: 'hiring' } })),
  )
  expect(new Set(states.map((state) => state.assessment.id)).size).toBe(1)
  expect((await assessments.list()).assessments).toHaveLength(2)
})

test('a competency is asked to its end, then nothing is left of it and nothing is started', async () => {
  const first = await finish(await start(), upTo(2), 3)
  const go = (id: string, goal: Parameters<typeof assessments.continue>[0]['goal']) =>
    assessments.continue({ id, goal })
  const asked = new Set<string>()
  let state = await go(first.assessment.id, { competency: 'hiring' })
  expect(state.assessment).toMatchObject({ mode: 'adaptive', asking: { competency: 'hiring' }, carried: 3 })
  while (state.question) {
    asked.add(state.question.competency)
    state = await answer(state.assessment.id, state.question.item, 'not-yet')
  }
  expect([...asked]).toEqual(['hiring'])
  expect(state).toMatchObject({ fullyAsked: ['hiring'], assessment: { stopReason: 'bank-exhausted' } })
  const { id } = state.assessment
  expect(await go(id, { competency: 'hiring' })).toEqual(state)
  expect((await assessments.list()).assessments).toHaveLength(2)
  const whole = await go(id, 'whole-bank')
  expect(whole.assessment).toMatchObject({
    mode: 'whole-bank',
    asking: null,
    carried: state.assessment.answered,
  })
  await expect(go(id, { competency: 'magic' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await expect(go(id, { role: 'emperor' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('a running assessment goes on itself', async () => {
  const { assessment } = await start()
  const state = await assessments.continue({ id: assessment.id, goal: { role: 'architect' } })
  expect(state.assessment).toMatchObject({ id: assessment.id, mode: 'adaptive', status: 'running' })
})

test('what a window meant for an earlier question is refused, and changes nothing', async () => {
  const { assessment, question, step } = await start()
  const { id } = assessment
  const next = await answer(id, question!.item, 'on-my-own', { after: step })
  await expect(answer(id, question!.item, 'not-yet', { after: step })).rejects.toMatchObject({
    ...{ code: 'CONFLICT', message: expect.stringContaining('another window') },
  })
  const further = await answer(id, next.question!.item, 'with-help', { after: next.step })
  await expect(assessments.undo({ id, key: randomUUID(), after: next.step })).rejects.toMatchObject({
    code: 'CONFLICT',
  })
  expect(await assessments.get({ id })).toEqual(further)
  expect((await assessments.undo({ id, key: randomUUID(), after: further.step })).question).toEqual(
    next.question,
  )
})

test('history takes an answer that counts on as given in both runs', async () => {
  const first = await finish(await start(), upTo(2))
  const second = await finish(await start({ mode: 'whole-bank' }), upTo(2), 3)
  const { change } = await standings.changes({
    ...{ assessment: second.assessment.id, since: first.assessment.id },
  })
  expect(change!.answersChanged).toEqual([])
  expect(change!.newlyAsked).toHaveLength(3)
  expect(change!.notAskedThisTime).toEqual([])
  expect(change!.countOn).toBe(first.assessment.answered)
  const asked = change!.competencies.filter(({ before, beforeRestsOn }) => before && beforeRestsOn !== null)
  expect(new Set(asked.map(({ verdict }) => verdict))).toEqual(new Set(['no-clear-change']))
  expect(asked.every(({ difference }) => difference === 0)).toBe(true)
})

test('the same answer to everything stands in doubt, so it is handed on no more than answers at random', async () => {
  const first = await finish(await start(), () => 'on-my-own')
  expect(first.assessment.answered).toBeGreaterThanOrEqual(8)
  expect((await assessments.carryOver({ framework: 'small', mode: 'quick' })).answered).toBe(0)
  expect((await start()).assessment).toMatchObject({ carried: 0, carriedNoOpportunity: 0, answered: 0 })
})
