// A plan as people read it: names instead of ids, and not more of each kind than anybody reads.
import type { z } from 'zod'
import { CHANGE_KINDS, type PeopleChange, type PositionValue } from '../../core/org/people-import/change.ts'
import type { CurrentOrganisation } from '../../core/org/people-import/current.ts'
import type { PeoplePlan } from '../../core/org/people-import/plan.ts'
import type { importChangeSchema, importPreviewSchema } from '../../core/org/people-import/preview-model.ts'

const MOST_OF_A_KIND = 200
const MOST_NOTICES = 100

export function previewOf(
  plan: PeoplePlan,
  current: CurrentOrganisation,
  hash: string,
): z.input<typeof importPreviewSchema> {
  const names = new Map<string, string>()
  const label = (name: string, id: string | null) => (id === null ? name : `${name} (${id})`)
  for (const { id, name, externalId } of current.people) names.set(id, label(name, externalId))
  for (const { id, name } of current.units) names.set(id, name)
  for (const change of plan.changes) {
    if (change.kind === 'join') names.set(change.person, label(change.name, change.externalId))
    else if (change.kind === 'new-unit') names.set(change.unit, change.name)
  }
  // With faults it is what the rows without any say; who is missing is not told from rows that cannot be read.
  const bad = new Set(plan.faults.map(({ row }) => row))
  const changes =
    bad.size === 0 ? plan.changes : plan.changes.filter(({ row }) => row !== null && !bad.has(row))
  const notices = plan.notices.filter(({ row }) => row === null || !bad.has(row))
  const counts: Record<string, number> = Object.fromEntries(CHANGE_KINDS.map((kind) => [kind, 0]))
  for (const { kind } of changes) counts[kind] = (counts[kind] ?? 0) + 1
  const seen = new Map<string, number>()
  const shown = changes.filter(({ kind }) => {
    const count = (seen.get(kind) ?? 0) + 1
    seen.set(kind, count)
    return count <= MOST_OF_A_KIND
  })
  return {
    hash,
    faults: [...plan.faults],
    notices: notices
      .slice(0, MOST_NOTICES)
      .map(({ kind, row, values }) => ({ kind, row, values: { ...values } })),
    noticeCount: notices.length,
    placesFrom: placesFrom(changes),
    counts,
    unchanged: plan.unchanged,
    changes: shown
      .map((change) => readable(change, names))
      .toSorted((a, b) => CHANGE_KINDS.indexOf(a.kind) - CHANGE_KINDS.indexOf(b.kind)),
  }
}

/** Who has worked here for longer than their place would be known. */
function placesFrom(changes: PeoplePlan['changes']) {
  const longer = changes.flatMap((change) =>
    (change.kind === 'join' || change.kind === 'rehire') && change.from < change.placedFrom ? [change] : [],
  )
  const [one] = longer
  if (!one) return null
  const first = longer.reduce((least, { from }) => (from < least ? from : least), one.from)
  return { people: longer.length, day: one.placedFrom, first }
}

function readable(change: PeopleChange, names: ReadonlyMap<string, string>) {
  const name = (id: string | null) => (id === null ? null : (names.get(id) ?? id))
  const list = (ids: readonly string[]) => (ids.length === 0 ? null : ids.map(name).join(', '))
  const of = {
    kind: change.kind,
    row: change.row,
    person: 'person' in change ? name(change.person) : null,
    from: 'from' in change ? change.from : null,
  }
  const both = (
    before: string | null,
    after: string | null,
  ): z.input<typeof importChangeSchema> & typeof of => ({
    ...of,
    before,
    after,
  })
  switch (change.kind) {
    case 'new-unit':
      return both(null, change.parent === null ? change.name : `${name(change.parent)} / ${change.name}`)
    case 'join':
    case 'rehire': {
      const { unit, manager, position } = change.placement
      return both(
        null,
        [positionText(position), name(unit), name(manager)].filter((one) => one !== null).join(' · '),
      )
    }
    case 'leave':
      return both(null, null)
    case 'unit':
    case 'manager':
      return both(name(change.before), name(change.after))
    case 'dotted':
    case 'product-lines':
      return both(list(change.before), list(change.after))
    case 'position':
      return both(positionText(change.before), positionText(change.after))
    case 'name':
    case 'email':
    case 'id':
    case 'start':
      return both(change.before, change.after)
  }
}

const positionText = (position: PositionValue | null) =>
  position && [position.title, position.role, position.grade].filter((one) => one !== null).join(', ')
