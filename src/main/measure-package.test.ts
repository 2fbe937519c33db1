// The engine as other programs use it: the five lines of its page run as they stand there.
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { exampleRatings } from '../core/measure/example-ratings.ts'
import { measure } from '../core/measure/measure.ts'
import { parseRatingRows } from '../core/measure/ratings.ts'
import { packageRoot } from '../platform/package-root.ts'

test('the five-line example of docs/guide/measure.md gives the measures of the core', async () => {
  const guide = readFileSync(join(packageRoot, 'docs/guide/measure.md'), 'utf8')
  const example = /```js\n([\s\S]*?)```/.exec(guide)?.[1] ?? ''
  expect(example.trim().split('\n')).toHaveLength(5)
  const rows = exampleRatings({ persons: 12, items: ['one', 'two'] }).filter((row) => row.group !== 'self')
  const folder = mkdtempSync(join(tmpdir(), 'rungs-package-'))
  try {
    const file = join(folder, 'ratings.csv')
    writeFileSync(
      file,
      [
        'person,rater,item,score',
        ...rows.map((row) => [row.person, row.rater, row.item, row.score].join(',')),
      ].join('\n'),
    )
    const code = example
      .replace("'ratings.csv'", JSON.stringify(file))
      .replace('console.log(', 'process.stdout.write(JSON.stringify(')
      .replace(/\)\s*$/, '))')
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', code], {
      cwd: packageRoot,
      timeout: 30_000,
    })
    const found = JSON.parse(stdout) as { id: string; measure: number }[]
    const parsed = parseRatingRows(
      rows.map(({ person, rater, item, score }) => ({ person, rater, item, score })),
    )
    const core = parsed.ok ? measure(parsed.value) : parsed
    if (!core.ok) throw new Error('refused')
    expect(found.map(({ id }) => id)).toEqual(core.value.persons.map(({ id }) => id))
    for (const [k, { measure: theirs }] of found.entries())
      expect(theirs).toBeCloseTo(core.value.persons[k]!.measure, 9)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
