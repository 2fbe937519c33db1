// An organisation with somebody for each way to stand to a person, and another organisation beside it.
import { toDocument } from '../../src/core/framework/format.ts'
import { growthFramework } from '../../src/core/growth/fixture.ts'
import {
  ANY_PARTNER,
  AUDITOR,
  COMING_PARTNER,
  DELEGATE,
  EDITOR,
  EVERYBODY,
  LAST_PARTNER,
  MANAGER,
  NAMED,
  OWNER,
  PARTNER,
  RATER,
  SELF,
  STATES,
  WHOLE,
  type Kind,
  type Who,
} from './access-table.ts'
import type { TeamApp } from './team-app.ts'

const idOf = (number: number) => `00000000-0000-4000-a000-${String(number).padStart(12, '0')}`
export const HERE = idOf(1)
export const THERE = idOf(2)
export const TODAY = '2026-06-15'
const TOMORROW = '2026-06-16'
export const NOW = '2026-06-15T12:00:00.000Z'
export const [DEPARTMENT, TEAM, ELSEWHERE] = [idOf(11), idOf(12), idOf(13)]

export const RELATIONS = [
  ...(['themselves', 'manager', 'manager of the manager', 'peer', 'report', 'dotted-line manager'] as const),
  ...(['delegate', 'former delegate', 'coming delegate', 'former manager', 'coming manager'] as const),
  ...(['rater', 'whom they named', 'colleague', 'colleague who has left'] as const),
  'delegate who rates' as const,
]
export type RelationName = (typeof RELATIONS)[number]

/** The roles that an actor holds in a run: what the grants are, as rows. */
export const ROLES = {
  'no role': [],
  'partner of the unit above': [{ role: 'people-partner', unit_id: DEPARTMENT }],
  'partner of another unit': [{ role: 'people-partner', unit_id: ELSEWHERE }],
  'partner of everything': [{ role: 'people-partner' }],
  editor: [{ role: 'framework-editor' }],
  auditor: [{ role: 'auditor' }],
  owner: [{ role: 'owner' }],
  'owner until a second ago': [{ role: 'owner', until: '2026-06-15T11:59:59Z' }],
  'partner no more': [{ role: 'people-partner', revoked_at: '2026-06-15T11:59:59Z' }],
} as const
export type RoleName = keyof typeof ROLES

/** The person of each state, as an id; assessments and rounds are about the first. */
export const SUBJECTS = Object.fromEntries(
  STATES.person.map((state, at) => [state, idOf(100 + at)]),
) as Record<string, string>
export const SUBJECT = SUBJECTS['works here']!
export const THIRD = idOf(110)
export const INVITER = idOf(111)
export const actorOf = (relation: RelationName, subject: string) =>
  relation === 'themselves' ? subject : idOf(120 + RELATIONS.indexOf(relation))
export const accountOf = (person: string) => `account-${person.slice(-4)}`
/** Whoever holds a role in the other organisation. */
export const foreignerOf = (role: RoleName) => idOf(150 + Object.keys(ROLES).indexOf(role))

const numbered = (kind: Kind, from: number) =>
  Object.fromEntries(STATES[kind].map((state, at) => [state, idOf(from + at)])) as Record<string, string>
export const ASSESSMENTS = numbered('assessment', 200)
export const ROUNDS = numbered('round', 210)
export const SHEETS = numbered('round', 220)
/** Of somebody to whom the manager's rights are handed too. */
export const DELEGATES_SHEETS = numbered('round', 280)
export const INVITATIONS = numbered('person', 230)
export const POSITIONS = numbered('person', 240)
export const DELEGATIONS = numbered('person', 250)
export const SHARES = numbered('share', 260)
/** Each share is of an assessment of its own, of long ago. */
export const SHARED = numbered('share', 270)
export const FRAMEWORK = 'ladder'

/** The words of the table that are true of somebody about something in a state. */
export function wordsFor(
  relation: RelationName | undefined,
  role: RoleName,
  kind: Kind,
  state: string,
): Set<Who> {
  const words = new Set<Who>([EVERYBODY])
  const add = (who: Who, holds: boolean) => holds && words.add(who)
  const about = kind === 'person' ? state : 'works here'
  const managed = about === 'works here' || about === 'never had a unit'
  if (kind !== 'organisation') {
    add(SELF, relation === 'themselves')
    add(MANAGER, relation === 'manager' && managed)
    add(DELEGATE, (relation === 'delegate' || relation === 'delegate who rates') && managed)
    add(RATER, (relation === 'rater' || relation === 'delegate who rates') && kind === 'round')
    add(NAMED, relation === 'whom they named' && (kind === 'person' || kind === 'share'))
    add(PARTNER, role === 'partner of the unit above' && about === 'works here')
    add(COMING_PARTNER, role === 'partner of the unit above' && about === 'starts later')
    add(LAST_PARTNER, role === 'partner of the unit above' && about === 'has left')
  }
  add(ANY_PARTNER, role.startsWith('partner of '))
  add(WHOLE, role === 'partner of everything')
  add(OWNER, role === 'owner')
  add(EDITOR, role === 'editor')
  add(AUDITOR, role === 'auditor')
  return words
}

