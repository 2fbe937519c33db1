// The scheduled work of privacy: carries out erasures, repeats those that a restore undid, deletes what is kept no longer.
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { dayOf } from '../../core/org/day.ts'
import type { Databases } from '../../db/open-databases.ts'
import { systemActor } from '../actor.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { errorCodeOf } from '../errors.ts'
import type { Log } from '../log.ts'
import { contextFor, type Context } from '../procedure.ts'
import { erasePerson, replayErasures, type OutsideFolders } from './erase-person.ts'
import { readErasures, type Erased } from './erasure-log.ts'

export interface KeeperOptions {
  databases: Pick<Databases, 'request' | 'job'>
  folders: OutsideFolders
  log: Log
  now: () => Date
  /** Milliseconds between two turns. */
  every?: number
}

/** Any number of processes may run one: what one of them has done, the others find done. */
export function startPrivacyKeeper({ every = 10_000, ...options }: KeeperOptions): { stop(): Promise<void> } {
  let stopped = false
  let wake = (): void => undefined
  const run = async () => {
    for (let expired = 0; !stopped;) {
      const due = Date.now() - expired > HOUR
      if (due) expired = Date.now()
      await keepPrivacy(options, due).catch((error: unknown) =>
        options.log.error('privacy work failed', { code: errorCodeOf(error) }),
      )
      if (stopped) break
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, every)
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
  }
  const done = run()
  return {
    stop: async () => {
      stopped = true
      wake()
      await done
    },
  }
}

const HOUR = 3_600_000

/** One turn for all organisations, with retention or without. Resolves with how many people were erased. */
export async function keepPrivacy(
  { databases, folders, log, now }: KeeperOptions,
  retention = true,
): Promise<number> {
  const erased = await readErasures(folders.erasures)
  const organisations = await databases.job.db
    .selectFrom('organisation')
    .select(['id', 'time_zone'])
    .execute()
  let done = 0
  for (const { id, time_zone: zone } of organisations) {
    const moment = now()
    const context = contextFor(databases, systemActor(id), moment, dayOf(moment, zone))
    await endPlacesOfLeavers(context)
    if (retention) {
      await orderForLeavers(context)
      await expire(context, folders.mail)
    }
    done += await keepOne(context, erased, folders, log)
  }
  return done
}

async function keepOne(
  context: Context,
  erased: readonly Erased[],
  folders: OutsideFolders,
  log: Log,
): Promise<number> {
  const { db, actor } = context
  const again = await replayErasures(context, erased)
  if (again > 0)
    log.warn('erasures repeated after a restore', { organisation: actor.organisation, people: again })
  const orders = await db
    .selectFrom('erasure')
    .select('person_id')
    .where('organisation_id', '=', actor.organisation)
    .where('done_at', 'is', null)
    .execute()
  let done = 0
  for (const { person_id: person } of orders) if (await erasePerson(context, person, folders)) done += 1
  return done
}

/**
 * From their last day on nobody who left is let in; here the account's place ends for good, with its sessions and keys.
 * Whoever comes back is invited again.
 */
async function endPlacesOfLeavers(context: Context): Promise<void> {
  const { db, actor, now, today } = context
  const { organisation } = actor
  await db.transaction().execute(async (transaction) => {
    const { rows } = await sql<{ account: string; person: string }>`
      update membership set ended_at = greatest(${now}, joined_at)
      where organisation_id = ${organisation} and ended_at is null
        and has_left(organisation_id, person_id, ${today}::date)
      returning account_id as account, person_id as person`.execute(transaction)
    for (const { account: id, person: subject } of rows)
      await recordAudit(transaction, context, {
        ...{ action: 'membership.end', object: { kind: 'account', id }, subject, bySystem: true },
        reason: 'left',
      })
  })
}

/** Whoever left longer ago than the rule says, was not rehired, is not held and has no place of an account here. */
async function orderForLeavers(context: Context): Promise<void> {
  const { db, actor, now, today } = context
  await db.transaction().execute(async (transaction) => {
    const { rows } = await sql<{ person_id: string }>`
      insert into erasure (organisation_id, person_id, reason, ordered_at)
      select p.organisation_id, p.id, 'retention', ${now} from person p
      where p.organisation_id = ${actor.organisation} and p.erased_at is null and not is_held(p.id)
        and not exists (select 1 from membership m
          where m.organisation_id = p.organisation_id and m.person_id = p.id and m.ended_at is null)
        and (select bool_and(coalesce(e.valid_to <= ${today}::date - kept_days('leavers'), false)) from employment e
          where e.organisation_id = p.organisation_id and e.person_id = p.id and e.corrected_at is null)
      on conflict do nothing returning person_id`.execute(transaction)
    for (const { person_id: id } of rows)
      await recordAudit(transaction, context, {
        ...{ action: 'person.erase', object: { kind: 'person', id }, subject: id, bySystem: true },
        reason: 'retention',
      })
  })
}

/** Deletes what the organisation's rules keep no longer; the audit says how much of what. */
async function expire(context: Context, mailFolder: string | undefined): Promise<void> {
  const { db, actor, now } = context
  const { organisation } = actor
  const mails = await db.transaction().execute(async (transaction) => {
    const before = (kind: string) => sql`${now}::timestamptz - make_interval(days => kept_days(${kind}))`
    const deleted = {
      assessments: await sql`delete from assessment where organisation_id = ${organisation}
        and coalesce(finished_at, started_at) < ${before('assessments')} and not is_held(person_id)`.execute(
        transaction,
      ),
      invitations: await sql`delete from invitation where organisation_id = ${organisation}
        and coalesce(used_at, withdrawn_at, expires_at) < ${before('invitations')}
        and not is_held(person_id)`.execute(transaction),
      mail: await sql<{ id: string }>`delete from mail.outbox where organisation_id = ${organisation}
        and coalesce(sent_at, given_up_at) < ${before('mail')} returning id`.execute(transaction),
    }
    for (const [kind, { numAffectedRows = 0n, rows }] of Object.entries(deleted)) {
      const count = Math.max(Number(numAffectedRows), rows.length)
      if (count > 0)
        await recordAudit(transaction, context, {
          ...{ action: 'retention.delete', object: { kind: 'retention-rule', id: kind }, bySystem: true },
          details: { count },
        })
    }
    return deleted.mail.rows
  })
  if (mailFolder !== undefined)
    for (const { id } of mails) await rm(join(mailFolder, `${id}.eml`), { force: true })
}
