// What a result rests on, in words: its mode, its answers, new and carried, and the time of answering. The same everywhere.
import type { About, RoleRef } from './model.ts'
import type { Words } from './words-model.ts'

/** The mode as it is said; that of one role names the role. */
export function modeText(
  { mode, target }: Pick<About, 'mode' | 'target'>,
  words: Words,
  role: (ref: RoleRef) => string,
): string {
  return words.mode[mode] + (mode === 'target' && target ? words.brackets(role(target)) : '')
}

/** "32 answers, 3 times ...; 20 answers of these count on from before"; scored and "no opportunity" are told apart. */
export function answersText(
  {
    answered,
    noOpportunity,
    carried,
    carriedNoOpportunity,
  }: Pick<About, 'answered' | 'noOpportunity' | 'carried' | 'carriedNoOpportunity'>,
  words: Words,
): string {
  const all = words.answers(answered, noOpportunity)
  return carried + carriedNoOpportunity === 0
    ? all
    : all + words.semicolon + words.carried(words.answers(carried, carriedNoOpportunity))
}

/** "answered in about 14 minutes, 2026-11-20"; empty where no time is known. */
export function timeText({ answering }: Pick<About, 'answering'>, words: Words): string {
  if (!answering) return ''
  const [from, to] = [answering.from.slice(0, 10), answering.to.slice(0, 10)]
  return words.answering(answering.minutes, from === to ? from : words.span(from, to))
}