/** Sets the roles of everybody who may act, here and there. */
export async function giveRole({ rows }: TeamApp, role: RoleName): Promise<void> {
  const people = [...RELATIONS.slice(1).map((one) => actorOf(one, SUBJECT)), ...Object.values(SUBJECTS)]
  await rows("delete from role_grant where id::text like '%-b000-%'")
  let last = 0
  for (const grant of ROLES[role])
    for (const person of people) {
      const row = { unit_id: null, until: null, revoked_at: null, ...grant }
      await rows(
        `insert into role_grant (organisation_id, id, person_id, role, granted_at, unit_id, until, revoked_at)
         values ($1, $2, $3, $4, '2026-01-01', $5, $6, $7)`,
        [
          HERE,
          idOf((last += 1)).replace('-a000-', '-b000-'),
          person,
          row.role,
          row.unit_id,
          row.until,
          row.revoked_at,
        ],
      )
    }
}

/** Writes the world; resolves with the hash of the framework's version. */
export async function buildAccessWorld(app: TeamApp): Promise<string> {
  const { insert, rows } = app
  let next = 1000
  const here = (table: string, row: object) => insert(table, { organisation_id: HERE, ...row })
  const dated = (table: string, row: object, valid_from = '2025-01-01', valid_to: string | null = null) =>
    here(table, { id: idOf((next += 1)), valid_from, valid_to, recorded_at: '2025-01-01', ...row })
  const joins = async (organisation_id: string, person_id: string) =>
    insert('membership', {
      organisation_id,
      account_id: accountOf(person_id),
      person_id,
      joined_at: '2025-01-01',
    })

  for (const id of [HERE, THERE]) await insert('organisation', { id, name: id, created_at: NOW })
  const actors = RELATIONS.slice(1).map((one) => actorOf(one, SUBJECT))
  for (const id of [...Object.values(SUBJECTS), THIRD, INVITER, ...actors]) {
    await here('person', { id, name: `Person ${id.slice(-3)}`, external_id: id.slice(-3), created_at: NOW })
    await here('person_contact', { person_id: id, email: `p${id.slice(-3)}@example.org`, recorded_at: NOW })
    await joins(HERE, id)
    await rows(
      `insert into sign_in."user" (id, name, email, "emailVerified", "createdAt", "updatedAt")
       values ($1, $1, $1 || '@example.org', true, now(), now())`,
      [accountOf(id)],
    )
    await rows(
      `insert into sign_in.session (id, token, "userId", "expiresAt", "createdAt", "updatedAt")
       values ($1, $1, $1, now() + interval '1 year', now(), now())`,
      [accountOf(id)],
    )
  }
  for (const role of Object.keys(ROLES) as RoleName[]) {
    const id = foreignerOf(role)
    await insert('person', { organisation_id: THERE, id, name: role, created_at: NOW })
    await joins(THERE, id)
    for (const grant of ROLES[role])
      if (!('unit_id' in grant))
        await insert('role_grant', {
          ...{
            organisation_id: THERE,
            id: idOf((next += 1)),
            person_id: id,
            granted_at: '2026-01-01',
            ...grant,
          },
        })
  }
  for (const [id, kind, parent] of [
    [DEPARTMENT, 'department', null],
    [TEAM, 'team', DEPARTMENT],
    [ELSEWHERE, 'department', null],
  ]) {
    await here('unit', { id, kind })
    await dated('unit_record', { unit_id: id, name: `Unit ${String(id).slice(-2)}`, parent_id: parent })
  }
  const [works, later, left, unplaced] = STATES.person.map((state) => SUBJECTS[state]!) as [
    string,
    string,
    string,
    string,
  ]
  const gone = actorOf('colleague who has left', works)
  for (const id of [works, unplaced, THIRD, INVITER, ...actors])
    await dated('employment', { person_id: id }, '2025-01-01', id === gone ? '2026-01-01' : null)
  await dated('employment', { person_id: left }, '2025-01-01', '2026-01-01')
  await dated('employment', { person_id: later }, '2026-07-01')
  for (const id of actors)
    await dated('unit_membership', {
      person_id: id,
      unit_id: id === actorOf('peer', works) ? TEAM : ELSEWHERE,
    })
  await dated('unit_membership', { person_id: works, unit_id: TEAM })
  await dated('unit_membership', { person_id: later, unit_id: TEAM }, '2026-07-01')
  await dated('unit_membership', { person_id: left, unit_id: TEAM }, '2025-01-01', '2026-01-01')

  const line = (person_id: string, by: RelationName, from = '2025-01-01', to: string | null = null) =>
    dated('reporting_line', { person_id, manager_id: actorOf(by, works), kind: 'line' }, from, to)
  // The former manager's last day was yesterday, and the coming manager's first is tomorrow.
  await line(works, 'former manager', '2025-01-01', TODAY)
  await line(works, 'manager', TODAY, TOMORROW)
  await line(works, 'coming manager', TOMORROW)
  await line(unplaced, 'manager')
  await line(later, 'manager', '2026-07-01')
  await line(left, 'manager', '2025-01-01', '2026-01-01')
  await line(actorOf('manager', works), 'manager of the manager')
  await line(actorOf('peer', works), 'manager')
  await dated('reporting_line', { person_id: actorOf('report', works), manager_id: works, kind: 'line' })
  await dated('reporting_line', {
    ...{ person_id: works, manager_id: actorOf('dotted-line manager', works), kind: 'dotted' },
  })
  const handsOver = (from: string, to: string, starts: string, ends: string, id = idOf((next += 1))) =>
    here('delegation', {
      ...{
        id,
        from_person: from,
        to_person: to,
        starts,
        ends,
        made_at: NOW,
        made_by: from,
      },
    })
  const manager = actorOf('manager', works)
  for (const delegate of ['delegate', 'delegate who rates'] as const)
    await handsOver(manager, actorOf(delegate, works), '2026-06-01', '2026-07-01')
  await handsOver(manager, actorOf('former delegate', works), '2026-06-01', TODAY)
  await handsOver(manager, actorOf('coming delegate', works), TOMORROW, '2026-07-01')

  const document = toDocument(growthFramework({ id: FRAMEWORK }))
  await giveRole(app, 'owner')
  const owner = app.clientOf({ account: accountOf(THIRD), organisation: HERE })
  await here('role_grant', {
    id: idOf((next += 1)),
    person_id: THIRD,
    role: 'owner',
    granted_at: '2026-01-01',
  })
  const { summary } = await owner.publications.publish({ document, basedOn: null, reason: 'First' })
  await rows('update role_grant set revoked_at = $1 where person_id = $2', ['2026-06-15T11:00:00Z', THIRD])

  for (const [state, person] of Object.entries(SUBJECTS)) {
    const [from, to] =
      state === 'starts later'
        ? ['2026-07-01', null]
        : ['2025-01-01', state === 'has left' ? '2026-01-01' : null]
    const position_id = POSITIONS[state]!
    await here('position', { id: position_id })
    const unit_id = state === 'never had a unit' ? null : TEAM
    await dated('position_record', { position_id, title: 'Engineer', unit_id }, from, to)
    await dated('position_grade', { position_id, grade: 'P5' }, from, to)
    await dated('position_holder', { position_id, person_id: person }, from, to)
    await here('invitation', {
      ...{ id: INVITATIONS[state], person_id: person, email: 'x@example.org', made_at: '2026-06-01' },
      ...{
        made_by: INVITER,
        expires_at: '2026-07-01',
        token_hash: idOf((next += 1))
          .replaceAll('-', '')
          .padEnd(64, '0'),
      },
    })
    await handsOver(person, actorOf('whom they named', works), '2026-06-01', '2026-07-01', DELEGATIONS[state])
    await here('role_grant', {
      ...{ id: idOf((next += 1)), person_id: person, role: 'auditor', granted_at: '2026-01-01' },
      revoked_at: '2026-02-01',
    })
    await here('audit', {
      ...{ at: NOW, actor_kind: 'system', action: 'person.join', object_kind: 'person', object_id: person },
      ...{ subject_id: person, details: '{}' },
    })
  }
  for (const [state, id] of Object.entries(ASSESSMENTS)) await writeAssessment(app, summary.hash, state, id)
  await rows(`update assessment set superseded_by = $1 where id = $2`, [
    ASSESSMENTS['running'],
    ASSESSMENTS['superseded'],
  ])
  for (const state of STATES.share) await writeShare(app, summary.hash, state)
  await writeRounds(app, summary.hash)
  return summary.hash
}

