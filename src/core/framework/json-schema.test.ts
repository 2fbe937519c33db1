// The published JSON Schema is the model's, accepts the built-in frameworks and refuses broken ones.
import { readFileSync } from 'node:fs'

import Ajv2020 from 'ajv/dist/2020.js'
import { expect, test } from 'vitest'
import { parse } from 'yaml'

import { SMALL } from './fixture.ts'
import { frameworkJsonSchema } from './json-schema.ts'

const file = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8')
const schema = frameworkJsonSchema()
const validate = new Ajv2020({
  allErrors: true,
  strict: true,
  strictTypes: false,
  strictRequired: false,
}).compile(schema)
const faults = (text: string) => {
  validate(parse(text))
  return (validate.errors ?? [])
    .filter((error) => error.keyword !== 'if')
    .map((error) => `${error.instancePath} ${error.keyword}`)
}

test('the file that is published is what the model gives (npx tsx src/main/cli/rungs.ts schema)', () => {
  expect(JSON.parse(file('schema/framework.schema.json'))).toEqual(schema)
})

test.each(['coder-to-cto', 'data-engineering'])('the built-in framework %s validates', (id) => {
  expect(faults(file(`frameworks/${id}.yaml`))).toEqual([])
})

test('an extending document may be partial, remove and translate', () => {
  const child =
    'rungs: 1\nextends: ./small.yaml\nid: a\nversion: 1.0.0\nremove: { roles: [x] }\nroles: [{ id: b, title: B, summary: null }]\ntranslations: { zh-Hans: { title: 题 } }\n'
  expect(faults(child)).toEqual([])
  expect(faults(child.replace('id: b', 'id: "b b"'))).not.toEqual([])
  expect(faults(child.replace('title: B', 'titel: B'))).not.toEqual([])
  expect(faults(child.replace('version: 1.0.0\n', ''))).not.toEqual([])
})

test.each([
  ['a missing key', SMALL.replace('version: 1.0.0\n', '')],
  ['an unknown key', `${SMALL}extra: 1\n`],
  ['a wrong type', SMALL.replace('years: { min: 2', 'years: { min: two')],
  ['a bad id', SMALL.replace('id: fix', 'id: "fix it"')],
  ['an unknown kind', SMALL.replace('kind: should', 'kind: may')],
  ['a bad level key', SMALL.replace('      1:\n', '      one:\n')],
])('%s does not validate', (_, text) => {
  expect(faults(SMALL)).toEqual([])
  expect(faults(text)).not.toEqual([])
})
