// The path planner: the ways that are found, their time ranges, what each asks, and "no path" as an answer.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ANSWERS, type Response } from '../assess/answers.ts'
import { buildInstrument } from '../assess/instrument.ts'
import { estimateProfile } from '../assess/profile.ts'
import type { Framework, Transition } from '../framework/model.ts'
import { growthFramework } from './fixture.ts'
import { gapTo } from './gap.ts'
import { planPaths, type PathRequest } from './path.ts'
import { simplePaths } from './path-search.ts'
import { gapYears, pathTime, totalFigures } from './path-time.ts'
import { findRole } from './roles.ts'

const RUNS = process.env['RUNGS_VERIFY'] ? 2000 : 60
const framework = growthFramework()
const instrument = buildInstrument(framework)
const everything = (answer: (typeof ANSWERS)[number]): Response[] =>
  instrument.items.map(({ id }) => ({ item: id, answer }))
const ref = (role: string, variant: string | null = null) => ({ role, variant })

function plan(
  responses: readonly Response[],
  request: Partial<PathRequest> & Pick<PathRequest, 'from' | 'to'>,
  of: Framework = framework,
) {
  return planPaths(of, estimateProfile(instrument, responses), responses, {
    ownYears: null,
    strengths: [],
    ...request,
  })
}

const edge = (from: string, to: string): Transition => ({ from, to, kind: 'promotion' })

test('all ways without a role twice are found, fewest steps first, through cycles', () => {
  const { paths, complete, reachable } = simplePaths(framework.transitions, 'senior', 'head')
  const ids = paths.map((path) => ['senior', ...path.map(({ to }) => to)].join('>'))
  expect(ids.slice(0, 2)).toEqual(['senior>architect>head', 'senior>lead>head'])
  expect(ids.slice(2).toSorted()).toEqual(['senior>architect>lead>head', 'senior>lead>architect>head'])
  expect(complete).toBe(true)
  expect(reachable).toEqual(['architect', 'lead', 'head'])
})

test('the search agrees with trying every order of roles on random graphs', () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f']
  const edges = fc.array(fc.tuple(fc.constantFrom(...names), fc.constantFrom(...names)), { maxLength: 20 })
  fc.assert(
    fc.property(edges, (pairs) => {
      const transitions = pairs.map(([from, to]) => edge(from, to))
      const every: string[] = []
      const walk = (path: string[]) => {
        const last = path.at(-1)!
        if (last === 'f') every.push(path.join('>'))
        if (last === 'f') return
        for (const to of new Set(pairs.filter(([from]) => from === last).map((pair) => pair[1])))
          if (!path.includes(to)) walk([...path, to])
      }
      walk(['a'])
      const found = simplePaths(transitions, 'a', 'f').paths.map((path) =>
        ['a', ...path.map(({ to }) => to)].join('>'),
      )
      expect(found.toSorted()).toEqual(every.toSorted())
      const lengths = found.map((path) => path.length)
      expect(lengths).toEqual(lengths.toSorted((x, y) => x - y))
    }),
    { seed: 20260304, numRuns: RUNS },
  )
}, 120_000)

test('sixty roles that all lead to each other are searched within a bound, and it says that there are more', () => {
  const names = Array.from({ length: 60 }, (_, i) => `r${i}`)
  const transitions = names.flatMap((from) => names.filter((to) => to !== from).map((to) => edge(from, to)))
  const started = performance.now()
  const { paths, complete } = simplePaths(transitions, 'r0', 'r59')
  expect(paths).toHaveLength(200)
  expect(complete).toBe(false)
  expect(paths[0]).toHaveLength(1)
  expect(performance.now() - started).toBeLessThan(2000)
})

test("the years of disagreeing sources are joined, and the person's own years come off, never below nothing", () => {
  const step = (ownYears: number | null) => {
    const role = findRole(framework, ref('senior'))!.role
    const start = { role: findRole(framework, ref('junior'))!.role, ownYears }
    return pathTime(start, [{ transition: framework.transitions[0]!, role, climbs: [] }])
  }
  expect(step(1).years).toEqual({ min: 2, max: 7 })
  expect(step(6).years).toEqual({ min: 0, max: 2 })
  expect(step(20).years).toEqual({ min: 0, max: 0 })
  const labels = step(1).steps[0]!.figures.map(({ about, origin, years }) => [
    about,
    origin.label,
    origin.source,
    years.min,
  ])
  expect(labels).toEqual([
    ['own-years', 'yours', null, 1],
    ['role-total', 'source', 'book', 3],
    ['role-total', 'source', 'talk', 7],
    ['difference', 'ours', null, 2],
    ['nothing-lacking', 'ours', null, 0],
  ])
})

