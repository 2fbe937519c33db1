// The warning that answers do not fit together, in words: the same for the terminal and what is taken away.
import type { Text } from '../framework/model.ts'
import type { Fit } from './report-model.ts'
import type { Words } from './words-model.ts'

/** How many times as likely random answers are, as a reader can take it: 3.4, 27, >1000. */
export function timesText({ bayesFactor }: Pick<Fit, 'bayesFactor'>): string {
  const times = bayesFactor ?? 0
  if (times > 1000) return '>1000'
  return times < 10 ? times.toFixed(1) : String(Math.round(times))
}

/** True where a warning stands over every figure of the result. */
export function isDoubtful({ state, sameAnswer }: Pick<Fit, 'state' | 'sameAnswer'>): boolean {
  return state === 'does-not-fit' || sameAnswer !== null
}

/** The warning, then a lead and the answers that stand out; empty where the answers fit or are too few to tell. */
export function fitLines(fit: Fit, words: Words, say: (text: Text) => string): string[] {
  if (fit.state !== 'does-not-fit')
    return fit.sameAnswer === null ? [] : [words.fit.same(words.answerNames[fit.sameAnswer])]
  const { doesNotFit, look, one, readings } = words.fit
  const surprising = fit.surprising.map(({ text, answer, expected }) =>
    one(say(text), words.answerNames[answer], readings[expected]),
  )
  return [doesNotFit(timesText(fit)), ...(surprising.length > 0 ? [look, ...surprising] : [])]
}
