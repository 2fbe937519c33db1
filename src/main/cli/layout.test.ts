// Text in columns: nothing is lost, nothing is wider than the page, Chinese counts two columns a character.
import fc from 'fast-check'
import { expect, test } from 'vitest'

import type { Location } from '../../core/growth/model.ts'
import { columns } from './output.ts'
import { clean, fit, paragraph, wrap } from './layout.ts'
import { ruler, RULER_WIDTH } from './ruler.ts'

const RUNS = process.env['RUNGS_VERIFY'] ? 10_000 : 300
const textArbitrary = fc
  .array(fc.constantFrom('读', '懂', '，', '。', ' ', 'and', 'levels', '（', '）', '3.4', '“', '”'), {
    maxLength: 60,
  })
  .map((parts) => clean(parts.join('')))

test('wrapping keeps every character and the width, but for a mark that must not begin a line', () => {
  fc.assert(
    fc.property(textArbitrary, fc.integer({ min: 20, max: 60 }), (text, width) => {
      const lines = wrap(text, width)
      expect(lines.join('').replaceAll(/\s/g, '')).toBe(text.replaceAll(/\s/g, ''))
      for (const line of lines.slice(1)) expect(line).not.toMatch(/^[，。）”]/)
      const longest = Math.max(...text.split(/[读懂\s，。（）“”]/).map(columns))
      for (const line of lines)
        expect(columns(line.replaceAll(/[，。）”（“]/g, ''))).toBeLessThanOrEqual(Math.max(width, longest))
    }),
    { seed: 20260403, numRuns: RUNS },
  )
})

test('a paragraph is indented under its first line, colours left out of the count', () => {
  expect(paragraph('one two three four five six', '  1. ', 26)).toBe('  1. one two three four\n     five six')
  expect(paragraph('\u001B[2mone two three four\u001B[22m', '', 20)).toBe(
    '\u001B[2mone two three four\u001B[22m',
  )
})

test('a title is cut or filled to its columns, and control characters never reach the terminal', () => {
  expect(fit('可靠性与运维', 8)).toBe('可靠性… ')
  expect(fit('Security', 10)).toBe('Security  ')
  expect(clean('a\u001B[31mb\u202Ec\n d')).toBe('a\uFFFD[31mb\uFFFDc d')
})

test('a ruler always has its width, one dot, and an open ring for what is not known', () => {
  const level = fc.double({ min: -1, max: 12, noNaN: true })
  fc.assert(
    fc.property(
      fc.array(level, { minLength: 5, maxLength: 5 }),
      fc.integer({ min: 1, max: 10 }),
      fc.boolean(),
      level,
      (values, levels, known, bar) => {
        const [low90, low50, at, high50, high90] = values.toSorted((a, b) => a - b) as [
          number,
          number,
          number,
          number,
          number,
        ]
        const location = {
          level: at,
          interval50: [low50, high50] as [number, number],
          interval90: [low90, high90] as [number, number],
          beyond: { level: null, interval50: [null, null], interval90: [null, null] } as Location['beyond'],
          mean: 0,
          sd: 1,
        }
        const line = ruler(location, { levels, known, bar })
        expect(columns(line)).toBe(RULER_WIDTH)
        expect([...line].filter((mark) => (known ? '●◉' : '○').includes(mark))).toHaveLength(1)
      },
    ),
    { seed: 20260404, numRuns: RUNS },
  )
  const location = {
    level: 2,
    interval50: [1.6, 2.4] as [number, number],
    interval90: [1, 3] as [number, number],
    beyond: { level: null, interval50: [null, null], interval90: [null, null] } as Location['beyond'],
    mean: 0,
    sd: 1,
  }
  expect(ruler(location, { levels: 5, known: true, bar: 4 })).toBe('·    ───━━●━━───    │    ·')
})
