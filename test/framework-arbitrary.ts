// Random frameworks for property tests: always valid, never tidy.
import fc from 'fast-check'

import type {
  Behaviour,
  Duty,
  Expectation,
  Framework,
  Role,
  Text,
  Variant,
} from '../src/core/framework/model.ts'
import type { Scoring } from '../src/core/framework/scoring.ts'

const LANGUAGES = ['en', 'zh-Hans']
/** Words that YAML likes to misread, beside arbitrary Unicode without NUL and lone surrogates. */
const words = fc.oneof(
  fc.constantFrom(
    'yes',
    'null',
    '~',
    '1.0',
    '0x1F',
    '- a',
    'a: b',
    '# no',
    '"',
    "'",
    '{',
    '[x',
    '|',
    '>',
    '&a',
    '*a',
    '!t',
    '%',
    '@',
    '`',
    '<<',
    '一 二',
    ' lead',
    'trail ',
    'two\nlines',
    '\ttab',
    'a\r\nb',
    '\u0085',
    '\u2028',
    '\uFEFF',
    'x'.repeat(200),
    'long words '.repeat(20),
    '...',
    '---',
    'true',
    '2020-01-01',
    '=',
    ':',
    '?',
    'é\u0301',
    '🪜',
  ),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }).filter((text) => !text.includes('\0')),
)
const text: fc.Arbitrary<Text> = fc.oneof(
  words,
  fc.record({ en: words, 'zh-Hans': words }),
  fc.record({ 'zh-Hans': words }),
)
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined })
const given = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as T
const id = fc.oneof(
  fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,8}$/),
  fc.constantFrom('null', 'true', '1e3', '007', '1.0', 'no', 'on', '1', '__x'.slice(2), 'proto'),
)
const ids = (minLength: number, maxLength: number) => fc.uniqueArray(id, { minLength, maxLength })
const years = fc
  .tuple(fc.integer({ min: 0, max: 30 }), maybe(fc.integer({ min: 0, max: 30 })))
  .map(([min, more]) => (more === undefined ? { min } : { min, max: min + more }))

interface Ids {
  sources: string[]
  tracks: string[]
  schemes: string[]
  areas: string[]
  competencies: string[]
  roles: string[]
  behaviours: string[]
  top: number
}

const idsArbitrary: fc.Arbitrary<Ids> = fc.record({
  sources: ids(1, 3),
  tracks: ids(1, 3),
  schemes: ids(0, 2),
  areas: ids(1, 3),
  competencies: ids(1, 5),
  roles: ids(1, 5),
  behaviours: ids(0, 12),
  top: fc.integer({ min: 1, max: 12 }),
})

/** Each of the five scoring models, over ids that exist. */
const scoringOf = (known: Ids): fc.Arbitrary<Scoring> => {
  const level = fc.integer({ min: 1, max: known.top })
  const points = (length: number) =>
    fc
      .array(fc.integer({ min: 0, max: 40 }), { minLength: length, maxLength: length })
      .map((list) => list.toSorted((a, b) => a - b).map((value) => value / 4))
  const levelRule = fc
    .record({
      answerPoints: fc.oneof(fc.constant([0, 0, 1, 1, 1]), points(5)),
      noneBelow: maybe(fc.constant(0.5)),
      meanAbove: maybe(fc.constant(1)),
      meanAtLeast: maybe(fc.constant(1.5)),
    })
    .map(given)
  const bands = fc.array(
    fc
      .record({
        title: text,
        from: fc.integer({ min: 0, max: 200 }),
        role: maybe(fc.constantFrom(...known.roles)),
        gates: fc.array(fc.record({ competency: fc.constantFrom(...known.competencies), level }), {
          maxLength: 2,
        }),
        series: fc.constantFrom('title', 'pay'),
      })
      .map(given),
    { maxLength: 3 },
  )
  const weights = fc
    .subarray(known.competencies, { minLength: 1 })
    .map((chosen) => Object.fromEntries(chosen.map((one, index) => [one, index + 0.5])))
  const count = fc
    .record({
      k: fc.constantFrom<(number | 'all')[]>(1, 'all'),
      level,
      of: maybe(fc.subarray(known.competencies, { minLength: 1 })),
    })
    .map(given)
  const condition = fc.oneof(count, fc.record({ anyOf: fc.array(count, { minLength: 2, maxLength: 3 }) }))
  const byRole = <T>(list: fc.Arbitrary<T>) =>
    fc
      .tuple(fc.subarray(known.roles, { minLength: 1 }), list)
      .map(([chosen, value]) => Object.fromEntries(chosen.map((one) => [one, value])))
  const common = { levelRule, note: maybe(text) }
  return fc
    .oneof(
      fc.record({
        ...common,
        model: fc.constant('points'),
        levelPoints: points(known.top + 1),
        weights: fc.oneof(weights, fc.constant({})),
        bands,
      }),
      fc.record({
        ...common,
        model: fc.constant('weighted-mean'),
        sets: fc.record({ title: text, weights, bands }).map((set) => [{ id: 'only', ...set }]),
      }),
      fc.record({ ...common, model: fc.constant('minimum-vector') }),
      fc.record({
        ...common,
        model: fc.constant('k-of-n'),
        roles: byRole(fc.array(condition, { minLength: 1, maxLength: 2 })),
      }),
      fc.record({
        ...common,
        model: fc.constant('checklist'),
        share: fc.constantFrom(1, 0.8, 0),
        roles:
          known.behaviours.length > 0
            ? byRole(fc.subarray(known.behaviours, { minLength: 1 }))
            : fc.constant({}),
      }),
    )
    .map(given) as unknown as fc.Arbitrary<Scoring>
}