export async function writeAssessment(
  { rows }: TeamApp,
  hash: string,
  state: string,
  id: string,
): Promise<void> {
  const ended = state === 'running' ? null : '2026-06-10T10:00:00Z'
  await rows(
    `insert into assessment (organisation_id, id, person_id, framework_hash, start_key, mode, self_role, started_at,
       finished_at, stop_reason, withdrawn_at)
     values ($1, $2, $3, $4, $2, 'whole-bank', 'junior', '2026-06-10T09:00:00Z', $5, $6, $7)`,
    [HERE, id, SUBJECT, hash, ended, ended && 'person-stopped', state === 'withdrawn' ? ended : null],
  )
  await rows(
    `insert into response (organisation_id, assessment_id, person_id, position, key, kind, item, answer, given_at)
     values ($1, $2, $3, 1, $2, 'answer', 'coding-1a', 'on-my-own', '2026-06-10T09:30:00Z')`,
    [HERE, id, SUBJECT],
  )
}

/** A finished assessment, and that it was shared. */
async function writeShare({ insert }: TeamApp, hash: string, state: string): Promise<void> {
  const whose = { organisation_id: HERE, person_id: SUBJECT }
  await insert('assessment', {
    ...{ ...whose, id: SHARED[state], framework_hash: hash, start_key: SHARED[state], mode: 'whole-bank' },
    ...{ started_at: '2024-01-10', finished_at: '2024-01-10', stop_reason: 'person-stopped' },
  })
  await insert('response', {
    ...{ ...whose, assessment_id: SHARED[state], position: 1, key: SHARED[state], kind: 'answer' },
    ...{ item: 'coding-1a', answer: 'on-my-own', given_at: '2024-01-10' },
  })
  await insert('assessment_share', {
    ...{ ...whose, id: SHARES[state], assessment_id: SHARED[state], made_at: '2026-06-01' },
    ...{ with_person: actorOf('whom they named', SUBJECT), until: state === 'over' ? TODAY : TOMORROW },
    revoked_at: state === 'taken back' ? NOW : null,
  })
}

