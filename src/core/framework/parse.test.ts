// What parseFramework accepts, and the place, code and words of everything that it refuses.
import { readFileSync } from 'node:fs'

import { expect, test } from 'vitest'

import { SMALL } from './fixture.ts'
import { FAULT_CODES, formatFault } from './fault.ts'
import { lintFramework } from './lint/lint.ts'
import { LINT_RULE_IDS } from './lint/rules.ts'
import { parseFramework, type Load } from './parse.ts'

const faultsOf = (source: string, load?: Load) => {
  const result = parseFramework(source, { file: 'a.yaml', ...(load ? { load } : {}) })
  return (result.faults ?? []).map(formatFault)
}

test('a good framework parses into the normalised model', () => {
  const { framework, faults } = parseFramework(SMALL)
  expect(faults).toBeUndefined()
  expect(framework?.competencies[0]?.behaviours.map(({ id, level }) => [id, level])).toEqual([
    ['sec-1', 1],
    ['sec-2', 2],
  ])
  expect(framework?.roles[1]?.expectations).toEqual({
    security: { level: 2, kind: 'must' },
    testing: { level: 2, kind: 'should' },
  })
})

test('the same framework as JSON parses the same', () => {
  const { framework } = parseFramework(SMALL)
  const json = JSON.stringify({ rungs: 1, id: 'x', version: '1.0.0' }, null, '\t')
  expect(faultsOf(json).every((line) => line.includes('FW011'))).toBe(true)
  expect(framework?.id).toBe('small')
})

test('schema and reference faults come together, in order, with line and column and the nearest id', () => {
  const broken = SMALL.replace('version: 1.0.0', 'version: 1')
    .replace('security: 1, testing: 1', 'securty: 1, testing: 9')
    .replace('    area: craft\n    title: { en: Security', '    area: crfat\n    titel: { en: Security')
    .replace('from: programmer', 'from: programer')
  expect(faultsOf(broken)).toEqual([
    'a.yaml:4:10 FW010 version: expected a text (in quotes if it looks like a number or a date), got the number 1',
    'a.yaml:18:5 FW011 competencies[0].title: expected "title": a text, or a map of language to text, got nothing',
    'a.yaml:19:11 FW020 competencies[0].area: expected the id of an area (craft), got "crfat"; did you mean "craft"?',
    'a.yaml:20:5 FW012 competencies[0].titel: expected one of the keys id, area, title, description, scale, behaviours, got "titel"; did you mean "title"?',
    'a.yaml:39:21 FW020 roles[0].expectations.securty: expected the id of a competency (security, testing), got "securty"; did you mean "security"?',
    'a.yaml:39:42 FW022 roles[0].expectations.testing: expected a level of testing, 0 to 2, got 9',
    'a.yaml:51:13 FW020 transitions[0].from: expected the id of a role (programmer, architect), got "programer"; did you mean "programmer"?',
  ])
})

test('the guide shows a framework without fault or finding, and lists every code and rule', () => {
  const guide = readFileSync(new URL('../../../docs/guide/framework-format.md', import.meta.url), 'utf8')
  const [whole, scoring, , child, translations] = [...guide.matchAll(/```yaml\n(.*?)```/gs)].map(
    (match) => match[1]!,
  )
  const { framework, faults } = parseFramework(whole!)
  expect(faults?.map(formatFault)).toBeUndefined()
  expect(lintFramework(framework!)).toEqual([])
  expect(parseFramework(`${whole!}${scoring!}${translations!}`).faults).toBeUndefined()
  const load: Load = () => ({
    file: 'b.yaml',
    text: readFileSync(new URL('../../../frameworks/coder-to-cto.yaml', import.meta.url), 'utf8'),
  })
  expect(faultsOf(child!, load)).toEqual([])
  expect([...guide.matchAll(/^\| (FW\d{3}) \|/gm)].map((match) => match[1])).toEqual(Object.keys(FAULT_CODES))
  expect([...guide.matchAll(/^\| `([a-z-]+)` \|/gm)].map((match) => match[1])).toEqual(LINT_RULE_IDS)
})

test('the built-in frameworks have no fault and no finding', () => {
  for (const id of ['coder-to-cto', 'data-engineering']) {
    const read = (name: string) =>
      readFileSync(new URL(`../../../frameworks/${name}.yaml`, import.meta.url), 'utf8')
    const { framework, faults, locate } = parseFramework(read(id), {
      file: `${id}.yaml`,
      load: (name) => ({ file: name, text: read(name) }),
    })
    expect(faults?.map(formatFault)).toBeUndefined()
    expect(lintFramework(framework!, { locate: locate! })).toEqual([])
  }
})
