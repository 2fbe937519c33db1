// A round measured without a break, for tests that have nothing else to do meanwhile.
import { measureRoundInSteps, type RoundOutcome } from '../src/core/rounds/round-result.ts'

/** What work that is cut into steps comes to. */
export function atOnce<T>(steps: Generator<void, T>): T {
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}

export const measureRound = (...all: Parameters<typeof measureRoundInSteps>): RoundOutcome =>
  atOnce(measureRoundInSteps(...all))
