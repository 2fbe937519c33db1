// Ratings files as people have them, and the refusals that name the place.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseRatingsText, type ReadRatings } from './read-ratings.ts'

function read(text: string, options = {}): ReadRatings {
  const result = parseRatingsText(text, options)
  if (!result.ok) throw new Error(result.refusals.map(({ message }) => message).join('; '))
  return result.value
}

function refusal(text: string, options = {}) {
  const result = parseRatingsText(text, options)
  if (result.ok) throw new Error('expected a refusal')
  return result.refusals[0]!
}

/** Ratings as sorted lines, whatever the order of ids inside. */
const listed = ({ ratings }: ReadRatings) =>
  Array.from(ratings.score, (score, n) =>
    [
      ratings.personIds[ratings.person[n]!],
      ratings.raterIds[ratings.rater[n]!],
      ratings.itemIds[ratings.item[n]!],
      ratings.lowest + score,
    ].join(' '),
  ).toSorted()

const LONG = 'person,rater,item,score\nann,bo,design,3\nann,cy,design,4\nann,bo,code,2\n'
const WIDE = 'ratee\tjudge\tdesign\tcode\nann\tbo\t3\t2\nann\tcy\t4\tno opportunity\n'
const JSON_LINES =
  '{"person":"ann","rater":"bo","scores":{"design":3,"code":2}}\n{"person":"ann","rater":"cy","scores":{"design":4}}\n'

test('long CSV, wide TSV and JSON lines give the same ratings', () => {
  expect(listed(read(LONG))).toEqual(['ann bo code 2', 'ann bo design 3', 'ann cy design 4'])
  expect(listed(read(WIDE))).toEqual(listed(read(LONG)))
  expect(listed(read(JSON_LINES))).toEqual(listed(read(LONG)))
  expect(listed(read(JSON.stringify([{ person: 'ann', rater: 'bo', item: 'code', score: 2 }])))).toEqual([
    'ann bo code 2',
  ])
  expect(read(WIDE)).toMatchObject({ shape: 'wide', missing: 1 })
})

test('columns of other names are named by the caller', () => {
  const text = 'who,by,what,points,kind\nann,bo,design,3,peer\n'
  expect(refusal(text)).toMatchObject({ code: 'columns-unclear', missing: '--facets person=COLUMN' })
  const value = read(text, {
    columns: { person: 'who', rater: 'by', item: 'what', score: 'points', group: 'kind' },
  })
  expect(listed(value)).toEqual(['ann bo design 3'])
  expect(value.ratings.raterGroupIds).toEqual(['peer'])
})

test.each([
  [
    'a fraction',
    LONG.replace(',4', ',4.5'),
    'score-not-integer',
    'line 3, column score: expected an integer score, got "4.5"',
  ],
  [
    'NaN',
    LONG.replace(',4', ',NaN'),
    'score-not-integer',
    'line 3, column score: expected an integer score, got "NaN"',
  ],
  [
    'infinity',
    LONG.replace(',4', ',Infinity'),
    'score-not-integer',
    'line 3, column score: expected an integer score, got "Infinity"',
  ],
  [
    'a word',
    LONG.replace(',4', ',good'),
    'score-not-integer',
    'line 3, column score: expected an integer score, got "good"',
  ],
  [
    'ids that differ by case',
    LONG.replace('ann,cy', 'Ann,cy'),
    'duplicate-id',
    'person ids collide: "ann" and "Ann" differ only by case or spaces',
  ],
  [
    'a word below empty lines',
    LONG.replace('ann,cy', '\n\nann,cy').replace(',4', ',good'),
    'score-not-integer',
    'line 5, column score: expected an integer score, got "good"',
  ],
  [
    'no rater',
    LONG.replace('ann,cy', 'ann,'),
    'columns-unclear',
    'line 3, column rater: expected the rater, got nothing',
  ],
  [
    'a ragged row',
    LONG.replace('ann,cy,design,4', 'ann,cy,4'),
    'unreadable',
    'line 3: 3 cells, the header has 4 (separator ",")',
  ],
  [
    'two rater columns',
    LONG.replace('item', 'judge'),
    'columns-unclear',
    'columns rater and judge could both be the rater',
  ],
  ['a column twice', LONG.replace('item', 'score'), 'columns-unclear', 'line 1: column "score" stands twice'],
  ['only a header', 'person,rater,item,score\n', 'no-ratings', 'the file has no rows below a header line'],
  ['a broken JSON line', `${JSON_LINES}{"person":`, 'unreadable', /^line 3: /],
  ['NUL bytes', `${LONG}\0`, 'unreadable', 'the file holds NUL bytes: it is not text'],
])('%s is refused at its place', (_, text, code, message) => {
  expect(refusal(text)).toMatchObject({
    code,
    message: message instanceof RegExp ? expect.stringMatching(message) : message,
  })
})

