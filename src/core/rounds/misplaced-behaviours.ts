// Whether the answers of a round fit the places that experts gave to the behaviours of a competency.
import { LEVEL_SPACING } from '../assess/level-scale.ts'
import { seededRandom } from '../measure/seeded-random.ts'
import { STEPS } from './cell-location.ts'
import { grouped } from './grouped.ts'

/** One score, 0 to 2, of a rater about a person, on a behaviour whose place is in logits. */
export interface PlacedScore {
  readonly subject: string
  readonly rater: string
  readonly competency: string
  readonly item: string
  readonly location: number
  readonly score: number
}

const DRAWS = 499
/** What a behaviour must seem away from its place to be worth a word, in logits: half a level. */
const LEAST_DISPLACEMENT = LEVEL_SPACING / 2
const SEED = 20_261_122

/**
 * The p of each competency, 0 to 1, that its behaviours' totals lie as far from expected as they do if their places and
 * the steps are right. Given what a rater said of a person in all, neither the person nor the severity is in the
 * distribution of the single scores (Andersen 1973, Psychometrika 38, 123-140), so it is about places alone. Scores are
 * drawn from that distribution exactly; the statistic is the sum over behaviours of the squared distance of their total
 * from its mean, over its variance, both of the draws and the data together, so that P(p <= a) <= a for any number of
 * draws (Barnard 1963, Journal of the Royal Statistical Society B 25, 294). Competencies of which nothing can be said
 * have p = 1; so have those of which no behaviour seems half a level away from its place: among thousands of answers any
 * model is found to be wrong by something.
 */
export function* misplacementInSteps(
  scores: readonly PlacedScore[],
  draws = DRAWS,
): Generator<void, Map<string, number>> {
  const random = seededRandom(SEED)
  const competencies = grouped(scores, ({ competency }) => competency)
  const found = new Map<string, number>()
  for (const competency of [...competencies.keys()].toSorted()) {
    found.set(competency, misplacement(competencies.get(competency)!, draws, random))
    yield
  }
  return found
}

function misplacement(scores: readonly PlacedScore[], draws: number, random: () => number): number {
  const items = [...new Set(scores.map(({ item }) => item))].toSorted()
  const at = new Map(items.map((item, place) => [item, place]))
  const sheets = [...grouped(scores, ({ subject, rater }) => `${subject} ${rater}`).values()]
    .map((sheet) => sheet.toSorted((a, b) => at.get(a.item)! - at.get(b.item)!))
    .map((sheet) => ({ sheet, total: sheet.reduce((sum, { score }) => sum + score, 0) }))
    // The rest can only be as it is, whatever the places.
    .filter(({ sheet, total }) => sheet.length > 1 && total > 0 && total < 2 * sheet.length)
  const width = items.length
  const totals = new Float64Array((draws + 1) * width)
  for (const one of sheets.flatMap(({ sheet }) => sheet)) totals[at.get(one.item)!]! += one.score
  const alike = grouped(sheets, ({ sheet, total }) => `${sheet.map(({ item }) => item).join(' ')} ${total}`)
  for (const key of [...alike.keys()].toSorted()) {
    const same = alike.get(key)!
    const { sheet, total } = same[0]!
    const places = sheet.map(({ item }) => at.get(item)!)
    const chances = chancesGiven(
      sheet.map(({ location }) => weightsAt(location)),
      total,
    )
    for (let draw = 1; draw <= draws; draw++)
      for (let one = 0; one < same.length; one++) {
        let left = total
        for (const [k, place] of places.entries()) {
          const point = random()
          const score = point < chances[k]![2 * left]! ? 0 : point < chances[k]![2 * left + 1]! ? 1 : 2
          totals[draw * width + place]! += score
          left -= score
        }
      }
  }
  const distance = new Float64Array(draws + 1)
  let farthest = 0
  for (let place = 0; place < width; place++) {
    const own = Array.from(distance, (_, draw) => totals[draw * width + place]!)
    const mean = own.reduce((sum, value) => sum + value, 0) / own.length
    const variance = own.reduce((sum, value) => sum + (value - mean) ** 2, 0) / own.length
    if (variance <= 1e-9) continue
    // One step of Newton's towards the place at which the total would be the expected one.
    farthest = Math.max(farthest, Math.abs(own[0]! - mean) / variance)
    for (const [draw, value] of own.entries()) distance[draw]! += (value - mean) ** 2 / variance
  }
  if (farthest < LEAST_DISPLACEMENT) return 1
  return distance.filter((value) => value >= distance[0]! - 1e-9).length / distance.length
}

/** What scores 0, 1 and 2 weigh on a behaviour at a location, but for person and rater. */
const weightsAt = (location: number): readonly number[] => [
  1,
  Math.exp(-location - STEPS[0]),
  Math.exp(-2 * location - STEPS[0] - STEPS[1]),
]

/** For each behaviour and each sum that is left to it and those after it, the chance of score 0, and of 0 or 1. */
function chancesGiven(weights: readonly (readonly number[])[], total: number): readonly Float64Array[] {
  let after: readonly number[] = [1]
  return weights
    .toReversed()
    .map((own) => {
      const each = (left: number, score: number) => own[score]! * (after[left - score] ?? 0)
      const chances = new Float64Array(2 * total + 2)
      const whole = Array.from({ length: after.length + 2 }, (_, left) => {
        const [none, one, two] = [each(left, 0), each(left, 1), each(left, 2)]
        const sum = none + one + two
        if (left <= total) {
          chances[2 * left] = none / sum
          // A sum that leaves no two must not meet them by rounding.
          chances[2 * left + 1] = two === 0 ? 1 : (none + one) / sum
          if (two === 0 && one === 0) chances[2 * left] = 1
        }
        return sum
      })
      after = whole
      return chances
    })
    .toReversed()
}
