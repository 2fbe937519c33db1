// The five scoring models: published worked answers, hand-made cases, and the laws that hold for all of them.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { corpusPath } from '../../../../test/corpus.ts'
import { frameworkSchema, type Framework } from '../../framework/model.ts'
import { scoringSchema, type Scoring } from '../../framework/scoring.ts'
import { ANSWERS, type Answer, type Response } from '../answers.ts'
import { ladderAnswer, type RoleAnswer, type ValueAnswer } from './ladder-answer.ts'

const scored = (input: unknown): Scoring => scoringSchema.parse(input)

/** A framework of the named competencies with `perLevel` behaviours at each of `levels` levels, ids `name-level-n`. */
function frameworkOf(
  names: readonly string[],
  levels: number,
  perLevel = 2,
  roles: unknown[] = [{ id: 'engineer', title: 'Engineer', tracks: ['line'] }],
): Framework {
  const each = (count: number) => Array.from({ length: count }, (_, index) => index + 1)
  return frameworkSchema.parse({
    rungs: 1,
    id: 'ladder',
    version: '1.0.0',
    title: 'Ladder',
    tracks: [{ id: 'line', title: 'Line' }],
    areas: [{ id: 'all', title: 'All' }],
    scale: { levels: each(levels).map((level) => ({ level, title: `Level ${level}` })) },
    competencies: names.map((id) => ({
      id,
      area: 'all',
      title: id,
      behaviours: Object.fromEntries(
        each(levels).map((level) => [
          level,
          each(perLevel).map((n) => ({ id: `${id}-${level}-${n}`, text: `Does ${id} ${level} ${n}` })),
        ]),
      ),
    })),
    roles,
  })
}

/** Answers that put each competency at a level: everything up to it shown, everything above not yet. */
function atLevels(framework: Framework, levels: Readonly<Record<string, number>>): Response[] {
  return framework.competencies.flatMap(({ id, behaviours }) =>
    behaviours.map((behaviour): Response => ({
      item: behaviour.id,
      answer: behaviour.level <= levels[id]! ? 'on-my-own' : 'not-yet',
    })),
  )
}

const MEWS_LEVEL_RULE = { answerPoints: [0, 1, 2, 2, 2], noneBelow: 1, meanAbove: 1.7 }

describe('weighted mean, as Mews specifies it', () => {
  const framework = frameworkOf(
    ['delivery', 'domain-expertise', 'problem-solving', 'communication', 'leadership'],
    5,
  )
  const scoring = scored({
    model: 'weighted-mean',
    levelRule: MEWS_LEVEL_RULE,
    sets: [
      {
        id: 'engineer',
        title: 'Engineer',
        weights: {
          delivery: 25,
          'domain-expertise': 30,
          'problem-solving': 30,
          communication: 10,
          leadership: 5,
        },
        bands: [
          { title: 'IC2', from: 0 },
          { title: 'IC3', from: 1.2 },
          { title: 'IC4', from: 2.4 },
          { title: 'IC5', from: 3.6 },
        ],
      },
    ],
  })
  const example = atLevels(framework, {
    delivery: 3,
    'domain-expertise': 3,
    'problem-solving': 2,
    communication: 2,
    leadership: 2,
  })

  test('the worked example is 2.55, and that is grade IC4', () => {
    const [answer] = ladderAnswer(framework, scoring, example).answers as ValueAnswer[]
    expect(answer!.value).toEqual({ low: 2.55, high: 2.55 })
    expect(answer!.bands).toEqual([{ series: 'title', low: 'IC4', high: 'IC4' }])
    expect(answer!.parts.map(({ adds }) => adds.low)).toEqual([0.75, 0.9, 0.6, 0.2, 0.1])
  })

  test('a level is not reached with a gap on it, with a mean of 1.7 or under, or with the level below missing', () => {
    const one = frameworkOf(['delivery'], 2, 10)
    const single = scored({
      model: 'weighted-mean',
      levelRule: MEWS_LEVEL_RULE,
      sets: [{ id: 'e', title: 'E', weights: { delivery: 1 } }],
    })
    const level = (answers: Answer[][]) =>
      ladderAnswer(
        one,
        single,
        answers.flatMap((list, at) =>
          list.map((answer, n) => ({ item: `delivery-${at + 1}-${n + 1}`, answer })),
        ),
      ).levels.delivery
    const times = (answer: Answer, count: number) => Array.from({ length: count }, () => answer)
    const full = times('on-my-own', 10)
    const none = times('not-yet', 10)
    expect(level([[...times('on-my-own', 9), 'not-yet'], none]), 'a gap').toEqual({ low: 0, high: 0 })
    expect(level([[...times('on-my-own', 7), ...times('with-help', 3)], none]), 'exactly 1.7').toEqual({
      low: 0,
      high: 0,
    })
    expect(level([[...times('on-my-own', 8), ...times('with-help', 2)], none]), '1.8').toEqual({
      low: 1,
      high: 1,
    })
    expect(level([none, full]), 'a skipped level').toEqual({ low: 0, high: 0 })
    expect(level([full, times('no-opportunity', 10)]), 'missing is not zero').toEqual({ low: 1, high: 2 })
  })

  test('a gate holds a band back, and the answer says which', () => {
    const gated = scored({
      ...scoring,
      sets:
        scoring.model === 'weighted-mean'
          ? scoring.sets.map((set) => ({
              ...set,
              bands: set.bands.map((band) =>
                band.title === 'IC4' ? { ...band, gates: [{ competency: 'leadership', level: 3 }] } : band,
              ),
            }))
          : [],
    })
    const [answer] = ladderAnswer(framework, gated, example).answers as ValueAnswer[]
    expect(answer!.value.low).toBe(2.55)
    expect(answer!.bands[0]).toMatchObject({ low: 'IC3', high: 'IC3' })
    expect(answer!.heldBack).toEqual([{ title: 'IC4', gates: [{ competency: 'leadership', level: 3 }] }])
  })
})

