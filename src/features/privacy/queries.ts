// Reads what is held about the acting person, who looked, and what was ordered about people's data.
import { sql } from 'kysely'
import { PERSONAL_DATA } from '../../db/personal-data.ts'
import type { PersonalColumn } from '../../db/personal-table.ts'
import { readsAudit } from '../../platform/actor.ts'
import { rowsOf } from '../../platform/privacy/person-rows.ts'
import type { Context } from '../../platform/procedure.ts'
import { refused } from '../../platform/refused.ts'
import { loadRelation, loadWasPartner } from '../../platform/load-relation.ts'
import { RETENTION_KINDS } from './contract.ts'
import { aboutColumns, kindOf } from './kinds.ts'
import { canReadKeeping, canSetRetention, privacyRights } from './policy.ts'
import { privacyWordsFor, type PrivacyWords } from './purposes.ts'

/** Every kind of row about the acting person, with how many there are of it and what each column is for. */
export async function getHeld(context: Context) {
  const { db, actor } = context
  const words = { en: privacyWordsFor(actor, 'en'), 'zh-Hans': privacyWordsFor(actor, 'zh-Hans') }
  const both = (say: (words: PrivacyWords) => string) => ({
    en: say(words.en),
    'zh-Hans': say(words['zh-Hans']),
  })
  const account = await readAccount(context)
  const tables = []
  for (const described of PERSONAL_DATA) {
    const { table, exported, through, retention, columns } = described
    const inAccount = accountRows(account, table)
    const hangs = { table, ...(through && exported.through ? { through } : {}) }
    const counted = inAccount
      ? { all: inAccount.length, about: inAccount.length }
      : (
          await sql<{ all: number; about: number }>`
            select count(*) as "all", count(*) filter (where ${rowsOf(hangs, aboutColumns(described), actor)}) as about
            from ${sql.table(table)} where ${rowsOf(hangs, exported.of, actor)}`.execute(db)
        ).rows[0]!
    const [first] = Object.values(columns) as [PersonalColumn]
    tables.push({
      ...{ table, kind: kindOf(table), rows: counted.about, wrote: counted.all - counted.about },
      purpose: both(({ purpose }) => purpose[first.purpose]),
      retention: both((each) => each.retention[retention]),
      columns: Object.entries(columns).map(([column, how]) => ({
        column,
        export: both((each) => each.export[how.export]),
        erasure: both((each) => each.erasure[how.erasure]),
      })),
    })
  }
  const can = { keep: canReadKeeping(actor), audit: readsAudit(actor) }
  return { tables, held: await isHeld(context, actor.person), dataFolder: context.dataFolder ?? null, can }
}

/** The acting person's account and mails by table; secrets are left out by the database itself. */
export async function readAccount({
  db,
}: Context): Promise<Record<string, Record<string, unknown>[] | null>> {
  const { rows } = await sql<{ account: Record<string, Record<string, unknown>[]> | null }>`
    select my_account() as account`.execute(db)
  return rows[0]?.account ?? {}
}

/** The rows of a table that only the account's reading opens; undefined for any other table. */
export function accountRows(
  account: Record<string, Record<string, unknown>[] | null>,
  table: string,
): Record<string, unknown>[] | undefined {
  return table.includes('.') ? (account[table.split('.').at(-1)!] ?? []) : undefined
}

async function isHeld({ db }: Context, person: string): Promise<boolean> {
  const { rows } = await sql<{ held: boolean }>`select is_held(${person}::uuid) as held`.execute(db)
  return rows[0]!.held
}

const PAGE = 50

