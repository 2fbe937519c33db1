// What the engine refuses, and what it measures with the reason that it is wide: never an infinite or silent number.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { read, refusal, run, sample } from '../../../test/measured-samples.ts'
import { measure, parseRatingRows } from './measure.ts'
import type { RatingRow } from './ratings.ts'

test('every refusal has its code and says what is missing', () => {
  const list = sample(50)
  const first = list[0]!
  expect(refusal([])).toBe('no-ratings')
  expect(refusal([{ ...first, score: 2.5 }])).toBe('score-not-integer')
  expect(refusal([{ ...first, score: NaN }])).toBe('score-not-integer')
  expect(parseRatingRows([{ ...first, score: 9 }], { lowest: 0, highest: 3 })).toMatchObject({
    ok: false,
    refusals: [{ code: 'score-out-of-scale' }],
  })
  expect(refusal([{ ...first, weight: -1 }, ...list])).toBe('weight-invalid')
  expect(refusal([...list, first])).toBe('duplicate-rating')
  expect(refusal(list.filter((row) => row.item === 'item-0'))).toBe('one-item')
  expect(refusal(list.map((row) => ({ ...row, score: 3 })))).toBe('all-extreme')
  expect(
    refusal(
      list.map((row) => ({ ...row, score: row.item === 'item-0' ? 0 : row.score! })),
      { steps: 'pcm' },
    ),
  ).toBe('extreme-item')
  expect(refusal(list.map((row, at) => ({ ...row, weight: 1 + (at % 2) })))).toBe('weights-differ-in-block')
  const split = list.filter(
    (row) => (Number(row.person.slice(7)) % 2 === 0) === ['item-0', 'item-1'].includes(row.item),
  )
  expect(refusal(split)).toBe('items-not-linked')
  const many = { ...read(list), score: new Uint8Array(10_000_000) }
  const result = measure(many)
  expect(result).toMatchObject({ ok: false, refusals: [{ code: 'too-many-ratings' }] })
  const collided = read(list)
  expect(measure({ ...collided, raterIds: collided.raterIds.map(() => 'same') })).toMatchObject({
    ok: false,
    refusals: [{ code: 'duplicate-id' }],
  })
})

test('hard cases give finite measures with the reason they are wide', () => {
  const list = sample(60, { perPerson: 3 })
  const oneRater = run(list.filter((row) => row.rater === list[0]!.rater))
  expect(oneRater.cautions.map((one) => one.code)).toContain('few-raters')
  const praised = run(list.map((row) => (row.person === 'person-3' ? { ...row, score: 3 } : row)))
  const top = praised.persons.find((one) => one.id === 'person-3')!
  expect(top.wide).toContain('all-ratings-highest')
  const unused = run(list.map((row) => ({ ...row, score: row.score === 2 ? 3 : row.score! })))
  expect(unused.cautions.map((one) => one.code)).toContain('category-unused')
  for (const m of [oneRater, praised, unused]) {
    const numbers = [...m.persons, ...m.raters, ...m.items].flatMap((one) => [
      one.measure,
      one.se,
      one.infit,
      one.outfit,
      one.fairAverage,
    ])
    expect([...numbers, ...m.steps.map((one) => one.measure)].every(Number.isFinite)).toBe(true)
  }
})

