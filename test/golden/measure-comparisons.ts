// Every reference that the measurement engine is held to: ours beside the reference, with the tolerance.
import { conditionalComparisons } from './measure-conditional.ts'
import { guilford, knoxCube, likingForScience } from './measure-joint.ts'
import { manyFacets } from './measure-many-facets.ts'
import { mirt } from './measure-mirt.ts'
import type { Comparison } from './measure-verdict.ts'

/** All comparisons over the measurement corpus in `folder`. */
export function allComparisons(folder: string): Comparison[] {
  return [...conditionalComparisons(folder), ...guilford(folder), ...likingForScience(folder), ...knoxCube(folder), ...manyFacets(folder), ...mirt(folder)]
}
