// Input made to harm: refused in bounded time with a message that names the place; nothing makes parse throw.
import fc from 'fast-check'
import { expect, test } from 'vitest'

import { formatFault } from './fault.ts'
import { SMALL } from './fixture.ts'
import { parseFramework } from './parse.ts'
import { reformatText } from './reformat.ts'

/** Faults as code:line:column, and the milliseconds that parsing took. */
function timed(source: string): { codes: string[]; milliseconds: number } {
  const start = performance.now()
  const { faults } = parseFramework(source)
  return {
    milliseconds: performance.now() - start,
    codes: (faults ?? []).map((fault) => `${fault.code}:${fault.line}:${fault.column}`),
  }
}

test('a 50 MB text is refused at once', () => {
  const { codes, milliseconds } = timed('a'.repeat(50_000_000))
  expect(codes).toEqual(['FW001:1:1'])
  expect(milliseconds).toBeLessThan(200)
})

test('an alias bomb is refused at the alias that goes too far', () => {
  const bomb = [
    'a0: &a0 [x, x, x, x, x, x, x, x, x, x]',
    ...Array.from(
      { length: 12 },
      (_, index) => `a${index + 1}: &a${index + 1} [${Array(10).fill(`*a${index}`).join(', ')}]`,
    ),
  ].join('\n')
  const { codes, milliseconds } = timed(bomb)
  expect(codes).toContainEqual(expect.stringMatching(/^FW005:/))
  expect(milliseconds).toBeLessThan(1000)
})

test('aliases that lead to themselves or to nothing are faults', () => {
  expect(timed('title: &t [*t]\n').codes).toContain('FW005:1:12')
  expect(timed('title: *nowhere\n').codes.some((code) => /^FW00[35]:1:8$/.test(code))).toBe(true)
})

test('ordinary aliases are welcome', () => {
  const source = SMALL.replace('tracks: [technical]', 'tracks: &both [technical]').replace(
    'tracks: [technical]',
    'tracks: *both',
  )
  expect(parseFramework(source).framework).toEqual(parseFramework(SMALL).framework)
})

test('a key that stands twice is a fault at the second place, and the rest is still checked', () => {
  const source = SMALL.replace('id: small\n', 'id: small\nid: other\n').replace(
    'to: architect',
    'to: architct',
  )
  expect(timed(source).codes).toEqual(['FW004:4:1', 'FW020:52:29'])
})

test('keys that would reach into JavaScript objects are refused', () => {
  expect(timed('__proto__: { rungs: 1 }\n').codes).toContain('FW007:1:1')
  expect(
    parseFramework(SMALL.replaceAll('id: security', 'id: constructor')).faults?.map((fault) => fault.code),
  ).toContain('FW015')
  expect(({} as Record<string, unknown>)['rungs']).toBeUndefined()
})

test('NUL, escaped NUL and half surrogates are refused with their place', () => {
  expect(timed('rungs: 1\nid: a\0b\n').codes).toEqual(['FW002:2:6'])
  expect(timed('rungs: 1\nid: a\uD800b\n').codes).toEqual(['FW002:2:6'])
  expect(timed(SMALL.replace('en: Architect', 'en: "Archi\\0tect"')).codes).toEqual(['FW002:43:18'])
})

test('a tab as indentation, a second document and tags are faults with their line', () => {
  expect(timed('rungs: 1\ntitle:\n\ten: a\n').codes[0]).toMatch(/^FW003:3:/)
  expect(timed(`${SMALL}---\nrungs: 1\n`).codes[0]).toMatch(/^FW003:5\d:/)
  expect(timed(SMALL.replace('id: small', 'id: !!js/function "x"')).codes[0]).toMatch(/^FW003:3:/)
})

test('what stands after the damage is not reported as missing or unknown', () => {
  const source = SMALL.replace('areas:\n', 'areas: [\n').replace('version: 1.0.0', 'version: 1')
  const faults = parseFramework(source).faults ?? []
  expect(faults.map((fault) => fault.code)).toContain('FW003')
  expect(faults.map((fault) => fault.code)).toContain('FW010')
  expect(faults.filter((fault) => ['FW011', 'FW020'].includes(fault.code))).toEqual([])
})

