// The behaviours that show an expectation: those already shown, and those to show, each with what to do about it.
import { ANSWERS, SHOWS_FROM, type Answer, type Response } from '../assess/answers.ts'
import { probabilityAtLeast, type Profile } from '../assess/profile.ts'
import type { Framework } from '../framework/model.ts'
import { MET_FROM } from './expectation-state.ts'
import type { Action, ToShow } from './model.ts'

/**
 * Behaviours of one competency up to a level. `shown` were answered "on my own" or more. `toShow` are those of the
 * levels that are not yet surely reached and that were not shown. Where all of these were shown, the next thing is
 * to keep proof of them: answers alone leave a doubt that leading others in them would not take away.
 */
export function behavioursUpTo(
  framework: Framework,
  profile: Profile,
  responses: readonly Response[],
  competency: string,
  level: number,
): { shown: ToShow[]; toShow: ToShow[] } {
  const last = new Map(responses.map((response) => [response.item, response]))
  const all = (framework.competencies.find(({ id }) => id === competency)?.behaviours ?? [])
    .filter((behaviour) => behaviour.level <= level)
    .map((behaviour): ToShow => {
      const response = last.get(behaviour.id)
      const answer = response?.answer ?? null
      const evidence = response?.evidence ?? null
      const { id, text } = behaviour
      return {
        behaviour: id,
        level: behaviour.level,
        text,
        answer,
        evidence,
        action: actionFor(answer, evidence),
      }
    })
  const shown = all.filter(({ answer }) => isShown(answer))
  if (probabilityAtLeast(profile, competency, level) >= MET_FROM) return { shown, toShow: [] }
  const lacking = all.filter(
    (behaviour) => probabilityAtLeast(profile, competency, behaviour.level) < MET_FROM,
  )
  const unshown = lacking.filter(({ answer }) => !isShown(answer))
  if (unshown.length > 0) return { shown, toShow: unshown }
  return { shown, toShow: lacking.filter(({ evidence }) => evidence === null) }
}

/** Whether a behaviour of a level or above was shown; where the level has none, those of the nearest below it count. */
export function isShownAt(
  framework: Framework,
  responses: readonly Response[],
  competency: string,
  level: number,
): boolean {
  const own = framework.competencies.find(({ id }) => id === competency)?.behaviours ?? []
  const from = Math.max(0, ...own.map((behaviour) => behaviour.level).filter((one) => one <= level))
  const last = new Map(responses.map(({ item, answer }) => [item, answer]))
  return own.some((behaviour) => behaviour.level >= from && isShown(last.get(behaviour.id) ?? null))
}

/** The next thing to do about a behaviour, given the answer to it: once shown, leading others in it moves no level. */
export function actionFor(answer: Answer | null, evidence: string | null): Action {
  if (answer === null) return 'answer-first'
  if (answer === 'no-opportunity') return 'find-opportunity'
  if (answer === 'not-yet') return 'try-with-support'
  if (answer === 'with-help') return 'do-on-your-own'
  return evidence === null ? 'record-evidence' : 'nothing-more'
}

function isShown(answer: Answer | null): boolean {
  return answer !== null && answer !== 'no-opportunity' && ANSWERS.indexOf(answer) >= SHOWS_FROM
}
