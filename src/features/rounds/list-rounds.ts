// Everything about rounds that concerns the acting person: those they keep, sheets to fill in, results, notes.
import { sql } from 'kysely'
import type { Context } from '../../platform/procedure.ts'
import { progressOf } from './board.ts'
import { keepsRounds, opensRounds, roundUnits } from './policy.ts'
import { headsOf, sheetsAndSubjects } from './round-heads.ts'
import type { SheetKind, SheetState } from '../../core/rounds/round-state.ts'

/** The most rounds that a list shows, newest first. */
const MOST = 100

export async function listRounds(context: Context) {
  const { db, actor } = context
  const seen = await db
    .selectFrom('round')
    .selectAll()
    .where('organisation_id', '=', actor.organisation)
    .orderBy('opened_at', 'desc')
    .limit(MOST)
    .execute()
  const kept = seen.filter(({ unit_id }) => keepsRounds(actor, unit_id))
  const own = await db
    .selectFrom('round_result')
    .select('round_id')
    .distinct()
    .where('organisation_id', '=', actor.organisation)
    .where('subject_id', '=', actor.person)
    .execute()
  const mine = new Set(own.map(({ round_id }) => round_id))
  const heads = await headsOf(context, seen)
  const headOf = new Map(heads.map((head) => [head.id, head]))
  const progress = await progressesOf(
    context,
    kept.map(({ id }) => id),
  )
  return {
    keep: kept.map(({ id }) => ({ ...headOf.get(id)!, progress: progress.get(id)! })),
    sheets: await listSheets(context),
    results: heads.filter(({ id }) => mine.has(id)),
    notes: await listNotes(context),
    me: actor.person,
    can: { open: opensRounds(actor) },
    opensFor: roundUnits(actor),
  }
}

async function progressesOf({ db, actor }: Context, rounds: readonly string[]) {
  const sheets = await sheetsAndSubjects(db)
    .select(['s.round_id', 's.state', sql<number>`count(*)::int`.as('count')])
    .where('s.organisation_id', '=', actor.organisation)
    .where('s.round_id', '=', sql<string>`any(${[...rounds]}::uuid[])`)
    .where('o.state', '<>', 'withdrawn')
    .groupBy(['s.round_id', 's.state'])
    .execute()
  const subjects = await db
    .selectFrom('round_subject')
    .select(['round_id', sql<number>`count(*)::int`.as('count')])
    .where('organisation_id', '=', actor.organisation)
    .where('round_id', '=', sql<string>`any(${[...rounds]}::uuid[])`)
    .where('state', '=', 'rated')
    .groupBy('round_id')
    .execute()
  return new Map(
    rounds.map((id) => {
      const own = sheets.filter(({ round_id }) => round_id === id)
      const all = own.flatMap(({ state, count }) => Array.from({ length: count }, () => ({ state })))
      return [id, progressOf(all, subjects.find(({ round_id }) => round_id === id)?.count ?? 0)]
    }),
  )
}

interface SheetRow {
  id: string
  round: string
  roundName: string
  closesOn: string
  subject: string
  subjectName: string | null
  kind: SheetKind
  state: SheetState
  behaviours: number
  answered: number
}

/** Sheets that the actor was asked to fill in: open ones first, then those that are done. */
async function listSheets({ db, actor }: Context) {
  const { rows } = await sql<SheetRow>`
    select s.id, r.id as round, r.name as "roundName", r.closes_on as "closesOn", s.subject_id as subject,
      p.name as "subjectName", s.kind, s.state, jsonb_array_length(o.form) as behaviours,
      (select count(distinct g.item)::int from rating g
        where g.organisation_id = s.organisation_id and g.sheet_id = s.id) as answered
    from round_rater s
    join round r on r.organisation_id = s.organisation_id and r.id = s.round_id and r.state in ('running', 'closed')
    join round_subject o on o.organisation_id = s.organisation_id and o.round_id = s.round_id
      and o.person_id = s.subject_id
    join person p on p.organisation_id = s.organisation_id and p.id = s.subject_id
    where s.organisation_id = ${actor.organisation} and s.rater_id = ${actor.person}
      and s.state not in ('proposed', 'removed') and (o.state <> 'withdrawn' or s.state = 'submitted')
    order by s.state <> 'open', r.closes_on desc, s.kind <> 'self', p.name, s.id limit 200`.execute(db)
  return rows.map(
    ({ id, round, roundName, closesOn, subject, subjectName, kind, state, behaviours, answered }) => ({
      ...{ id, kind, state, behaviours, answered },
      round: { id: round, name: roundName, closesOn },
      subject: { id: subject, name: subjectName },
    }),
  )
}

/** What the actor learnt of their own severity, newest round first. */
async function listNotes({ db, actor }: Context) {
  const rows = await db
    .selectFrom('rater_note as n')
    .innerJoin('round as r', (join) =>
      join.onRef('r.organisation_id', '=', 'n.organisation_id').onRef('r.id', '=', 'n.round_id'),
    )
    .select(['r.id', 'r.name', 'r.closed_at', 'n.severity', 'n.se', 'n.subjects', 'n.refusal'])
    .where('n.organisation_id', '=', actor.organisation)
    .where('n.rater_id', '=', actor.person)
    .orderBy('r.closed_at', 'desc')
    .execute()
  return rows.map(({ id, name, closed_at: closedAt, severity, se, subjects, refusal }) => ({
    ...{ round: { id, name, closedAt }, subjects, refusal },
    severity: severity === null || se === null ? null : { measure: severity, se },
  }))
}