describe('points with title bands', () => {
  const corpus = corpusPath()
  test.skipIf(!corpus)(
    'Snowflake: points per milestone, its titles and its levels (skipped: no corpus beside the repository)',
    () => {
      interface Extract {
        tracks: Record<string, unknown>
        titles: { label: string; minPoints: number }[]
        pointsToLevels: Record<string, string>
      }
      const data = JSON.parse(
        readFileSync(join(corpus!, 'ladders', 'medium-snowflake', 'tracks.extracted.json'), 'utf8'),
      ) as Extract
      const names = Object.keys(data.tracks).map((name) => name.toLowerCase().replaceAll('_', '-'))
      const framework = frameworkOf(names, 5, 1)
      const scoring = scored({
        model: 'points',
        // Milestones 0 to 5 are worth 0, 1, 3, 6, 12 and 20 points in the published tool.
        levelPoints: [0, 1, 3, 6, 12, 20],
        bands: [
          ...data.titles.map(({ label, minPoints }) => ({ title: label, from: minPoints })),
          ...Object.entries(data.pointsToLevels).map(([points, level]) => ({
            series: 'level',
            title: level,
            from: Number(points),
          })),
        ],
      })
      const answerAt = (levels: number[]) => {
        const all = Object.fromEntries(names.map((name, index) => [name, levels[index] ?? 0]))
        return ladderAnswer(framework, scoring, atLevels(framework, all)).answers[0] as ValueAnswer
      }
      expect(answerAt([]).value).toEqual({ low: 0, high: 0 })
      expect(answerAt([]).bands).toMatchObject([{ low: 'Engineer I' }, { low: '1.1' }])
      // 12 + 6 + 6 + 3 + 3 + 3 + 3 = 36: the first point of Senior Engineer, level 3.1.
      expect(answerAt([4, 3, 3, 2, 2, 2, 2])).toMatchObject({
        value: { low: 36, high: 36 },
        bands: [{ low: 'Senior Engineer' }, { low: '3.1' }],
      })
      // One point less is still Engineer II, level 2.3.
      expect(answerAt([4, 3, 3, 2, 2, 2, 1, 1, 1])).toMatchObject({ value: { low: 36 } })
      expect(answerAt([4, 3, 3, 2, 2, 2, 1, 1])).toMatchObject({
        value: { low: 35 },
        bands: [{ low: 'Engineer II' }, { low: '2.3' }],
      })
      expect(answerAt([5, 5, 5, 4, 4, 3])).toMatchObject({
        value: { low: 90 },
        bands: [{ low: 'Principal Engineer' }, { low: '5.1' }],
      })
    },
  )
})

