// The exact conditional information against differences of the gradient that the symmetric functions give.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { contourInformation } from './contour-information.ts'
import { PatternTrie } from './pattern-trie.ts'
import { betaOf, stepParameters } from './step-model.ts'
import { SymmetricFunctions } from './symmetric-functions.ts'

const runs = process.env['RUNGS_VERIFY'] ? 3000 : 60

const sets = fc.record({
  model: fc.constantFrom('rsm', 'pcm'),
  items: fc.integer({ min: 2, max: 9 }),
  categories: fc.integer({ min: 2, max: 6 }),
  spread: fc.double({ min: 0, max: 3, noNaN: true }),
  draw: fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
})

test('the information is minus the derivative of the gradient, for every total and pattern', () => {
  fc.assert(
    fc.property(sets, ({ model, items, categories, spread, draw }) => {
      const next = () => draw.next().value as number
      const anchors = { items: new Float64Array(items).fill(Number.NaN) }
      const parameters = stepParameters(
        model,
        new Float64Array(items * categories).fill(1),
        items,
        categories,
        anchors,
      )
      const trie = new PatternTrie()
      const all = Uint16Array.from({ length: items }, (_, i) => i)
      for (const of of [all, all.filter(() => next() < 0.7)]) {
        let node = 0
        for (const i of of) node = trie.step(node, i)
        if (of.length > 1) trie.patternOf(node, of, of.length)
      }
      const histogram = trie.patterns.map((of) =>
        Float64Array.from({ length: of.length * (categories - 1) + 1 }, (_, t) =>
          t === 0 || t === of.length * (categories - 1) || next() < 0.5 ? 0 : 1 + Math.round(9 * next()),
        ),
      )
      const { free, design } = parameters
      const u = Float64Array.from({ length: free }, () => spread * (2 * next() - 1))
      const functions = new SymmetricFunctions(trie, histogram, items, categories)
      const expected = (at: Float64Array) => {
        functions.evaluate(betaOf(parameters, at).map((cost) => -cost))
        return Float64Array.from({ length: free }, (_, q) =>
          functions.expected.reduce((sum, count, c) => sum + count * design[c * free + q]!, 0),
        )
      }
      const found = contourInformation(trie.patterns, histogram, parameters, betaOf(parameters, u))
      const blocks = histogram.reduce((sum, counts) => sum + counts.reduce((a, b) => a + b, 0), 0)
      for (let q = 0; q < free; q++) {
        const shifted = (by: number) => expected(u.map((value, r) => (r === q ? value + by : value)))
        const [up, down] = [shifted(1e-4), shifted(-1e-4)]
        for (let r = 0; r < free; r++) {
          const difference = (down[r]! - up[r]!) / 2e-4
          expect(Math.abs(found[r * free + q]! - difference)).toBeLessThan(1e-6 * (1 + blocks))
        }
      }
    }),
    { seed: 11, numRuns: runs },
  )
})
