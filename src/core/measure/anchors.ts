// Fixed values: anchors by id turned into positions, or a refusal that names the id nobody knows.
import type { MeasureOptions } from './measurement.ts'
import type { Ratings } from './ratings.ts'
import { refused, type Checked } from './refusals.ts'

export interface Anchors {
  /** NaN where free. */
  readonly persons: Float64Array
  readonly raters: Float64Array
  readonly items: Float64Array
  readonly groups: Float64Array
  readonly cumulativeSteps?: Float64Array
}

/** Anchors by position; every id must be among the ratings', and steps must sum to zero, one for each threshold. */
export function parseAnchors(ratings: Ratings, anchors: MeasureOptions['anchors'] = {}): Checked<Anchors> {
  const place = (ids: readonly string[], values: Readonly<Record<string, number>> = {}) => {
    const positions = new Map(ids.map((id, at) => [id, at]))
    const out = new Float64Array(ids.length).fill(NaN)
    const unknown: string[] = []
    for (const [id, value] of Object.entries(values)) {
      const at = positions.get(id)
      if (at === undefined || !Number.isFinite(value)) unknown.push(id)
      else out[at] = value
    }
    return { out, unknown }
  }
  const facets = {
    persons: place(ratings.personIds, anchors.persons),
    raters: place(ratings.raterIds, anchors.raters),
    items: place(ratings.itemIds, anchors.items),
    groups: place(ratings.raterGroupIds, anchors.groups),
  }
  for (const [facet, { unknown }] of Object.entries(facets)) {
    if (unknown.length === 0) continue
    // Who rates in several roles is a rater in each, by another name.
    const roles = unknown.flatMap((id) => ratings.raterIds.filter((name) => name.startsWith(`${id} (`)))
    const hint =
      facet === 'raters' && roles.length > 0
        ? `; who rates in several roles is anchored in each: ${roles.join(', ')}`
        : ''
    const message = `anchors for ${facet} that have no ratings or no finite value: ${unknown.join(', ')}${hint}`
    return refused('anchor-unknown', message, 'anchors only for ids among the ratings, in logits', unknown)
  }
  const found = {
    persons: facets.persons.out,
    raters: facets.raters.out,
    items: facets.items.out,
    groups: facets.groups.out,
  }
  const { steps } = anchors
  if (!steps) return { ok: true, value: found }
  if (steps.length !== ratings.categories - 1 || steps.some((step) => !Number.isFinite(step))) {
    const message = `anchored steps: expected ${ratings.categories - 1} finite values, got ${steps.length}`
    return refused('anchor-unknown', message, 'one value for each threshold between categories')
  }
  const cumulativeSteps = new Float64Array(ratings.categories)
  for (const [k, step] of steps.entries()) cumulativeSteps[k + 1] = cumulativeSteps[k]! + step
  return { ok: true, value: { ...found, cumulativeSteps } }
}
