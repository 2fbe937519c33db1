// An assessment under way: a value that an answer turns into the next value.
import type { Response } from './answers.ts'
import type { Instrument } from './instrument.ts'
import { posteriorOf, scoreOf, withAnswer, type Posterior } from './posterior.ts'
import { profileOf, type Profile } from './profile.ts'

export interface Assessment {
  readonly instrument: Instrument
  /** In the order given; each item at most once. */
  readonly responses: readonly Response[]
  readonly posterior: Posterior
}

/** An assessment with these answers already given: how one is started (no answers) and resumed. */
export function resumeAssessment(instrument: Instrument, responses: readonly Response[] = []): Assessment {
  const last = [...new Map(responses.map((response) => [response.item, response])).values()]
  return { instrument, responses: last, posterior: posteriorOf(instrument, last) }
}

/** The assessment after one more answer; an item answered before has its answer replaced. */
export function giveAnswer(assessment: Assessment, response: Response): Assessment {
  const { instrument, responses, posterior } = assessment
  const item = instrument.itemIndex.get(response.item)
  if (item === undefined) throw new RangeError(`item ${response.item}: not in this instrument`)
  if (responses.some((given) => given.item === response.item))
    return resumeAssessment(instrument, [...responses, response])
  const score = scoreOf(response.answer)
  return {
    instrument,
    responses: [...responses, response],
    posterior: score === undefined ? posterior : withAnswer(posterior, item, score),
  }
}

/** The profile that the answers so far give. */
export function profileSoFar({ posterior, responses }: Assessment): Profile {
  return profileOf(posterior, responses)
}
