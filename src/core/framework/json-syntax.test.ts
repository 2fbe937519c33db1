// Faults of JSON are said in JSON's words, with the place and what was expected there.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatFault } from './fault.ts'
import { findJsonFault } from './json-syntax.ts'
import { parseFramework } from './parse.ts'

const fault = (text: string) => findJsonFault(text)

test.each([
  ['{"a": 1', 7, '"," or "}"', 'the end of the file, as if it were cut off', ['a']],
  ['{"a": [1, 2', 11, '"," or "]"', 'the end of the file, as if it were cut off', ['a', 1]],
  [
    '{"a": {"b": "half of a te',
    25,
    'the closing quote of a text',
    'the end of the file, as if it were cut off',
    ['a', 'b'],
  ],
  ['{"a": 1,', 8, 'a key in double quotes', 'the end of the file, as if it were cut off', ['a']],
  ['{"a"', 4, '":" after the key', 'the end of the file, as if it were cut off', ['a']],
  ["{'a': 1}", 1, 'a key in double quotes, or "}"', '"\'"', []],
  ['{"a": 1,}', 8, 'a key in double quotes', '"}"', ['a']],
  ['{"a": 1 "b": 2}', 8, '"," or "}"', '"\\""', ['a']],
  ['{} x', 3, 'nothing after the last bracket', '"x"', []],
] as const)('%s', (text, offset, expected, got, path) => {
  expect(fault(text)).toMatchObject({ offset, expected, got, path })
  expect(fault(text)!.from).toBeLessThanOrEqual(offset)
})

test('a word that was cut off is no value', () => {
  expect(fault('{"a": tru')).toMatchObject({ offset: 6, got: '"tru"', path: ['a'] })
  expect(fault('{"a": nul}')).toMatchObject({ offset: 6, expected: expect.stringContaining('a value') })
})

test('it finds a fault exactly where JSON.parse does', () => {
  const isJson = (text: string): boolean => {
    try {
      JSON.parse(text)
      return true
    } catch {
      return false
    }
  }
  fc.assert(
    fc.property(fc.json(), fc.nat(), fc.string({ maxLength: 2 }), (text, at, put) => {
      const place = at % (text.length + 1)
      for (const changed of [text, text.slice(0, place), text.slice(0, place) + put + text.slice(place + 1)])
        expect(fault(changed) === undefined, changed).toBe(isJson(changed))
    }),
    { seed: 20261121, numRuns: process.env['RUNGS_VERIFY'] ? 20_000 : 500 },
  )
})

test('a framework in JSON that is cut off is told so with its place, and in no word of YAML', () => {
  const whole = JSON.stringify(
    { rungs: 1, id: 'cut', version: '1.0.0', title: 'Cut', roles: [{ id: 'a' }] },
    null,
    2,
  )
  for (const length of [20, 40, 60, whole.length - 3]) {
    const { framework, faults } = parseFramework(whole.slice(0, length), { file: 'ladder.json' })
    expect(framework).toBeUndefined()
    const first = faults![0]!
    expect(formatFault(first)).toMatch(/^ladder\.json:\d+:\d+ FW003 .*expected .*got /)
    expect(formatFault(first)).not.toMatch(/YAML|flow|block|scalar|implicit|collection/i)
    expect(first.got).toMatch(/cut off|^"/)
  }
})
