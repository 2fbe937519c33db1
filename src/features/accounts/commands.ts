// Invites people by mail, withdraws invitations, ends the place of an account.
import { randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import { recordAudit } from '../../platform/audit/record-audit.ts'
import { invitationMail, type MailLanguage } from '../../platform/mail/mail-words.ts'
import { postMail, PUBLIC_ADDRESS } from '../../platform/mail/post-mail.ts'
import type { Context } from '../../platform/procedure.ts'
import { notFound, refused } from '../../platform/refused.ts'
import { hashToken, makeToken } from '../../platform/sign-in/token.ts'
import { canEnd, canInvite, hasAccounts } from './policy.ts'
import { findKept } from './queries.ts'

const DAYS = 7

interface Invitation {
  person: string
  email?: string | undefined
  language: MailLanguage
}

/**
 * Makes an invitation that is good for seven days and posts its mail, both or neither. The link stands in the mail alone:
 * who invites never sees it, and the table keeps its hash.
 */
export async function invite(context: Context, { person, email, language }: Invitation) {
  const { db, actor, now } = context
  if (!hasAccounts(actor)) throw refused('conflict', 'no-accounts')
  const keeps = await findKept(context, person)
  if (keeps === undefined) throw notFound('person', person)
  if (!canInvite(actor, keeps)) throw refused('forbidden', 'invite')
  const id = randomUUID()
  const token = makeToken()
  const expiresAt = new Date(now.getTime() + DAYS * 86_400_000)
  await db.transaction().execute(async (transaction) => {
    const { organisation_id, to, organisation, inviter } = await readFor(transaction, context, person)
    const address = email ?? to
    if (address === null) throw refused('invalid', 'no-address-yet')
    await transaction
      .updateTable('invitation')
      .set({ withdrawn_at: now })
      .where('organisation_id', '=', organisation_id)
      .where('person_id', '=', person)
      .where('used_at', 'is', null)
      .where('withdrawn_at', 'is', null)
      .execute()
    await transaction
      .insertInto('invitation')
      .values({
        ...{ organisation_id, id, person_id: person, email: address, token_hash: hashToken(token) },
        ...{ made_at: now, made_by: actor.person, expires_at: expiresAt, used_at: null, withdrawn_at: null },
      })
      .execute()
    const link = `${PUBLIC_ADDRESS}/invitation/${token}`
    const words = invitationMail(language, { organisation, invitedBy: inviter, link, days: DAYS })
    const concerned = { organisation: organisation_id, person }
    await postMail(transaction as unknown as Kysely<never>, {
      kind: 'invitation',
      to: address,
      ...words,
      ...concerned,
    })
    const object = { kind: 'invitation', id }
    await recordAudit(transaction, context, { action: 'invitation.make', object, subject: person })
  })
  return { id, expiresAt }
}

/** The words' particulars, and the person's own address; refused where the person has an account already. */
async function readFor(db: Context['db'], { actor }: Context, person: string) {
  const row = await db
    .selectFrom('organisation as o')
    .innerJoin('person as i', 'i.organisation_id', 'o.id')
    .leftJoin('person_contact as c', (join) =>
      join.onRef('c.organisation_id', '=', 'o.id').on('c.person_id', '=', person),
    )
    .leftJoin('membership as m', (join) =>
      join
        .onRef('m.organisation_id', '=', 'o.id')
        .on('m.person_id', '=', person)
        .on('m.ended_at', 'is', null),
    )
    .select([
      'o.id as organisation_id',
      'o.name as organisation',
      'i.name as inviter',
      'c.email as to',
      'm.account_id',
    ])
    .where('o.id', '=', actor.organisation)
    .where('i.id', '=', actor.person)
    .executeTakeFirstOrThrow()
  if (row.account_id !== null) throw refused('conflict', 'has-account')
  return row
}

export async function withdrawInvitation(context: Context, id: string) {
  const { db, actor, now } = context
  const row = await db
    .selectFrom('invitation')
    .select(['person_id', 'used_at', 'withdrawn_at'])
    .where('organisation_id', '=', actor.organisation)
    .where('id', '=', id)
    .executeTakeFirst()
  if (row === undefined) throw notFound('invitation', id)
  if (!canInvite(actor, (await findKept(context, row.person_id)) ?? false))
    throw refused('forbidden', 'withdraw-invitation')
  if (row.used_at !== null) throw refused('conflict', 'invitation-used')
  if (row.withdrawn_at !== null) return { withdrawn: false }
  await db.transaction().execute(async (transaction) => {
    await transaction
      .updateTable('invitation')
      .set({ withdrawn_at: now })
      .where('organisation_id', '=', actor.organisation)
      .where('id', '=', id)
      .execute()
    const object = { kind: 'invitation', id }
    await recordAudit(transaction, context, { action: 'invitation.withdraw', object, subject: row.person_id })
  })
  return { withdrawn: true }
}

/** From this moment no session and no key of the account opens anything here; the database ends them. The last owner stays. */
export async function endMembership(context: Context, account: string) {
  const { db, actor, now } = context
  const row = await db
    .selectFrom('membership')
    .select(['account_id', 'person_id', 'ended_at'])
    .where('organisation_id', '=', actor.organisation)
    .where('account_id', '=', account)
    .executeTakeFirst()
  if (row === undefined) throw notFound('account', account)
  if (row.ended_at !== null) return { ended: false }
  if (!canEnd(actor, row)) throw refused('forbidden', 'end-places')
  await db.transaction().execute(async (transaction) => {
    await transaction
      .updateTable('membership')
      .set({ ended_at: now })
      .where('organisation_id', '=', actor.organisation)
      .where('account_id', '=', account)
      .execute()
    const object = { kind: 'account', id: account }
    await recordAudit(transaction, context, { action: 'membership.end', object, subject: row.person_id })
  })
  return { ended: true }
}
