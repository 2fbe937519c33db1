// A framework with each scoring model, from its text through answers to the report and what people take away of it.
import { describe, expect, test } from 'vitest'
import { ANSWERS, type Response } from '../assess/answers.ts'
import { buildInstrument } from '../assess/instrument.ts'
import { formatFramework } from '../framework/format.ts'
import { parseFramework } from '../framework/parse.ts'
import type { FrameworkInput } from '../framework/model.ts'
import { growthFramework } from './fixture.ts'
import { standingReportSchema } from './report-model.ts'
import { standingReport } from './report.ts'
import { takeAway } from './take-away.ts'

/** Levels by which everything up to it is done on one's own; the rest was not asked. */
const LEVELS: Record<string, number> = { coding: 3, design: 2, testing: 2, planning: 1, hiring: 0, vision: 0 }

const MODELS: Record<string, NonNullable<FrameworkInput['scoring']>> = {
  points: {
    model: 'points',
    note: { en: 'As agreed in May', 'zh-Hans': '五月议定' },
    levelPoints: [0, 1, 3, 6, 12, 20],
    bands: [
      { title: { en: 'Engineer', 'zh-Hans': '工程师' }, from: 5 },
      { title: { en: 'Staff', 'zh-Hans': '资深' }, from: 12, gates: [{ competency: 'hiring', level: 1 }] },
    ],
  },
  'weighted-mean': {
    model: 'weighted-mean',
    sets: [
      {
        id: 'technical',
        title: '1st',
        weights: { coding: 2, design: 1, testing: 1 },
        bands: [{ title: 'B2', from: 2 }],
      },
    ],
  },
  'minimum-vector': { model: 'minimum-vector' },
  'k-of-n': { model: 'k-of-n', roles: { senior: [{ k: 2, level: 2 }], head: [{ k: 6, level: 3 }] } },
  checklist: { model: 'checklist', share: 0.5 },
}

/** The report on the framework as it comes back from its own text. */
function reported(model: string, answerAll: boolean) {
  const scoring = MODELS[model]!
  const parsed = parseFramework(formatFramework(growthFramework({ scoring })))
  const framework = parsed.framework!
  const responses = framework.competencies.flatMap(({ id, behaviours }) =>
    behaviours.flatMap((behaviour): Response[] =>
      behaviour.level <= LEVELS[id]!
        ? [{ item: behaviour.id, answer: 'on-my-own' }]
        : answerAll
          ? [{ item: behaviour.id, answer: ANSWERS[0] }]
          : [],
    ),
  )
  const report = standingReport(framework, buildInstrument(framework), responses, {
    hash: null,
    assessedAt: '2026-03-02T09:00:00.000Z',
    finished: true,
    mode: 'whole-bank',
    target: null,
    self: { name: null, role: null, years: null },
  })
  return { framework, report, ladder: report.ladder! }
}

test('points: 6 + 3 + 3 + 1 = 13 points, whose title is held back by its gate', () => {
  const { ladder } = reported('points', true)
  expect(ladder).toMatchObject({
    complete: true,
    missing: 0,
    levels: { coding: { low: 3, high: 3 }, hiring: { low: 0, high: 0 } },
    answers: [{ kind: 'value', value: { low: 13, high: 13 }, bands: [{ low: { en: 'Engineer' } }] }],
  })
  const [value] = ladder.answers
  expect(value).toMatchObject({
    heldBack: [{ title: { en: 'Staff' }, gates: [{ competency: 'hiring', level: 1 }] }],
  })
})

test('weighted mean: (2 x 3 + 2 + 2) / 4 = 2.5', () => {
  expect(reported('weighted-mean', true).ladder.answers).toMatchObject([
    { set: { id: 'technical' }, value: { low: 2.5, high: 2.5 }, bands: [{ low: 'B2', high: 'B2' }] },
  ])
})

