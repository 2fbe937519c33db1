// How each action of the access table is tried.
import { dayOf } from '../../src/core/org/day.ts'
import type { TestClient } from '../app.ts'
import { at, change, from, key, LONG_AGO, made, of, type Attempt } from './access-attempt.ts'
import { OF_ASSESSMENTS, OF_SHARES } from './access-attempts-at-assessments.ts'
import * as w from './access-world.ts'

const person = (action: string, rest: Omit<Attempt, 'resource' | 'action'>): Attempt => ({
  ...{ resource: 'a person', action, ...rest },
})
/** The day on which somebody who starts later has started. */
const asOf = (state: string) => (state === 'starts later' ? { asOf: '2026-07-01' } : {})
const get = async (client: TestClient, state: string) =>
  (await client.people.get({ id: of(state), ...asOf(state) })).person
const keep = async (client: TestClient, state: string) => (await get(client, state)).can.keep

const PEOPLE: readonly Attempt[] = [
  person('find in the list', {
    api: async (client, state) =>
      (await client.people.list({ search: of(state).slice(-3), limit: 200 })).people.some(
        ({ id }) => id === of(state),
      ),
  }),
  person('read name, unit, title and reporting lines', {
    api: get,
    sql: (state) => from('person', `id = '${of(state)}'`),
  }),
  person('read where they were before', {
    api: (client, state) => client.people.history({ id: of(state) }),
    sql: (state) => from('employment', `person_id = '${of(state)}'`),
  }),
  person('read the e-mail address', {
    api: async (client, state) => (await get(client, state)).email,
    can: async (client, state) => (await get(client, state)).can.contact,
    sql: (state) => from('person_contact', `person_id = '${of(state)}'`),
  }),
  person('read the grade', {
    api: async (client, state) => (await get(client, state)).grade,
    can: async (client, state) => (await get(client, state)).can.grade,
    sql: (state) => from('position_grade', `position_id = '${w.POSITIONS[state]}'`),
  }),
  person('move', {
    api: (client, state) => client.people.move({ id: of(state), from: LONG_AGO, place: {} }),
    ...{ pastPolicy: [400], can: keep },
    sql: (state) =>
      `insert into reporting_line (organisation_id, id, person_id, manager_id, kind, valid_from, valid_to, recorded_at)
       values (${at}, '${key}', '${of(state)}', '${w.INVITER}', 'dotted', '1990-01-01', '1990-02-01', ${made})`,
  }),
  person('put right which position they held', {
    sql: (state) => change('position_holder', 'corrected_at = null', `person_id = '${of(state)}'`),
  }),
  person('let leave', {
    api: (client, state) => client.people.leave({ id: of(state), lastDay: LONG_AGO }),
    ...{ pastPolicy: [400], can: keep },
    sql: (state) => change('employment', 'corrected_at = null', `person_id = '${of(state)}'`),
  }),
  person('rehire', {
    api: (client, state) => client.people.rehire({ id: of(state), from: LONG_AGO }),
    ...{ pastPolicy: [409], can: keep },
    sql: (state, me) =>
      `insert into employment (organisation_id, id, person_id, valid_from, valid_to, recorded_at, recorded_by)
       values (${at}, '${key}', '${of(state)}', '1990-01-01', '1990-02-01', ${made}, '${me}')`,
  }),
  person('correct', {
    api: (client, state) => client.people.correct({ id: of(state), externalId: w.THIRD.slice(-3) }),
    ...{ pastPolicy: [409], can: keep },
    sql: (state) =>
      `insert into person_contact (organisation_id, person_id, email, recorded_at) values (${at}, '${of(state)}', 'n@example.org', ${made})
       on conflict (organisation_id, person_id) do update set email = excluded.email`,
  }),
]

const account = (action: string, rest: Omit<Attempt, 'resource' | 'action'>): Attempt => ({
  ...{ resource: 'an account', action, ...rest },
})
const invitationsAsBefore: Attempt['after'] = async ({ rows }) => {
  await rows('delete from invitation where not (id = any($1))', [Object.values(w.INVITATIONS)])
  await rows('update invitation set withdrawn_at = null')
  await rows('delete from mail.outbox')
}
const invitation = async (client: TestClient, state: string) =>
  (await client.accounts.invitations()).find(({ id }) => id === w.INVITATIONS[state])

