// What a reader of the measures must know: cautions that the finished measures themselves give rise to.
import type { CategoryUse, StepMeasure, Subset } from './measurement.ts'
import type { Caution } from './refusals.ts'

/** Cautions on raters, subsets, categories, steps and persons at an `extreme` (ids); `shrunken` where measures are posterior means. */
export function cautionsOf(
  extreme: readonly string[],
  use: readonly CategoryUse[],
  steps: readonly StepMeasure[],
  subsets: readonly Subset[],
  raters: number,
  shrunken: boolean,
): Caution[] {
  const cautions: Caution[] = []
  if (raters < 3 && shrunken === false) {
    const message = `${raters} rater${raters === 1 ? '' : 's'}: a rater's severity can hardly be told from the level of those they judged`
    cautions.push({ code: 'few-raters', message })
  }
  if (subsets.length > 1) {
    const message = `the ratings fall into ${subsets.length} subsets that no rating links: measures can be compared only within a subset`
    cautions.push({ code: 'disconnected', message })
  }
  const unused = use.filter((one) => one.count === 0).map((one) => String(one.category))
  if (unused.length)
    cautions.push({
      code: 'category-unused',
      message: `never used: category ${unused.join(', ')}; nothing is known of the steps into it`,
      ids: unused,
    })
  const rare = use.filter((one) => one.count > 0 && one.count < 10).map((one) => String(one.category))
  if (rare.length)
    cautions.push({
      code: 'category-rare',
      message: `fewer than 10 ratings in category ${rare.join(', ')}: its steps are uncertain`,
      ids: rare,
    })
  const disordered = steps.filter((step, at) => {
    const before = steps[at - 1]
    return before !== undefined && before.item === step.item && step.measure < before.measure
  })
  if (disordered.length) {
    const ids = disordered.map((step) =>
      step.item === undefined ? String(step.category) : `${step.item}:${step.category}`,
    )
    cautions.push({
      code: 'steps-disordered',
      message: `steps out of order at ${ids.slice(0, 10).join(', ')}: the category below is never the likeliest`,
      ids,
    })
  }
  if (extreme.length)
    cautions.push({
      code: 'extreme-persons',
      message: `${extreme.length} persons have only highest or only lowest ratings: their measures lean on the others'`,
      ids: [...extreme],
    })
  return cautions
}
