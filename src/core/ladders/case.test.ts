// CASE: valid against the published schema, lossless for our own frameworks, and open to other tools' packages.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2019 } from 'ajv/dist/2019.js'
import { describe, expect, test } from 'vitest'
import { builtInFramework } from '../../../test/built-in.ts'
import { corpusPath } from '../../../test/corpus.ts'
import { exportCase } from './case-export.ts'
import { importCase } from './case-import.ts'

const corpus = corpusPath()
const standards = corpus && join(corpus, 'standards')
const NOW = '2026-01-02T03:04:05Z'

function imported(json: unknown) {
  const result = importCase(json)
  if (!result.ok) throw new Error(JSON.stringify(result.faults))
  return result
}

test.each(['coder-to-cto', 'data-engineering'] as const)(
  '%s comes back whole through CASE, twice the same',
  (name) => {
    const framework = builtInFramework(name)
    const once = exportCase(framework, { now: NOW })
    expect(exportCase(framework, { now: NOW })).toEqual(once)
    expect(imported(JSON.parse(JSON.stringify(once))).framework).toEqual(framework)
  },
)

test('a statement that another tool edited comes back edited, its translation kept', () => {
  const framework = builtInFramework('coder-to-cto')
  const pack = exportCase(framework, { now: NOW }) as {
    CFItems: { CFItemType: string; humanCodingScheme: string; fullStatement: string }[]
  }
  const item = pack.CFItems.find(({ humanCodingScheme }) => humanCodingScheme === 'design-2a')!
  item.fullStatement = 'Draws what another tool says'
  const behaviourOf = ({ competencies }: typeof framework) =>
    competencies.find(({ id }) => id === 'design')!.behaviours.find(({ id }) => id === 'design-2a')!
  const before = behaviourOf(framework).text as Record<string, string>
  expect(before['zh-Hans']).toMatch(/[\u4e00-\u9fff]/)
  expect(behaviourOf(imported(pack).framework).text).toEqual({
    ...before,
    en: 'Draws what another tool says',
  })
})

test.each([
  ['a list', [], 'CFDocument'],
  ['no title', { CFDocument: { identifier: 'x' } }, 'CFDocument.title'],
  ['no items', { CFDocument: { identifier: 'x', title: 'T' }, CFItems: [] }, 'CFItems'],
  [
    'an item without a statement',
    { CFDocument: { identifier: 'x', title: 'T' }, CFItems: [{ identifier: 'y' }] },
    'CFItems[0].fullStatement',
  ],
])('%s is refused with its path', (_, json, path) => {
  const result = importCase(json)
  expect(result.ok ? undefined : result.faults[0]!.path).toBe(Array.isArray(json) ? '' : path)
})

test('an item that is its own ancestor is cut and noted', () => {
  const link = (identifier: string) => ({ title: identifier, identifier, uri: identifier })
  const result = imported({
    CFDocument: { identifier: 'd', title: 'Loop' },
    CFItems: ['a', 'b'].map((identifier) => ({ identifier, fullStatement: `Does ${identifier}` })),
    CFAssociations: [
      ['a', 'b'],
      ['b', 'a'],
    ].map(([from, to]) => ({
      identifier: `${from}${to}`,
      associationType: 'isChildOf',
      originNodeURI: link(from!),
      destinationNodeURI: link(to!),
    })),
  })
  expect(result.notes.map(({ message }) => message)).toContainEqual(
    expect.stringContaining('its own ancestor'),
  )
})

describe.skipIf(!standards)(
  'held to the published schema and samples (skipped: no corpus beside the repository)',
  () => {
    test.each(['coder-to-cto', 'data-engineering'] as const)(
      'the export of %s is valid against the CASE 1.1 schema',
      (name) => {
        const schema = JSON.parse(
          readFileSync(join(standards!, 'case', 'case-v1p1-cfpackage.json'), 'utf8'),
        ) as object
        const validate = new Ajv2019({ strict: false, allErrors: true, validateFormats: false }).compile(
          schema,
        )
        validate(JSON.parse(JSON.stringify(exportCase(builtInFramework(name), { now: NOW }))))
        expect(validate.errors).toBeNull()
      },
    )

    const folder = standards ? join(standards, 'case-opensalt-samples') : ''
    const samples = standards
      ? readdirSync(folder).filter((name) => name.endsWith('.json') && !name.includes('schema'))
      : []
    test.each(samples)('the 1.0 sample %s imports with every statement in it', (name) => {
      const json = JSON.parse(readFileSync(join(folder, name), 'utf8')) as {
        CFItems: { fullStatement: string; notes?: string }[]
      }
      const result = importCase(json)
      if (json.CFItems.length === 0) {
        expect(result.ok).toBe(false)
        return
      }
      const text = JSON.stringify(imported(json).framework)
      for (const { fullStatement, notes } of json.CFItems) {
        expect(text).toContain(JSON.stringify(fullStatement).slice(1, -1))
        if (notes) expect(text).toContain(JSON.stringify(notes).slice(1, -1))
      }
    })
  },
)