const ACCOUNTS: readonly Attempt[] = [
  account('invite', {
    // Whoever sees that they have an account already is told so.
    api: (client, state) => client.accounts.invite({ person: of(state), email: 'x@example.org' }),
    ...{ pastPolicy: [409], after: invitationsAsBefore },
    sql: (state, me) =>
      `insert into invitation (organisation_id, id, person_id, email, token_hash, made_at, made_by, expires_at)
       values (${at}, '${key}', '${of(state)}', 'x@example.org', '${'e'.repeat(64)}', ${made}, '${me}', '2026-07-01')`,
  }),
  account('read the invitation', {
    api: async (client, state) => (await invitation(client, state)) !== undefined,
    sql: (state) => from('invitation', `id = '${w.INVITATIONS[state]}'`),
  }),
  account('withdraw the invitation', {
    api: (client, state) => client.accounts.withdraw({ id: w.INVITATIONS[state]! }),
    can: async (client, state) => (await invitation(client, state))?.can.withdraw,
    after: invitationsAsBefore,
    sql: (state) => change('invitation', `withdrawn_at = ${made}`, `id = '${w.INVITATIONS[state]}'`),
  }),
  account('see in the list of members', {
    api: async (client, state) => (await client.accounts.members()).some((one) => one.person === of(state)),
    sql: (state) => from('membership', `person_id = '${of(state)}'`),
  }),
  account('see where they are signed in', {
    // The third person's: one's own are on one's own page, and an owner among the subjects would ask for those here.
    api: (client) => client.administration.sessions({ account: w.accountOf(w.THIRD) }),
    sql: (state) => `select 1 from sessions_of('${w.accountOf(of(state))}')`,
  }),
  account('end', {
    // The third person's: nobody ends their own, and an owner among the subjects would.
    sql: (state) => change('membership', "ended_at = '2026-06-15T12:00:00Z'", `person_id = '${of(state)}'`),
  }),
]

const rights = (
  action: string,
  sql: NonNullable<Attempt['sql']>,
  rest: Partial<Omit<Attempt, 'resource' | 'action' | 'sql'>> = {},
): Attempt => ({
  ...{ resource: 'rights', action, sql, ...rest },
})
const audit = (action: string, sql: NonNullable<Attempt['sql']>): Attempt => ({
  ...{ resource: 'the audit', action, sql },
})
const delegation = async (client: TestClient, state: string) =>
  (await client.administration.delegations()).delegations.find(({ id }) => id === w.DELEGATIONS[state])
const RIGHTS: readonly Attempt[] = [
  rights('read which roles they hold', (state) => from('role_grant', `person_id = '${of(state)}'`)),
  rights(
    'give a role',
    (state, me) => `insert into role_grant (organisation_id, id, person_id, role, granted_at, granted_by)
      values (${at}, '${key}', '${of(state)}', 'auditor', ${made}, '${me}')`,
  ),
  rights('take a role away', (state, me) =>
    change('role_grant', `revoked_at = ${made}, revoked_by = '${me}'`, `person_id = '${of(state)}'`),
  ),
  rights('read a delegation of theirs', (state) => from('delegation', `from_person = '${of(state)}'`), {
    api: async (client, state) => (await delegation(client, state)) !== undefined,
  }),
  rights(
    'hand over their rights as a manager',
    (
      state,
      me,
    ) => `insert into delegation (organisation_id, id, from_person, to_person, starts, ends, made_at, made_by)
      values (${at}, '${key}', '${of(state)}', '${w.INVITER}', '2026-06-15', '2026-06-20', ${made}, '${me}')`,
    {
      api: (client, state) =>
        client.administration.delegate({
          ...{ key, from: of(state), to: w.INVITER, starts: LONG_AGO, lastDay: LONG_AGO },
        }),
      pastPolicy: [400],
    },
  ),
  rights(
    'take a delegation back',
    (state, me) =>
      change('delegation', `revoked_at = ${made}, revoked_by = '${me}'`, `id = '${w.DELEGATIONS[state]}'`),
    {
      api: async (client, state) =>
        (await client.administration.takeBack({ id: w.DELEGATIONS[state]! })).takenBack,
      can: async (client, state) => (await delegation(client, state))?.can.takeBack,
      after: async ({ rows }) => {
        await rows('update delegation set revoked_at = null, revoked_by = null')
      },
    },
  ),
  audit('read rows about them', (state) =>
    from('audit', `subject_id = '${of(state)}' and actor_kind = 'system'`),
  ),
  audit('change a row', (state) => change('audit', "details = '{}'", `subject_id = '${of(state)}'`)),
  audit('delete a row', (state) => `delete from audit where subject_id = '${of(state)}'`),
]

