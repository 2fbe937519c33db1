// Results of rounds: people told apart, harsh raters found, cells never under the minimum, forms that link everybody.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { builtInFramework } from '../../../test/built-in.ts'
import { measureRound } from '../../../test/measured-round.ts'
import type { Answer } from '../assess/answers.ts'
import { buildInstrument } from '../assess/instrument.ts'
import { expectationsOf, listRoles } from '../growth/roles.ts'
import { seededRandom } from '../measure/seeded-random.ts'
import { levelScale, positionOf } from '../assess/level-scale.ts'
import { locate, ratedScale } from './cell-location.ts'
import { formsOf } from './round-form.ts'
import { type RoundItems, type RoundRating } from './round-result.ts'
import type { SheetKind } from './round-state.ts'

const framework = builtInFramework('coder-to-cto')
const instrument = buildInstrument(framework)
const items: RoundItems = new Map(
  instrument.items.map(({ id, competency, location }) => [id, { competency, location }]),
)
const levelOf = new Map(instrument.items.map(({ id, level }) => [id, level]))
const barOfRole = (role: string) =>
  expectationsOf(
    framework,
    listRoles(framework).find(({ ref }) => ref.role === role)!,
  )
const NONE: Answer = 'no-opportunity'
const RULE = { minimum: 5, managerNamed: true, seLimit: 1 }

const roles = ['programmer', 'senior-programmer', 'architect', 'technical-manager'] as const
const subjects = roles.map((role, at) => ({ person: `s${at}`, bar: barOfRole(role) }))
const forms = formsOf(framework, subjects)

test('a form has 20 to 28 behaviours of eight competencies, below, at and above the bar, and links everybody', () => {
  for (const { person, bar } of subjects) {
    const form = forms.get(person)!
    expect(form.length).toBeGreaterThanOrEqual(20)
    expect(form.length).toBeLessThanOrEqual(28)
    expect(new Set(form).size).toBe(form.length)
    const competencies = new Set(form.map((id) => items.get(id)!.competency))
    expect(competencies.size).toBe(8)
    const asked = bar.filter(({ competency }) => competencies.has(competency))
    expect(asked.length).toBeGreaterThanOrEqual(4)
    for (const { competency, level } of asked) {
      const levels = new Set(
        form.filter((id) => items.get(id)!.competency === competency).map((id) => levelOf.get(id)!),
      )
      expect(levels.has(level)).toBe(true)
      expect(levels.size).toBeGreaterThanOrEqual(3)
    }
    const others = subjects.filter((one) => one.person !== person)
    for (const other of others)
      expect(forms.get(other.person)!.filter((id) => form.includes(id)).length).toBeGreaterThanOrEqual(4)
  }
})

test('the order of a form does not rise with the level, and a person without a role gets a form too', () => {
  const rises = [...forms.values()].map((form) => {
    const pairs = form.slice(1).map((id, at) => [form[at]!, id] as const)
    const same = pairs.filter(([a, b]) => items.get(a)!.competency === items.get(b)!.competency)
    return same.filter(([a, b]) => levelOf.get(b)! > levelOf.get(a)!).length / same.length
  })
  for (const share of rises) expect(share).toBeLessThan(0.8)
  const alone = formsOf(framework, [{ person: 'x', bar: [] }]).get('x')!
  expect(alone.length).toBeGreaterThanOrEqual(20)
})

/** Ratings simulated by the model: answers 0-2 of raters with severities about people with locations. */
function simulated(
  seed: number,
  raters: readonly { id: string; subject: string; kind: SheetKind }[],
  locations: Readonly<Record<string, number>>,
  severities: Readonly<Record<string, number>> = {},
): RoundRating[] {
  const random = seededRandom(seed)
  return raters.flatMap(({ id, subject, kind }) =>
    forms.get(subject)!.map((item) => {
      const distance = (locations[subject] ?? 0) - items.get(item)!.location - (severities[id] ?? 0)
      const weights = [1, Math.exp(distance + 0.5), Math.exp(2 * distance)]
      let left = random() * (weights[0]! + weights[1]! + weights[2]!)
      const score = weights.findIndex((weight) => (left -= weight) < 0)
      const answer = (['not-yet', 'with-help', 'on-my-own'] as const)[Math.max(0, score)]!
      return { subject, rater: id, kind, item, answer }
    }),
  )
}

