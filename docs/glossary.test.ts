// The glossary and the code say the same words: no name without code, no type of the model without a word.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { packageRoot } from '../src/platform/package-root.ts'

const EXPORT =
  /^export (?:declare )?(?:async )?(?:abstract )?(?:type|interface|const|function|class|enum) (\w+)/gm
/** What people write, before defaults are filled in: the same word as Framework. */
const SAME_WORD = new Set(['FrameworkInput'])

const glossary = readFileSync(join(packageRoot, 'docs/glossary.md'), 'utf8')
const rows = [...glossary.matchAll(/^\| ([a-z][\w ,]*) \| `(\w+)` \| (.+) \|$/gm)].map(
  ([, word, name, meaning]) => ({
    word: word ?? '',
    name: name ?? '',
    meaning: meaning ?? '',
  }),
)

function listExports(folder: string): string[] {
  const files = readdirSync(join(packageRoot, folder), { recursive: true, encoding: 'utf8' })
  return files
    .filter((file) => /\.tsx?$/.test(file) && !file.includes('.test.'))
    .flatMap((file) => exportsOf(join(folder, file)))
}

function exportsOf(file: string): string[] {
  return [...readFileSync(join(packageRoot, file), 'utf8').matchAll(EXPORT)].map(([, name]) => name ?? '')
}

test('the glossary has been read', () => {
  expect(rows.length).toBeGreaterThan(30)
  expect(new Set(rows.map(({ word }) => word)).size).toBe(rows.length)
})

test('every word that has a name in the code is exported by the core or a feature', () => {
  const names = new Set([...listExports('src/core'), ...listExports('src/features')])
  expect(rows.filter(({ name }) => !names.has(name))).toEqual([])
})

test('every type of the framework model has its row', () => {
  const types = readFileSync(join(packageRoot, 'src/core/framework/model.ts'), 'utf8').matchAll(
    /^export type (\w+)/gm,
  )
  const named = new Set(rows.map(({ name }) => name))
  expect(
    [...types].map(([, name]) => name ?? '').filter((name) => !named.has(name) && !SAME_WORD.has(name)),
  ).toEqual([])
})

test('a word is explained by a sentence of its own', () => {
  expect(rows.filter(({ meaning }) => !/^[A-Z].{20,}\.$/.test(meaning))).toEqual([])
})
