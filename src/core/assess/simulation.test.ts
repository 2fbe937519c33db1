// A sample of the simulation study of docs/method/self-assessment.md; `npm run verify` takes all 1,000 people.
import { expect, test } from 'vitest'
import { builtInInstrument } from '../../../bench/built-in-instrument.ts'
import { accuracy, coverage90, MODELLED, simulate, WORLDS } from '../../../bench/simulated-people.ts'

const full = process.env['RUNGS_VERIFY'] !== undefined
const people = full ? 1000 : 30
// The bounds of the study, and for a small sample three standard errors of a coverage more.
const [lowest, highest] = full ? [0.87, 0.93] : [0.84, 0.96]
const { instrument, roles } = builtInInstrument()

test.each(WORLDS.slice(0, MODELLED))(
  'with $name the adaptive mode decides bars nearly as well as the whole bank, and the intervals hold',
  (world) => {
    const tallies = simulate(
      instrument,
      world,
      roles,
      [{ mode: 'whole' }, { mode: 'adaptive', roles, start: 2 }, { mode: 'quick' }],
      people,
      20260101,
    )
    const [whole, adaptive] = [tallies.get('whole')!, tallies.get('adaptive')!]
    expect(accuracy(adaptive.near)).toBeGreaterThanOrEqual(0.95 * accuracy(whole.near))
    expect(accuracy(adaptive.all)).toBeGreaterThanOrEqual(0.95 * accuracy(whole.all))
    expect(adaptive.items).toBeLessThanOrEqual(0.4 * whole.items)
    expect(adaptive.most).toBeLessThanOrEqual(60)
    for (const [mode, tally] of tallies) {
      expect(coverage90(tally), mode).toBeGreaterThanOrEqual(lowest)
      expect(coverage90(tally), mode).toBeLessThanOrEqual(highest)
    }
  },
  600_000,
)