const crossed = roles.flatMap((_, s) =>
  Array.from({ length: 8 }, (__, r) => ({ id: `r${r}`, subject: `s${s}`, kind: 'peer' as const })),
)
const LOCATIONS = { s0: -2, s1: -0.5, s2: 1, s3: 2.5 }

test('people are told apart and harsh raters are found; a rater learns only their own severity', () => {
  const severities = { r0: 1.5, r7: -1.5 }
  const outcome = measureRound(simulated(7, crossed, LOCATIONS, severities), items, forms, RULE)
  const meanOf = (subject: string) => {
    const own = outcome.cells.filter((cell) => cell.subject === subject)
    expect(own.length).toBe(8)
    return own.reduce((sum, { measure }) => sum + measure, 0) / own.length
  }
  for (const [subject, truth] of Object.entries(LOCATIONS))
    expect(Math.abs(meanOf(subject) - truth)).toBeLessThan(0.8)
  const note = (rater: string) => outcome.notes.find((one) => one.rater === rater)!.severity!
  expect(note('r0').measure).toBeGreaterThan(0.8)
  expect(note('r7').measure).toBeLessThan(-0.8)
  expect(Math.abs(note('r3').measure)).toBeLessThan(3 * note('r3').se)
  expect(outcome.gaps).toEqual([])
})

test('intervals cover: nine in ten truths lie within 1.645 standard errors, over many rounds', () => {
  let inside = 0
  let all = 0
  for (let seed = 1; seed <= 12; seed++) {
    const { cells } = measureRound(simulated(seed, crossed, LOCATIONS, { r0: 1, r1: -1 }), items, forms, RULE)
    for (const { subject, measure, se } of cells) {
      all++
      if (Math.abs(measure - LOCATIONS[subject as 's0']) <= 1.645 * se) inside++
    }
  }
  // Truths have no spread between competencies, so intervals are rather too wide than too narrow.
  expect(inside / all).toBeGreaterThan(0.85)
})

test('under the minimum nothing is published, a named manager is, and self stands beside', () => {
  const few = [0, 1, 2, 3].map((r) => ({ id: `r${r}`, subject: 's1', kind: 'peer' as const }))
  const sheets = [
    ...few,
    { id: 'm', subject: 's1', kind: 'manager' as const },
    { id: 's1', subject: 's1', kind: 'self' as const },
  ]
  const ratings = simulated(3, sheets, LOCATIONS)
  const named = measureRound(ratings, items, forms, RULE)
  expect(new Set(named.cells.map(({ kinds }) => kinds.join()))).toEqual(new Set(['self', 'manager']))
  expect(named.gaps.filter(({ subject }) => subject === 's1').map(({ refusal }) => refusal)).toEqual(
    Array.from({ length: 8 }, () => 'too-few-raters'),
  )
  const hidden = measureRound(ratings.slice(0, -1), items, forms, { ...RULE, managerNamed: false })
  expect(hidden.cells.filter(({ kinds }) => kinds.join() === 'manager')).toEqual([])
  const all = hidden.cells.filter(({ kinds }) => kinds[0] !== 'self')
  for (const { raters, kinds } of all) expect([raters, [...kinds]]).toEqual([5, ['manager', 'peer']])
  for (const { severity } of named.notes) expect(severity).toBeNull()
})

test('a small round of one person is measured with held variances instead of nothing', () => {
  const sheets = [0, 1, 2, 3, 4, 5].map((r) => ({ id: `r${r}`, subject: 's2', kind: 'peer' as const }))
  const { cells } = measureRound(
    simulated(11, sheets, LOCATIONS),
    items,
    new Map([['s2', forms.get('s2')!]]),
    RULE,
  )
  expect(cells).toHaveLength(8)
  for (const { measure, se } of cells) expect([Number.isFinite(measure), se > 0.1]).toEqual([true, true])
})

