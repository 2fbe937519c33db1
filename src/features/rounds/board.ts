// Reads a round for those who keep it: who rates whom and how far they are. Never what anybody said.
import { sql } from 'kysely'
import type { z } from 'zod'
import { connectedSubjects } from '../../core/rounds/connected-subjects.ts'
import type { Context } from '../../platform/procedure.ts'
import { notFound } from '../../platform/refused.ts'
import { on } from '../../db/days.ts'
import type { boardSchema } from './contract.ts'
import { keepsRounds, roundRights } from './policy.ts'
import { getRound, headsOf } from './round-heads.ts'

type Board = z.output<typeof boardSchema>
type Sheet = Board['subjects'][number]['sheets'][number]

/** Sheets of which something can still come. */
const COUNTED: readonly Sheet['state'][] = ['proposed', 'open', 'submitted']

/** Throws NotFound for a round that the actor does not keep. */
export async function getBoard(context: Context, id: string): Promise<Board> {
  const { db, actor, today } = context
  const row = await getRound(context, id)
  if (!keepsRounds(actor, row.unit_id)) throw notFound('round', id)
  const [round] = await headsOf(context, [row])
  const { rows: sheets } = await sql<
    Omit<Sheet, 'rater'> & { subject: string; rater: string; name: string | null }
  >`
    select s.id, s.subject_id as subject, s.rater_id as rater, p.name, s.kind, s.state, s.reason,
      exists(select 1 from employment e where e.organisation_id = s.organisation_id and e.person_id = s.rater_id
        and ${on('e', today)}) as employed
    from round_rater s join person p on p.organisation_id = s.organisation_id and p.id = s.rater_id
    where s.organisation_id = ${actor.organisation} and s.round_id = ${id}
    order by array_position(array['self', 'manager', 'peer', 'report'], s.kind), p.name, s.id`.execute(db)
  const bySubject = new Map<string, Sheet[]>()
  for (const { subject, rater, name, ...sheet } of sheets) {
    const list = bySubject.get(subject) ?? []
    bySubject.set(subject, list)
    list.push({ ...sheet, rater: { id: rater, name } })
  }
  const subjects = await db
    .selectFrom('round_subject as s')
    .innerJoin('person as p', (join) =>
      join.onRef('p.organisation_id', '=', 's.organisation_id').onRef('p.id', '=', 's.person_id'),
    )
    .select(['p.id', 'p.name', 's.role', 's.state', sql<number>`jsonb_array_length(s.form)`.as('behaviours')])
    .where('s.organisation_id', '=', actor.organisation)
    .where('s.round_id', '=', id)
    .orderBy('p.name')
    .orderBy('p.id')
    .execute()
  const { rows: lines } = await sql<{ person: string; id: string; name: string | null }>`
    select l.person_id as person, m.id, m.name
    from round_subject s
    join reporting_line l on l.organisation_id = s.organisation_id and l.person_id = s.person_id
      and l.kind = 'line' and ${on('l', today)}
    join person m on m.organisation_id = l.organisation_id and m.id = l.manager_id
    where s.organisation_id = ${actor.organisation} and s.round_id = ${id}`.execute(db)
  const managers = new Map(lines.map(({ person, ...manager }) => [person, manager]))
  const rated = new Set(subjects.filter(({ state }) => state === 'rated').map(({ id: person }) => person))
  const out = new Set(subjects.filter(({ state }) => state === 'withdrawn').map(({ id: person }) => person))
  const connected = connectedSubjects(
    sheets
      .filter(({ kind, state, subject }) => kind !== 'self' && COUNTED.includes(state) && rated.has(subject))
      .map(({ subject, rater }) => ({ subject, rater })),
  )
  const anonymous = ({ kind, state }: Sheet) =>
    kind !== 'self' && !(kind === 'manager' && row.manager_named) && COUNTED.includes(state)
  return {
    round: round!,
    progress: progressOf(
      sheets.filter(({ subject }) => !out.has(subject)),
      rated.size,
    ),
    subjects: subjects.map(({ id: person, name, role, state, behaviours }) => {
      const own = bySubject.get(person) ?? []
      const others = own.filter(anonymous)
      const enough = others.length >= row.minimum_group
      return {
        person: { id: person, name },
        role,
        state,
        behaviours,
        sheets: own,
        enough,
        groupSubmitted: others.filter((sheet) => sheet.state === 'submitted').length,
        connected: connected.has(person),
        manager: managers.get(person) ?? null,
      }
    }),
    can: roundRights(actor, { unit: row.unit_id, state: row.state }),
  }
}

export function progressOf(sheets: readonly { state: Sheet['state'] }[], subjects: number) {
  const count = (...states: Sheet['state'][]) => sheets.filter(({ state }) => states.includes(state)).length
  return {
    subjects,
    asked: count('proposed', 'open', 'submitted', 'declined', 'lapsed'),
    submitted: count('submitted'),
    declined: count('declined'),
  }
}
