// What a result is written with outside of the screens: the words that each language has.
import type { Response } from '../assess/answers.ts'
import type { Action, ExpectationState, StateCounts } from './model.ts'
import type { ScaleEndWords } from './place-text.ts'
import type { AlternativePath, Criterion, Origin, TimeFigure } from './path-model.ts'

export type TakeAwayLanguage = 'en' | 'zh-Hans'

export interface Words {
  title: string
  framework: (title: string, version: string) => string
  content: string
  date: string
  mode: Record<'quick' | 'adaptive' | 'whole-bank' | 'target', string>
  modeLabel: string
  answers: (answered: number, noOpportunity: number) => string
  /** How many of them, as `answers` says it, count on from earlier assessments. */
  carried: (answers: string) => string
  answering: (minutes: number, when: string) => string
  span: (from: string, to: string) => string
  unfinished: string
  self: (role: string | null, years: number | null) => string
  selfAssessed: string
  expertSet: string
  own: (role: string, counts: string, readiness: string, holding: string) => string
  counts: (counts: StateCounts) => string
  metOrLikely: (counts: StateCounts) => string
  shouldCounts: (counts: StateCounts) => string
  tooLittleKnown: (answered: number, musts: number) => string
  /** In place of a bare percentage where a must is not known. */
  ofKnown: (percent: string, known: number, notKnown: number) => string
  stands: Record<'very-probably' | 'probably', (role: string, readiness: string) => string>
  standsNot: Record<'partly' | 'none' | 'unknown' | 'doubtful', string>
  /** `more` are not listed; where `tied` the order says nothing. */
  carries: (list: string, more: number, tied: boolean) => string
  carriesNothing: string
  /** Beside a strength that is the open must of a role named in the same opening. */
  stillBelow: (role: string, level: number) => string
  weak: (list: string, more: number, tied: boolean) => string
  /** `track` is null for the step that is nearest on any. */
  next: (track: string | null, role: string, counts: string, readiness: string, holding: string) => string
  heldBackBy: (list: string) => string
  answerFirst: (list: string) => string
  withoutOpportunity: (list: string) => string
  nearestNothing: string
  fit: {
    /** `times` is rounded: 3 or more. */
    doesNotFit: (times: string) => string
    same: (answer: string) => string
    look: string
    one: (text: string, answer: string, expected: string) => string
    readings: Record<'not-yet' | 'with-help' | 'shown', string>
  }
  answerNames: Record<Response['answer'], string>
  profile: string
  competency: string
  level: string
  interval50: string
  interval90: string
  ends: ScaleEndWords & { note: Record<'below' | 'above', string> }
  behavioursShown: string
  answersGiven: string
  noOpportunity: string
  notKnown: string
  suggests: (level: string) => string
  readinessTitle: string
  role: string
  readiness: string
  musts: string
  holding: string
  gapTo: (role: string) => string
  expectation: (competency: string, level: number, must: boolean) => string
  states: Record<ExpectationState, string>
  probability: string
  inferred: string
  /** Beside a place that rests mostly on other answers. */
  mostlyInferred: string
  toShow: string
  actions: Record<Action, string>
  evidence: string
  /** A probability that a statement holds, as a remark beside it. */
  /** A probability 0 to 1 as a whole percentage. */
  percent: (probability: number) => string
  sure: (percent: string) => string
  /** What "no opportunity" would do. */
  nothingChanges: string
  pathsTo: (role: string) => string
  years: (min: string, max: string | null) => string
  fromToday: (years: string) => string
  /** The time that one step takes after the one before it. */
  thisStep: (years: string) => string
  /** In place of years and levels, where most musts of a way are not known. */
  noTime: (answered: number, musts: number) => string
  /** The same of one step. */
  noStepTime: (answered: number, musts: number) => string
  origins: Record<Origin['label'], string>
  best: Record<Criterion, string>
  better: Record<Criterion, string>
  /** Of a way that is best in nothing: than which other way it is better, and in what. */
  betterThan: (way: string, list: string) => string
  /** `percent` is the share of the bars on the way that ask for one of them. */
  strengthsUsed: (list: string, percent: string) => string
  strengthsNone: string
  /** How many ways there are, and what is known of them. */
  ways: Record<'only' | 'one', string> & Record<'good' | 'unknown', (count: number) => string>
  alternatives: string
  because: Record<AlternativePath['because'], (better: string | null) => string>
  bestInEverything: (way: string) => string
  ownRole: (role: string) => string
  gapAlone: string
  gapRule: (min: string, max: string, atOnce: number) => string
  step: (from: string, to: string) => string
  pathSummary: (levels: string) => string
  figures: Record<TimeFigure['about'], (role: string) => string>
  /** What the years for a gap are made from: the levels in all and the longest climb, and how many musts are not known. */
  climbs: (together: string, longest: string, unknown: number) => string
  noPath: string
  reading: string
  comma: string
  /** Between two sentences. */
  sentenceGap: string
  semicolon: string
  colon: string
  /** A remark in brackets, with the space before it where the language has one. */
  brackets: (text: string) => string
}