test('a role without years takes the time of its gap, and an open-ended total keeps the range open', () => {
  const lead = findRole(framework, ref('lead'))!.role
  const head = findRole(framework, ref('head'))!.role
  const start = { role: findRole(framework, ref('senior'))!.role, ownYears: 6 }
  const climbs = [{ least: 1, most: 2, known: true }]
  const time = pathTime(start, [
    { transition: framework.transitions[2]!, role: lead, climbs },
    { transition: framework.transitions[6]!, role: head, climbs: [] },
  ])
  expect(time.steps[0]!).toMatchObject({ years: { min: 1, max: 4 }, setBy: { min: 'gap', max: 'gap' } })
  expect(time.steps[1]!.years).toEqual({ min: 2, max: null })
  expect(time.setBy.min).toBe('sources')
  expect(time.steps[0]!.figures.find(({ about }) => about === 'gap')!.levels).toEqual({
    longest: { least: 1, most: 2 },
    together: { least: 1, most: 2 },
    unknown: 0,
  })
  expect(time.years).toEqual({ min: 6, max: null })
  expect(time.steps.map(({ fromToday }) => fromToday)).toEqual([
    { min: 1, max: 4 },
    { min: 6, max: null },
  ])
  expect(totalFigures(head, null)[0]!.origin).toEqual({ label: 'framework', source: null })
})

test('the gap takes at least its longest climb, and more where many competencies lack', () => {
  expect(gapYears([])).toEqual({ min: 0, max: 0 })
  expect(gapYears([{ least: 0, most: 1, known: true }])).toEqual({ min: 0, max: 2 })
  expect(gapYears(Array.from({ length: 12 }, () => ({ least: 1, most: 1, known: true })))).toEqual({
    min: 3,
    max: 6,
  })
})

test('paths over both tracks come back with what each asks beyond the steps before it', () => {
  const responses: Response[] = [
    ...['coding', 'testing'].flatMap((id) => answersUpTo(id, 3, 'lead-others')),
    ...answersUpTo('design', 3, 'on-my-own'),
    ...answersUpTo('planning', 2, 'with-help'),
  ]
  const result = plan(responses, { from: ref('senior'), to: ref('head'), ownYears: 6, strengths: ['design'] })
  expect(result.none).toBeNull()
  expect(result.considered).toBe(4)
  const every = [...result.paths, ...result.alternatives.map(({ path }) => path)]
  const ids = every.map(({ id }) => id)
  expect(ids).toContain('senior>architect>head')
  expect(new Set(ids).size).toBe(ids.length)
  for (const path of every) {
    const asked = new Map<string, number>()
    for (const step of path.steps) {
      for (const ask of step.asks.filter(({ kind }) => kind === 'must')) {
        expect(ask.level).toBeGreaterThan(asked.get(ask.competency) ?? 0)
        expect(ask.state).not.toBe('met')
        expect(
          ask.toShow.every(({ level }) => level <= ask.level && level > (asked.get(ask.competency) ?? 0)),
        ).toBe(true)
        asked.set(ask.competency, ask.level)
      }
    }
  }
  const viaArchitect = every.find(({ id }) => id === 'senior>architect>head')!
  expect(viaArchitect.strengths.used).toEqual(['design'])
  expect(viaArchitect.steps[0]!.origin).toEqual({ label: 'framework', source: null })
})

function answersUpTo(competency: string, level: number, answer: (typeof ANSWERS)[number]): Response[] {
  return instrument.items
    .filter((item) => item.competency === competency && item.level <= level)
    .map(({ id }) => ({ item: id, answer }))
}

test("the target's variant sets the bar of the last step", () => {
  const quiet = plan([], { from: ref('architect'), to: ref('head', 'quiet') })
  const steps = quiet.paths.flatMap((path) => path.steps.filter(({ to }) => to.role === 'head'))
  expect(
    steps.every(
      ({ to, asks }) => to.variant === 'quiet' && asks.every(({ competency }) => competency !== 'vision'),
    ),
  ).toBe(true)
})

