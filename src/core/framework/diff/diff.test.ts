// A diff says every change once, in the words of the framework, and says nothing of equal frameworks.
import fc from 'fast-check'
import { expect, test } from 'vitest'

import { frameworkArbitrary } from '../../../../test/framework-arbitrary.ts'
import { SMALL } from '../fixture.ts'
import { parseFramework } from '../parse.ts'
import { same } from './comparison.ts'
import { diffFrameworks } from './diff.ts'
import { renderChanges } from './render.ts'

const RUNS = process.env['RUNGS_VERIFY'] ? 5000 : 100
const parsed = (source: string) => {
  const { framework, faults } = parseFramework(source)
  if (faults) throw new Error(JSON.stringify(faults[0]))
  return framework
}
const before = parsed(SMALL)
const after = (...changes: [string, string][]) =>
  parsed(
    changes.reduce((text, [from, to]) => {
      if (!text.includes(from)) throw new Error(`the fixture has no ${from}`)
      return text.replace(from, to)
    }, SMALL),
  )

test.each<[string, [string, string][], string, string[]]>([
  ['a raised bar', [['security: 1', 'security: 2']], 'raised', ['Programmer now asks Security 2, was 1']],
  ['a lowered bar', [['security: 2', 'security: 1']], 'lowered', ['Architect now asks Security 1, was 2']],
  [
    'a should that becomes a must',
    [['{ level: 2, kind: should }', '2']],
    'raised',
    ['Architect asks Testing 2 now as a must, was a should'],
  ],
  [
    'a dropped expectation',
    [['security: 1, ', '']],
    'removed',
    ['Programmer no longer asks Security, was 1'],
  ],
  [
    'a renamed role',
    [['en: Architect', 'en: Designer']],
    'renamed',
    ['Role "Architect" is renamed (en "Architect" → "Designer")'],
  ],
  [
    'a reworded behaviour',
    [['Adds a failing test', 'Writes a failing test']],
    'reworded',
    [
      'Behaviour test-1 (Testing 1): text is reworded (en "Adds a failing test before a fix" → "Writes a failing test before a fix")',
    ],
  ],
  [
    'a new behaviour',
    [['        # the harder half\n', '        - { id: sec-9, text: Rotates keys }\n']],
    'added',
    ['Security 2 gains "Rotates keys"'],
  ],
  [
    'a duty that exercises less',
    [['[testing, security]', '[testing]']],
    'changed',
    ['Programmer, duty "Fixes defects": no longer exercises Security'],
  ],
  [
    'other years',
    [['min: 2, max: 4', 'min: 3, max: 4']],
    'changed',
    ['Transition "Programmer → Architect": years is now 3–4 years, was 2–4 years'],
  ],
  [
    'another version',
    [['1.0.0', '1.1.0']],
    'changed',
    ['The framework: version is now "1.1.0", was "1.0.0"'],
  ],
])('%s', (_, changes, kind, messages) => {
  const found = diffFrameworks(before, after(...changes))
  expect(found.map((change) => change.message)).toEqual(messages)
  expect(found[0]?.kind).toBe(kind)
})

test('a behaviour that moves is one change, not one lost and one gained', () => {
  const now = structuredClone(before)
  const [moved] = now.competencies[0]!.behaviours.splice(0, 1)
  now.competencies[1]!.behaviours.unshift({ ...moved!, level: 1 })
  expect(diffFrameworks(before, now).map(({ kind, message }) => [kind, message])).toEqual([
    ['moved', '"Reports a leaked key within the day" now stands at Testing 1, was Security 1'],
  ])
})

test('titles are in the language that is asked for', () => {
  expect(
    diffFrameworks(before, after(['security: 1', 'security: 2']), { language: 'zh-Hans' })[0]?.message,
  ).toContain('程序员')
})

test('text and Markdown have a heading, sections and one line for a change; nothing is the empty string', () => {
  const now = after(['security: 1', 'security: 2'], ['min: 2, max: 4', 'min: 3, max: 4'])
  const changes = diffFrameworks(before, now)
  expect(renderChanges(changes, before, now, 'markdown')).toBe(
    '# small 1.0.0 → small 1.0.0\n\n## Roles\n\n- **raised**: Programmer now asks Security 2, was 1\n\n## Transitions\n\n- **changed**: Transition "Programmer → Architect": years is now 3–4 years, was 2–4 years\n',
  )
  expect(renderChanges([], before, before, 'text')).toBe('')
})

test('the diff is empty exactly when the frameworks are equal', () => {
  const pair = fc.oneof(
    fc.tuple(frameworkArbitrary, frameworkArbitrary),
    frameworkArbitrary.map((one) => [one, structuredClone(one)] as const),
  )
  fc.assert(
    fc.property(pair, ([a, b]) => {
      expect(diffFrameworks(a, b).length === 0).toBe(same(a, b))
    }),
    { numRuns: RUNS, seed: 20263 },
  )
}, 600_000)

test('any one value that changes is seen', () => {
  fc.assert(
    fc.property(frameworkArbitrary, fc.nat(), (framework, pick) => {
      const changed = structuredClone(framework)
      const leaves: [Record<string, unknown>, string][] = []
      const walk = (value: unknown) => {
        if (typeof value !== 'object' || value === null) return
        for (const [key, inner] of Object.entries(value)) {
          if (typeof inner === 'string' || typeof inner === 'number' || typeof inner === 'boolean')
            leaves.push([value as Record<string, unknown>, key])
          else walk(inner)
        }
      }
      walk(changed)
      const [holder, key] = leaves[pick % leaves.length]!
      const value = holder[key]
      holder[key] = typeof value === 'string' ? `${value}x` : typeof value === 'number' ? value + 1 : !value
      expect(diffFrameworks(framework, changed)).not.toEqual([])
    }),
    { numRuns: RUNS, seed: 20264 },
  )
}, 600_000)
