// A document that is data already is checked as strictly as a text, and never makes the check throw.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { frameworkArbitrary } from '../../../test/framework-arbitrary.ts'
import { checkDocument } from './check-document.ts'
import { faultMessage, formatPath } from './fault.ts'
import { SMALL } from './fixture.ts'
import { formatFramework, toDocument } from './format.ts'
import { parseFramework } from './parse.ts'

const RUNS = process.env['RUNGS_VERIFY'] ? 5000 : 50

test('every framework comes back from its document as it was', () => {
  fc.assert(
    fc.property(frameworkArbitrary, (framework) => {
      expect(checkDocument(JSON.parse(JSON.stringify(toDocument(framework)))).framework).toEqual(framework)
    }),
    { numRuns: RUNS, seed: 5 },
  )
}, 600_000)

test('the faults are those of the same document as a text', () => {
  const { framework } = parseFramework(SMALL)
  const document = JSON.parse(formatFramework(framework!, 'json')) as Record<string, unknown>
  const broken = { ...document, areas: [], transitions: [{ from: 'nobody', to: 'architect' }], colour: 'red' }
  const text = parseFramework(JSON.stringify(broken)).faults!
  const asText = text.map((fault) => `${formatPath(fault.path)} ${faultMessage(fault)}`)
  const asData = checkDocument(broken).faults!.map(({ path, message }) => `${path} ${message}`)
  expect(asData.toSorted()).toEqual(asText.toSorted())
  expect(asData.length).toBeGreaterThan(3)
})

test('whatever it is, the check gives a framework or faults', () => {
  fc.assert(
    fc.property(fc.anything({ withBigInt: false, maxDepth: 4 }), (value) => {
      const { framework, faults } = checkDocument(value)
      expect(framework === undefined).toBe((faults ?? []).length > 0)
    }),
    { numRuns: RUNS * 10, seed: 6 },
  )
})
