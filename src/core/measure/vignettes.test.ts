// The C scale against King and Wand's published table and the replication of King et al., and its own laws.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { corpusPath } from '../../../test/corpus.ts'
import { spreadOfRanks, vignetteOrder, vignetteRank, vignetteRankB } from './vignettes.ts'

const corpus = corpusPath()
const folder = corpus && join(corpus, 'measurement', 'anchors_vignettes')

function columns(name: string): Map<string, (number | null)[]> {
  const [head, ...lines] = readFileSync(join(folder!, name), 'utf8')
    .trim()
    .split(/\r?\n/)
    .map((line) => line.replaceAll('"', '').split(','))
  return new Map(
    head!.map((column, index) => [
      column,
      lines.map((line) => (line[index] === 'NA' ? null : Number(line[index]))),
    ]),
  )
}

test('a rating below, at, between and above two vignettes is 1 to 5', () => {
  expect([1, 2, 3, 4, 5].map((self) => vignetteRank(self, [2, 4]))).toEqual(
    [1, 2, 3, 4, 5].map((rank) => ({ from: rank, to: rank })),
  )
})

test('ties and violations give an interval', () => {
  expect(vignetteRank(2, [2, 2])).toEqual({ from: 2, to: 4 })
  expect(vignetteRank(3, [4, 2])).toEqual({ from: 1, to: 5 })
})

describe.skipIf(!folder)(
  'vignettes held to published tables (skipped: no corpus beside the repository)',
  () => {
    test('all thirteen cases of King and Wand (2007), table 1, on the C and the B scale', () => {
      const given = columns('table1_ranks.csv')
      const at = (column: string, row: number) => given.get(column)![row]!
      for (let row = 0; row < 13; row++) {
        const rank = vignetteRank(at('y', row), [at('z1', row), at('z2', row)])
        expect(rank, `case ${row + 1}`).toEqual({ from: at('C.Cs', row), to: at('C.Ce', row) })
        expect(vignetteRankB(rank), `case ${row + 1}`).toEqual({ from: at('B.Bs', row), to: at('B.Be', row) })
      }
    })

    test('their spread, intervals left out or shared out evenly, to the printed digits', () => {
      const given = columns('table1_ranks.csv')
      const ranks = given
        .get('y')!
        .map((self, row) => vignetteRank(self!, [given.get('z1')![row]!, given.get('z2')![row]!]))
      const { uniform, scalarOnly } = spreadOfRanks(ranks, 5)
      expect(uniform.map((share) => share.toFixed(7))).toEqual([
        '0.2653846',
        '0.1564103',
        '0.1564103',
        '0.1564103',
        '0.2653846',
      ])
      expect(scalarOnly.map((share) => share.toFixed(7))).toEqual([
        '0.3333333',
        '0.1111111',
        '0.1111111',
        '0.1111111',
        '0.3333333',
      ])
    })

    test('order of the six freedom vignettes: distinct, violations, shares below and ties, to the printed digits', () => {
      const given = columns('freedom.csv')
      const names = ['vign1', 'vign2', 'vign3', 'vign4', 'vign5', 'vign6']
      const order = vignetteOrder(
        given.get('vign1')!.map((_, row) => names.map((name) => given.get(name)![row]!)),
      )
      expect(order.distinguishing).toBe(3267)
      expect(order.byViolations[0]).toBe(773)
      expect(order.byViolations[0]! + order.byViolations[1]!).toBe(1654)
      expect(order.byViolations[0]! + order.byViolations[1]! + order.byViolations[2]!).toBe(2299)
      const printed = [
        [0.2354, 0.6506, 0.7574, 0.7151, 0.7749],
        [0.3206, 0.6634, 0.7323, 0.7066, 0.7537],
        [0.08, 0.1214, 0.4574, 0.3626, 0.5746],
        [0.0557, 0.08, 0.1377, 0.1834, 0.3743],
        [0.0666, 0.068, 0.1977, 0.3391, 0.4949],
        [0.0546, 0.07, 0.0806, 0.0997, 0.1029],
      ]
      expect(
        order.below.map((row, i) => row.filter((_, j) => j !== i).map((share) => Number(share.toFixed(4)))),
      ).toEqual(printed)
    })
  },
)

test('a higher self-rating never has a lower rank, whatever the vignettes', () => {
  const level = fc.integer({ min: 1, max: 5 })
  fc.assert(
    fc.property(fc.array(level, { minLength: 1, maxLength: 6 }), level, (vignettes, self) => {
      const ordered = vignettes.toSorted((a, b) => a - b)
      const [now, more] = [vignetteRank(self, ordered), vignetteRank(self + 1, ordered)]
      expect(more.from).toBeGreaterThanOrEqual(now.from)
      expect(more.to).toBeGreaterThanOrEqual(now.to)
      expect(now.from).toBeLessThanOrEqual(now.to)
      expect(now.to).toBeLessThanOrEqual(2 * vignettes.length + 1)
      expect(vignetteRank(self, vignettes).from).toBeGreaterThanOrEqual(1)
    }),
    { seed: 3, numRuns: 300 },
  )
})
