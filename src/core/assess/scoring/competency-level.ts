// The level of a competency by a ladder's own rule, as far as the answers tell.
import type { Competency } from '../../framework/model.ts'
import type { LevelRule } from '../../framework/scoring.ts'
import { ANSWERS, type Response } from '../answers.ts'

/**
 * A whole number that the answers leave open between two ends: `low` if every missing answer were the lowest,
 * `high` if every one were the highest. Missing is not zero, so both ends are kept until they meet.
 */
export interface Range {
  readonly low: number
  readonly high: number
}

/** Answers by behaviour id; only scored ones count, "no opportunity" is missing. */
export function scoredAnswers(responses: readonly Response[]): ReadonlyMap<string, number> {
  const scores = new Map<string, number>()
  for (const { item, answer } of responses) {
    if (answer === 'no-opportunity') scores.delete(item)
    else scores.set(item, ANSWERS.indexOf(answer))
  }
  return scores
}

/** Whether the points of one level's behaviours satisfy the rule. */
function reached(points: readonly number[], { noneBelow, meanAbove, meanAtLeast }: LevelRule): boolean {
  const mean = points.reduce((sum, value) => sum + value, 0) / points.length
  if (noneBelow !== undefined && points.some((value) => value < noneBelow)) return false
  if (meanAbove !== undefined && !(mean > meanAbove)) return false
  if (meanAtLeast !== undefined && !(mean >= meanAtLeast)) return false
  const plain = noneBelow === undefined && meanAbove === undefined && meanAtLeast === undefined
  return !plain || points.every((value) => value >= 1)
}

/**
 * The highest level of a competency that is reached with all levels below it. A level without behaviours is passed
 * over: it is reached when the next one with behaviours is.
 */
export function competencyLevel(
  competency: Competency,
  answers: ReadonlyMap<string, number>,
  rule: LevelRule,
): Range {
  const highestPoints = rule.answerPoints[rule.answerPoints.length - 1]!
  const levels = [...new Set(competency.behaviours.map(({ level }) => level))].toSorted((a, b) => a - b)
  const climb = (missing: number) => {
    let level = 0
    for (const next of levels) {
      const points = competency.behaviours
        .filter((behaviour) => behaviour.level === next)
        .map(({ id }) => (answers.has(id) ? rule.answerPoints[answers.get(id)!]! : missing))
      if (!reached(points, rule)) break
      level = next
    }
    return level
  }
  return { low: climb(rule.answerPoints[0]!), high: climb(highestPoints) }
}
