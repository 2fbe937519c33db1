// The answers file: all its faults at their places, comments kept, and what was written comes back.
import fc from 'fast-check'
import { expect, test } from 'vitest'

import { ANSWERS } from '../../core/assess/answers.ts'
import { formatFault } from '../../core/framework/fault.ts'
import { growthFramework } from '../../core/growth/fixture.ts'
import { formatAnswers, parseAnswers, type AnswersFile } from './answers-file.ts'
import { factsOf, responsesOf } from './read-answers.ts'

const framework = growthFramework()
const hash = 'ab'.repeat(32)
const parse = (text: string, file = 'a.yaml') => parseAnswers(text, file, () => ({ framework, hash }))
const items = framework.competencies.flatMap(({ behaviours }) => behaviours.map(({ id }) => id))

test('every fault is told at its line and column, with the nearest right word', () => {
  const { faults } = parse(`rungs: 1
framework: small
version: 0.9.0
mode: adaptve
role: seniro
years: -1
colour: red
answers:
  - { item: coding-1a, answer: on-my-own }
  - { item: coding-1x, answer: with-help }
  - { item: coding-1a, answer: with-help }
  - { item: coding-2a, answer: 3 }
  - { item: coding-2b, answer: not-yet, evidence: "javascript:alert(1)" }
  - { item: coding-3a, answer: not-yet, at: yesterday }
`)
  expect(faults!.map(formatFault)).toEqual([
    expect.stringMatching(/^a\.yaml:3:10 FW013 version: expected the version "1\.0\.0".*got "0\.9\.0"/),
    expect.stringMatching(/^a\.yaml:4:7 FW013 mode: .*did you mean "adaptive"\?/),
    expect.stringMatching(
      /^a\.yaml:5:7 FW020 role: expected a role of small, got "seniro"; did you mean "senior"\?/,
    ),
    expect.stringMatching(/^a\.yaml:6:8 FW014 years: /),
    expect.stringMatching(/^a\.yaml:7:1 FW012 colour: /),
    expect.stringMatching(
      /^a\.yaml:10:13 FW020 answers\[1\]\.item: expected a behaviour of small 1\.0\.0, got "coding-1x"; did you mean "coding-1a"\?/,
    ),
    expect.stringMatching(
      /^a\.yaml:11:13 FW021 answers\[2\]\.item: expected each behaviour once, got "coding-1a" again \(first in answers\[0\]\)/,
    ),
    expect.stringMatching(/^a\.yaml:12:32 FW013 answers\[3\]\.answer: /),
    expect.stringMatching(/^a\.yaml:13:51 FW010 answers\[4\]\.evidence: expected a link/),
    expect.stringMatching(/^a\.yaml:14:45 FW015 answers\[5\]\.at: expected a date and time/),
  ])
})

test('a file that is no answers, an empty one, a broken one and a target without its role are refused', () => {
  for (const text of ['', '[]', 'null', '42', 'answers: 3', 'a: [1\nb: 2', '\0'])
    expect(parse(text).faults!.length).toBeGreaterThan(0)
  expect(
    parse('{"rungs":1,"framework":"small","mode":"target","answers":[]}').faults!.map(formatFault),
  ).toEqual([expect.stringContaining('FW011 target')])
})

test('answers stay pinned: the same version with other content is refused', () => {
  const text = `{"rungs":1,"framework":"small","version":"1.0.0","content":"${'cd'.repeat(32)}","answers":[]}`
  expect(parse(text).faults!.map(({ path }) => path)).toEqual([['content']])
  expect(parse(text.replace('cd'.repeat(32), hash)).faults).toBeUndefined()
})

const fileArbitrary: fc.Arbitrary<AnswersFile> = fc
  .record({
    rungs: fc.constant(1 as const),
    framework: fc.constant('small'),
    mode: fc.constantFrom('quick' as const, 'adaptive' as const, 'whole-bank' as const),
    years: fc.option(fc.integer({ min: 0, max: 60 }), { nil: undefined }),
    role: fc.option(fc.constantFrom('senior', 'head/quiet'), { nil: undefined }),
    answers: fc.shuffledSubarray(items).chain((some) =>
      fc.tuple(
        ...some.map((item) =>
          fc.record({
            item: fc.constant(item),
            answer: fc.constantFrom(...ANSWERS, 'no-opportunity' as const),
            evidence: fc.option(
              fc.webUrl().map((url) => new URL(url).href),
              { nil: undefined },
            ),
          }),
        ),
      ),
    ),
  })
  .map((file) => JSON.parse(JSON.stringify(file)) as AnswersFile)

