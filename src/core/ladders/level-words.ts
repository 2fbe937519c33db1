// The words that ladders call their levels and ranks by, and how to tell how high they stand.
import { squeeze } from './stable-id.ts'

/** Scales that published ladders use, each from its lowest level to its highest. */
const SCALES: readonly (readonly string[])[] = [
  ['Beginner', 'Intermediate', 'Advanced', 'Expert', 'Leading Expert'],
  ['Awareness', 'Foundational', 'Working', 'Working knowledge', 'Practitioner', 'Expert'],
  ['Novice', 'Advanced beginner', 'Competent', 'Proficient', 'Expert', 'Master'],
  ['None', 'Basic', 'Developing', 'Proficient', 'Advanced', 'Expert', 'Mastery'],
  ['Learning', 'Practicing', 'Leading', 'Teaching'],
  ['Trainee', 'Junior', 'Regular', 'Mid', 'Senior', 'Lead', 'Staff', 'Principal', 'Distinguished'],
  ['入门', '初级', '中级', '高级', '资深', '专家'],
  ['了解', '熟悉', '掌握', '精通'],
]
const RANKS = new Map(SCALES.flatMap((scale) => scale.map((word, rank) => [squeeze(word), rank] as const)))

const NUMBERED = /^(?:level|lvl|l|milestone|stage|grade|step|级别|等级)?\s*(\d{1,2})(?:\s*[-–:.].*)?$/i

/** Whether a word is what a level is usually called: a known word, or a number with or without "level" before it. */
export const isLevelWord = (word: string): boolean => RANKS.has(squeeze(word)) || NUMBERED.test(word.trim())

/** Level words in their order: by the scale that has most of them, else by their numbers, else as they stand. */
export function orderLevels(words: readonly string[]): string[] {
  const names = [...new Set(words.map((word) => word.trim()).filter((word) => word !== ''))]
  const scale = SCALES.map((words) => words.map(squeeze)).toSorted(
    (a, b) =>
      names.filter((name) => b.includes(squeeze(name))).length -
      names.filter((name) => a.includes(squeeze(name))).length,
  )[0]!
  if (names.every((name) => scale.includes(squeeze(name))))
    return names.toSorted((a, b) => scale.indexOf(squeeze(a)) - scale.indexOf(squeeze(b)))
  const numbers = names.map((name) => Number(NUMBERED.exec(name)?.[1] ?? Number.NaN))
  if (numbers.every(Number.isFinite))
    return names.toSorted((a, b) => numbers[names.indexOf(a)]! - numbers[names.indexOf(b)]!)
  return names
}

const SENIORITY: readonly [RegExp, number][] = [
  [/\b(?:intern|trainee|apprentice|associate)\b/i, 1],
  [/\bjunior\b/i, 1],
  [/\b(?:vp|vice president|head of)\b/i, 9],
  [/\bsenior director\b/i, 8],
  [/\b(?:cto|chief)\b/i, 10],
  [/\bdirector\b/i, 7],
  [/\bdistinguished\b/i, 8],
  [/\b(?:principal|fellow)\b/i, 6],
  [/\bsenior staff\b/i, 5],
  [/\bstaff\b/i, 4],
  [/\blead\b/i, 4],
  [/\b(?:senior|sr\.?)\b/i, 3],
  [/\b(?:iii|3)\b/i, 3],
  [/\b(?:ii|2)\b/i, 2],
]

/** How high a role's title says it stands, 1 to 10: by its number (IC3, D4, M5), else by its words; 1 for neither. */
export function rankOfTitle(title: string): number {
  const numbered = /\b(?:[A-Z]{1,4}|level |l)(\d{1,2})\b/i.exec(title)
  if (numbered) return Math.min(Math.max(Number(numbered[1]), 1), 20)
  return SENIORITY.find(([pattern]) => pattern.test(title))?.[1] ?? 1
}