/** A round in each state; a closed one takes no result any more, so triggers are off while they are written. */
async function writeRounds(app: TeamApp, framework_hash: string): Promise<void> {
  const raters = [
    [SHEETS, actorOf('rater', SUBJECT)],
    [DELEGATES_SHEETS, actorOf('delegate who rates', SUBJECT)],
  ] as const
  const client = await app.database.owner.pool.connect()
  const insert = async (table: string, row: object) => {
    const all = Object.entries({ organisation_id: HERE, ...row })
    await client.query(
      `insert into ${table} (${all.map(([name]) => name).join(', ')}) values (${all.map((_, at) => `$${at + 1}`).join(', ')})`,
      all.map(([, value]) => value as unknown),
    )
  }
  try {
    await client.query("set app.maintenance = 'on'; set session_replication_role = replica")
    for (const [state, id] of Object.entries(ROUNDS)) {
      await insert('round', {
        ...{ id, open_key: id, unit_id: TEAM, name: state, framework_hash },
        ...{ minimum_group: 5, manager_named: true },
        ...{ opens_to_manager: true, opens_to_partner: true, state, closes_on: '2026-07-01' },
        ...{ opened_at: NOW, opened_by: INVITER, closed_at: state === 'closed' ? NOW : null },
      })
      await insert('round_subject', {
        ...{ round_id: id, person_id: SUBJECT, unit_id: TEAM },
        ...{ form: '["coding-1a"]', state: 'rated', changed_at: NOW },
      })
      const submitted = state.startsWith('clos')
      const sheet = state === 'preparing' ? 'proposed' : submitted ? 'submitted' : 'open'
      for (const [sheets, rater_id] of raters) {
        const sheet_id = sheets[state]
        await insert('round_rater', {
          ...{ id: sheet_id, round_id: id, unit_id: TEAM, subject_id: SUBJECT, rater_id, kind: 'peer' },
          ...{ state: sheet, proposed_at: NOW, changed_at: NOW, submitted_at: submitted ? NOW : null },
        })
        if (state !== 'preparing')
          await insert('rating', {
            ...{ sheet_id, rater_id, position: 1, key: id, given_at: NOW },
            ...{ item: 'coding-1a', answer: 'not-yet' },
          })
      }
    }
    await insert('round_result', {
      ...{ round_id: ROUNDS['closed'], subject_id: SUBJECT, competency: 'coding', cell: 1, kinds: '{peer}' },
      ...{ leans: false, refusal: 'too-few', opens_to_manager: true, opens_to_partner: true },
      published_at: NOW,
    })
  } finally {
    await client.query('reset session_replication_role')
    client.release()
  }
}