test('what was written comes back, as YAML, as JSON, and after any change of an earlier text', () => {
  fc.assert(
    fc.property(fileArbitrary, fileArbitrary, (one, two) => {
      const first = formatAnswers(one, 'yaml')
      expect(parse(first).answers).toEqual(one)
      expect(parse(formatAnswers(one, 'json'), 'a.json').answers).toEqual(one)
      expect(parse(formatAnswers(two, 'yaml', first)).answers).toEqual(two)
    }),
    { seed: 20260402, numRuns: process.env['RUNGS_VERIFY'] ? 400 : 20 },
  )
}, 240_000)

test('comments and answers that stay are left as they were written; a head said late stands over the answers', () => {
  const before = `# mine
rungs: 1
framework: small # the ladder
answers:
  # asked at the review
  - item: coding-1a
    answer: on-my-own # since spring
  - { item: coding-1b, answer: with-help }
`
  const { answers } = parse(before)
  const more = {
    ...answers!,
    years: 4,
    answers: [answers!.answers[0]!, { item: 'coding-2a', answer: 'not-yet' as const }],
  }
  expect(formatAnswers(more, 'yaml', before)).toBe(`# mine
rungs: 1
framework: small # the ladder
mode: adaptive
years: 4
answers:
  # asked at the review
  - item: coding-1a
    answer: on-my-own # since spring
  - { item: coding-2a, answer: not-yet }
`)
})

test('what a result says of an answer that counts on, and of its time, is read back with it', () => {
  const carried = { from: 'earlier-run', givenAt: '2026-01-02T09:00:00.000Z' }
  const report = {
    about: {
      framework: { id: 'small' },
      assessedAt: '2026-03-02T09:00:00.000Z',
      finished: true,
      mode: 'quick',
    },
    standing: {},
    answers: [
      { item: 'coding-1a', answer: 'on-my-own', evidence: null, at: null, carried },
      { item: 'coding-2a', answer: 'with-help', evidence: null, at: '2026-03-02T09:00:00.000Z' },
    ],
  }
  const { answers } = parse(JSON.stringify(report), 'a.json')
  expect(responsesOf(answers!)).toEqual([
    { item: 'coding-1a', answer: 'on-my-own', carried },
    { item: 'coding-2a', answer: 'with-help' },
  ])
  expect([...factsOf(answers!, hash, new Date()).answeredAt!]).toEqual([
    ['coding-2a', '2026-03-02T09:00:00.000Z'],
  ])
})

test('a result that was taken away is read as its answers, and its faults are told where they stand in it', () => {
  const report = {
    about: {
      framework: { id: 'small', version: '1.0.0', hash, title: 'Small ladder' },
      assessedAt: '2026-03-02T09:00:00.000Z',
      finished: false,
      mode: 'target',
      target: { role: 'architect', variant: null },
      self: { name: null, role: { role: 'senior', variant: null }, years: null },
    },
    standing: {},
    answers: [
      { item: 'coding-1a', answer: 'on-my-own', evidence: 'https://example.org/1' },
      { item: 'coding-2a', answer: 'with-help', evidence: null },
    ],
  }
  const read = parse(JSON.stringify(report), 'a.json')
  expect(read.faults).toBeUndefined()
  expect(read).toMatchObject({ fromReport: true })
  expect(read.answers).toEqual({
    ...{ rungs: 1, framework: 'small', version: '1.0.0', content: hash, mode: 'target' },
    ...{ target: 'architect', role: 'senior', startedAt: '2026-03-02T09:00:00.000Z' },
    answers: [
      { item: 'coding-1a', answer: 'on-my-own', evidence: 'https://example.org/1' },
      { item: 'coding-2a', answer: 'with-help' },
    ],
  })
  const wrong = structuredClone(report)
  wrong.about.self.role.role = 'seniro'
  wrong.answers[1]!.item = 'coding-9z'
  const { faults } = parse(JSON.stringify(wrong, null, 2), 'a.json')
  expect(faults!.map(formatFault)).toEqual([
    expect.stringMatching(/^a\.json:18:15 FW020 .*got "seniro"; did you mean "senior"/),
    expect.stringMatching(/^a\.json:33:15 FW020 answers\[1\]\.item: .*got "coding-9z"/),
  ])
  const { answers: _, ...without } = report
  expect(parse(JSON.stringify(without), 'a.json').faults?.map(formatFault).join()).toMatch(/answers/)
})
