// What a verb needs to act on an organisation by itself: its rows, its id, and the rights of whoever keeps the machine.
import { dayOf } from '../../core/org/day.ts'
import { NOBODY } from '../../platform/actor.ts'
import type { Context } from '../../platform/procedure.ts'
import { BadInput } from './exit.ts'
import type { OpenedDatabase } from './open-database.ts'

/** The only organisation, or the one that is named. Throws BadInput where there is none, or several and none named. */
export async function organisationContext(
  { db }: Pick<OpenedDatabase, 'db'>,
  named: string | undefined,
): Promise<Context> {
  const rows = await db.selectFrom('organisation').select(['id', 'time_zone']).orderBy('id').execute()
  const found = named === undefined ? rows : rows.filter(({ id }) => id === named)
  const [organisation] = found
  if (!organisation)
    throw new BadInput(
      named === undefined
        ? 'There is no organisation yet: start the server once.'
        : `There is no organisation ${named}.`,
    )
  if (found.length > 1)
    throw new BadInput(
      `There are ${found.length} organisations: name one with --organisation, of ${found.map(({ id }) => id).join(', ')}.`,
    )
  const now = new Date()
  return {
    ...{ db, jobs: db, now, today: dayOf(now, organisation.time_zone) },
    actor: {
      ...{ kind: 'system', organisation: organisation.id, person: NOBODY },
      grants: [{ role: 'owner', units: 'all' }],
    },
  }
}
