// The ladder's own answer beside the measured one: the rule that the framework names, applied to the same answers.
import type { Response } from '../assess/answers.ts'
import { ladderAnswer, type LadderAnswer } from '../assess/scoring/ladder-answer.ts'
import { scoredAnswers } from '../assess/scoring/competency-level.ts'
import type { Framework } from '../framework/model.ts'
import type { LadderRole, LadderStanding, LadderValue } from './ladder-model.ts'
import { explanationOf } from './ladder-words.ts'

/** A role's readiness by its id, variants left out. */
type ReadinessOf = (role: string) => number | undefined

/** What the framework's own rule says of these answers, or null where it names none. */
export function ladderStanding(
  framework: Framework,
  responses: readonly Response[],
  readinessOf: ReadinessOf,
): LadderStanding | null {
  const { scoring } = framework
  if (!scoring) return null
  const { model, levels, answers } = ladderAnswer(framework, scoring, responses)
  const standings = answers.map(answerOf)
  const scored = scoredAnswers(responses)
  const behaviours = framework.competencies.flatMap((competency) => competency.behaviours)
  const missing = behaviours.filter(({ id }) => !scored.has(id)).length
  const complete = standings.every(isComplete)
  return {
    model,
    note: scoring.note ?? null,
    complete,
    missing,
    levels: { ...levels },
    answers: standings,
    differs: standings.flatMap((answer) => disagreement(answer, readinessOf)),
    explanation: explanationOf(scoring, missing, complete),
  }
}

function answerOf(answer: LadderAnswer['answers'][number]): LadderValue | LadderRole {
  if (answer.kind === 'role') {
    const conditions = answer.conditions.map(
      ({ asks, competency = null, of, level = null, needed, got, either = null }) => ({
        ...{ asks, competency, of: of ? [...of] : null, level, needed, got, either },
      }),
    )
    return { kind: 'role', role: answer.role, reached: answer.reached, conditions }
  }
  const { set = null, value, bands, parts, heldBack } = answer
  return {
    kind: 'value',
    set,
    value,
    bands: bands.map(({ series, low = null, high = null }) => ({ series, low, high })),
    parts: [...parts],
    heldBack: [...heldBack],
  }
}

/** Whether the missing answers can change nothing that the rule says. */
function isComplete(answer: LadderValue | LadderRole): boolean {
  if (answer.kind === 'role') return answer.reached !== 'open'
  const { value, bands } = answer
  return value.low === value.high && bands.every(({ low, high }) => low === high)
}

/** Readiness is "likely" from 50 % on and "met" from 90 % on; less than that against the rule is no disagreement. */
function disagreement(answer: LadderValue | LadderRole, readinessOf: ReadinessOf): LadderStanding['differs'] {
  if (answer.kind !== 'role' || answer.reached === 'open') return []
  const { role, reached } = answer
  const readiness = readinessOf(role)
  if (readiness === undefined || (reached === 'yes' ? readiness >= 0.5 : readiness < 0.9)) return []
  return [{ role, reached, readiness }]
}