test('no opportunity is never a zero: leaving answers out does not lower anybody, and thins cells out', () => {
  const ratings = simulated(5, crossed, LOCATIONS)
  const item = forms.get('s0')![0]!
  const competency = items.get(item)!.competency
  const without = ratings.map((one): RoundRating => {
    const drop = one.subject === 's0' && items.get(one.item)!.competency === competency && one.rater > 'r3'
    return drop ? { ...one, answer: NONE } : one
  })
  const before = measureRound(ratings, items, forms, RULE)
  const after = measureRound(without, items, forms, RULE)
  const find = ({ cells }: typeof before) =>
    cells.find((one) => one.subject === 's0' && one.competency === competency)
  expect(find(before)).toBeDefined()
  expect(find(after)).toBeUndefined()
  expect(after.gaps).toEqual([{ subject: 's0', competency, refusal: 'too-few-raters' }])
})

test('whatever is missing, each published cell has the minimum, cells of a competency are disjoint, the rest enters nothing', () => {
  const kinds: SheetKind[] = ['manager', 'peer', 'report', 'self']
  const sheet = fc.record({
    subject: fc.constantFrom('s0', 's1', 's2'),
    rater: fc.integer({ min: 0, max: 14 }).map((n) => `r${n}`),
    kind: fc.constantFrom<SheetKind>('manager', 'peer', 'report'),
    seed: fc.integer({ min: 1, max: 1000 }),
  })
  fc.assert(
    fc.property(
      fc.uniqueArray(sheet, { selector: (s) => `${s.subject} ${s.rater}`, maxLength: 40 }),
      (sheets) => {
        const ratings = sheets.flatMap(({ subject, rater, kind, seed }) =>
          simulated(seed, [{ id: rater, subject, kind }], LOCATIONS).map((one, at) =>
            (at * seed) % 7 < 2 ? { ...one, answer: NONE } : one,
          ),
        )
        const rule = { minimum: 5, managerNamed: false, seLimit: 1 }
        const { cells, gaps } = measureRound(ratings, items, forms, rule)
        const seen = new Set<string>()
        for (const cell of cells) {
          if (cell.raters < 5) return false
          for (const kind of cell.kinds) {
            const key = `${cell.subject} ${cell.competency} ${kind}`
            if (seen.has(key) || !kinds.includes(kind)) return false
            seen.add(key)
          }
        }
        // What is withheld changes nothing that is published.
        const closed = new Set(gaps.map(({ subject, competency }) => `${subject} ${competency}`))
        const open = ratings.filter(
          ({ subject, item }) => !closed.has(`${subject} ${items.get(item)!.competency}`),
        )
        const again = measureRound(open, items, forms, rule)
        return JSON.stringify(again.cells) === JSON.stringify(cells)
      },
    ),
    { numRuns: process.env['RUNGS_VERIFY'] ? 2000 : 25, seed: 20_260_302 },
  )
})

test('what is published of a cell does not depend on who in it said what', () => {
  const sheets = [0, 1, 2, 3, 4, 5].map((r) => ({ id: `r${r}`, subject: 's2', kind: 'peer' as const }))
  const ratings = simulated(13, sheets, LOCATIONS)
  const turned = ratings.map((one) => ({ ...one, rater: `r${(Number(one.rater.slice(1)) + 1) % 6}` }))
  const form = new Map([['s2', forms.get('s2')!]])
  const [before, after] = [ratings, turned].map((all) => measureRound(all, items, form, RULE).cells)
  expect(after).toEqual(before)
})

test('the mode of a cell is where its likelihood and prior are highest', () => {
  const judgements = [0, 1, 2, 2, 1].map((score, at) => ({
    rater: `r${at}`,
    score,
    location: at - 2,
    locationSe: 0,
  }))
  const { measure, se, shrinkage } = locate(judgements, { mean: 0.5, meanSe: 0, sd: 1.5 })
  const height = (theta: number) => {
    let log = -0.5 * ((theta - 0.5) / 1.5) ** 2
    for (const { score, location } of judgements) {
      const d = theta - location
      const weights = [1, Math.exp(d + 0.5), Math.exp(2 * d)]
      log += Math.log(weights[score]! / (weights[0]! + weights[1]! + weights[2]!))
    }
    return log
  }
  for (const step of [-1e-3, 1e-3]) expect(height(measure + step)).toBeLessThan(height(measure))
  const curvature = (height(measure + 1e-3) - 2 * height(measure) + height(measure - 1e-3)) / 1e-6
  expect(se).toBeCloseTo(Math.sqrt(-1 / curvature), 4)
  expect(shrinkage).toBeGreaterThan(0)
})

