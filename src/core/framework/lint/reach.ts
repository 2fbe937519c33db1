// The rule that every role can be reached from where people enter.
import type { Framework } from '../model.ts'
import type { Report } from './finding.ts'

/**
 * People enter at the first role listed on each track, unless a promotion leads to it. From there every transition
 * counts, of any kind. If that leaves no entry at all, the first role listed is one.
 */
export function checkReach(framework: Framework, report: Report): void {
  const promoted = new Set(
    framework.transitions.flatMap(({ kind, to }) => (kind === 'promotion' ? [to] : [])),
  )
  const firsts = framework.tracks.flatMap(
    (track) => framework.roles.find((role) => role.tracks.includes(track.id))?.id ?? [],
  )
  const entries = firsts.filter((id) => !promoted.has(id))
  const first = framework.roles[0]?.id
  if (entries.length === 0 && first !== undefined) entries.push(first)

  const reached = new Set(entries)
  const next = new Map<string, string[]>()
  for (const { from, to } of framework.transitions) next.set(from, [...(next.get(from) ?? []), to])
  const open = [...entries]
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const to of next.get(id) ?? []) {
      if (reached.has(to)) continue
      reached.add(to)
      open.push(to)
    }
  }
  for (const { id } of framework.roles) {
    if (!reached.has(id))
      report(
        'role-unreachable',
        ['roles', id],
        `no transition leads here from ${entries.join(', ')}; add one`,
      )
  }
}
