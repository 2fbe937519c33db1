// Three organisations with a row of every kind, each holding words that occur nowhere else.
import { createHash } from 'node:crypto'
import { toDocument } from '../../src/core/framework/format.ts'
import { growthFramework } from '../../src/core/growth/fixture.ts'
import type { Ids, Ref } from './contract-cases.ts'
import { REFS } from './contract-cases.ts'
import type { Asker, TeamApp } from './team-app.ts'

export const TENANTS = [1, 2, 3] as const
export type Tenant = (typeof TENANTS)[number]
export const NOW = '2026-06-15T12:00:00.000Z'

/** Ids carry their tenant, so that one of another's is seen wherever it turns up. */
export const idIn = (tenant: Tenant, number: number) =>
  `0000000${tenant}-0000-4000-a00${tenant}-${String(number).padStart(12, '0')}`
export const organisationOf = (tenant: Tenant) => idIn(tenant, 1)
export const ownerOf = (tenant: Tenant): Asker => ({
  ...{ account: `canary-account-owner-${tenant}-end`, organisation: organisationOf(tenant) },
})
/** What is in no answer to another tenant: the words of this one, and its ids. */
export const marksOf = (tenant: Tenant) =>
  new RegExp(`canary-[a-z0-9-]+-${tenant}-end|0000000${tenant}-0000-4000-a00${tenant}-\\d{12}`, 'gi')

/** The rows of a tenant that inputs may name. */
export const idsOf = (tenant: Tenant, hashes: readonly [string, string]): Ids => {
  const named: Partial<Record<Ref, string>> = {
    framework: `ladder-${tenant}`,
    account: `canary-account-worker-${tenant}-end`,
    hash: hashes[0],
    newer: hashes[1],
  }
  return Object.fromEntries(
    REFS.map((ref, at) => [ref, named[ref] ?? idIn(tenant, 100 + at)]),
  ) as unknown as Ids
}

/** Writes one organisation; resolves with its ids. */
export async function buildTenant(app: TeamApp, tenant: Tenant): Promise<Ids> {
  const organisation_id = organisationOf(tenant)
  const word = (what: string) => `canary-${what}-${tenant}-end`
  let ids = idsOf(tenant, ['', ''])
  let next = 200
  const add = (table: string, row: object) => app.insert(table, { organisation_id, ...row })
  const dated = (table: string, row: object) =>
    add(table, { id: idIn(tenant, (next += 1)), valid_from: '2025-01-01', recorded_at: NOW, ...row })
  await app.insert('organisation', { id: organisation_id, name: word('organisation'), created_at: NOW })
  for (const [person, name] of [
    [ids.person, 'worker'],
    [ids.owner, 'owner'],
  ] as const) {
    await add('person', { id: person, name: word(name), external_id: word(`${name}-id`), created_at: NOW })
    const email = `${word(`${name}-mail`)}@example.org`
    await add('person_contact', { person_id: person, email, recorded_at: NOW })
    await dated('employment', { person_id: person })
    const account_id = word(`account-${name}`)
    await add('membership', { account_id, person_id: person, joined_at: NOW })
    await app.insert('sign_in."user"', { id: account_id, name: word(name), email, '"emailVerified"': true })
    await app.insert('sign_in."session"', {
      ...{ id: word(`session-${name}`), token: word(`token-${name}`), '"userId"': account_id },
      ...{ '"expiresAt"': '2030-01-01', '"updatedAt"': NOW },
    })
  }
  for (const unit_id of [ids.unit, ids.department]) {
    await add('unit', { id: unit_id, kind: 'department' })
    await dated('unit_record', { unit_id, name: word('unit') })
  }
  await dated('unit_membership', { unit_id: ids.unit, person_id: ids.person })
  const position_id = idIn(tenant, 50)
  await add('position', { id: position_id })
  await dated('position_record', { position_id, title: word('title'), unit_id: ids.unit })
  await dated('position_grade', { position_id, grade: word('grade') })
  await dated('position_holder', { position_id, person_id: ids.person })
  await dated('reporting_line', { person_id: ids.person, manager_id: ids.owner, kind: 'line' })
  for (const [id, role] of [
    [ids.grant, 'owner'],
    [idIn(tenant, 51), 'people-partner'],
  ] as const)
    await add('role_grant', { id, person_id: ids.owner, role, granted_at: NOW })
  await add('delegation', {
    ...{ id: ids.delegation, from_person: ids.owner, to_person: ids.person, starts: '2026-06-01' },
    ...{ ends: '2026-07-01', made_at: NOW, made_by: ids.owner },
  })
  await add('invitation', {
    ...{ id: ids.invitation, person_id: ids.person, email: `${word('invited')}@example.org`, made_at: NOW },
    ...{
      made_by: ids.owner,
      expires_at: '2026-07-01',
      token_hash: createHash('sha256').update(word('x')).digest('hex'),
    },
  })
  const reason = { reason: word('hold'), reason_salt: '0'.repeat(32) }
  await add('legal_hold', {
    id: ids.hold,
    person_id: ids.person,
    ...reason,
    placed_at: NOW,
    placed_by: ids.owner,
  })
  await add('audit', {
    ...{ at: NOW, actor_kind: 'person', actor_id: ids.owner, action: 'assessment.read', object_kind: 'set' },
    ...{
      object_id: word('audit'),
      subject_id: ids.person,
      details: JSON.stringify({ canary: word('details') }),
    },
  })

  const client = app.clientOf(ownerOf(tenant))
  const publish = async (version: string, basedOn: string | null) => {
    const framework = growthFramework({
      id: ids.framework,
      version,
      title: `${word('framework')} ${version}`,
    })
    const why = word(`reason-${version.replaceAll('.', '-')}`)
    return (await client.publications.publish({ document: toDocument(framework), basedOn, reason: why }))
      .summary.hash
  }
  const hash = await publish('1.0.0', null)
  const newer = await publish('2.0.0', hash)
  ids = idsOf(tenant, [hash, newer])
  const assessment = async (id: string, person_id: string) => {
    const ended = { finished_at: NOW, stop_reason: 'person-stopped' }
    const asked = {
      framework_hash: hash,
      start_key: id,
      mode: 'whole-bank',
      started_at: '2026-06-10T09:00:00Z',
    }
    await add('assessment', { id, person_id, ...asked, ...ended })
    await add('response', {
      ...{ assessment_id: id, person_id, position: 1, key: id, kind: 'answer', item: 'coding-1a' },
      ...{ answer: 'on-my-own', evidence: `https://example.org/${word('evidence')}`, given_at: NOW },
    })
  }
  await assessment(ids.assessment, ids.person)
  await assessment(ids.earlier, ids.person)
  await assessment(idIn(tenant, 52), ids.owner)
  await add('assessment_share', {
    ...{ id: ids.share, assessment_id: ids.assessment, person_id: ids.person, with_person: ids.owner },
    ...{ until: '2026-07-01', made_at: NOW },
  })
  await add('framework_migration', {
    ...{
      id: ids.migration,
      framework_id: ids.framework,
      from_hash: hash,
      to_hash: newer,
      apply_key: ids.migration,
    },
    ...{
      mapping: JSON.stringify({
        ...{ framework: ids.framework, from: hash, to: newer },
        ...{ competencies: [], behaviours: {}, roles: {} },
      }),
      reason: word('migration'),
      reason_salt: '0'.repeat(32),
      applied_by: ids.owner,
      applied_at: NOW,
    },
  })
  await writeRounds(app, tenant, ids, word)
  return ids
}

