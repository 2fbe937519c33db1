// The conditions of a role by the ladder's own rule, those that stand for each other together.
import type { LadderRole } from './ladder-model.ts'

type Condition = LadderRole['conditions'][number]

/** One list for each thing that the role asks; of a list with several conditions one is enough. */
export function alternativesOf(conditions: readonly Condition[]): Condition[][] {
  const lists: Condition[][] = []
  for (const condition of conditions) {
    const last = lists.at(-1)
    if (condition.either !== null && last?.[0]?.either === condition.either) last.push(condition)
    else lists.push([condition])
  }
  return lists
}
