// The current standing is the newest that says enough, and what it passes over is named.
import { expect, test } from 'vitest'
import { chooseStanding } from './current-standing.ts'

const run = (day: string | null, answered: number, doubtful = false) => ({
  finishedAt: day === null ? null : new Date(`${day}T12:00:00Z`),
  answered,
  isDoubtful: () => doubtful,
})

test('a quick look does not take the place of what is known better', () => {
  const [full, quick] = [run('2026-03-01', 38), run('2026-05-01', 4)]
  expect(chooseStanding([quick, full])).toBe(full)
})

test('a newer one with half of the answers is the current standing', () => {
  const [full, again] = [run('2026-03-01', 38), run('2026-05-01', 19)]
  expect(chooseStanding([full, again])).toBe(again)
})

test('after twelve months what was known better no longer holds the newer back', () => {
  const [old, quick] = [run('2025-03-01', 38), run('2026-05-01', 4)]
  expect(chooseStanding([old, quick])).toBe(quick)
})

test('what is not finished is no standing', () => {
  expect(chooseStanding([run(null, 60)])).toBeUndefined()
  expect(chooseStanding([])).toBeUndefined()
  const quick = run('2026-05-01', 0)
  expect(chooseStanding([run(null, 60), quick])).toBe(quick)
})

test('answers that do not fit together take no place of answers that do, and hold none back', () => {
  const [honest, random] = [run('2026-03-01', 30), run('2026-05-01', 60, true)]
  expect(chooseStanding([random, honest])).toBe(honest)
  expect(chooseStanding([random])).toBe(random)
  expect(chooseStanding([random, run('2026-04-01', 60, true)])).toBe(random)
  const later = run('2026-06-01', 25)
  expect(chooseStanding([random, later])).toBe(later)
})
