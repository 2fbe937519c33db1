// rungs vignettes as users run it: King and Wand's thirteen cases through the terminal, and tables it cannot read.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { packageRoot } from '../../platform/package-root.ts'

function rungs(args: string[], input: string) {
  const run = spawnSync(
    process.execPath,
    ['--import', 'tsx', join(packageRoot, 'src/main/cli/rungs.ts'), 'vignettes', ...args],
    { cwd: packageRoot, input, encoding: 'utf8', timeout: 60_000 },
  )
  return { code: run.status, out: run.stdout, err: run.stderr }
}

// King and Wand (2007), table 1: all thirteen orders of a self-rating y and two vignettes z1, z2, with their C.
const CASES = [
  [1, 2, 3, 1, 1],
  [2, 2, 3, 2, 2],
  [2, 1, 3, 3, 3],
  [3, 2, 3, 4, 4],
  [3, 1, 2, 5, 5],
  [1, 2, 2, 1, 1],
  [2, 2, 2, 2, 4],
  [2, 1, 1, 5, 5],
  [1, 3, 2, 1, 1],
  [2, 3, 2, 1, 4],
  [2, 3, 1, 1, 5],
  [3, 3, 2, 2, 5],
  [3, 2, 1, 5, 5],
] as const

test('the thirteen published cases stand where they were published, ties and violations counted', () => {
  const table = ['z2,y,z1', ...CASES.map(([y, z1, z2]) => `${z2},${y},${z1}`)].join('\n')
  const { code, out } = rungs(['-', '--self', 'y', '--order', 'z1,z2', '--json'], table)
  expect(code).toBe(0)
  const found = JSON.parse(out) as {
    persons: { from: number; to: number }[]
    order: { tieRate: number; violationRate: number }
  }
  expect(found.persons.map(({ from, to }) => [from, to])).toEqual(CASES.map(([, , , from, to]) => [from, to]))
  expect(found.order.tieRate).toBeCloseTo(3 / 13, 12)
  expect(found.order.violationRate).toBeCloseTo(5 / 13, 12)
}, 60_000)

test('the terminal says the rates before the ranks, and how many rows lack an answer', () => {
  const { code, out } = rungs(['-'], 'person,self,low,high\nann,2,1,3\nben,,1,3\ncem,3,4,2\n')
  expect(code).toBe(0)
  expect(out).toContain('1 of 3 rows lack an answer')
  expect(out.indexOf('violations')).toBeLessThan(out.indexOf('ann'))
  expect(out).toMatch(/ann\s+2\s+3/)
  expect(out).toMatch(/cem\s+3\s+1-5/)
}, 60_000)

test('what is no number is refused with its line and column', () => {
  const { code, err } = rungs(['-'], 'self,v\n3,often\n')
  expect(code).toBe(2)
  expect(err).toContain('line 2, column v')
}, 60_000)