async function writeRounds(
  app: TeamApp,
  tenant: Tenant,
  ids: Ids,
  word: (what: string) => string,
): Promise<void> {
  const organisation_id = organisationOf(tenant)
  const client = await app.database.owner.pool.connect()
  const add = async (table: string, row: object) => {
    const all = Object.entries({ organisation_id, ...row })
    await client.query(
      `insert into ${table} (${all.map(([name]) => name).join(', ')}) values (${all.map((_, at) => `$${at + 1}`).join(', ')})`,
      all.map(([, value]) => value as unknown),
    )
  }
  try {
    await client.query("set app.maintenance = 'on'; set session_replication_role = replica")
    for (const [id, state] of [
      [ids.round, 'running'],
      [ids.closedRound, 'closed'],
    ] as const) {
      await add('round', {
        ...{ id, open_key: id, unit_id: ids.unit, name: word(`round-${state}`), framework_hash: ids.hash },
        ...{ minimum_group: 5, manager_named: true, opens_to_manager: true, opens_to_partner: true, state },
        ...{ closes_on: '2026-07-01', opened_at: NOW, opened_by: ids.owner },
        closed_at: state === 'closed' ? NOW : null,
      })
      await add('round_subject', {
        ...{ round_id: id, person_id: ids.person, unit_id: ids.unit, form: '["coding-1a"]', state: 'rated' },
        changed_at: NOW,
      })
    }
    await add('round_rater', {
      ...{
        id: ids.sheet,
        round_id: ids.round,
        unit_id: ids.unit,
        subject_id: ids.person,
        rater_id: ids.owner,
      },
      ...{ kind: 'manager', state: 'open', proposed_at: NOW, changed_at: NOW },
    })
    await add('rating', {
      ...{ sheet_id: ids.sheet, rater_id: ids.owner, position: 1, key: ids.sheet, item: 'coding-1a' },
      ...{ answer: 'not-yet', evidence: word('rating'), given_at: NOW },
    })
    await add('round_result', {
      ...{
        round_id: ids.closedRound,
        subject_id: ids.person,
        competency: 'coding',
        cell: 1,
        kinds: '{peer}',
      },
      ...{
        leans: false,
        refusal: 'too-few',
        opens_to_manager: true,
        opens_to_partner: true,
        published_at: NOW,
      },
    })
  } finally {
    await client.query('reset session_replication_role')
    client.release()
  }
}
