// Reads what the organisation is called, members, roles, delegations and the settings of sign-in, each as far as the policy opens it.
import { sql, type RawBuilder } from 'kysely'
import type { z } from 'zod'
import { addDays } from '../../core/org/day.ts'
import { deviceOf } from '../../core/org/device.ts'
import { on } from '../../db/days.ts'
import type { GrantedRole } from '../../db/tables/access.ts'
import { holdsRole, readsAudit } from '../../platform/actor.ts'
import { recordAudit } from '../../platform/audit/record-audit.ts'
import type { Context } from '../../platform/procedure.ts'
import { invalid, notFound, refused } from '../../platform/refused.ts'
import type { delegationSchema, grantSchema, memberSchema, showSchema } from './contract.ts'
import {
  canDelegateFor,
  canEndSessions,
  canGrant,
  canNameOrganisation,
  canSeeKeeping,
  canSeeSignIn,
  canSetOrganisation,
  membersSeen,
} from './policy.ts'

export async function getRights({ db, actor, today, signIn }: Context) {
  const owner = canGrant(actor)
  interface Row {
    name: string | null
    timeZone: string
    minimumGroup: number
    alone: boolean
  }
  const { rows } = await sql<Row>`
    select o.name, o.time_zone as "timeZone", o.minimum_group as "minimumGroup", not exists(select 1 from employment e where e.organisation_id = o.id
      and e.person_id <> ${actor.person} and ${on('e', today)}) as alone
    from organisation o where o.id = ${actor.organisation}`.execute(db)
  const { alone, ...organisation } = rows[0]!
  return {
    ...{ me: actor.person, today, mailIsSent: (signIn?.settings.mail.server ?? null) !== null },
    ...{ organisation, alone: alone && owner && actor.kind === 'member' },
    can: {
      ...{ nameOrganisation: canNameOrganisation(actor), setOrganisation: canSetOrganisation(actor) },
      ...{ seeMembers: membersSeen(actor) !== undefined, grant: owner },
      ...{ delegateForOthers: owner, seeSignIn: canSeeSignIn(actor) },
      ...{ seeAudit: readsAudit(actor), seeKeeping: canSeeKeeping(actor) },
    },
  }
}

interface MembersInput {
  search?: string | undefined
  show: z.output<typeof showSchema>
  after?: string | undefined
  limit: number
}

interface MemberRow {
  id: string
  name: string | null
  externalId: string | null
  employed: boolean
  account: string | null
  joinedAt: Date | null
  invitation: string | null
  expiresAt: Date | null
  roles: z.output<typeof memberSchema>['roles']
  keeps: boolean
}