test('any small set of ratings is measured finitely or refused, by every estimator', () => {
  const row = fc.record({
    person: fc.constantFrom('a', 'b', 'c'),
    rater: fc.constantFrom('x', 'y', 'z'),
    item: fc.constantFrom('i', 'j', 'k'),
    score: fc.integer({ min: 0, max: 3 }),
  })
  const distinct = fc.uniqueArray(row, {
    selector: (one) => `${one.person}${one.rater}${one.item}`,
    maxLength: 27,
  })
  fc.assert(
    fc.property(
      distinct,
      fc.constantFrom('cml', 'jml', 'jml-eps', 'mml'),
      fc.constantFrom('rsm', 'pcm'),
      (list, estimator, steps) => {
        const parsed = parseRatingRows(list)
        if (!parsed.ok) return
        const result = measure(parsed.value, { estimator, steps, bias: ['person-rater', 'rater-item'] })
        if (!result.ok) {
          expect(result.refusals[0]!.missing.length).toBeGreaterThan(0)
          return
        }
        const m = result.value
        const numbers = [...m.persons, ...m.raters, ...m.items].flatMap((one) => [
          one.measure,
          one.se,
          one.infit,
          one.infitZ,
          one.outfit,
          one.fairAverage,
        ])
        expect(
          [...numbers, ...m.bias.flatMap((one) => [one.bias, one.se, one.q])].every(Number.isFinite),
        ).toBe(true)
        expect(m.summary.gradient).toBeLessThanOrEqual(1e-8)
      },
    ),
    { numRuns: process.env['RUNGS_VERIFY'] ? 5000 : 150, seed: 7 },
  )
})

const list = sample(60)
const first = list[0]!
const sole = (row: RatingRow) => Number(row.rater.slice(6)) === Number(row.person.slice(7)) % 12
const hostile: readonly (readonly [string, readonly RatingRow[], cml: string, jml: string, mml: string])[] = [
  [
    'one person',
    list.filter((row) => row.person === first.person),
    'no-dyad-effect',
    'measured',
    'no-person-spread',
  ],
  ['one rater', list.filter((row) => row.rater === 'rater-1'), 'few-raters', 'few-raters', 'few-raters'],
  [
    'two raters',
    list.filter((row) => ['rater-1', 'rater-2'].includes(row.rater)),
    'few-raters',
    'few-raters',
    'few-raters',
  ],
  [
    'each person judged by one rater of their own',
    list.filter(sole),
    'disconnected',
    'disconnected',
    'no-person-spread',
  ],
  [
    'two groups that nothing links',
    [...list, ...sample(2).map((row) => ({ ...row, person: `b${row.person}`, rater: `b${row.rater}` }))],
    'disconnected',
    'disconnected',
    'disconnected',
  ],
  [
    'items in two halves of the scale',
    list.map((row) => ({
      ...row,
      score: (['item-0', 'item-1'].includes(row.item) ? 2 : 0) + (row.score! > 1 ? 1 : 0),
    })),
    'weak-prior',
    'separated',
    'separated',
  ],
  [
    'a category only in one block of equal scores',
    list.map((row) => ({
      ...row,
      score: row.person === first.person && row.rater === first.rater ? 3 : Math.min(row.score!, 2),
    })),
    'empty-category',
    'category-rare',
    'category-rare',
  ],
  [
    'a category that nobody uses',
    list.map((row) => ({ ...row, score: row.score === 2 ? 3 : row.score! })),
    'category-unused',
    'category-unused',
    'category-unused',
  ],
  [
    'an item with one score for all',
    list.map((row) => ({ ...row, score: row.item === 'item-0' ? 3 : Math.min(row.score!, 2) })),
    'extreme-item',
    'all-extreme',
    'extreme-item',
  ],
  ['all highest', list.map((row) => ({ ...row, score: 3 })), 'all-extreme', 'one-category', 'one-category'],
  ['all lowest', list.map((row) => ({ ...row, score: 0 })), 'all-extreme', 'one-category', 'one-category'],
  [
    'weights that are all nothing',
    list.map((row) => ({ ...row, weight: 0 })),
    'all-extreme',
    'one-category',
    'one-category',
  ],
  ['one rating', [first], 'one-item', 'one-category', 'one-category'],
  ['a rating given twice', [...list, first], 'duplicate-rating', 'duplicate-rating', 'duplicate-rating'],
  ['a person without an id', [{ ...first, person: ' ' }, ...list], 'unreadable', 'unreadable', 'unreadable'],
  ['half a score', [{ ...first, score: 1.5 }], 'score-not-integer', 'score-not-integer', 'score-not-integer'],
  ['no number', [{ ...first, score: NaN }], 'score-not-integer', 'score-not-integer', 'score-not-integer'],
  [
    'an infinite score',
    [{ ...first, score: Infinity }],
    'score-not-integer',
    'score-not-integer',
    'score-not-integer',
  ],
  [
    'a score far off the scale',
    [{ ...first, score: 1e6 }, ...list.slice(1)],
    'score-out-of-scale',
    'score-out-of-scale',
    'score-out-of-scale',
  ],
]

