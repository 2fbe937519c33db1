// "Why?" of one competency's number: the explanation of its estimate with the behaviours' words and evidence.
import { SHOWS_FROM, type Answer, type Response } from '../assess/answers.ts'
import { explainEstimate } from '../assess/explain.ts'
import type { Instrument } from '../assess/instrument.ts'
import { barOf } from '../assess/level-scale.ts'
import { scoreOf } from '../assess/posterior.ts'
import type { Why } from './why-model.ts'
import { locationOf } from './standing.ts'

/** Throws a RangeError for a competency that the instrument does not have. */
export function whyOf(instrument: Instrument, responses: readonly Response[], competency: string): Why {
  const explanation = explainEstimate(instrument, responses, competency)
  const { estimate, fromGeneralLevel, contributions, ownShare, anchorSd, oneMore, noMore } = explanation
  const given = new Map(responses.map((response) => [response.item, response]))
  const { scale } = instrument.competencies[instrument.competencyIndex.get(competency)!]!
  const textOf = (item: string) => instrument.items[instrument.itemIndex.get(item)!]!.text
  return {
    competency,
    location: locationOf(estimate),
    basis: estimate.basis,
    answers: contributions.map(({ item, level, answer, without, shift }) => ({
      behaviour: item,
      level,
      text: textOf(item),
      answer,
      countsAs: countsAs(answer),
      evidence: given.get(item)?.evidence ?? null,
      carried: given.get(item)?.carried ?? null,
      levelWithout: answer === 'no-opportunity' ? null : without.level,
      beyondWithout: answer === 'no-opportunity' ? null : without.beyond.level,
      shift,
    })),
    generalLevel: {
      level: fromGeneralLevel.level,
      beyond: fromGeneralLevel.beyond.level,
      sd: fromGeneralLevel.sd,
    },
    ownShare,
    oneMore: oneMore
      ? {
          behaviour: oneMore.item,
          level: oneMore.level,
          text: textOf(oneMore.item),
          expectedSd: oneMore.expectedSd,
          outcomes: oneMore.outcomes.map(({ answer, probability, level, interval90, beyond }) => ({
            ...{ answer, countsAs: countsAs(answer), probability: Math.min(1, probability), level },
            interval90: [...interval90],
            beyondLevel: beyond.level,
            beyond90: [...beyond.interval90],
          })),
        }
      : null,
    bars: Array.from({ length: scale.levels }, (_, at) => ({
      level: at + 1,
      logits: barOf(scale, at + 1),
    })),
    noMore: noMore ?? null,
    anchors: { calibrated: anchorSd === undefined, sd: anchorSd ?? 0 },
  }
}

function countsAs(answer: Answer): Why['answers'][number]['countsAs'] {
  const score = scoreOf(answer)
  if (score === undefined) return null
  return score >= SHOWS_FROM ? 'shown' : score === 0 ? 'not-yet' : 'with-help'
}