/** A page of people by name. Throws forbidden where no members are the actor's to see. */
export async function listMembers(context: Context, { search, show, after, limit }: MembersInput) {
  const { db, actor, now, today } = context
  const { organisation } = actor
  const seen = membersSeen(actor)
  if (seen === undefined) throw refused('forbidden', 'read-members')
  const where: RawBuilder<unknown>[] = [sql`p.organisation_id = ${organisation} and p.erased_at is null`]
  if (seen !== 'all')
    where.push(sql`p.id = any(array(select s.person_id from unit_membership s
      where s.organisation_id = ${organisation} and s.unit_id = any(${[...seen]}::uuid[]) and ${on('s', today)}))`)
  for (const word of (search ?? '').split(/\s+/).filter(Boolean).slice(0, 8)) {
    const like = `%${word.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
    where.push(sql`(p.name ilike ${like} or p.external_id ilike ${like})`)
  }
  const employed = sql`exists(select 1 from employment e
    where e.organisation_id = p.organisation_id and e.person_id = p.id and ${on('e', today)})`
  const holdsNow = sql`g.organisation_id = p.organisation_id and g.person_id = p.id and g.revoked_at is null
    and (g.until is null or g.until > ${now})`
  where.push(
    {
      everybody: sql`(${employed} or m.account_id is not null)`,
      account: sql`m.account_id is not null`,
      invited: sql`i.id is not null`,
      none: sql`${employed} and m.account_id is null and i.id is null`,
      role: sql`exists(select 1 from role_grant g where ${holdsNow})`,
    }[show],
  )
  const from = sql`from person p
    left join lateral (select account_id, joined_at from membership m where m.organisation_id = p.organisation_id
      and m.person_id = p.id and m.ended_at is null order by joined_at desc limit 1) m on true
    left join lateral (select i.id, i.expires_at from invitation i where i.organisation_id = p.organisation_id
      and i.person_id = p.id and i.used_at is null and i.withdrawn_at is null and i.expires_at > ${now}
      order by i.made_at desc limit 1) i on true
    where ${sql.join(where, sql` and `)}`
  const start = after === undefined ? undefined : { id: after.slice(0, 36), name: after.slice(37) }
  if (start && !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(start.id))
    throw invalid('after', 'page-mark')
  const page = start ? sql` and (coalesce(p.name, ''), p.id) > (${start.name}, ${start.id}::uuid)` : sql``
  const { rows } =
    await sql<MemberRow>`select p.id, p.name, p.external_id as "externalId", ${employed} as employed,
      m.account_id as account, m.joined_at as "joinedAt", i.id as invitation, i.expires_at as "expiresAt",
      keeps_person(p.id) as keeps,
      (select coalesce(jsonb_agg(jsonb_build_object('role', g.role, 'unit', case when g.unit_id is null then null else
          jsonb_build_object('id', g.unit_id, 'name', n.name) end) order by g.role), '[]'::jsonb)
        from role_grant g left join unit_record n on n.organisation_id = g.organisation_id and n.unit_id = g.unit_id
          and ${on('n', today)} where ${holdsNow}) as roles
    ${from}${page} order by coalesce(p.name, ''), p.id limit ${limit + 1}`.execute(db)
  const { rows: counted } = await sql<{ total: number }>`select count(*)::int as total ${from}`.execute(db)
  const members = rows.slice(0, limit)
  const last = members.at(-1)
  return {
    members: members.map((row) => toMember(context, row)),
    total: counted[0]!.total,
    next: rows.length > limit && last ? `${last.id} ${last.name ?? ''}` : null,
  }
}

function toMember({ actor, signIn }: Context, row: MemberRow): z.output<typeof memberSchema> {
  const { id, name, externalId, employed, account, joinedAt, invitation, expiresAt, roles, keeps } = row
  const mayInvite = actor.kind === 'member' && keeps && account === null
  const other = account !== null && account !== actor.account && holdsRole(actor, 'owner')
  return {
    ...{ person: { id, name }, externalId, employed, roles },
    account: account === null || joinedAt === null ? null : { id: account, joinedAt },
    invitation: invitation === null || expiresAt === null ? null : { id: invitation, expiresAt },
    can: {
      ...{ invite: mayInvite, withdraw: mayInvite && invitation !== null, end: other },
      endSessions: signIn !== undefined && account !== null && canEndSessions(actor, account),
    },
  }
}

/** Everybody in an organisation may know who holds which role in it. */
export async function listRoles({ db, actor, now, today }: Context, { ended }: { ended: boolean }) {
  interface Row {
    id: string
    role: GrantedRole
    personId: string
    personName: string | null
    unitId: string | null
    unitName: string | null
    grantedAt: Date
    byId: string | null
    byName: string | null
    until: Date | null
    lastDay: string | null
    revokedAt: Date | null
  }
  const { rows } = await sql<Row>`
    select g.id, g.role, g.person_id as "personId", p.name as "personName", g.unit_id as "unitId",
      n.name as "unitName", g.granted_at as "grantedAt", b.id as "byId", b.name as "byName", g.until,
      ((g.until - interval '1 microsecond') at time zone o.time_zone)::date as "lastDay",
      g.revoked_at as "revokedAt"
    from role_grant g
    join organisation o on o.id = g.organisation_id
    join person p on p.organisation_id = g.organisation_id and p.id = g.person_id
    left join person b on b.organisation_id = g.organisation_id and b.id = g.granted_by
    left join unit_record n on n.organisation_id = g.organisation_id and n.unit_id = g.unit_id and ${on('n', today)}
    where g.organisation_id = ${actor.organisation}
      and (${ended} or (g.revoked_at is null and (g.until is null or g.until > ${now})))
    order by array_position(array['owner', 'people-partner', 'framework-editor', 'auditor'], g.role),
      n.name nulls first, p.name, g.granted_at desc limit 2000`.execute(db)
  const grants = rows.map((row): z.output<typeof grantSchema> => {
    const over = row.until !== null && row.until <= now
    const state = row.revokedAt !== null ? 'revoked' : over ? 'over' : null
    return {
      ...{ id: row.id, role: row.role, grantedAt: row.grantedAt, until: row.until, ended: state },
      lastDay: row.lastDay,
      person: { id: row.personId, name: row.personName },
      unit: row.unitId === null ? null : { id: row.unitId, name: row.unitName },
      grantedBy: row.byId === null ? null : { id: row.byId, name: row.byName },
      can: { revoke: state === null && canGrant(actor) },
    }
  })
  return { grants }
}

interface SessionRow {
  begun: Date
  seen: Date
  agent: string | null
}

/** Where an account is signed in. Looking is in the audit, in the transaction that reads: both or neither. */
export async function listSessions(context: Context, account: string) {
  const { db } = context
  const person = await findMember(context, account)
  return await db.transaction().execute(async (transaction) => {
    const object = { kind: 'account', id: account }
    await recordAudit(transaction, context, { action: 'session.list', object, subject: person })
    const { rows } = await sql<SessionRow>`select * from sessions_of(${account})`.execute(transaction)
    return {
      sessions: rows.map(({ begun, seen, agent }) => ({ begun, seen, device: deviceOf(agent) ?? null })),
    }
  })
}

/**
 * Whom an account belongs to, for what the owner may do with its sessions. Throws notFound for an account of no member,
 * forbidden for all but the owner and for one's own account, conflict where there are no accounts.
 */
export async function findMember({ db, actor, signIn }: Context, account: string): Promise<string> {
  if (signIn === undefined) throw refused('conflict', 'no-accounts')
  const row = await db
    .selectFrom('membership')
    .select('person_id')
    .where('organisation_id', '=', actor.organisation)
    .where('account_id', '=', account)
    .executeTakeFirst()
  if (!row) throw notFound('account', account)
  if (!canEndSessions(actor, account)) throw refused('forbidden', 'sign-others-out')
  return row.person_id
}

/** Row security leaves those that concern the actor, and all of them to the owner and auditors. */
export async function listDelegations({ db, actor, today }: Context) {
  interface Row {
    id: string
    fromId: string
    fromName: string | null
    toId: string
    toName: string | null
    starts: string
    ends: string
    revokedAt: Date | null
  }
  const { rows } = await sql<Row>`
    select d.id, d.from_person as "fromId", f.name as "fromName", d.to_person as "toId", t.name as "toName",
      d.starts, d.ends, d.revoked_at as "revokedAt"
    from delegation d
    join person f on f.organisation_id = d.organisation_id and f.id = d.from_person
    join person t on t.organisation_id = d.organisation_id and t.id = d.to_person
    where d.organisation_id = ${actor.organisation}
    order by d.revoked_at is not null, d.ends desc, d.starts desc, d.id limit 1000`.execute(db)
  const delegations = rows.map((row): z.output<typeof delegationSchema> => {
    const running = row.starts <= today ? 'running' : 'ahead'
    const state = row.revokedAt !== null ? 'taken back' : row.ends <= today ? 'over' : running
    const open = state === 'ahead' || state === 'running'
    return {
      ...{ id: row.id, starts: row.starts, lastDay: addDays(row.ends, -1), state },
      from: { id: row.fromId, name: row.fromName },
      to: { id: row.toId, name: row.toName },
      can: { takeBack: open && canDelegateFor(actor, row.fromId) },
    }
  })
  return { delegations }
}

/** Throws forbidden for all but the owner and auditors. */
export function getSignIn({ actor, signIn }: Context) {
  if (!canSeeSignIn(actor)) throw refused('forbidden', 'read-sign-in')
  if (signIn === undefined)
    return { accounts: false, url: null, host: null, proxies: [], oidc: null, mail: null }
  const { url, host, proxies, oidc, mail } = signIn.settings
  return { accounts: true, url, host, proxies: [...proxies], oidc, mail }
}