for (const steps of ['rsm', 'pcm'] as const) {
  for (const estimator of ['cml', 'jml', 'jml-eps', 'mml'] as const) {
    test.each(hostile)(
      `%s is refused or measured finitely (${estimator}, ${steps})`,
      (_, rows, cml, jml, mml) => {
        const parsed = parseRatingRows(rows)
        const result = parsed.ok ? measure(parsed.value, { estimator, steps }) : parsed
        const said = result.ok
          ? ['measured', ...result.value.cautions.map((one) => one.code)]
          : result.refusals.map((one) => one.code)
        if (steps === 'rsm' && estimator !== 'jml-eps') expect(said).toContain({ cml, jml, mml }[estimator])
        if (!result.ok) {
          expect(result.refusals[0]!.missing.length).toBeGreaterThan(10)
          return
        }
        const { persons, raters, items, steps: thresholds } = result.value
        for (const one of [...persons, ...raters, ...items, ...thresholds]) {
          expect(Math.abs(one.measure)).toBeLessThan(30)
          expect(one.se).toBeGreaterThanOrEqual(0)
          expect(one.se).toBeLessThan(50)
        }
        expect(persons.every((one) => one.se > 0.05)).toBe(true)
      },
    )
  }
}

test('ten million ratings are refused before anything is built from them', () => {
  const rows = new Array<RatingRow>(10_000_000)
  expect(parseRatingRows(rows)).toMatchObject({ ok: false, refusals: [{ code: 'too-many-ratings' }] })
})

test('a small crossed set whose steps have no finite estimate is measured with the reason that it is wide', () => {
  const scores: Record<string, Record<string, readonly number[]>> = {
    ann: { bo: [3, 3, 3], cy: [4, 2, 2], harsh: [2, 1, 1] },
    ben: { bo: [3, 4, 4], cy: [4, 3, 3], harsh: [1, 2, 0] },
    cem: { bo: [1, 2, 1], cy: [2, 1, 2], harsh: [1, 1, 1] },
    dia: { bo: [4, 4, 4], cy: [4, 3, 3], harsh: [2, 3, 2] },
  }
  const rows = Object.entries(scores).flatMap(([person, by]) =>
    Object.entries(by).flatMap(([rater, of]) =>
      of.map((score, i) => ({ person, rater, item: ['design', 'code', 'debug'][i]!, score })),
    ),
  )
  for (const steps of ['rsm', 'pcm'] as const) {
    const read = parseRatingRows(rows, { lowest: 0, highest: 4 })
    const run = read.ok ? measure(read.value, { steps }) : read
    if (!run.ok) throw new Error(run.refusals[0]!.message)
    expect(run.value.cautions.map((one) => one.code)).toContain('weak-prior')
    expect(run.value.summary.gradient).toBeLessThanOrEqual(1e-8)
    for (const step of run.value.steps) expect(step.se).toBeLessThan(3)
    const harsh = run.value.raters.find((one) => one.id === 'harsh')!
    expect(harsh.measure - 2 * harsh.se).toBeGreaterThan(-1)
    expect(run.value.raters.every((one) => one.measure <= harsh.measure)).toBe(true)
    // Wide, and said so: nobody's interval is narrower than two logits.
    for (const person of run.value.persons) expect(person.se).toBeGreaterThan(0.5)
  }
})