test('others are shown no measure of one rater, of an uncertain cell, or of somebody who cannot be compared', () => {
  const named = crossed.map((one) => (one.id === 'r0' ? { ...one, kind: 'manager' as const } : one))
  const ratings = simulated(21, named, LOCATIONS)
  const self = simulated(22, [{ id: 's1', subject: 's1', kind: 'self' }], LOCATIONS)
  const why = (rule: typeof RULE, all: RoundRating[]) => {
    const { cells } = measureRound(all, items, forms, rule)
    const seen = new Map<string, Set<string | null>>()
    for (const { kinds, onlySubject } of cells)
      seen.set(kinds.join(), (seen.get(kinds.join()) ?? new Set()).add(onlySubject))
    return Object.fromEntries([...seen].map(([kind, reasons]) => [kind, [...reasons]]))
  }
  expect(why(RULE, [...ratings, ...self])).toEqual({
    ...{ self: ['self-assessed'], manager: ['too-few-raters'], peer: [null] },
  })
  expect(why({ ...RULE, seLimit: 0.05 }, ratings)['peer']).toEqual(['too-uncertain'])
  // s3 is rated by people who rate nobody else.
  const apart = ratings.map((one) => (one.subject === 's3' ? { ...one, rater: `${one.rater}x` } : one))
  const { cells, adjustments } = measureRound(apart, items, forms, RULE)
  for (const { subject, onlySubject, kinds } of cells)
    if (kinds[0] === 'peer') expect(onlySubject).toBe(subject === 's3' ? 'not-connected' : null)
  expect(new Set(adjustments.map(({ subject }) => subject))).toEqual(new Set(['s0', 's1', 's2']))
})

test('how harsh a cell’s raters are together is told for one set of raters that rate others too, and for no other', () => {
  const severities = Object.fromEntries(crossed.map(({ id }) => [id, 0.8]))
  const harsh = crossed.filter(({ subject, id }) => subject !== 's0' || id < 'r6')
  const one = forms
    .get('s0')!
    .find((id) => items.get(id)!.competency !== items.get(forms.get('s0')![0]!)!.competency)!
  const ratings = simulated(31, harsh, LOCATIONS, severities).map((given): RoundRating => {
    const hides = given.subject === 's0' && given.rater === 'r5'
    const same = items.get(given.item)!.competency === items.get(one)!.competency
    return hides && same ? { ...given, answer: NONE } : given
  })
  const { adjustments, cells } = measureRound(ratings, items, forms, RULE)
  const own = adjustments.filter(({ subject }) => subject === 's0')
  expect(own).toHaveLength(1)
  // The competency on which one of them had no opportunity has other raters: the difference would be theirs.
  expect(own[0]!.raters).toBe(6)
  expect(own[0]!.competencies).toHaveLength(7)
  expect(own[0]!.competencies).not.toContain(items.get(one)!.competency)
  expect(cells.filter(({ subject }) => subject === 's0')).toHaveLength(8)
  for (const { competencies, subject, raters } of adjustments) {
    expect(raters).toBeGreaterThanOrEqual(5)
    expect(new Set(competencies).size).toBe(competencies.length)
    expect(adjustments.filter((other) => other.subject === subject)).toHaveLength(1)
  }
})

test('a bar is where ratings show its behaviours two times in three', () => {
  const scale = levelScale(5)
  const rated = ratedScale(scale)
  const location = (3 - 3) * scale.spacing
  // P(score 2) = 2/3 by hand: exp(2d) = 2 (1 + exp(d + 0.5)).
  let [low, high] = [0, 5]
  for (let step = 0; step < 60; step++) {
    const d = (low + high) / 2
    if (Math.exp(2 * d) < 2 * (1 + Math.exp(d + 0.5))) low = d
    else high = d
  }
  expect(positionOf(rated, location + low)).toBeCloseTo(3, 9)
})