/** Rows of the audit about the acting person, newest first; what they did themselves is left out where asked. */
export async function listTrace(
  { db, actor }: Context,
  { before, others }: { before?: number | undefined; others: boolean },
) {
  const { organisation, person } = actor
  type Row = {
    position: number
    at: Date
    action: string
    reason: string | null
    by: string | null
    name: string | null
    giver: string | null
    giverName: string | null
  }
  const { rows } = await sql<Row>`
    select a.position, a.at, a.action, a.reason, a.actor_id as by, p.name, g.id as giver, g.name as "giverName"
    from audit a left join person p on p.organisation_id = a.organisation_id and p.id = a.actor_id
      left join person g on g.organisation_id = a.organisation_id and g.id::text = a.details ->> 'inPlaceOf'
    where a.organisation_id = ${organisation}
      and (a.subject_id = ${person} or (a.subject_ids is not null and ${person}::uuid = any (a.subject_ids)))
      and (${before ?? null}::bigint is null or a.position < ${before ?? null}::bigint)
      and (not ${others} or a.actor_id is distinct from ${person})
    order by a.position desc limit ${PAGE + 1}`.execute(db)
  return {
    rows: rows.slice(0, PAGE).map(({ position, at, action, reason, by, name, giver, giverName }) => ({
      ...{ position, at: at.toISOString(), action, reason, self: by === person },
      by: by === null ? null : { id: by, name },
      inPlaceOf: giver === null ? null : { id: giver, name: giverName },
    })),
    more: rows.length > PAGE,
  }
}

/** Rules, holds and erasures that the acting person may read. */
export async function getKeeping(context: Context) {
  const { db, actor } = context
  if (!canReadKeeping(actor)) throw refused('forbidden', 'read-keeping')
  const { organisation } = actor
  const rules = await db
    .selectFrom('retention_rule')
    .select(['kind', 'days'])
    .where('organisation_id', '=', organisation)
    .execute()
  const holds = await db
    .selectFrom('legal_hold as h')
    .innerJoin('person as p', (join) =>
      join.onRef('p.organisation_id', '=', 'h.organisation_id').onRef('p.id', '=', 'h.person_id'),
    )
    .select(['h.id', 'h.person_id', 'p.name', 'h.reason', 'h.placed_at', 'h.lifted_at'])
    .where('h.organisation_id', '=', organisation)
    .orderBy('h.placed_at', 'desc')
    .execute()
  const erasures = await db
    .selectFrom('erasure as e')
    .select(['e.person_id', 'e.reason', 'e.ordered_at', 'e.done_at'])
    .select(sql<boolean>`is_held(e.person_id)`.as('held'))
    .where('e.organisation_id', '=', organisation)
    .orderBy('e.ordered_at', 'desc')
    .limit(200)
    .execute()
  return {
    rules: RETENTION_KINDS.map((kind) => ({
      kind,
      days: rules.find((rule) => rule.kind === kind)?.days ?? null,
    })),
    holds: holds.map((hold) => ({
      ...{ id: hold.id, person: { id: hold.person_id, name: hold.name }, reason: hold.reason },
      placedAt: hold.placed_at.toISOString(),
      liftedAt: hold.lifted_at?.toISOString() ?? null,
    })),
    erasures: erasures.map((erasure) => ({
      ...{ person: erasure.person_id, reason: erasure.reason },
      orderedAt: erasure.ordered_at.toISOString(),
      doneAt: erasure.done_at?.toISOString() ?? null,
      held: erasure.held && erasure.done_at === null,
    })),
    can: { set: canSetRetention(actor) },
  }
}

/** What stands about one person's data, and what the acting person may order. */
export async function getPersonPrivacy(context: Context, person: string) {
  const { db, actor } = context
  const can = await rightsOver(context, person)
  const order = await db
    .selectFrom('erasure')
    .select('person_id')
    .where('organisation_id', '=', actor.organisation)
    .where('person_id', '=', person)
    .executeTakeFirst()
  return { held: await isHeld(context, person), ordered: order !== undefined, can }
}

export async function rightsOver(context: Context, person: string) {
  const { self, partner } = await loadRelation(context, person, context.today)
  // Leavers stay with the partners of the unit that they belonged to last.
  const keeps = partner || (!self && (await loadWasPartner(context, person)))
  return privacyRights(context.actor, { self, partner: keeps })
}
