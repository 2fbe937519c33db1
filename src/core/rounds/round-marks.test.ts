// The marks of a round: raters who differ and behaviours that lie elsewhere are told apart, and chance is seldom taken for either.
import { expect, test } from 'vitest'
import { builtInFramework } from '../../../test/built-in.ts'
import { atOnce, measureRound } from '../../../test/measured-round.ts'
import { buildInstrument } from '../assess/instrument.ts'
import { expectationsOf, listRoles } from '../growth/roles.ts'
import { seededRandom } from '../measure/seeded-random.ts'
import { disagreementInSteps, type CellScore } from './rater-disagreement.ts'
import { formsOf } from './round-form.ts'
import { type RoundRating } from './round-result.ts'

const disagreementOf = (scores: readonly CellScore[], draws?: number) =>
  atOnce(disagreementInSteps(scores, draws))

const framework = builtInFramework('coder-to-cto')
const items = new Map(
  buildInstrument(framework).items.map(({ id, competency, location }) => [id, { competency, location }]),
)
const forms = formsOf(
  framework,
  ['programmer', 'senior-programmer', 'architect', 'technical-manager'].map((role, at) => ({
    person: `s${at}`,
    bar: expectationsOf(
      framework,
      listRoles(framework).find(({ ref }) => ref.role === role)!,
    ),
  })),
)
const RULE = { minimum: 5, managerNamed: true, seLimit: 1 }
const ANSWERS = ['not-yet', 'with-help', 'on-my-own'] as const
const FULL = process.env['RUNGS_VERIFY'] !== undefined

interface World {
  readonly people: number
  readonly raters: number
  /** Whether behaviours lie where experts put them; else all are equally hard. */
  readonly placed: boolean
  /** Answers by the model, or rounded with a little noise. */
  readonly by: 'model' | 'rounding'
  /** SD in logits of what a rater thinks of one person, and of one competency of a person, apart from their severity. */
  readonly onPerson?: number
  readonly onCompetency?: number
}

function ratingsOf(world: World, random: () => number): RoundRating[] {
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  const each = (sd = 0) => Array.from({ length: world.raters }, () => sd * normal())
  const severity = each(0.7)
  return [...forms].slice(0, world.people).flatMap(([subject, form], at) => {
    const person = world.placed ? at * 1.5 - 2 : 0.5 * normal()
    const whole = each(world.onPerson)
    const special = new Map(form.map((item) => [items.get(item)!.competency, each(world.onCompetency)]))
    return form.flatMap((item) => {
      const { competency, location } = items.get(item)!
      return severity.map((harsh, rater): RoundRating => {
        const apart = harsh + whole[rater]! + special.get(competency)![rater]!
        const distance = person - apart - (world.placed ? location : 0)
        let score = Math.max(0, Math.min(2, Math.round(1 + 0.7 * distance + 0.35 * normal())))
        if (world.by === 'model') {
          const weights = [1, Math.exp(distance + 0.5), Math.exp(2 * distance)]
          let left = random() * weights.reduce((sum, weight) => sum + weight)
          score = Math.max(
            0,
            weights.findIndex((weight) => (left -= weight) < 0),
          )
        }
        return { subject, rater: `r${rater}`, kind: 'peer', item, answer: ANSWERS[score]! }
      })
    })
  })
}

let worlds = 1

/** The shares of cells that are marked, in simulated rounds of a world. */
function shares(world: World, rounds: number): { disagree: number; misplaced: number } {
  const random = seededRandom(worlds++)
  const cells = Array.from({ length: rounds }, () => ratingsOf(world, random)).flatMap(
    (ratings) => measureRound(ratings, items, new Map([...forms].slice(0, world.people)), RULE).cells,
  )
  const share = (mark: 'disagree' | 'misplaced') => cells.filter((cell) => cell[mark]).length / cells.length
  return { disagree: share('disagree'), misplaced: share('misplaced') }
}

test('where no rater differs on a person hardly any cell says so, whether the behaviours lie where experts put them or not', () => {
  const found = [1, 4].flatMap((people) =>
    [true, false].flatMap((placed) =>
      (['model', 'rounding'] as const).map((by) => {
        const world = { people, raters: people === 1 ? 7 : 6, placed, by }
        return { ...world, ...shares(world, FULL ? 150 : people === 1 ? 8 : 3) }
      }),
    ),
  )
  if (FULL) process.stdout.write(`${JSON.stringify(found, null, 1)}\n`)
  const mean = found.reduce((sum, { disagree }) => sum + disagree, 0) / found.length
  expect(mean).toBeLessThan(0.025)
  for (const { disagree, misplaced, placed } of found) {
    expect(disagree).toBeLessThan(FULL ? 0.025 : 0.06)
    if (placed) expect(misplaced).toBeLessThan(FULL ? 0.015 : 0.06)
    else expect(misplaced).toBeGreaterThan(0.7)
  }
}, 600_000)

test('raters who do differ are noticed: on the whole person nearly always, on one competency as often as a form can tell', () => {
  const rounds = FULL ? 60 : 2
  const world = { people: 4, raters: 6, placed: true, by: 'model' } as const
  const found = {
    person: shares({ ...world, onPerson: 1.5 }, rounds).disagree,
    personMisplaced: shares({ ...world, placed: false, onPerson: 1.5 }, rounds).disagree,
    competency: shares({ ...world, onCompetency: 2 }, rounds).disagree,
    competencyMisplaced: shares({ ...world, placed: false, onCompetency: 2 }, rounds).disagree,
    alone: shares({ ...world, people: 1, raters: 7, onCompetency: 2 }, 2 * rounds).disagree,
  }
  if (FULL) process.stdout.write(`${JSON.stringify(found, null, 1)}\n`)
  expect(found.person).toBeGreaterThan(0.6)
  expect(found.personMisplaced).toBeGreaterThan(0.8)
  expect(found.competency).toBeGreaterThan(FULL ? 0.12 : 0.05)
  expect(found.competencyMisplaced).toBeGreaterThan(FULL ? 0.2 : 0.1)
  expect(found.alone).toBeGreaterThan(FULL ? 0.08 : 0.01)
}, 600_000)

