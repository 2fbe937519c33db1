// Brings people in from a file: plans, previews, and applies exactly what was previewed, in one transaction.
import { createHash, randomUUID } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import type { z } from 'zod'
import type { importEventSchema, peopleFileSchema } from '../../core/org/people-import/file-contract.ts'
import type { PeopleMapping } from '../../core/org/people-import/fields.ts'
import { planPeopleImport, type PeoplePlan } from '../../core/org/people-import/plan.ts'
import { recordAudit } from '../../platform/audit/record-audit.ts'
import { eventsOf } from '../../platform/event-queue.ts'
import type { Context } from '../../platform/procedure.ts'
import { refused } from '../../platform/refused.ts'
import { applyChanges } from './apply-changes.ts'
import { changePeople } from './commands.ts'
import { loadOrganisation, type LoadedOrganisation } from './import-current.ts'
import { previewOf } from './import-preview.ts'
import { organisationRights } from './policy.ts'

type PeopleFile = z.output<typeof peopleFileSchema>
export type ImportEvent = z.input<typeof importEventSchema>

/**
 * Plans the file and tells its progress; the last event is the preview, or what was applied. With `apply` the plan must
 * be the one that was previewed: throws conflict where people or the file changed since, invalid where it has faults.
 * Once it writes, it writes to the end, whether or not somebody still listens.
 */
export async function* importPeople(
  context: Context,
  input: PeopleFile & { apply?: string | undefined },
): AsyncGenerator<ImportEvent, void> {
  if (!organisationRights(context.actor).import) throw refused('forbidden', 'import-people')
  if (input.apply === undefined) {
    const loaded = await loadOrganisation(context, input.day, input.framework)
    const plan = yield* planned(input, loaded)
    yield { kind: 'preview', preview: previewOf(plan, loaded.current, hashOf(plan)) }
    return
  }
  yield* eventsOf<ImportEvent>(async (push) => {
    const applied = await changePeople(context, async (transaction) => {
      const loaded = await loadOrganisation({ ...context, db: transaction }, input.day, input.framework)
      const planning = planned(input, loaded)
      let step = await planning.next()
      for (; !step.done; step = await planning.next()) push(step.value)
      const plan = step.value
      if (plan.faults.length > 0)
        throw refused(
          'invalid',
          'file-faults',
          {},
          {
            faults: plan.faults.slice(0, 100).map(({ row, column, message }) => ({
              path: `${row === null ? 'file' : `row ${row}`}${column === null ? '' : `, column ${column}`}`,
              message,
            })),
          },
        )
      if (hashOf(plan) !== input.apply) throw refused('conflict', 'preview-outdated')
      const written = await applyChanges(transaction, context, plan.changes, loaded, {
        framework: loaded.framework,
        onProgress: (done, total) => push({ kind: 'progress', step: 'write', done, total }),
      })
      await recordAudit(transaction, context, {
        bySystem: context.actor.kind === 'system',
        action: 'people.import',
        object: { kind: 'organisation', id: context.actor.organisation },
        details: plan.counts,
      })
      return written
    })
    return { kind: 'applied', ...applied }
  })
}

async function* planned(
  { table, mapping, day, missing }: PeopleFile,
  { current }: LoadedOrganisation,
): AsyncGenerator<ImportEvent, PeoplePlan> {
  // What zod calls undefined is left out.
  const known = Object.fromEntries(
    Object.entries(mapping).filter(([, column]) => column !== undefined),
  ) as PeopleMapping
  const planning = planPeopleImport(table, known, current, { day, missing, newId: randomUUID })
  for (;;) {
    const { done, value } = planning.next()
    if (done) return value
    yield { kind: 'progress', step: 'plan', ...value }
    // Others have their turn in between.
    await setImmediate()
  }
}

/** Stands for what a plan would do. New ids differ each time, so they are counted instead. */
function hashOf(plan: PeoplePlan): string {
  const numbers = new Map<string, number>()
  for (const change of plan.changes) {
    if (change.kind === 'new-unit') numbers.set(change.unit, numbers.size)
    else if (change.kind === 'join' && !change.known) numbers.set(change.person, numbers.size)
  }
  const text = JSON.stringify(plan.changes, (_, value: unknown) =>
    typeof value === 'string' && numbers.has(value) ? `new ${numbers.get(value)}` : value,
  )
  return createHash('sha256').update(text).digest('hex')
}
