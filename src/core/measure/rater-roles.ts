// Raters who judge some people in one role and others in another: each role is a rater of its own.
import { refused, type Checked } from './refusals.ts'

/** Ratings as they came in: `rater` are positions in `raterIds`, of which those in `roleOf` are a further role of another. */
export interface RolesAsRead {
  readonly count: number
  readonly person: Int32Array
  readonly rater: Int32Array
  readonly personIds: readonly string[]
  readonly raterIds: readonly string[]
  readonly groupIds: readonly string[]
  readonly groups: readonly (number | undefined)[]
  /** From the position of a further role to that of the first. */
  readonly roleOf: ReadonlyMap<number, number>
  /** First roles that also have rows without a group. */
  readonly groupless: ReadonlySet<number>
}

/**
 * Names for all raters. Who judges others in one role only keeps their id; in several, each is named `id (group)`, and
 * so is a role in which somebody judges only themself. Refuses rows that leave the role open, and one person judged by
 * the same rater in two roles.
 */
export function namedRoles(read: RolesAsRead): Checked<readonly string[]> {
  const { raterIds, personIds, groupIds, groups, roleOf } = read
  if (roleOf.size === 0) return { ok: true, value: raterIds }
  const roles = new Map<number, number[]>()
  for (const [role, first] of roleOf) roles.set(first, [...(roles.get(first) ?? [first]), role])
  const nameOf = (role: number) => groupIds[groups[role]!]!
  for (const [first, all] of roles) {
    if (!read.groupless.has(first)) continue
    const message = `rater ${raterIds[first]} is ${all.map(nameOf).join(' and ')}, and has ratings without a group`
    return refused('unreadable', message, 'a group on each row of this rater', [raterIds[first]!])
  }
  const judgesOthers = new Set<number>()
  const asRole = new Map<string, number>()
  for (let r = 0; r < read.count; r++) {
    const role = read.rater[r]!
    const first = roleOf.get(role) ?? role
    if (!roles.has(first)) continue
    const id = raterIds[first]!
    const person = personIds[read.person[r]!]!
    if (person !== id) judgesOthers.add(role)
    const key = `${first} ${read.person[r]!}`
    const before = asRole.get(key) ?? role
    asRole.set(key, role)
    if (before === role) continue
    const message = `rater ${id} judges ${person} both as ${[before, role].map(nameOf).toSorted().join(' and as ')}`
    return refused('duplicate-rating', message, 'one group for each rater and person', [id, person])
  }
  const names = [...raterIds]
  for (const [first, all] of roles) {
    const id = raterIds[first]!
    const many = all.filter((role) => judgesOthers.has(role)).length
    for (const role of all)
      names[role] = many === 1 && judgesOthers.has(role) ? id : `${id} (${nameOf(role)})`
  }
  return { ok: true, value: names }
}