describe('roles by rule', () => {
  const roles = [
    { id: 'junior', title: 'Junior', tracks: ['line'], expectations: { code: 1 } },
    {
      id: 'senior',
      title: 'Senior',
      tracks: ['line'],
      expectations: { code: 2, design: 2, review: { level: 3, kind: 'should' } },
    },
  ]
  const framework = frameworkOf(['code', 'design', 'review'], 3, 2, roles)
  const reached = (scoring: Scoring, responses: Response[]) =>
    Object.fromEntries(
      (ladderAnswer(framework, scoring, responses).answers as RoleAnswer[]).map(
        ({ role, reached: state }) => [role, state],
      ),
    )

  test('minimum vector: every must at its level; a should does not count; a missing answer leaves it open', () => {
    const scoring = scored({ model: 'minimum-vector' })
    expect(reached(scoring, atLevels(framework, { code: 2, design: 2, review: 0 }))).toEqual({
      junior: 'yes',
      senior: 'yes',
    })
    expect(reached(scoring, atLevels(framework, { code: 3, design: 1, review: 3 }))).toEqual({
      junior: 'yes',
      senior: 'no',
    })
    expect(
      reached(
        scoring,
        atLevels(framework, { code: 2, design: 2, review: 0 }).filter(
          ({ item }) => !item.startsWith('design'),
        ),
      ),
    ).toEqual({ junior: 'yes', senior: 'open' })
  })

  test('k of n: enough competencies at a level, whichever they are', () => {
    const scoring = scored({
      model: 'k-of-n',
      roles: {
        senior: [
          { k: 2, level: 2 },
          { k: 3, level: 1 },
        ],
      },
    })
    expect(reached(scoring, atLevels(framework, { code: 2, design: 1, review: 2 }))).toEqual({
      senior: 'yes',
    })
    expect(reached(scoring, atLevels(framework, { code: 2, design: 0, review: 2 }))).toEqual({ senior: 'no' })
  })

  test('k of n: of several ways one is enough, all counts every competency, and a missing answer leaves it open', () => {
    const scoring = scored({
      model: 'k-of-n',
      roles: {
        senior: [
          {
            anyOf: [
              { k: 1, level: 3 },
              { k: 'all', level: 2 },
            ],
          },
          { k: 'all', level: 1 },
        ],
      },
    })
    const at = (code: number, design: number, review: number) => atLevels(framework, { code, design, review })
    expect(reached(scoring, at(3, 1, 1))).toEqual({ senior: 'yes' })
    expect(reached(scoring, at(2, 2, 2))).toEqual({ senior: 'yes' })
    expect(reached(scoring, at(2, 2, 1))).toEqual({ senior: 'no' })
    expect(reached(scoring, at(3, 3, 0))).toEqual({ senior: 'no' })
    const without = (all: Response[]) => all.filter(({ item }) => !item.startsWith('design-2'))
    expect(reached(scoring, without(at(3, 1, 1)))).toEqual({ senior: 'yes' })
    expect(reached(scoring, without(at(2, 2, 2)))).toEqual({ senior: 'open' })
    const [answer] = ladderAnswer(framework, scoring, at(2, 2, 1)).answers as RoleAnswer[]
    expect(answer!.conditions).toEqual([
      { asks: 'competencies', level: 3, needed: 1, got: { low: 0, high: 0 }, either: 0 },
      { asks: 'competencies', level: 2, needed: 3, got: { low: 2, high: 2 }, either: 0 },
      { asks: 'competencies', level: 1, needed: 3, got: { low: 3, high: 3 } },
    ])
  })

  test('k of n: a count of one named competency is its level', () => {
    const scoring = scored({
      model: 'k-of-n',
      roles: {
        senior: [
          { k: 1, level: 2, of: ['code'] },
          { k: 1, level: 2, of: ['design', 'review'] },
        ],
      },
    })
    const [answer] = ladderAnswer(framework, scoring, atLevels(framework, { code: 2, design: 1, review: 1 }))
      .answers as RoleAnswer[]
    expect(answer).toMatchObject({
      reached: 'no',
      conditions: [
        { asks: 'level', competency: 'code', needed: 2, got: { low: 2, high: 2 } },
        { asks: 'competencies', of: ['design', 'review'], level: 2, needed: 1, got: { low: 0, high: 0 } },
      ],
    })
  })

  test('checklist: the share of the role’s behaviours that is shown', () => {
    const nearly = atLevels(framework, { code: 2, design: 2, review: 0 }).map((one) =>
      one.item === 'design-2-2' ? { ...one, answer: 'with-help' as const } : one,
    )
    expect(reached(scored({ model: 'checklist' }), nearly)).toMatchObject({ senior: 'no' })
    expect(reached(scored({ model: 'checklist', share: 0.8 }), nearly)).toMatchObject({ senior: 'yes' })
    expect(
      reached(scored({ model: 'checklist', roles: { junior: ['code-1-1', 'review-3-1'] } }), nearly),
    ).toMatchObject({ junior: 'no' })
  })
})

