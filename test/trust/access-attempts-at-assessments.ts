// How each action on assessments, their results and their shares is tried.
import type { TestClient } from '../app.ts'
import { at, change, from, key, made, type Attempt } from './access-attempt.ts'
import * as w from './access-world.ts'

const held = (state: string) => w.ASSESSMENTS[state]!
const assessment = (action: string, rest: Omit<Attempt, 'resource' | 'action'>): Attempt => ({
  ...{ resource: 'an assessment', action, ...rest },
})
const can =
  (right: 'answer' | 'undo' | 'finish' | 'reopen' | 'delete') => async (client: TestClient, state: string) =>
    (await client.assessments.get({ id: held(state) })).assessment.can[right]
/** Asked for once more, what is so already is not done again. */
async function changes(
  client: TestClient,
  state: string,
  act: () => Promise<{ assessment: { status: string } }>,
): Promise<boolean> {
  const { status } = (await client.assessments.get({ id: held(state) })).assessment
  return (await act()).assessment.status !== status
}
/** Writes it again as it was. Deleting the one that stands in another's place made that one current. */
const asBefore: Attempt['after'] = async (app, hash, state) => {
  await app.rows('delete from assessment where id = $1', [held(state)])
  await w.writeAssessment(app, hash, state, held(state))
  await app.rows('update assessment set superseded_by = $1 where id = $2', [
    held('running'),
    held('superseded'),
  ])
}

export const OF_ASSESSMENTS: readonly Attempt[] = [
  assessment('read with its next question', {
    api: (client, state) => client.assessments.get({ id: held(state) }),
    sql: (state) => from('assessment', `id = '${held(state)}'`),
  }),
  assessment('list its answers', {
    api: (client, state) => client.assessments.answers({ id: held(state) }),
  }),
  assessment('read an answer', { sql: (state) => from('response', `assessment_id = '${held(state)}'`) }),
  assessment('answer', {
    api: (client, state) =>
      client.assessments.answer({ id: held(state), key, item: 'design-1a', answer: 'not-yet' }),
    ...{ can: can('answer'), after: asBefore },
  }),
  assessment('finish', {
    api: (client, state) => changes(client, state, () => client.assessments.finish({ id: held(state) })),
    ...{ can: can('finish'), after: asBefore },
  }),
  assessment('take an answer back', {
    api: (client, state) => client.assessments.undo({ id: held(state), key }),
    ...{ can: can('undo'), after: asBefore },
  }),
  assessment('set evidence', {
    api: (client, state) =>
      client.assessments.setEvidence({
        ...{ id: held(state), item: 'coding-1a', evidence: 'https://example.org/work' },
      }),
    after: asBefore,
  }),
  assessment('reopen', {
    api: (client, state) => changes(client, state, () => client.assessments.reopen({ id: held(state) })),
    ...{ can: can('reopen'), after: asBefore },
  }),
  assessment('go on with a goal', {
    api: (client, state) => client.assessments.continue({ id: held(state), goal: { competency: 'hiring' } }),
    after: asBefore,
  }),
  assessment('delete', {
    api: (client, state) => client.assessments.delete({ id: held(state) }),
    ...{ can: can('delete'), after: asBefore },
    sql: (state) => `delete from assessment where organisation_id = ${at} and id = '${held(state)}'`,
  }),
  assessment('share with somebody', {
    api: (client, state) =>
      client.shares.share({ key, assessment: held(state), person: w.INVITER, lastDay: w.TODAY }),
    after: async ({ rows }) => {
      await rows('delete from assessment_share where id = $1', [key])
    },
    sql: (
      state,
    ) => `insert into assessment_share (organisation_id, id, assessment_id, person_id, with_person, until, made_at)
      values (${at}, '${key}', '${held(state)}', '${w.SUBJECT}', '${w.THIRD}', '2026-07-01', ${made})`,
  }),
  ...(
    [
      ['read', (client, id) => client.standings.get({ assessment: id })],
      ['read the readiness', (client, id) => client.standings.readiness({ assessment: id })],
      ['read a gap', (client, id) => client.standings.gap({ assessment: id, role: 'senior' })],
      ['find paths', (client, id) => client.standings.paths({ assessment: id, to: 'head' })],
      ['explain a number', (client, id) => client.standings.why({ assessment: id, competency: 'coding' })],
      ['compare with an earlier one', (client, id) => client.standings.changes({ assessment: id })],
      [
        'take away as a file',
        (client, id) => client.standings.export({ assessment: id, format: 'markdown' }),
      ],
    ] satisfies [string, (client: TestClient, id: string) => Promise<unknown>][]
  ).map(([action, ask]): Attempt => ({
    ...{ resource: 'the result of an assessment', action },
    api: (client, state) => ask(client, held(state)),
  })),
]

const SHARES = Object.entries(w.SHARES).map(([state, id]) => ({ state, id, assessment: w.SHARED[state]! }))
const shareOf = (state: string) => SHARES.find((one) => one.state === state)!
const share = (action: string, rest: Omit<Attempt, 'resource' | 'action'>): Attempt => ({
  ...{ resource: 'a share of a result', action, ...rest },
})
export const OF_SHARES: readonly Attempt[] = [
  assessment('see what of it counts on in the next', {
    api: async (client) =>
      (await client.assessments.carryOver({ framework: w.FRAMEWORK, mode: 'quick' })).answered > 0,
  }),
  share('see it in the list', {
    api: async (client, state) => {
      const { given, received } = await client.shares.list()
      return [...given, ...received].some(({ id }) => id === shareOf(state).id)
    },
  }),
  share('read who shares what with whom', {
    sql: (state) => from('assessment_share', `id = '${shareOf(state).id}'`),
  }),
  share('read the result by it', { api: (client, state) => client.shares.read({ id: shareOf(state).id }) }),
  share('read the assessment behind it', {
    sql: (state) => from('response', `assessment_id = '${shareOf(state).assessment}'`),
  }),
  share('take it back', {
    api: async (client, state) => (await client.shares.takeBack({ id: shareOf(state).id })).takenBack,
    can: async (client, state) =>
      (await client.shares.list()).given.find(({ id }) => id === shareOf(state).id)?.can.takeBack,
    after: async ({ rows }) => {
      await rows('update assessment_share set revoked_at = null where id = $1', [w.SHARES['open']])
    },
    sql: (state) =>
      change(
        ...(['assessment_share', `revoked_at = ${made}`] as const),
        `id = '${shareOf(state).id}' and revoked_at is null and until > app_today()`,
      ),
  }),
  share('change whom it is for, or until when', {
    sql: (state) => change('assessment_share', "until = '2027-01-01'", `id = '${shareOf(state).id}'`),
  }),
]
