// One run as people read it: measures from others' ratings, self-ratings beside them, agreement, dependability.
import { agreementOf, type AgreementReport } from './agreement.ts'
import { dependabilityByGroup, type GroupDependability } from './dependability.ts'
import { fitLimits, type FacetFitLimits } from './fit-limits.ts'
import { measure } from './measure.ts'
import type { BiasTerm, Measurement, MeasureOptions } from './measurement.ts'
import { measureProfiles, type Profiles } from './profile.ts'
import type { Ratings } from './ratings.ts'
import { refused, type Checked } from './refusals.ts'
import { seededRandom } from './seeded-random.ts'
import { selfAgainstOthers, withoutSelf, type SelfComparison } from './self-ratings.ts'
import { unexpectedRatings, type UnexpectedRating } from './unexpected.ts'

export interface AnalysisOptions extends MeasureOptions {
  /** Seed of the bootstrap intervals; 1 by default. */
  readonly seed?: number
  /** Lets self-ratings into the measures, as other programs do; they are kept apart by default. */
  readonly includeSelf?: boolean
  /** Largest standard error (logits) with which others may be shown a person's measure; 0.8 by default. */
  readonly seLimit?: number
  /** Dependability asked for when counting raters; 0.8 by default. */
  readonly target?: number
  /** The competency of each item: asks for a profile of each person. */
  readonly competencyOf?: Readonly<Record<string, string>>
  /** Bootstrap replicates that calibrate fit; none by default. */
  readonly replicates?: number
}

/** Why others may not be shown a person's measure. */
export type WithheldReason = 'fewer-than-three-raters' | 'not-linked' | 'se-over-limit'

export interface Analysis {
  /** The ratings that were measured: without self-ratings unless they were let in. */
  readonly ratings: Ratings
  readonly measurement: Measurement
  readonly selfRatings: number
  readonly self: readonly SelfComparison[]
  readonly unexpected: readonly UnexpectedRating[]
  readonly agreement: AgreementReport
  readonly dependability: readonly GroupDependability[]
  readonly profiles?: Profiles
  readonly fitLimits?: FacetFitLimits
  readonly seLimit: number
  readonly target: number
  readonly seed: number
}

export const BIAS_KINDS = [
  'person-rater',
  'person-group',
  'rater-item',
  'group-item',
  'self-others',
] as const satisfies readonly BiasTerm['kind'][]
export const SE_LIMIT = 0.8
export const LEAST_RATERS = 3

/** Measures and everything that is reported beside the measures. Deterministic for the same ratings and seed. */
export function analyse(ratings: Ratings, options: AnalysisOptions = {}): Checked<Analysis> {
  const {
    seed = 1,
    includeSelf = false,
    seLimit = SE_LIMIT,
    target = 0.8,
    competencyOf,
    replicates = 0,
    ...rest
  } = options
  const { others, self } = includeSelf
    ? { others: ratings, self: [] }
    : withoutSelf(ratings, options.selfGroup)
  if (others.score.length === 0) {
    return refused(
      'no-ratings',
      'all ratings are self-ratings, and these never enter the measure',
      'ratings by others',
    )
  }
  const kinds = (rest.bias ?? []).filter((kind) => includeSelf || kind !== 'self-others')
  const measured = measure(others, { ...rest, bias: kinds })
  if (!measured.ok) return measured
  const measurement = measured.value
  const profiles = competencyOf ? measureProfiles(others, rest, competencyOf) : undefined
  if (profiles && !profiles.ok) return profiles
  rest.progress?.({ stage: 'agreement' })
  const limits = replicates > 0 ? fitLimits(others, rest, seededRandom(seed), replicates) : undefined
  if (limits && !limits.ok) return limits
  return {
    ok: true,
    value: {
      ratings: others,
      measurement,
      selfRatings: self.length,
      self: selfAgainstOthers(ratings, self, measurement),
      unexpected: unexpectedRatings(others, measurement),
      agreement: agreementOf(others, { random: seededRandom(seed) }),
      dependability: dependabilityByGroup(others, target),
      ...(profiles ? { profiles: profiles.value } : {}),
      ...(limits ? { fitLimits: limits.value } : {}),
      seLimit,
      target,
      seed,
    },
  }
}

/** Why others may not be shown this person's measure; empty where they may. */
export function withheldReasons(
  person: Measurement['persons'][number],
  measurement: Measurement,
  seLimit = SE_LIMIT,
): WithheldReason[] {
  const reasons: WithheldReason[] = []
  if (person.raters < LEAST_RATERS) reasons.push('fewer-than-three-raters')
  if (measurement.subsets.length > 1 && person.subset !== 0) reasons.push('not-linked')
  if (!(person.se <= seLimit)) reasons.push('se-over-limit')
  return reasons
}