const round = (action: string, rest: Omit<Attempt, 'resource' | 'action'>): Attempt => ({
  ...{ resource: 'a rating round', action, ...rest },
})
const roundOf = (state: string) => w.ROUNDS[state]!
const sheetOf = (state: string, me: string) =>
  (me === w.actorOf('delegate who rates', w.SUBJECT) ? w.DELEGATES_SHEETS : w.SHEETS)[state]!
const OF_ROUNDS: readonly Attempt[] = [
  round('read who rates whom', { api: (client, state) => client.rounds.get({ id: roundOf(state) }) }),
  round('read its head and rule', { sql: (state) => from('round', `id = '${roundOf(state)}'`) }),
  round('change its raters', {
    api: (client, state) =>
      client.rounds.addRater({ id: roundOf(state), subject: w.SUBJECT, rater: w.SUBJECT, kind: 'peer' }),
    pastPolicy: [400],
    can: async (client, state) => (await client.rounds.get({ id: roundOf(state) })).can.changeRaters,
  }),
  round('move its end', {
    api: (client, state) => client.rounds.extend({ id: roundOf(state), closesOn: LONG_AGO }),
    pastPolicy: [400],
    can: async (client, state) => (await client.rounds.get({ id: roundOf(state) })).can.extend,
    sql: (state) => change('round', "closes_on = '2026-07-02'", `id = '${roundOf(state)}'`),
  }),
  round('read the ratings of a rater', {
    sql: (state, me) => from('rating', `sheet_id = '${sheetOf(state, me)}'`),
  }),
  round('rate', {
    api: (client, state, me) =>
      client.rounds.rate({ sheet: sheetOf(state, me), key, item: 'not-on-the-form', answer: 'not-yet' }),
    pastPolicy: [400],
    can: async (client, state, me) => (await client.rounds.sheet({ sheet: sheetOf(state, me) })).can.rate,
    sql: (state, me) =>
      `insert into rating (organisation_id, sheet_id, rater_id, position, key, item, answer, given_at)
       values (${at}, '${sheetOf(state, me)}', '${me}', 7, '${key}', 'x', 'not-yet', ${made})`,
  }),
  round('read the result', {
    api: (client, state) => client.rounds.result({ id: roundOf(state), subject: w.SUBJECT }),
    sql: (state) => from('round_result', `round_id = '${roundOf(state)}'`),
  }),
  round('change a result', {
    sql: (state) => change('round_result', 'measure = 1', `round_id = '${roundOf(state)}'`),
  }),
]

const organisation = (action: string, rest: Omit<Attempt, 'resource' | 'action'>): Attempt => ({
  ...{ resource: 'the organisation', action, ...rest },
})
const frameworks = (action: string, rest: Omit<Attempt, 'resource' | 'action'>): Attempt => ({
  ...{ resource: 'frameworks', action, ...rest },
})
const framework = w.FRAMEWORK
const HASH = 'f'.repeat(64)

async function preview(client: TestClient): Promise<boolean> {
  const table = { file: 'people.csv', workbook: false, headings: ['Name'], rows: [] }
  let last = ''
  for await (const event of await client.people.import({ table, mapping: { name: 0 }, day: w.TODAY }))
    last = event.kind
  return last === 'preview'
}

/** There are no people of the sample to load them for. */
async function loadRounds(client: TestClient): Promise<boolean> {
  for await (const event of await client.rounds.loadSample()) if (event.kind === 'loaded') return true
  return false
}