test('a score off the scale is refused with the scale', () => {
  expect(refusal(LONG, { scale: { lowest: 0, highest: 3 } }).message).toBe(
    'line 3, column score: expected a score in 0-3, got 4',
  )
})

test('more lines than one run takes are refused before they are parsed', () => {
  const started = performance.now()
  expect(refusal('person,rater,item,score\n' + 'a,b,c,1\n'.repeat(10_000_000)).code).toBe('too-many-ratings')
  expect(performance.now() - started).toBeLessThan(5000)
})

test('no text makes the reader throw', () => {
  const piece = fc.oneof(
    fc.string(),
    fc.constantFrom(LONG, WIDE, JSON_LINES, ',', '\n', '"', '{', '[', '1e999', '-0', '\u2028'),
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
      expect(typeof parseRatingsText(pieces.join('')).ok).toBe('boolean')
    }),
    { seed: 5, numRuns: process.env.RUNGS_VERIFY ? 100_000 : 1000 },
  )
})

test('more items than a run tells apart are refused, never mixed up', () => {
  const lines = Array.from({ length: 65_537 }, (_, n) => `ann,bo,free text ${n},${n % 4}`)
  expect(refusal(['person,rater,item,score', ...lines].join('\n'))).toMatchObject({
    code: 'index-out-of-range',
    message: '65,537 items are more than the 65,535 that a run tells apart',
  })
})

test('a rater in two groups is a rater in each, named the same in any order of rows', () => {
  const head = 'person,rater,item,score,group\n'
  const lines = [
    'ann,bo,design,3,peer',
    'cy,bo,design,2,manager',
    'bo,bo,design,4,self',
    'ann,cy,design,1,peer',
    'cy,cy,design,2,self',
  ]
  const groups = (rows: readonly string[]) => {
    const { ratings } = read(head + rows.join('\n'))
    return Object.fromEntries(
      ratings.raterIds.map((id, j) => [id, ratings.raterGroupIds[ratings.raterGroup![j]!]]),
    )
  }
  const wanted = {
    'bo (peer)': 'peer',
    'bo (manager)': 'manager',
    'bo (self)': 'self',
    cy: 'peer',
    'cy (self)': 'self',
  }
  expect(groups(lines)).toEqual(wanted)
  expect(groups(lines.toReversed())).toEqual(wanted)
  expect(refusal(`${head}ann,bo,design,3,peer\nann,bo,code,2,manager`)).toMatchObject({
    code: 'duplicate-rating',
    message: 'rater bo judges ann both as manager and as peer',
  })
  expect(refusal(`${head}ann,bo,design,3,peer\ncy,bo,code,2,manager\ndi,bo,code,2,`)).toMatchObject({
    code: 'unreadable',
    message: 'rater bo is peer and manager, and has ratings without a group',
  })
})

test('weights and occasions come in late as well as early', () => {
  const head = 'person,rater,item,score,group,weight,occasion\n'
  const many = Array.from(
    { length: 3000 },
    (_, n) => `p${n},bo,design,${n % 4},peer,${n === 2999 ? 2 : 1},o${n % 2}`,
  )
  const { ratings } = read(head + many.join('\n'))
  expect([ratings.weight![0], ratings.weight![2998], ratings.weight![2999]]).toEqual([1, 1, 2])
  expect([...ratings.occasion!.subarray(2997)]).toEqual([1, 0, 1])
  expect(ratings.score.length).toBe(3000)
})
