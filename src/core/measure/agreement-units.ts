// Turns long ratings into what agreement is computed on: units (a person on an item) with the scores they were given.
import type { AgreementTable } from './agreement-alpha.ts'
import type { Ratings } from './ratings.ts'

export interface AgreementUnits {
  /** One row a unit: the scores it was given, as on the printed scale, in the order of the raters. */
  readonly rows: readonly (readonly number[])[]
  /** Positions of the raters of each row's scores. */
  readonly raters: readonly (readonly number[])[]
}

/**
 * Units are person x item (x occasion). A rater who scored a unit twice counts with the first score only.
 * `keep` limits the ratings, by position.
 */
export function agreementUnits(
  ratings: Ratings,
  keep: (rating: number) => boolean = () => true,
): AgreementUnits {
  const { person, rater, item, score, occasion, itemIds, occasionIds, lowest } = ratings
  const units = new Map<number, number>()
  const given: { rater: number; score: number }[][] = []
  const occasions = Math.max(1, occasionIds.length)
  for (let r = 0; r < score.length; r++) {
    if (!keep(r)) continue
    const key = (person[r]! * itemIds.length + item[r]!) * occasions + (occasion ? occasion[r]! : 0)
    let at = units.get(key)
    if (at === undefined) {
      at = given.length
      units.set(key, at)
      given.push([])
    }
    const unit = given[at]!
    if (!unit.some((one) => one.rater === rater[r]))
      unit.push({ rater: rater[r]!, score: lowest + score[r]! })
  }
  for (const unit of given) unit.sort((a, b) => a.rater - b.rater)
  return {
    rows: given.map((unit) => unit.map((one) => one.score)),
    raters: given.map((unit) => unit.map((one) => one.rater)),
  }
}

/** The units as a table with one column a rater, null where a rater did not judge; only raters who judged appear. */
export function agreementTable({ rows, raters }: AgreementUnits): {
  readonly table: AgreementTable
  readonly raters: readonly number[]
} {
  const columns = [...new Set(raters.flat())].toSorted((a, b) => a - b)
  const column = new Map(columns.map((rater, at) => [rater, at]))
  const table = rows.map((row, unit) => {
    const cells = Array.from<number | null>({ length: columns.length }).fill(null)
    for (const [k, score] of row.entries()) cells[column.get(raters[unit]![k]!)!] = score
    return cells
  })
  return { table, raters: columns }
}
