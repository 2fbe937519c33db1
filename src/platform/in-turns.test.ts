// That long work lets others have their turn, and comes to the same.
import { expect, test } from 'vitest'
import { inTurns } from './in-turns.ts'

function* work(milliseconds: number): Generator<void, number> {
  const end = performance.now() + milliseconds
  let steps = 0
  while (performance.now() < end) {
    const step = performance.now() + 2
    while (performance.now() < step);
    steps++
    yield
  }
  return steps
}

test('timers go on while long work is done in steps', async () => {
  let ticks = 0
  const timer = setInterval(() => ticks++, 1)
  try {
    expect(await inTurns(work(200))).toBeGreaterThan(3)
    expect(ticks).toBeGreaterThan(3)
  } finally {
    clearInterval(timer)
  }
})