const ATTACKS: Record<string, string> = {
  'nested lists': '['.repeat(1_000_000),
  'nested maps': '{a: '.repeat(200_000),
  'nested dashes': '- '.repeat(200_000),
  'nested questions': '? '.repeat(200_000),
  'deep indentation': Array.from({ length: 2000 }, (_, index) => `${' '.repeat(index)}a:`).join('\n'),
  'a closed tower': `${'['.repeat(3000)}${']'.repeat(3000)}`,
  'many keys': Array.from({ length: 50_000 }, (_, index) => `k${index}: 1`).join('\n'),
  'one key often': 'a: 1\n'.repeat(50_000),
  'many anchors': Array.from({ length: 50_000 }, (_, index) => `- &a${index} x\n- *a${index}`).join('\n'),
  'many tags': '- !a b\n'.repeat(30_000),
  'an endless quote': `"${'a\n'.repeat(500_000)}`,
  'many documents': '---\n'.repeat(300_000),
  'many directives': '%a\n'.repeat(200_000),
  'many colons': ': '.repeat(300_000),
  'a long line': 'a '.repeat(1_000_000),
  'a wide list': `rungs: [${'1,'.repeat(100_000)}]`,
  'a million unknown roles': `roles:\n${'- {tracks: [x]}\n'.repeat(10_000)}`,
  'long misspelt ids': `roles: [${Array.from({ length: 3000 }, (_, index) => `{id: ${'a'.repeat(60)}${index}, tracks: [${'b'.repeat(60)}${index}]}`).join(',')}]`,
  'many near ids': `tracks: [${Array.from({ length: 3000 }, (_, index) => `{id: ${'a'.repeat(50)}${index}}`).join(',')}]\nroles: [${Array.from({ length: 3000 }, (_, index) => `{id: r${index}, tracks: [${'a'.repeat(49)}${index}]}`).join(',')}]`,
}

test.each(Object.entries(ATTACKS))(
  '%s are refused within seconds',
  (_, source) => {
    const { codes, milliseconds } = timed(source)
    expect(codes.length).toBeGreaterThan(0)
    expect(codes.length).toBeLessThanOrEqual(1001)
    expect(milliseconds).toBeLessThan(10_000)
  },
  30_000,
)

test('faults beyond the limit are counted, not listed', () => {
  const { faults } = parseFramework(`roles:\n${'- {tracks: [x]}\n'.repeat(2000)}`, { maxFaults: 10 })
  expect(faults).toHaveLength(11)
  expect(faults?.at(-1)?.got).toMatch(/^\d{4} more than are listed$/)
})

const RUNS = process.env['RUNGS_VERIFY'] ? 100_000 : 300
const pieces = fc.constantFrom(
  ...SMALL.split(/(?<=[\s{}[\],:])/),
  '&a',
  '*a',
  '- ',
  '? ',
  '|\n',
  '"',
  "'",
  '\t',
  '\0',
  '<<',
  '!!',
  '%',
  '---\n',
  'extends: ./x.yaml\n',
  'remove: ',
  'translations: ',
  'null',
  '-1',
  '1e999',
  '.nan',
  '__proto__: ',
  '\uFEFF',
  '\uD800',
)

test('no text makes parse or fmt throw, and every fault has a place in the text', () => {
  const damaged = fc
    .tuple(fc.nat(SMALL.length), fc.nat(60), fc.array(pieces, { maxLength: 4 }))
    .map(([at, length, put]) => SMALL.slice(0, at) + put.join('') + SMALL.slice(at + length))
  const any = fc.oneof(
    { weight: 6, arbitrary: damaged },
    { weight: 2, arbitrary: fc.array(pieces, { maxLength: 60 }).map((list) => list.join('')) },
    fc.string({ unit: 'binary' }),
    fc.json(),
  )
  fc.assert(
    fc.property(any, (source) => {
      const { framework, faults } = parseFramework(source, {
        load: (reference) => ({ file: reference, text: source }),
      })
      expect(framework === undefined).toBe(faults !== undefined)
      const lines = source.split(/\r\n|\r|\n/)
      for (const fault of faults ?? []) {
        expect(fault.line).toBeLessThanOrEqual(lines.length)
        expect(fault.column).toBeLessThanOrEqual((lines[fault.line - 1]?.length ?? 0) + 2)
        expect(formatFault(fault)).toMatch(/^[^\s:]+:\d+:\d+ FW\d{3} /)
      }
      reformatText(source)
    }),
    { numRuns: RUNS, seed: 20262 },
  )
}, 1_800_000)