test('two camps on one competency of a person are noticed, and on that competency alone', () => {
  const cells = ['s', 't', 'u', 'v'].flatMap((person) => ['a', 'b', 'c', 'd', 'e'].map((of) => person + of))
  const random = seededRandom(3)
  const scores = cells.flatMap((cell) =>
    [0, 1, 2, 3, 4, 5].flatMap((rater) =>
      ['x', 'y', 'z'].map((item) => {
        const score = cell === 'sd' ? (rater < 3 ? 0 : 2) : Math.floor(3 * random())
        return { cell, group: cell[0]!, rater: `r${rater}`, item, score }
      }),
    ),
  )
  const { cells: found, groups } = disagreementOf(scores)
  expect(found.get('sd')).toBeLessThan(0.012)
  for (const cell of cells) if (cell !== 'sd') expect(found.get(cell)).toBeGreaterThan(0.012)
  for (const person of ['t', 'u', 'v']) expect(groups.get(person)).toBeGreaterThan(0.006)
  // Of one person alone nobody can tell whether raters are harsh or differ.
  expect(disagreementOf(scores.filter(({ group }) => group === 's')).groups.get('s')).toBe(1)
})

test('p is exact in every small world: of all tables with the same margins no more have a p under a than a of them', () => {
  // Three raters, two cells of one behaviour each: margins (2, 1, 0) in both columns and totals (3, 2, 1).
  const tables: number[][][] = []
  const orders = [
    [0, 1, 2],
    [0, 2, 1],
    [1, 0, 2],
    [1, 2, 0],
    [2, 0, 1],
    [2, 1, 0],
  ]
  for (const a of orders) for (const b of orders) tables.push([a, b])
  const byTotals = new Map<string, number[][][]>()
  for (const table of tables) {
    const key = [0, 1, 2].map((rater) => table[0]![rater]! + table[1]![rater]!).join()
    byTotals.set(key, [...(byTotals.get(key) ?? []), table])
  }
  for (const same of byTotals.values()) {
    const ps = same.map((table) => {
      const scores = table.flatMap((column, at) =>
        column.map((score, rater) => ({ cell: `c${at}`, group: 'g', rater: `r${rater}`, item: 'i', score })),
      )
      return disagreementOf(scores, 199).cells.get('c0')!
    })
    for (const p of ps) expect(p).toBeGreaterThan(0)
    for (const a of [0.01, 0.05, 0.1])
      expect(ps.filter((p) => p <= a).length / ps.length).toBeLessThanOrEqual(a)
  }
})

test('what is marked does not hang on names or order, and each figure says what it rests on', () => {
  const ratings = ratingsOf(
    { people: 4, raters: 6, placed: false, by: 'model', onCompetency: 2 },
    seededRandom(8),
  )
  const renamed = ratings
    .map((one) => ({ ...one, rater: `q${(Number(one.rater.slice(1)) * 5 + 3) % 6}` }))
    .toReversed()
  const marksOf = (all: readonly RoundRating[]) =>
    measureRound(all, items, forms, RULE).cells.map(({ disagree, misplaced }) => [disagree, misplaced])
  expect(marksOf(renamed)).toEqual(marksOf(ratings))
  const self = ratings
    .filter(({ rater }) => rater === 'r0')
    .map((one): RoundRating => ({ ...one, rater: one.subject, kind: 'self' }))
  const named = ratings.map((one) => (one.rater === 'r1' ? { ...one, kind: 'manager' as const } : one))
  for (const cell of measureRound([...self, ...named], items, forms, RULE).cells) {
    const asked = forms
      .get(cell.subject)!
      .filter((id) => items.get(id)!.competency === cell.competency).length
    expect(cell.answers).toBe(asked * cell.raters)
    expect(cell.leans).toBe(cell.share >= 0.5)
    // What was answered is told to the person of themselves alone: a named manager is told that nobody reads it.
    if (cell.kinds[0] !== 'self') expect(cell.answered).toBeNull()
    else expect(cell.answered!.reduce((sum, count) => sum + count)).toBe(cell.answers)
  }
})

test('what one manager says by name moves with what they answered, also where nobody else is measured', () => {
  const form = forms.get('s1')!
  const competencies = [...new Set(form.map((item) => items.get(item)!.competency))]
  const answers = (kind: 'manager' | 'self'): RoundRating[] =>
    form.map((item) => ({
      ...{ subject: 's1', rater: kind, kind, item },
      answer: items.get(item)!.competency === competencies[0] ? 'on-my-own' : 'with-help',
    }))
  const { cells } = measureRound(
    [...answers('manager'), ...answers('self')],
    items,
    new Map([['s1', form]]),
    RULE,
  )
  const placeOf = (kind: string, competency: string) =>
    cells.find((cell) => cell.kinds[0] === kind && cell.competency === competency)!
  for (const kind of ['manager', 'self']) {
    const top = placeOf(kind, competencies[0]!)
    for (const other of competencies.slice(1))
      expect(top.measure - placeOf(kind, other).measure).toBeGreaterThan(0.3)
  }
  expect(placeOf('self', competencies[0]!).answered!.slice(0, 2)).toEqual([0, 0])
})
