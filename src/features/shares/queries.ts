// Reads what the acting person shares and what is shared with them; reading a standing leaves its row in the audit.
import { sql } from 'kysely'
import type { z } from 'zod'
import type { Text } from '../../core/framework/model.ts'
import { addDays } from '../../core/org/day.ts'
import { auditedRead } from '../../platform/audit/record-audit.ts'
import type { Context } from '../../platform/procedure.ts'
import { notFound } from '../../platform/refused.ts'
import { getShared } from '../assessments/queries.ts'
import { reportOf } from '../standings/queries.ts'
import type { givenShareSchema, receivedShareSchema } from './contract.ts'
import { canShare, hasOthers, stateOf } from './policy.ts'

interface ShareRow {
  id: string
  assessment: string
  owner: string
  ownerName: string | null
  reader: string
  readerName: string | null
  until: string
  revokedAt: Date | null
  startedAt: Date
  frameworkId: string
  version: string
  title: Text
}

/** Shares that the actor gave or may read by, newest first; row security leaves no others. */
async function loadShares({ db, actor, today }: Context, id?: string): Promise<ShareRow[]> {
  const one = id === undefined ? sql`true` : sql`s.id = ${id}`
  const { rows } = await sql<ShareRow>`
    select s.id, s.assessment_id as assessment, s.person_id as owner, o.name as "ownerName",
      s.with_person as reader, r.name as "readerName", s.until, s.revoked_at as "revokedAt",
      a.started_at as "startedAt", v.framework_id as "frameworkId", v.version, v.content->'title' as title
    from assessment_share s
    join assessment a on a.organisation_id = s.organisation_id and a.id = s.assessment_id
    join framework_version v on v.organisation_id = a.organisation_id and v.hash = a.framework_hash
    join person o on o.organisation_id = s.organisation_id and o.id = s.person_id
    join person r on r.organisation_id = s.organisation_id and r.id = s.with_person
    where s.organisation_id = ${actor.organisation} and ${one}
      and (s.person_id = ${actor.person}
        or (s.with_person = ${actor.person} and s.revoked_at is null and s.until > ${today}::date))
    order by s.made_at desc, s.id limit 500`.execute(db)
  return rows
}

const commonOf = (row: ShareRow) => ({
  ...{ id: row.id, assessment: row.assessment, startedAt: row.startedAt.toISOString() },
  framework: { id: row.frameworkId, version: row.version, title: row.title },
  lastDay: addDays(row.until, -1),
})
const receivedOf = (row: ShareRow): z.output<typeof receivedShareSchema> => ({
  ...commonOf(row),
  of: { id: row.owner, name: row.ownerName },
})

export async function listShares(context: Context) {
  const { actor, today } = context
  const rows = await loadShares(context)
  const given = rows
    .filter(({ owner }) => owner === actor.person)
    .map((row): z.output<typeof givenShareSchema> => {
      const state = stateOf({ until: row.until, revoked_at: row.revokedAt }, today)
      return {
        ...{ ...commonOf(row), with: { id: row.reader, name: row.readerName }, state },
        can: { takeBack: state === 'open' && canShare(actor, { person_id: row.owner }) },
      }
    })
  const received = rows.filter(({ reader }) => reader === actor.person).map(receivedOf)
  return { today, can: { share: hasOthers(actor) }, given, received }
}

/** The standing as its person sees it. Throws NotFound where the share is not the actor's to read by (any more). */
export async function readShared(context: Context, id: string) {
  const [share] = await loadShares(context, id)
  if (!share || share.reader !== context.actor.person) throw notFound('share', id)
  const object = { kind: 'assessment', id: share.assessment }
  const entry = { action: 'assessment.read', object, subject: share.owner, reason: 'shared' } as const
  return await auditedRead(context, entry, async (inside) => ({
    share: receivedOf(share),
    report: reportOf(await getShared(inside, share.assessment)),
  }))
}