test('minimum vector: senior is reached, architect is not, by the design that it lacks', () => {
  const roles = new Map(
    reported('minimum-vector', true).ladder.answers.map((answer) => [
      answer.kind === 'role' && answer.role,
      answer,
    ]),
  )
  expect(roles.get('senior')).toMatchObject({ reached: 'yes' })
  expect(roles.get('architect')).toMatchObject({
    reached: 'no',
    conditions: expect.arrayContaining([
      expect.objectContaining({ asks: 'level', competency: 'design', needed: 4, got: { low: 2, high: 2 } }),
    ]),
  })
})

test('k of n and checklist answer for the roles that they name', () => {
  expect(reported('k-of-n', true).ladder.answers).toMatchObject([
    {
      role: 'senior',
      reached: 'yes',
      conditions: [{ asks: 'competencies', level: 2, needed: 2, got: { low: 3 } }],
    },
    { role: 'head', reached: 'no' },
  ])
  const checklist = reported('checklist', true).ladder.answers
  expect(checklist.find((answer) => answer.kind === 'role' && answer.role === 'architect')).toMatchObject({
    reached: 'yes',
  })
})

describe.each(Object.keys(MODELS))('%s', (model) => {
  test('what was not answered leaves a range that holds the whole answer, and never a zero', () => {
    const { ladder: open } = reported(model, false)
    const { ladder: whole } = reported(model, true)
    expect(open.missing).toBeGreaterThan(0)
    for (const [id, { low, high }] of Object.entries(open.levels)) {
      expect(low).toBeLessThanOrEqual(whole.levels[id]!.low)
      expect(high).toBe(5)
    }
    expect(open.answers.some((answer) => answer.kind === 'role' && answer.reached === 'no')).toBe(false)
    expect(open.explanation.missing).toMatchObject({ en: expect.stringContaining('Missing is not zero') })
  })

  test('the report fits its schema and is told in each format and language', () => {
    const { report, framework } = reported(model, false)
    expect(standingReportSchema.parse(report)).toEqual(report)
    expect(JSON.parse(takeAway(report, framework, 'json').text)).toEqual(report)
    expect(takeAway(report, framework, 'markdown', 'en').text).toContain("## By the ladder's own rule")
    expect(takeAway(report, framework, 'markdown', 'zh-Hans').text).toContain('## 按职级体系自己的规则')
    expect(takeAway(report, framework, 'csv').text).toMatch(/\r\nladder-(value|role),/)
  })
})

test('without a rule of its own a framework has no ladder answer', () => {
  const framework = growthFramework()
  const facts = { hash: null, assessedAt: '', finished: true, mode: 'quick' as const, target: null }
  const report = standingReport(framework, buildInstrument(framework), [], {
    ...facts,
    self: { name: null, role: null, years: null },
  })
  expect(report.ladder).toBeNull()
})

test('every id and level that a rule names is checked at its place', () => {
  const text = formatFramework(
    growthFramework({
      scoring: {
        model: 'points',
        levelPoints: [0, 1],
        weights: { codng: 1 },
        bands: [{ title: 'T', from: 1, role: 'emperor', gates: [{ competency: 'coding', level: 9 }] }],
      },
    }),
  )
  const { faults } = parseFramework(text)
  expect(faults?.map(({ code, path, suggestion }) => [code, path.join('.'), suggestion])).toEqual([
    ['FW020', 'scoring.weights.codng', 'coding'],
    ['FW020', 'scoring.bands.0.role', undefined],
    ['FW022', 'scoring.bands.0.gates.0.level', undefined],
  ])
  const line = text.split('\n').findIndex((one) => one.includes('codng')) + 1
  expect(faults?.[0]).toMatchObject({ line, got: '"codng"' })
  const unknown = parseFramework(text.replace('model: points', 'model: pints'))
  expect(unknown.faults?.find(({ path }) => path.join('.') === 'scoring.model')).toMatchObject({
    code: 'FW013',
    suggestion: 'points',
  })
})
