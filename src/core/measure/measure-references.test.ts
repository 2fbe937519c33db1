// The measurement engine held to published and computed references.
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { corpusPath } from '../../../test/corpus.ts'
import { allComparisons } from '../../../test/golden/measure-comparisons.ts'
import { verdictOf } from '../../../test/golden/measure-verdict.ts'

const corpus = corpusPath()

describe.skipIf(!corpus)('measurement references (skipped: no corpus beside the repository)', () => {
  const comparisons = corpus ? allComparisons(join(corpus, 'measurement')) : []
  test.each(comparisons.map((one) => [`${one.data}: ${one.quantity} as ${one.reference}`, one] as const))(
    '%s',
    (_, one) => {
      const { worst, difference } = verdictOf(one)
      const [name, ours, reference] = worst
      expect(
        difference,
        `${name}: reference ${reference}, ours ${ours}, difference ${difference} (at most ${one.tolerance})`,
      ).toBeLessThanOrEqual(one.tolerance)
    },
  )
})