const OF_ORGANISATIONS: readonly Attempt[] = [
  organisation('read the numbers of people and units', { api: (client) => client.people.summary() }),
  organisation('read the org chart', { api: (client) => client.people.chart({}) }),
  organisation('read the units', { api: (client) => client.people.units({}) }),
  organisation('read a unit', { api: (client) => client.people.unit({ id: w.TEAM }) }),
  organisation('add a person', {
    // The key of somebody who is there: whoever may gets that person, and nothing is written.
    api: (client) => client.people.join({ key: w.THIRD, name: 'New', from: dayOf(new Date(w.NOW), 'UTC') }),
    can: async (client) => (await client.people.summary()).can.add,
    sql: () => `insert into person (organisation_id, id, created_at) values (${at}, '${key}', ${made})`,
  }),
  organisation('bring people in from a file', {
    api: preview,
    can: async (client) => (await client.people.summary()).can.import,
  }),
  organisation('load the sample', {
    api: (client) => client.people.loadSample(),
    pastPolicy: [409],
    can: async (client) => (await client.people.summary()).can.sample,
  }),
  organisation('load the rounds of the sample', { api: loadRounds, pastPolicy: [409] }),
  organisation('remove the sample', {
    api: (client) => client.people.removeSample(),
    sql: () => `select remove_sample(${at})`,
    can: async (client) => (await client.people.summary()).can.sample,
  }),
  organisation('give it its name', {
    // The name that it has: nothing is written.
    api: (client) => client.administration.nameOrganisation({ name: w.HERE }),
    can: async (client) => (await client.administration.rights()).can.nameOrganisation,
    sql: () => `update organisation set name = 'New' where id = ${at}`,
  }),
  organisation('set its time zone and the minimum of its new rounds', {
    // What holds already: nothing is written.
    api: (client) => client.administration.setOrganisation({ timeZone: 'UTC', minimumGroup: 5 }),
    can: async (client) => (await client.administration.rights()).can.setOrganisation,
    sql: () => `update organisation set minimum_group = 6, time_zone = 'Europe/Berlin' where id = ${at}`,
  }),
  organisation('change when it was made', {
    sql: () => `update organisation set created_at = ${made} where id = ${at}`,
  }),
  frameworks('list', {
    api: async (client) => (await client.frameworks.list()).frameworks.some(({ id }) => id === framework),
    sql: () => from('framework', `id = '${framework}'`),
  }),
  frameworks('read', { api: (client) => client.frameworks.get({ framework }) }),
  frameworks('read the versions', {
    api: (client) => client.frameworks.versions({ framework }),
    sql: () => from('framework_version', `framework_id = '${framework}'`),
  }),
  frameworks('search', { api: (client) => client.frameworks.search({ framework, q: 'code' }) }),
  frameworks('compare roles', {
    api: (client) => client.frameworks.compare({ framework, a: 'junior', b: 'senior' }),
  }),
  frameworks('list the migrations', { api: (client) => client.migrations.list({ framework }) }),
  frameworks('publish', {
    api: (client) => client.publications.preview({ document: { id: 'faulty' } }),
    can: async (client) => (await client.frameworks.versions({ framework })).can.publish,
    sql: (_, me) =>
      `insert into framework_version (organisation_id, hash, framework_id, version, content, ordinal, stored_at, published_by, reason, reason_salt)
       values (${at}, '${HASH}', '${framework}', '9.0.0', '{}', 99, ${made}, '${me}', 'why', '${'0'.repeat(32)}')`,
  }),
  frameworks('move assessments to a new version', {
    api: (client) =>
      client.migrations.apply({
        ...{ framework, from: HASH, to: HASH, key, reason: 'why' },
        mapping: { framework, from: HASH, to: HASH, competencies: [], behaviours: {}, roles: {} },
      }),
    pastPolicy: [400, 404],
    can: async (client) => (await client.frameworks.versions({ framework })).can.migrate,
  }),
]

export const ATTEMPTS: readonly Attempt[] = [
  ...[...PEOPLE, ...ACCOUNTS, ...RIGHTS, ...OF_ASSESSMENTS, ...OF_SHARES],
  ...[...OF_ROUNDS, ...OF_ORGANISATIONS],
]