describe('laws of every model', () => {
  const names = ['a', 'b', 'c']
  const roles = [
    { id: 'one', title: 'One', tracks: ['line'], expectations: { a: 1, b: 2 } },
    { id: 'two', title: 'Two', tracks: ['line'], expectations: { a: 2, b: 2, c: 3 } },
  ]
  const framework = frameworkOf(names, 3, 2, roles)
  const items = framework.competencies.flatMap(({ behaviours }) => behaviours.map(({ id }) => id))
  const models: Scoring[] = [
    scored({ model: 'points', levelPoints: [0, 1, 3, 6], levelRule: MEWS_LEVEL_RULE }),
    scored({
      model: 'weighted-mean',
      levelRule: { meanAtLeast: 0.5 },
      sets: [{ id: 's', title: 'S', weights: { a: 1, b: 2, c: 3 } }],
    }),
    scored({ model: 'minimum-vector' }),
    scored({ model: 'k-of-n', roles: { one: [{ k: 1, level: 2 }], two: [{ k: 2, level: 3 }] } }),
    scored({
      model: 'k-of-n',
      roles: {
        one: [
          {
            anyOf: [
              { k: 1, level: 3 },
              { k: 'all', level: 2 },
            ],
          },
          { k: 'all', level: 1 },
        ],
        two: [
          {
            anyOf: [
              { k: 1, level: 1, of: ['a'] },
              { k: 2, level: 2, of: ['b', 'c'] },
            ],
          },
        ],
      },
    }),
    scored({ model: 'checklist', share: 0.6 }),
  ]
  const answer = fc.constantFrom<(Answer | undefined)[]>(...ANSWERS, 'no-opportunity', undefined)
  const ends = (scoring: Scoring, responses: Response[]) =>
    ladderAnswer(framework, scoring, responses).answers.map((one) =>
      one.kind === 'value'
        ? [one.value.low, one.value.high]
        : { no: [0, 0], open: [0, 1], yes: [1, 1] }[one.reached],
    )
  const responsesOf = (given: readonly (Answer | undefined)[]): Response[] =>
    given.flatMap((one, n) => (one ? [{ item: items[n]!, answer: one }] : []))

  test('low never passes high, filling in an answer only narrows, and a better answer never lowers', () => {
    fc.assert(
      fc.property(
        fc.array(answer, { minLength: items.length, maxLength: items.length }),
        fc.nat(items.length - 1),
        fc.nat(4),
        fc.constantFrom(...models),
        (given, at, score, scoring) => {
          const before = ends(scoring, responsesOf(given))
          const changed = given.with(at, ANSWERS[score])
          const after = ends(scoring, responsesOf(changed))
          const wasMissing = given[at] === undefined || given[at] === 'no-opportunity'
          for (const [n, [low, high]] of before.entries()) {
            expect(low!).toBeLessThanOrEqual(high!)
            if (wasMissing) {
              expect(after[n]![0]!).toBeGreaterThanOrEqual(low!)
              expect(after[n]![1]!).toBeLessThanOrEqual(high!)
            } else if (score >= ANSWERS.indexOf(given[at] as (typeof ANSWERS)[number])) {
              expect(after[n]![0]!).toBeGreaterThanOrEqual(low!)
              expect(after[n]![1]!).toBeGreaterThanOrEqual(high!)
            }
          }
        },
      ),
      { seed: 11, numRuns: 400 },
    )
  })
})
