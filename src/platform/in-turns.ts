// Long work in a process that others wait for: cut into steps, with everything else in between.
import { setImmediate } from 'node:timers/promises'

/** Milliseconds after which others have their turn. */
const TURN = 20

/** Does the work step by step and resolves with what it comes to; between steps, requests and timers have their turn. */
export async function inTurns<T>(steps: Generator<void, T>): Promise<T> {
  let began = performance.now()
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
    if (performance.now() - began < TURN) continue
    await setImmediate()
    began = performance.now()
  }
}
