// Simulated ratings of a made-up unit, to try the engine on; every screen that shows them says that they are simulated.
import type { RatingRow } from './ratings.ts'
import { seededRandom } from './seeded-random.ts'

export interface ExampleOptions {
  readonly seed?: number
  readonly persons?: number
  readonly items?: readonly string[]
}

const ITEMS = [
  'architecture',
  'code-quality',
  'delivery',
  'mentoring',
  'operations',
  'planning',
  'product-sense',
  'security',
]
const STEPS = [-1.9, -0.6, 0.6, 1.9]

/**
 * Ratings 0-4 of `persons` (36) people by themselves, a manager, two peers and a report each, under the model with
 * harsh and lenient raters, halo, some missing answers, one rater who never leaves the middle, and one surprise.
 */
export function exampleRatings({ seed = 7, persons = 36, items = ITEMS }: ExampleOptions = {}): RatingRow[] {
  const random = seededRandom(seed)
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  const difficulty = items.map((_, i) => 1.1 * ((2 * i) / Math.max(1, items.length - 1) - 1))
  const pad = (n: number) => String(n).padStart(2, '0')
  const many = (count: number, prefix: string, spread: number) =>
    Array.from({ length: count }, (_, k) => ({ id: `${prefix}${pad(k + 1)}`, severity: spread * normal() }))
  const peers = many(Math.max(6, Math.round(persons / 2)), 'peer-', 0.8)
  const managers = many(Math.max(3, Math.round(persons / 6)), 'manager-', 0.6)
  const reports = many(Math.max(4, Math.round(persons / 3)), 'report-', 0.6)
  const rows: RatingRow[] = []
  const rate = (person: string, rater: string, group: string, location: number, middle: boolean) => {
    for (const [i, item] of items.entries()) {
      if (random() < 0.05) continue
      let score = scoreAt(location - difficulty[i]!, random())
      if (middle) score = Math.min(3, Math.max(1, score))
      rows.push({ person, rater, item, score, group })
    }
  }
  for (let n = 0; n < persons; n++) {
    const person = `person-${pad(n + 1)}`
    const ability = 0.5 + 1.1 * normal()
    const by = [
      ...[0, 1].map((k) => ({ ...peers[(n * 5 + k * 7) % peers.length]!, group: 'peer' })),
      { ...managers[n % managers.length]!, group: 'manager' },
      { ...reports[n % reports.length]!, group: 'report' },
    ]
    for (const { id, severity, group } of by.filter(
      (one, k) => by.findIndex((other) => other.id === one.id) === k,
    )) {
      rate(person, id, group, ability - severity + 0.4 * normal(), id === 'peer-04')
    }
    rate(person, person, 'self', ability + 0.5 + 0.6 * normal(), false)
  }
  const surprise = rows.findIndex((row) => row.person === 'person-05' && row.group === 'manager')
  if (surprise >= 0) rows[surprise] = { ...rows[surprise]!, score: 0 }
  return rows
}

function scoreAt(location: number, uniform: number): number {
  const terms = [1]
  let cost = 0
  for (const [k, step] of STEPS.entries()) {
    cost += step
    terms.push(Math.exp((k + 1) * location - cost))
  }
  let left = uniform * terms.reduce((sum, term) => sum + term, 0)
  for (const [k, term] of terms.entries()) {
    left -= term
    if (left < 0) return k
  }
  return STEPS.length
}
