// Reads invitations and members; row security leaves those that the actor may see.
import { sql } from 'kysely'
import type { Context } from '../../platform/procedure.ts'
import { canEnd, canInvite } from './policy.ts'

export async function listInvitations({ db, actor, now }: Context) {
  const rows = await db
    .selectFrom('invitation as i')
    .innerJoin('person as p', (join) =>
      join.onRef('p.organisation_id', '=', 'i.organisation_id').onRef('p.id', '=', 'i.person_id'),
    )
    .select([
      'i.id',
      'i.person_id',
      'p.name',
      'i.email',
      'i.made_at',
      'i.expires_at',
      'i.used_at',
      'i.withdrawn_at',
    ])
    .select(sql<boolean>`keeps_person(i.person_id)`.as('keeps'))
    .where('i.organisation_id', '=', actor.organisation)
    .orderBy('i.made_at', 'desc')
    .limit(1000)
    .execute()
  return rows.map((row) => {
    const state = stateOf(row, now)
    return {
      ...{ id: row.id, person: row.person_id, personName: row.name, email: row.email },
      ...{ madeAt: row.made_at, expiresAt: row.expires_at, state },
      can: { withdraw: state === 'open' && canInvite(actor, row.keeps) },
    }
  })
}

function stateOf(
  {
    used_at,
    withdrawn_at,
    expires_at,
  }: { used_at: Date | null; withdrawn_at: Date | null; expires_at: Date },
  now: Date,
): 'open' | 'used' | 'withdrawn' | 'expired' {
  if (used_at !== null) return 'used'
  if (withdrawn_at !== null) return 'withdrawn'
  return expires_at <= now ? 'expired' : 'open'
}

export async function listMembers({ db, actor }: Context) {
  const rows = await db
    .selectFrom('membership as m')
    .innerJoin('person as p', (join) =>
      join.onRef('p.organisation_id', '=', 'm.organisation_id').onRef('p.id', '=', 'm.person_id'),
    )
    .select(['m.account_id', 'm.person_id', 'p.name', 'm.joined_at', 'm.ended_at'])
    .where('m.organisation_id', '=', actor.organisation)
    .orderBy('m.joined_at')
    .limit(30_000)
    .execute()
  return rows.map((row) => ({
    ...{ account: row.account_id, person: row.person_id, personName: row.name },
    ...{ joinedAt: row.joined_at, endedAt: row.ended_at },
    can: { end: canEnd(actor, row) },
  }))
}

/** Whether the actor keeps the place of a person of their organisation; undefined where there is no such person. */
export async function findKept({ db, actor }: Context, person: string): Promise<boolean | undefined> {
  const row = await db
    .selectFrom('person')
    .select(sql<boolean>`keeps_person(id)`.as('keeps'))
    .where('organisation_id', '=', actor.organisation)
    .where('id', '=', person)
    .where('erased_at', 'is', null)
    .executeTakeFirst()
  return row?.keeps
}
