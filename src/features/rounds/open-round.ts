// Opens a round for a unit: who works there today is rated, on a form around their role's bar, by proposed raters.
import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import { recordAudit } from '../../platform/audit/record-audit.ts'
import type { Context } from '../../platform/procedure.ts'
import { invalid, notFound, refused } from '../../platform/refused.ts'
import { getVersion } from '../frameworks/queries.ts'
import { getBoard } from './board.ts'
import type { ruleSchema } from './contract.ts'
import { planRound, type AskedRaters } from './plan-round.ts'
import { keepsRounds } from './policy.ts'

/** The most people of one round: more are rated in several. */
const MOST_SUBJECTS = 2_000
const ROWS_AT_ONCE = 1_000

export interface OpenInput extends AskedRaters {
  key: string
  unit: string
  name: string
  framework: string
  version?: string | undefined
  rule: z.output<typeof ruleSchema>
  closesOn: string
}

/** The same key again is the same round. Throws invalid for a rule under the organisation's own, and for an empty unit. */
export async function openRound(context: Context, input: OpenInput) {
  const { actor, db, now, today } = context
  const { rule, unit } = input
  const version = await getVersion(context, input)
  const id = await db.transaction().execute(async (transaction) => {
    const inside = { ...context, db: transaction }
    const known = await transaction
      .selectFrom('round')
      .select('id')
      .where('organisation_id', '=', actor.organisation)
      .where('open_key', '=', input.key)
      .executeTakeFirst()
    if (known) return known.id
    await assertUnit(inside, unit)
    if (!keepsRounds(actor, unit)) throw refused('forbidden', 'open-rounds')
    if (input.closesOn <= today) throw invalid('closesOn', 'after-today')
    const { minimum_group: least } = await transaction
      .selectFrom('organisation')
      .select('minimum_group')
      .where('id', '=', actor.organisation)
      .executeTakeFirstOrThrow()
    if (rule.minimumGroup < least) throw invalid('rule.minimumGroup', 'minimum-group', { least })
    const plan = await planRound(inside, version.framework, unit, input)
    const people = plan.subjects.length
    if (people === 0) throw invalid('unit', 'unit-nobody')
    if (people > MOST_SUBJECTS)
      throw invalid('unit', 'too-many-subjects', { most: MOST_SUBJECTS, got: people })
    const round = randomUUID()
    await transaction
      .insertInto('round')
      .values({
        ...{ organisation_id: actor.organisation, id: round, open_key: input.key, unit_id: unit },
        ...{ name: input.name, framework_hash: version.hash, minimum_group: rule.minimumGroup },
        se_limit: rule.seLimit,
        ...{ manager_named: rule.managerNamed, opens_to_manager: rule.opensToManager },
        ...{ opens_to_partner: rule.opensToPartner, state: 'preparing', closes_on: input.closesOn },
        ...{ opened_at: now, opened_by: actor.person },
      })
      .execute()
    const place = { organisation_id: actor.organisation, round_id: round, unit_id: unit }
    const subjects = plan.subjects.map(({ person, role, form }) => ({
      ...{ ...place, person_id: person, role, variant: null, state: 'rated' as const },
      ...{ form: JSON.stringify(form), changed_at: now },
    }))
    const sheets = plan.sheets.map(({ subject, rater, kind }) => ({
      ...place,
      ...{ id: randomUUID(), subject_id: subject, rater_id: rater, kind, state: 'proposed' as const },
      ...{ reason: null, proposed_at: now, changed_at: now },
    }))
    for (let at = 0; at < subjects.length; at += ROWS_AT_ONCE)
      await transaction
        .insertInto('round_subject')
        .values(subjects.slice(at, at + ROWS_AT_ONCE))
        .execute()
    for (let at = 0; at < sheets.length; at += ROWS_AT_ONCE)
      await transaction
        .insertInto('round_rater')
        .values(sheets.slice(at, at + ROWS_AT_ONCE))
        .execute()
    await recordAudit(transaction, context, {
      ...{ action: 'round.open', object: { kind: 'round', id: round } },
      details: { unit, subjects: subjects.length, sheets: sheets.length, minimum: rule.minimumGroup },
    })
    return round
  })
  return await getBoard(context, id)
}

async function assertUnit({ db, actor }: Context, unit: string): Promise<void> {
  const known = await db
    .selectFrom('unit')
    .select('id')
    .where('organisation_id', '=', actor.organisation)
    .where('id', '=', unit)
    .executeTakeFirst()
  if (!known) throw notFound('unit', unit)
}
