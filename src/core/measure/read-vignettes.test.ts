// Tables of vignettes: columns found or named, missing answers kept apart, and places named where something is wrong.
import { expect, test } from 'vitest'
import { parseVignettesText } from './read-vignettes.ts'

test('columns other than person and self are vignettes in the order of the file', () => {
  expect(parseVignettesText('person,self,low,high\nann,3,2,4\nben,NA,,5\n')).toEqual({
    ok: true,
    value: {
      vignettes: ['low', 'high'],
      rows: [
        { person: 'ann', self: 3, ratings: [2, 4] },
        { person: 'ben', self: null, ratings: [null, 5] },
      ],
    },
  })
})

test('named columns are taken in the order named', () => {
  const read = parseVignettesText('b;a;me;x\n4;2;3;9\n', { self: 'me', vignettes: ['a', 'b'] })
  expect(read).toEqual({
    ok: true,
    value: { vignettes: ['a', 'b'], rows: [{ person: 'row 1', self: 3, ratings: [2, 4] }] },
  })
})

test.each([
  ['person,me\nann,3\n', {}, 'there is no column "self"'],
  ['self\n3\n', {}, 'no vignettes'],
  ['self,v\n3,often\n', {}, 'line 2, column v: "often" is not a number'],
  ['self,v\n', {}, 'there are no rows'],
  ['self,v\n1,2\n', { vignettes: ['w'] }, 'there is no column "w"'],
  ['self,v\n1,2\n', { vignettes: ['v', 'v'] }, 'one twice'],
  ['', {}, 'there is no column "self"'],
  ['self,v\n1,"2\n', {}, 'line'],
] as const)('refuses %j', (text, columns, message) => {
  const read = parseVignettesText(text, columns)
  expect(read.ok ? '' : read.refusals[0]!.message).toContain(message)
})
