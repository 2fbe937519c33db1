// Simple paths over transitions, fewest steps first: no role twice, so cycles are harmless.
import type { Transition } from '../framework/model.ts'

export interface PathSearch {
  /** Each path as its transitions in order. */
  readonly paths: readonly (readonly Transition[])[]
  /** False where the search ended at a limit: there are more, none of them with fewer steps. */
  readonly complete: boolean
  /** Every role that can be reached, in the order found, without the start. */
  readonly reachable: readonly string[]
}

export const PATH_LIMIT = 200
const EXPANSION_LIMIT = 50_000

/**
 * Best-first search with the least number of steps left as an exact lower bound (A*): the paths come out by number of
 * steps and only starts of a path that can still reach the target are followed. Bounded in time and memory.
 */
export function simplePaths(
  transitions: readonly Transition[],
  from: string,
  to: string,
  limit = PATH_LIMIT,
): PathSearch {
  const leaving = new Map<string, Transition[]>()
  const entering = new Map<string, Transition[]>()
  const seen = new Set<string>()
  for (const transition of transitions) {
    const key = `${transition.from} ${transition.to}`
    if (transition.from === transition.to || seen.has(key)) continue
    seen.add(key)
    leaving.set(transition.from, [...(leaving.get(transition.from) ?? []), transition])
    entering.set(transition.to, [...(entering.get(transition.to) ?? []), transition])
  }
  const reachable = [
    ...distances(from, (role) => (leaving.get(role) ?? []).map((edge) => edge.to)).keys(),
  ].slice(1)
  const left = distances(to, (role) => (entering.get(role) ?? []).map((edge) => edge.from))
  const paths: Transition[][] = []
  const start = left.get(from)
  if (start === undefined || from === to) return { paths, complete: true, reachable }
  // Open starts of paths by their least length; each is reversed into the bucket so that order follows the framework.
  const open = new Map<number, Transition[][]>([[start, [[]]]])
  let expansions = 0
  for (let length = start; open.size > 0;) {
    const bucket = open.get(length)
    const path = bucket?.pop()
    if (!path) {
      open.delete(length++)
      continue
    }
    const last = path.at(-1)?.to ?? from
    if (last === to) {
      paths.push(path)
      if (paths.length === limit)
        return { paths, complete: [...open.values()].every((rest) => rest.length === 0), reachable }
      continue
    }
    if (++expansions > EXPANSION_LIMIT) return { paths, complete: false, reachable }
    for (const edge of (leaving.get(last) ?? []).toReversed()) {
      const rest = left.get(edge.to)
      if (rest === undefined || edge.to === from || path.some((step) => step.to === edge.to)) continue
      const least = path.length + 1 + rest
      const same = open.get(least)
      if (same) same.push([...path, edge])
      else open.set(least, [[...path, edge]])
    }
  }
  return { paths, complete: true, reachable }
}

/** Least number of steps from `start` to every role that `next` leads to, breadth first. */
function distances(start: string, next: (role: string) => string[]): Map<string, number> {
  const found = new Map([[start, 0]])
  const queue = [start]
  for (const role of queue) {
    for (const other of next(role)) {
      if (found.has(other)) continue
      found.set(other, found.get(role)! + 1)
      queue.push(other)
    }
  }
  return found
}