test('no path is an answer with its reason', () => {
  const code = (from: string, to: string, of = framework) =>
    plan([], { from: ref(from), to: ref(to) }, of).none?.code
  expect(code('head', 'senior')).toBe('no-transition-from')
  expect(code('senior', 'junior')).toBe('no-transition-to')
  expect(code('senior', 'emperor')).toBe('unknown-role')
  expect(plan([], { from: ref('senior'), to: ref('head', 'loud') }).none?.code).toBe('unknown-variant')
  const cut = growthFramework({
    transitions: [
      { from: 'junior', to: 'senior' },
      { from: 'architect', to: 'head' },
    ],
  })
  const none = plan([], { from: ref('junior'), to: ref('head') }, cut).none!
  expect(none.code).toBe('not-connected')
  expect(none.reachable).toEqual(['senior'])
  expect(none.text).toEqual({
    en: "No chain of the framework's transitions leads from Junior to Head.",
    'zh-Hans': '框架中的转换没有一条能从Junior连到主管。',
  })
})

const bigNames = Array.from({ length: 8 }, (_, i) => `r${i}`)
const yearsArbitrary = fc.option(
  fc.tuple(fc.integer({ min: 0, max: 15 }), fc.option(fc.integer({ min: 0, max: 15 }))),
  { nil: undefined },
)

test('ranges have their ends in order and no years are negative, whatever sources, transitions and answers say', () => {
  const roles = fc.tuple(
    ...bigNames.map(() =>
      fc.tuple(
        yearsArbitrary,
        fc.dictionary(fc.constantFrom('coding', 'hiring', 'vision'), fc.integer({ min: 0, max: 5 })),
      ),
    ),
  )
  const edges = fc.array(
    fc.tuple(fc.constantFrom(...bigNames), fc.constantFrom(...bigNames), yearsArbitrary),
    { minLength: 4, maxLength: 24 },
  )
  const years = (given: [number, number | null] | undefined) =>
    given && { min: given[0], ...(given[1] === null ? {} : { max: given[0] + given[1] }) }
  fc.assert(
    fc.property(
      roles,
      edges,
      fc.option(fc.integer({ min: 0, max: 40 })),
      fc.constantFrom(...ANSWERS),
      (given, pairs, ownYears, answer) => {
        const changed = growthFramework({
          roles: bigNames.map((id, i) => {
            const span = years(given[i]![0])
            return {
              id,
              title: id,
              tracks: ['technical'],
              expectations: given[i]![1],
              experience: span ? [{ years: span }] : [],
            }
          }),
          transitions: pairs.map(([from, to, span]) => ({
            from,
            to,
            ...(span ? { years: years(span)! } : {}),
          })),
        })
        const result = plan(everything(answer), { from: ref('r0'), to: ref('r7'), ownYears }, changed)
        expect(result.paths.length > 0).toBe(result.none === null)
        const figures = result.paths.flatMap((path) =>
          path.steps.flatMap((step) => [step.years, ...step.figures.map((figure) => figure.years)]),
        )
        for (const { steps, years } of result.paths) {
          expect(steps.at(-1)!.fromToday).toEqual(years)
          for (const [at, { fromToday }] of steps.entries()) {
            const before = steps[at - 1]?.fromToday ?? { min: 0, max: 0 }
            expect(fromToday.min).toBeGreaterThanOrEqual(before.min)
            expect(fromToday.max ?? Infinity).toBeGreaterThanOrEqual(before.max ?? Infinity)
          }
        }
        for (const { min, max } of [...result.paths.map((path) => path.years), ...figures]) {
          expect(min).toBeGreaterThanOrEqual(0)
          if (max !== null) expect(max).toBeGreaterThanOrEqual(min)
        }
      },
    ),
    { seed: 20260305, numRuns: RUNS },
  )
}, 120_000)

test('only ways that nothing beats in every respect are good; the others say which one does', () => {
  const result = plan(answersUpTo('coding', 3, 'on-my-own'), {
    from: ref('junior'),
    to: ref('head'),
    ownYears: 2,
    strengths: ['coding'],
  })
  type Way = (typeof result.paths)[number]
  const worse = (a: Way, b: Way) =>
    a.years.min > b.years.min &&
    a.gap.levels > b.gap.levels &&
    (a.strengths.share ?? 0) < (b.strengths.share ?? 0)
  for (const path of result.paths) expect(result.paths.some((other) => worse(path, other))).toBe(false)
  const good = new Set(result.paths.map(({ id }) => id))
  for (const { path, because, dominatedBy } of result.alternatives) {
    expect(good.has(path.id)).toBe(false)
    if (because !== 'dominated') continue
    const better = result.paths.find(({ id }) => id === dominatedBy)!
    expect(better.years.min).toBeLessThanOrEqual(path.years.min + 1e-9)
    expect(better.gap.levels).toBeLessThanOrEqual(path.gap.levels + 1e-9)
    expect(better.strengths.share).toBeGreaterThanOrEqual((path.strengths.share ?? 0) - 1e-9)
  }
  expect(result.considered).toBeGreaterThan(1)
})

