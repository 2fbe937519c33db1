// How dependable means of ratings are, for all raters and for each group of them, and how many raters it takes.
import { dependabilityOf, ratersNeeded, type Dependability, type RatersNeeded } from './generalizability.ts'
import type { Ratings } from './ratings.ts'
import { varianceComponents, type VarianceComponents } from './variance-components.ts'
import type { VarianceRefusal } from './variance-design.ts'

export interface GroupDependability {
  /** A rater group, or undefined for all raters together. */
  readonly group: string | undefined
  readonly result:
    | {
        readonly components: VarianceComponents
        /** Raters of this kind that a person has on average. */
        readonly ratersNow: number
        readonly now: Dependability
        readonly needed: RatersNeeded
      }
    | {
        readonly refusal:
          | VarianceRefusal
          | { readonly code: 'too-many-ratings' | 'one-rater-each'; readonly message: string }
      }
}

/** Above this many ratings variance components take minutes; take a unit or a sample. */
const MOST_RATINGS = 60_000

/** Variance components and raters needed for `target`, for all raters and, where there are several, each group. */
export function dependabilityByGroup(ratings: Ratings, target = 0.8): GroupDependability[] {
  const groups = ratings.raterGroupIds.length > 1 ? [undefined, ...ratings.raterGroupIds.keys()] : [undefined]
  return groups.map((group) => ({
    group: group === undefined ? undefined : ratings.raterGroupIds[group]!,
    result: dependabilityIn(ratings, group, target),
  }))
}

function dependabilityIn(
  ratings: Ratings,
  group: number | undefined,
  target: number,
): GroupDependability['result'] {
  const { raterGroup, score } = ratings
  const at: number[] = []
  for (let r = 0; r < score.length; r++)
    if (group === undefined || raterGroup?.[ratings.rater[r]!] === group) at.push(r)
  if (at.length > MOST_RATINGS) {
    const message = `${at.length} ratings are more than the ${MOST_RATINGS} that variance components are estimated from; analyse a unit or a sample.`
    return { refusal: { code: 'too-many-ratings', message } }
  }
  const pick = (column: ArrayLike<number>) => at.map((r) => column[r]!)
  const person = pick(ratings.person)
  const rater = pick(ratings.rater)
  const pairs = new Set(person.map((who, k) => `${who} ${rater[k]}`))
  const raters = new Map<number, number>()
  for (const pair of pairs) raters.set(parseInt(pair), (raters.get(parseInt(pair)) ?? 0) + 1)
  const several = [...raters.values()].filter((count) => count > 1).length
  if (several < 3) {
    const message =
      'Hardly anybody was rated by two of these raters: a rater’s view of a person cannot be told from the person.'
    return { refusal: { code: 'one-rater-each', message } }
  }
  const components = varianceComponents({ person, rater, item: pick(ratings.item), score: pick(score) })
  if ('code' in components) return { refusal: components }
  const ratersNow = pairs.size / components.persons
  const items = components.items
  return {
    components,
    ratersNow,
    now: dependabilityOf(components.components, { raters: ratersNow, items }),
    needed: ratersNeeded(components.components, { target, items }),
  }
}
