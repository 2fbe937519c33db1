// Which ways are good: each kept one is better than each other one in something that a reader sees, and says in what.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ANSWERS, type Answer, type Response } from '../assess/answers.ts'
import { buildInstrument } from '../assess/instrument.ts'
import { estimateProfile } from '../assess/profile.ts'
import { growthFramework } from './fixture.ts'
import type { Path, Paths } from './path-model.ts'
import { planPaths } from './path.ts'
import { countText, strengthsText, wayMarks } from './way-text.ts'
import { wordsIn } from './words.ts'

const RUNS = process.env['RUNGS_VERIFY'] ? 2000 : 60
const NAMES = Array.from({ length: 6 }, (_, i) => `r${i}`)
const COMPETENCIES = ['coding', 'design', 'testing', 'hiring', 'vision', 'planning']
const tenth = (value: number) => (Math.round(value * 10) / 10).toFixed(1)

/** What a reader sees of a way, less being better. */
const seen = ({ years, gap, strengths: { share } }: Path) => [
  Number(tenth(years.min)),
  years.max === null ? Infinity : Number(tenth(years.max)),
  Number(tenth(gap.levels)),
  -Math.round(100 * (share ?? 0)),
]
const isBetterInSomething = (one: Path, other: Path) => {
  const [a, b] = [seen(one), seen(other)]
  return a.some((value, i) => value < b[i]!)
}

const roles = fc.tuple(
  ...NAMES.map(() =>
    fc.tuple(
      fc.option(fc.tuple(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 6 }))),
      fc.dictionary(fc.constantFrom(...COMPETENCIES), fc.integer({ min: 1, max: 5 }), { minKeys: 1 }),
    ),
  ),
)
const edges = fc.uniqueArray(fc.tuple(fc.constantFrom(...NAMES), fc.constantFrom(...NAMES)), {
  minLength: 6,
  maxLength: 20,
  selector: ([from, to]) => `${from}>${to}`,
})
const answers = fc.array(fc.constantFrom<Answer>(...ANSWERS), { minLength: 30, maxLength: 30 })

function planned(
  given: readonly (readonly [[number, number] | null, Record<string, number>])[],
  pairs: readonly (readonly [string, string])[],
  said: readonly Answer[],
  strengths: readonly string[],
): Paths {
  const framework = growthFramework({
    roles: NAMES.map((id, i) => {
      const [span, expectations] = given[i]!
      const experience = span ? [{ years: { min: span[0], max: span[0] + span[1] } }] : []
      return { id, title: id, tracks: ['technical'], expectations, experience }
    }),
    transitions: pairs.filter(([from, to]) => from !== to).map(([from, to]) => ({ from, to })),
  })
  const instrument = buildInstrument(framework)
  const responses = instrument.items
    .filter((_, i) => i % 2 === 0)
    .map(({ id }, i): Response => ({ item: id, answer: said[i % said.length]! }))
  return planPaths(framework, estimateProfile(instrument, responses), responses, {
    ...{ from: { role: 'r0', variant: null }, to: { role: 'r5', variant: null } },
    ...{ ownYears: 3, strengths },
  })
}

test('a way is kept only where it is better than each other kept one in something that is shown, and says in what', () => {
  const { words } = wordsIn('en')
  let several = 0
  fc.assert(
    fc.property(roles, edges, answers, fc.subarray(COMPETENCIES), (given, pairs, said, strengths) => {
      const paths = planned(given, pairs, said, strengths)
      const known = paths.paths.every(({ tooLittleKnown }) => tooLittleKnown === null)
      if (paths.paths.length > 1 && known) several++
      for (const one of paths.paths) {
        const others = paths.paths.filter((other) => other !== one)
        if (one.tooLittleKnown) continue
        for (const other of others.filter(({ tooLittleKnown }) => tooLittleKnown === null))
          expect(isBetterInSomething(one, other), `${one.id} against ${other.id}`).toBe(true)
        if (others.length > 0 && known) expect(wayMarks(one, words, (id) => id).length).toBeGreaterThan(0)
      }
      for (const { path, because, dominatedBy } of paths.alternatives) {
        if (because !== 'dominated') continue
        const better = paths.paths.find(({ id }) => id === dominatedBy)!
        expect(isBetterInSomething(path, better), `${path.id} against ${better.id}`).toBe(false)
      }
    }),
    { seed: 20261121, numRuns: RUNS },
  )
  expect(several).toBeGreaterThan(RUNS / 10)
})

test('what ways are called best or better in is true of the figures that are shown', () => {
  const places = { earliest: [0], latest: [1], time: [0, 1], gap: [2], strengths: [3] } as const
  fc.assert(
    fc.property(roles, edges, answers, fc.subarray(COMPETENCIES), (given, pairs, said, strengths) => {
      const paths = planned(given, pairs, said, strengths)
      const all = [...paths.paths, ...paths.alternatives.map(({ path }) => path)]
      for (const one of all) {
        for (const name of one.best)
          for (const at of places[name])
            expect(Math.min(...all.map((other) => seen(other)[at]!)), name).toBe(seen(one)[at])
        for (const { than, in: names } of one.better) {
          const other = paths.paths.find(({ id }) => id === than)!
          for (const name of names) {
            expect(places[name].every((at) => seen(one)[at]! <= seen(other)[at]!)).toBe(true)
            expect(places[name].some((at) => seen(one)[at]! < seen(other)[at]!)).toBe(true)
          }
        }
      }
    }),
    { seed: 20261122, numRuns: RUNS },
  )
})

test('the words of ways: their number, their marks, and the strengths with the share that ways are compared by', () => {
  const { words } = wordsIn('en')
  expect(wayMarks({ best: ['time', 'gap'], better: [] }, words, (id) => id)).toEqual([
    'quickest',
    'smallest gap',
  ])
  const better = [{ than: 'a>b', in: ['time' as const, 'strengths' as const] }]
  expect(wayMarks({ best: [], better }, words, () => 'Way 2')).toEqual([
    'beside Way 2: quicker, uses your strengths more',
  ])
  const strengths = (share: number) => strengthsText({ used: ['coding'], share }, words, () => 'Coding')
  expect(strengths(0.0645)).toBe(strengths(0.0625))
  expect(strengths(0.0645)).toBe('Uses your strengths Coding: 6% of what its bars ask')
  expect(strengthsText({ used: [], share: 0 }, words, (id) => id)).toBe('Uses none of your known strengths')
  const path = (known: boolean) => ({ tooLittleKnown: known ? null : { answered: 0, musts: 3 } }) as Path
  expect(countText({ paths: [path(true), path(true)], alternatives: [] }, words)).toContain('each is better')
  expect(countText({ paths: [path(true), path(false)], alternatives: [] }, words)).toContain('too little')
  expect(countText({ paths: [path(true)], alternatives: [] }, words)).toContain('only way')
})
