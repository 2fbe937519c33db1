// Formatting loses nothing: of frameworks made at random, and of texts with their comments.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { z } from 'zod'

import { frameworkArbitrary } from '../../../test/framework-arbitrary.ts'
import { formatFault } from './fault.ts'
import { SMALL } from './fixture.ts'
import { formatFramework } from './format.ts'
import { KEY_ORDER } from './key-order.ts'
import * as model from './model.ts'
import { documentExtrasSchema, removeSchema, TEXT_KEYS } from './document.ts'
import { parseFramework } from './parse.ts'
import { reformatText } from './reformat.ts'

const RUNS = process.env['RUNGS_VERIFY'] ? 5000 : 50

test('parse(format(f)) equals f, as YAML and as JSON', () => {
  fc.assert(
    fc.property(frameworkArbitrary, fc.constantFrom('yaml' as const, 'json' as const), (framework, as) => {
      const parsed = parseFramework(formatFramework(framework, as))
      expect(parsed.faults?.map(formatFault)).toBeUndefined()
      expect(parsed.framework).toEqual(framework)
    }),
    { numRuns: RUNS, seed: 20260 },
  )
}, 600_000)

test('formatting a text twice changes nothing more, and never its values', () => {
  fc.assert(
    fc.property(frameworkArbitrary, (framework) => {
      const once = reformatText(formatFramework(framework))
      expect(once.faults).toBeUndefined()
      expect(reformatText(once.text!).text).toBe(once.text)
      expect(parseFramework(once.text!).framework).toEqual(framework)
    }),
    { numRuns: RUNS, seed: 20261 },
  )
}, 600_000)

test('fmt orders keys, indents, unquotes and keeps every comment', () => {
  const untidy = [
    '# the head',
    "version: '1.0.0' # pinned",
    'rungs: 1',
    'id:    small',
    'roles:',
    '    # the first rung',
    "    - title: 'Programmer' # beside",
    '      # before the id',
    '      id: programmer',
    '      tracks: [a,b]',
    '# the tail',
    '',
  ].join('\n')
  expect(reformatText(untidy).text).toBe(
    [
      '# the head',
      'rungs: 1',
      'id: small',
      'version: 1.0.0 # pinned',
      'roles:',
      '  # the first rung',
      '  # before the id',
      '  - id: programmer',
      '    title: Programmer # beside',
      '    tracks: [ a, b ]',
      '',
      '# the tail',
      '',
    ].join('\n'),
  )
})

test('fmt keeps anchors above their aliases and leaves JSON to be JSON', () => {
  const anchored = 'version: &v 1.0.0\nid: *v\n'
  expect(reformatText(anchored).text).toBe(anchored)
  expect(reformatText('{"version":"1.0.0","id":"a"}').text).toBe('{\n  "id": "a",\n  "version": "1.0.0"\n}\n')
})

test('fmt refuses what is not well-formed, with the place', () => {
  expect(reformatText('a: [1\nb: 2\n', { file: 'x.yaml' }).faults?.map((fault) => fault.code)).toContain(
    'FW003',
  )
  expect(reformatText('a: 1\na: 2\n').faults?.map((fault) => [fault.code, fault.line])).toEqual([
    ['FW004', 2],
  ])
})

test('the small framework is formatted already but for the padding of lists', () => {
  expect(reformatText(SMALL).text).toBe(SMALL.replace(/\[(?=[^ ])/g, '[ ').replace(/(?<=[^ ])\]/g, ' ]'))
})

test('the key order knows every key of the model, in the order of each schema', () => {
  const exported: unknown[] = [...Object.values(model), documentExtrasSchema, removeSchema]
  const schemas = exported.filter((value) => value instanceof z.ZodType)
  const texts = new Set<string>()
  let objects = 0
  const walk = (schema: z.ZodType): void => {
    const def = schema.def as {
      type: string
      shape?: Record<string, z.ZodType>
      innerType?: z.ZodType
      in?: z.ZodType
      options?: z.ZodType[]
      element?: z.ZodType
      valueType?: z.ZodType
    }
    if (def.shape) {
      objects++
      const ranks = Object.keys(def.shape).map((key) => {
        const rank = KEY_ORDER.get(key)
        if (rank === undefined) throw new Error(`no rank for ${key}`)
        return rank
      })
      expect(ranks).toEqual(ranks.toSorted((a, b) => a - b))
      for (const [key, inner] of Object.entries(def.shape)) {
        if (isText(inner)) texts.add(key)
        walk(inner)
      }
    }
    for (const inner of [def.innerType, def.in, def.element, def.valueType, ...(def.options ?? [])])
      if (inner) walk(inner)
  }
  const isText = (schema: z.ZodType): boolean => {
    if ((schema as unknown) === model.textSchema) return true
    const def = schema.def as { innerType?: z.ZodType; element?: z.ZodType }
    const inner = def.innerType ?? def.element
    return inner !== undefined && isText(inner)
  }
  for (const schema of schemas) walk(schema)
  expect(objects).toBeGreaterThan(20)
  expect(texts).toEqual(TEXT_KEYS)
})
