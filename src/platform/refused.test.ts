// Everything that a screen may be refused with has a code, and words in each language: no sentence of the server's own.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { REFUSALS_EN, type RefusalCode } from '../core/refusals/words-en.ts'
import { REFUSALS_ZH_HANS } from '../core/refusals/words-zh-hans.ts'
import { RungsError } from './errors.ts'
import { packageRoot } from './package-root.ts'
import { invalid, notFound, refused } from './refused.ts'

/** Whatever answers a request. Starting, backups and files tell operators alone, in English. */
const ANSWERS = [
  'src/features',
  'src/platform/http',
  'src/platform/live',
  'src/platform/audit',
  'src/main/team.ts',
]
const OPERATORS = /[\\/](listen|whole-text)\.ts$/

function sources(place: string): string[] {
  if (place.endsWith('.ts')) return [place]
  return readdirSync(join(packageRoot, place), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => join(place, file))
}

const read = (file: string) => readFileSync(join(packageRoot, file), 'utf8')

test('no answer to a request is refused with a sentence alone', () => {
  const files = ANSWERS.flatMap(sources).filter((file) => !OPERATORS.test(file))
  expect(files.length).toBeGreaterThan(80)
  expect(files.filter((file) => /new (RungsError|ORPCError)\(\s*'/.test(read(file)))).toEqual([
    // What nobody expected: told to nobody.
    join('src/platform/http/endpoints.ts'),
  ])
})

test('every code is thrown somewhere', () => {
  const text = ['src/features', 'src/platform', 'src/main/team.ts'].flatMap(sources).map(read).join('\n')
  const unused = Object.keys(REFUSALS_EN).filter((code) => {
    const thing = /^no-(.+)$/.exec(code)?.[1]
    return !text.includes(`'${code}'`) && !(thing && text.includes(`notFound('${thing}'`))
  })
  expect(unused).toEqual([])
})

test('each code has a whole sentence in each language', () => {
  for (const [code, words] of Object.entries(REFUSALS_EN)) expect(words, code).toMatch(/^[A-Z{].*[.}]$/)
  for (const [code, words] of Object.entries(REFUSALS_ZH_HANS)) {
    expect(words, code).toMatch(/[。}]$/)
    expect(words, code).not.toMatch(/\p{Script=Han}[,:;()!?]|[,;:!?]\p{Script=Han}|。\s/u)
  }
  expect(Object.keys(REFUSALS_ZH_HANS)).toEqual(Object.keys(REFUSALS_EN))
})

test('an error carries the code and what it tells beside its message in English', () => {
  const error = refused('conflict', 'unit-not-empty', { day: '2026-03-31', people: 1, units: 0 })
  expect(error).toBeInstanceOf(RungsError)
  expect(error.message).toBe(
    'After 2026-03-31 this unit still has 1 person and no units right below it: move them first.',
  )
  expect(error.data).toEqual({
    ...{ faults: [], refusal: 'unit-not-empty' },
    values: { day: '2026-03-31', people: 1, units: 0 },
  })
  const field = invalid('closesOn', 'after-today')
  expect(field.message).toBe('closesOn: Expected a day after today.')
  expect(field.faults).toEqual([{ path: 'closesOn', message: 'Expected a day after today.' }])
  expect(notFound('role-variant', 'head loud')).toMatchObject({
    ...{ kind: 'notFound', message: 'There is no role variant "head loud".' },
    refusal: { code: 'no-role-variant' satisfies RefusalCode },
  })
})