const backAndForth = growthFramework({
  transitions: [
    { from: 'senior', to: 'architect' },
    { from: 'senior', to: 'lead' },
    { from: 'lead', to: 'head' },
    { from: 'architect', to: 'head' },
    { from: 'head', to: 'architect', kind: 'return' },
    { from: 'head', to: 'lead', kind: 'lateral' },
    { from: 'architect', to: 'senior', kind: 'return' },
  ],
})

test('a way back over a return transition, or over a role beyond the target, is never a good one', () => {
  const to = (role: string) =>
    plan(everything('with-help'), { from: ref('senior'), to: ref(role) }, backAndForth)
  const architect = to('architect')
  expect(architect.paths.map(({ id }) => id)).toEqual(['senior>architect'])
  expect(architect.alternatives).toMatchObject([
    { because: 'goes-back', path: { id: 'senior>lead>head>architect' } },
  ])
  expect(architect.bestInEverything).toBe('senior>architect')
  const lead = to('lead')
  expect(lead.paths.map(({ id }) => id)).toEqual(['senior>lead'])
  expect(lead.alternatives).toMatchObject([{ because: 'passes-target' }])
  // Where the target lies behind, going back is the way.
  const back = plan([], { from: ref('architect'), to: ref('senior') }, backAndForth)
  expect(back.paths.map(({ id }) => id)).toEqual(['architect>senior'])
})

test('the way to today’s own role is no missing path: it says what the role asks that is not met', () => {
  const responses = answersUpTo('coding', 5, 'set-how')
  const own = plan(responses, { from: ref('senior'), to: ref('senior') })
  expect(own).toMatchObject({ none: null, paths: [] })
  expect(own.ownRole).toMatchObject({ musts: { met: 1, notKnown: 2 }, readiness: null })
  expect(own.ownRole!.asks.map(({ competency }) => competency)).toEqual(['design', 'testing', 'planning'])
})

test('a way of one step counts the musts and shoulds of its role as the gap and the readiness do', () => {
  const responses = [...answersUpTo('coding', 4, 'on-my-own'), ...answersUpTo('design', 2, 'with-help')]
  const [path] = plan(responses, { from: ref('senior'), to: ref('architect') }).paths
  const gap = gapTo(
    framework,
    estimateProfile(instrument, responses),
    responses,
    findRole(framework, ref('architect'))!,
  )
  expect(path!.gap).toMatchObject({ musts: gap.musts, shoulds: gap.shouldStates, open: gap.musts.open })
  expect(path!.steps[0]).toMatchObject({
    musts: gap.musts,
    shoulds: gap.shouldStates,
    readiness: gap.readiness,
  })
})

test('the rule behind the years of a gap is stated with the figures that it used', () => {
  const beginner = answersUpTo('planning', 3, 'not-yet')
  const { rule, paths } = plan(beginner, { from: ref('senior'), to: ref('lead') })
  expect(rule).toEqual({
    yearsPerLevel: { min: 1, max: 2 },
    atOnce: 4,
    origin: { label: 'ours', source: null },
  })
  const step = paths[0]!.steps[0]!
  const { years, levels } = step.figures.find(({ about }) => about === 'gap')!
  expect(years.min).toBeCloseTo(Math.max(levels!.longest.least, levels!.together.least / 4), 9)
  expect(years.max).toBeCloseTo(2 * Math.max(levels!.longest.most, levels!.together.most / 4), 9)
  expect(step.setBy).toEqual({ min: 'gap', max: 'gap' })
})

test('a way whose musts are mostly not known says so and is called best in nothing', () => {
  const few: Response[] = [{ item: 'coding-3a', answer: 'set-how' }]
  const request = { from: ref('senior'), to: ref('head'), ownYears: 6 }
  const guessed = plan(few, request)
  for (const { tooLittleKnown, gap, best } of guessed.paths) {
    expect(gap.musts.notKnown).toBeGreaterThan(0)
    expect(tooLittleKnown!.answered).toBeLessThan(tooLittleKnown!.musts / 2)
    expect(best).toEqual([])
  }
  expect(guessed.bestInEverything).toBeNull()
  for (const { tooLittleKnown } of plan(everything('on-my-own'), request).paths)
    expect(tooLittleKnown).toBeNull()
})
