// Facts over time: what holds on a day, as known at a moment, and how a change and an end are written down.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { asOf, changeFrom, endFrom, holdsOn, overlaps, type Stretch } from './dated.ts'
import { addDays, dayOf, daysBetween, fromParts, isDay } from './day.ts'

test.each(['2024-02-29', '2026-12-31', '0001-01-01'])('%s is a day', (day) => expect(isDay(day)).toBe(true))
test.each(['2023-02-29', '2024-13-01', '2024-1-1', '24-01-01', '2024-00-10', ''])('%j is none', (day) =>
  expect(isDay(day)).toBe(false),
)

test('days are counted across leap days and years', () => {
  expect(addDays('2024-02-28', 2)).toBe('2024-03-01')
  expect(addDays('2026-01-01', -1)).toBe('2025-12-31')
  expect(daysBetween('2024-01-01', '2025-01-01')).toBe(366)
  expect(fromParts(2025, 4, 31)).toBeUndefined()
})

test('the day of a moment depends on the time zone', () => {
  const moment = new Date('2026-03-01T20:00:00Z')
  expect(dayOf(moment, 'UTC')).toBe('2026-03-01')
  expect(dayOf(moment, 'Asia/Shanghai')).toBe('2026-03-02')
  expect(() => dayOf(moment, 'Mars/Olympus')).toThrow(RangeError)
})

test('a corrected fact is still what was known before its correction', () => {
  const facts = [
    {
      from: '2026-01-01',
      to: null,
      recordedAt: '2026-01-05T00:00:00Z',
      correctedAt: '2026-02-01T00:00:00Z',
      unit: 'a',
    },
    { from: '2026-01-01', to: null, recordedAt: '2026-02-01T00:00:00Z', correctedAt: null, unit: 'b' },
  ]
  const units = (day: string, known?: string) => asOf(facts, day, known).map(({ unit }) => unit)
  expect(units('2026-01-20')).toEqual(['b'])
  expect(units('2026-01-20', '2026-01-20T00:00:00Z')).toEqual(['a'])
  expect(units('2026-01-20', '2026-02-01T00:00:00Z')).toEqual(['b'])
  expect(units('2026-01-20', '2026-01-01T00:00:00Z')).toEqual([])
  expect(units('2025-12-31')).toEqual([])
})

const START = '2026-01-01'
const valueOn = (line: readonly Stretch<string>[], day: string) =>
  line.filter((one) => holdsOn(one, day)).map(({ value }) => value)
const after = (
  line: readonly Stretch<string>[],
  revision: ReturnType<typeof changeFrom<Stretch<string>>>,
) => [...line.filter((one) => !revision.corrected.includes(one)), ...revision.added]

/** A line of stretches with and without gaps, from lengths and values. */
const lineArbitrary = fc
  .array(
    fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 1, max: 9 }), fc.constantFrom('a', 'b', 'c')),
    {
      maxLength: 6,
    },
  )
  .chain((parts) =>
    fc.boolean().map((open) => {
      let at = 0
      return parts.map(([gap, length, value], index): Stretch<string> => {
        const from = addDays(START, at + gap)
        at += gap + length
        return { from, to: open && index === parts.length - 1 ? null : addDays(START, at), value }
      })
    }),
  )

test('a change holds from its day until what held would have ended, and nothing else moves', () => {
  fc.assert(
    fc.property(
      lineArbitrary,
      fc.integer({ min: 0, max: 60 }),
      fc.constantFrom('a', 'd', null),
      (line, offset, value) => {
        const day = addDays(START, offset)
        const changed = after(line, changeFrom(line, day, value))
        const current = line.find((one) => holdsOn(one, day))
        const next = line
          .filter(({ from }) => from > day)
          .map(({ from }) => from)
          .sort()[0]
        const end = current ? current.to : (next ?? null)
        for (let at = 0; at < 80; at++) {
          const on = addDays(START, at)
          const inside = on >= day && (end === null || on < end)
          const expected =
            inside && (current !== undefined || value !== null)
              ? value === null
                ? []
                : [value]
              : valueOn(line, on)
          expect(valueOn(changed, on)).toEqual(expected)
        }
        for (const [index, one] of changed.entries())
          for (const other of changed.slice(index + 1)) expect(overlaps(one, other)).toBe(false)
      },
    ),
    { seed: 11, numRuns: 300 },
  )
})

test('an end leaves everything before it and nothing after it', () => {
  fc.assert(
    fc.property(lineArbitrary, fc.integer({ min: 0, max: 60 }), (line, offset) => {
      const day = addDays(START, offset)
      const ended = after(line, endFrom(line, day))
      for (let at = 0; at < 80; at++) {
        const on = addDays(START, at)
        expect(valueOn(ended, on)).toEqual(on < day ? valueOn(line, on) : [])
      }
    }),
    { seed: 12, numRuns: 300 },
  )
})
