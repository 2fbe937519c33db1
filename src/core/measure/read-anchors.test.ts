// Anchors as CSV, YAML and JSON mean the same; doubtful ones are refused at their place.
import { expect, test } from 'vitest'
import { measure, parseRatingRows } from './measure.ts'
import { parseAnchorsText } from './read-anchors.ts'

const wanted = { items: { a: -0.5, b: 0.5 }, groups: { peer: 0 }, steps: [-1, 1] }

test.each([
  ['CSV', 'facet,id,value\nitem,a,-0.5\nitem,b,0.5\ngroup,peer,0\nstep,2,1\nstep,1,-1\n'],
  ['TSV', 'Facet\tId\tValue\nitem\ta\t-0.5\nitem\tb\t0.5\ngroup\tpeer\t0\nstep\t1\t-1\nstep\t2\t1\n'],
  ['YAML', 'items: {a: -0.5, b: 0.5}\ngroups:\n  peer: 0\nsteps: {1: -1, 2: 1}\n'],
  [
    'JSON',
    JSON.stringify([
      { facet: 'item', id: 'a', value: -0.5 },
      { facet: 'item', id: 'b', value: 0.5 },
      { facet: 'group', id: 'peer', value: 0 },
      { facet: 'step', id: 1, value: -1 },
      { facet: 'step', id: 2, value: 1 },
    ]),
  ],
])('%s', (_, text) => {
  expect(parseAnchorsText(text)).toEqual({ ok: true, value: wanted })
})

test.each([
  ['facet,id,value\nitem,a,high\n', /line 2: expected a number/],
  ['facet,id,value\nthing,a,1\n', /line 2: expected person, rater, item, group or step, got "thing"/],
  ['facet,id,value\nitem,a,1\nitem,a,2\n', /line 3: item "a" is anchored twice/],
  ['- facet: item\n  value: 1\n', /entry 1: there is no id/],
  ['items: [1, 2\n', /anchors: /],
  ['facet,id,value\nstep,1,0\nstep,3,0\n', /1, 3 are not consecutive/],
  ['just text', /neither a list nor a mapping/],
])('%j is refused', (text, message) => {
  const parsed = parseAnchorsText(text)
  expect(parsed.ok).toBe(false)
  if (!parsed.ok) expect(parsed.refusals[0]!.message).toMatch(message)
})

test('who rates in several roles is anchored in each, and is told so where only the name is given', () => {
  const list = ['ann', 'eve', 'kim', 'lou'].flatMap((person, p) =>
    ['bo', 'cy'].flatMap((rater, r) =>
      ['plan', 'code', 'test'].map((item, i) => ({
        person,
        rater,
        item,
        group: rater === 'bo' && p < 2 ? 'manager' : 'peer',
        score: (p + 2 * i + r + p * i) % 4,
      })),
    ),
  )
  const parsed = parseRatingRows(list)
  if (!parsed.ok) throw new Error(parsed.refusals[0]!.message)
  const bare = measure(parsed.value, { anchors: { raters: { bo: 0.5 } } })
  expect(bare.ok ? '' : bare.refusals[0]!.message).toMatch(/bo; .* in each: bo \(manager\), bo \(peer\)$/)
  const both = measure(parsed.value, { anchors: { raters: { 'bo (manager)': 0.5, 'bo (peer)': -0.2 } } })
  if (!both.ok) throw new Error(both.refusals[0]!.message)
  expect(both.value.raters.map(({ id, measure: logits, se }) => [id, logits, se])).toEqual(
    expect.arrayContaining([
      ['bo (manager)', 0.5, 0],
      ['bo (peer)', -0.2, 0],
    ]),
  )
})
