// The script before everything can be read by any Node.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'acorn'
import { expect, test } from 'vitest'
import { packageRoot } from '../src/platform/package-root.ts'

test('prepare.cjs is JavaScript of 2009, which an old Node reads up to the sentence that it is too old', () => {
  const source = readFileSync(join(packageRoot, 'scripts/prepare.cjs'), 'utf8')
  expect(() => parse(source, { ecmaVersion: 5, sourceType: 'script' })).not.toThrow()
  expect(() => parse('const newer = 1', { ecmaVersion: 5 })).toThrow()
})