const frameworkOf = (known: Ids): fc.Arbitrary<Framework> => {
  const source = fc.constantFrom(...known.sources)
  const named = (list: string[], extra: Record<string, fc.Arbitrary<unknown>> = {}) =>
    fc.tuple(
      ...list.map((one) => fc.record({ title: text, ...extra }).map((rest) => given({ id: one, ...rest }))),
    )
  const scaleOf = (top: number) =>
    fc
      .tuple(
        ...Array.from({ length: top }, (_, index) =>
          fc
            .record({ title: text, description: maybe(text) })
            .map((rest) => given({ level: index + 1, ...rest })),
        ),
      )
      .map((levels) => ({ levels }))
  const expectation: fc.Arbitrary<Expectation> = fc
    .record({
      level: fc.integer({ min: 0, max: known.top }),
      kind: fc.constantFrom('must' as const, 'should' as const),
      note: maybe(text),
    })
    .map(given) as fc.Arbitrary<Expectation>
  const expectations = fc
    .tuple(
      fc.subarray(known.competencies),
      fc.array(expectation, { minLength: known.competencies.length, maxLength: known.competencies.length }),
    )
    .map(([chosen, values]) => Object.fromEntries(chosen.map((one, index) => [one, values[index]!])))
  const duties = (prefix: string): fc.Arbitrary<Duty[]> =>
    fc
      .array(
        fc.record({
          title: text,
          text: maybe(text),
          competencies: fc.subarray(known.competencies),
          source: maybe(source),
        }),
        { maxLength: 3 },
      )
      .map((list) => list.map((duty, index) => given({ id: `${prefix}${index}`, ...duty }))) as fc.Arbitrary<
      Duty[]
    >
  const facts = fc.array(fc.record({ text, source }), { maxLength: 2 })
  const variants = fc
    .array(fc.record({ title: text, summary: maybe(text), facts, expectations, duties: duties('v') }), {
      maxLength: 2,
    })
    .map((list) =>
      list.map((variant, index) =>
        given({
          id: `variant${index}`,
          ...variant,
          duties: variant.duties.map((duty) => ({ ...duty, id: `${index}${duty.id}` })),
        }),
      ),
    ) as fc.Arbitrary<Variant[]>
  const grades = fc
    .array(
      fc.record({
        title: maybe(text),
        scheme: known.schemes.length > 0 ? maybe(fc.constantFrom(...known.schemes)) : fc.constant(undefined),
        note: maybe(text),
      }),
      { maxLength: 2 },
    )
    .map((list) => list.map((grade, index) => given({ id: `P${index}`, ...grade }))) as fc.Arbitrary<
    Role['grades']
  >
  const role = fc.record({
    title: text,
    aliases: fc.array(text, { maxLength: 2 }),
    tracks: fc.subarray(known.tracks, { minLength: 1 }),
    summary: maybe(text),
    facts,
    experience: fc.array(fc.record({ years, text: maybe(text), source: maybe(source) }).map(given), {
      maxLength: 2,
    }) as fc.Arbitrary<Role['experience']>,
    disagreements: fc.array(
      fc.record({
        about: text,
        claims: fc.array(fc.record({ text, source }), { minLength: 2, maxLength: 3 }),
      }),
      { maxLength: 1 },
    ),
    grades,
    expectations,
    duties: duties('d'),
    variants,
  })
  const behaviours = fc.tuple(
    ...known.behaviours.map((one) =>
      fc
        .record({
          text,
          note: maybe(text),
          source: maybe(source),
          level: fc.integer({ min: 1, max: known.top }),
          owner: fc.nat(known.competencies.length - 1),
        })
        .map((rest) => ({ id: one, ...rest })),
    ),
  )
  const competencies = fc
    .tuple(
      behaviours,
      fc.tuple(
        ...known.competencies.map((one) =>
          fc
            .record({
              area: fc.constantFrom(...known.areas),
              title: text,
              description: maybe(text),
              scale: maybe(scaleOf(known.top)),
            })
            .map((rest) => given({ id: one, ...rest })),
        ),
      ),
    )
    .map(([all, list]) =>
      list.map((competency, index) => ({
        ...competency,
        behaviours: all
          .filter(({ owner }) => owner === index)
          .map(({ id, text, note, source, level }) => given({ id, text, note, source, level }) as Behaviour)
          .toSorted((a, b) => a.level - b.level),
      })),
    ) as unknown as fc.Arbitrary<Framework['competencies']>
  const transitions = fc
    .uniqueArray(
      fc.record({
        from: fc.constantFrom(...known.roles),
        to: fc.constantFrom(...known.roles),
        kind: fc.constantFrom('promotion' as const, 'lateral' as const, 'return' as const),
        years: maybe(years),
        changes: maybe(text),
        source: maybe(source),
      }),
      { selector: ({ from, to }) => `${from}>${to}`, maxLength: 5 },
    )
    .map((list) => list.filter(({ from, to }) => from !== to).map(given)) as fc.Arbitrary<
    Framework['transitions']
  >
  const orgRules = fc
    .array(
      fc.record({
        title: text,
        text: maybe(text),
        over: fc.integer({ min: 0, max: 50 }),
        role: fc.constantFrom(...known.roles),
        atLeast: maybe(fc.nat(3)),
        source: maybe(source),
      }),
      { maxLength: 2 },
    )
    .map((list) =>
      list.map(({ over, role: asked, atLeast, ...rule }, index) =>
        given({
          id: `rule${index}`,
          ...rule,
          when: [{ measure: 'developers' as const, over }],
          asks: given({ role: asked, atLeast }),
        }),
      ),
    ) as fc.Arbitrary<Framework['orgRules']>

  return fc
    .record({
      id,
      version: fc.constantFrom('1.0.0', '0.3.12', '2.0.0-rc.1'),
      title: text,
      description: maybe(text),
      license: maybe(words),
      sources: named(known.sources, { url: maybe(words), note: maybe(text) }),
      tracks: named(known.tracks, { description: maybe(text) }),
      gradeSchemes: named(known.schemes, {
        official: fc.boolean(),
        note: maybe(text),
        source: maybe(source),
      }),
      scale: scaleOf(known.top),
      areas: named(known.areas),
      competencies,
      roles: fc.tuple(...known.roles.map((one) => role.map((rest) => given({ id: one, ...rest })))),
      transitions,
      orgRules,
      scoring: maybe(scoringOf(known)),
      lint: maybe(fc.record({ off: fc.constantFrom([], ['wording-trait']) })),
    })
    .map((rest) => given({ rungs: 1, languages: LANGUAGES, ...rest })) as unknown as fc.Arbitrary<Framework>
}

/** Valid frameworks of every shape that the model allows, in its normalised form. */
export const frameworkArbitrary: fc.Arbitrary<Framework> = idsArbitrary.chain(frameworkOf)
