// The words that a result is written with outside of the screens, in English, and how a language finds its own.
import { percentText } from './percent-text.ts'
import { chinese } from './words-chinese.ts'
import type { TakeAwayLanguage, Words } from './words-model.ts'

const moreAndTied = (more: number, tied: boolean) =>
  (more > 0 ? `, and ${more} more` : '') + (tied ? ' (in no order: too close to tell apart)' : '')

const yearsOf = (count: number | string) => (Number(count) === 1 ? '1 year' : `${count} years`)

const english: Words = {
  title: 'My standing',
  framework: (title, version) => `${title}, version ${version}`,
  content: 'Content',
  date: 'Assessed',
  modeLabel: 'Mode',
  mode: { quick: 'quick', adaptive: 'adaptive', 'whole-bank': 'whole bank', target: 'one role' },
  carried: (answers) => `of these, given in earlier assessments and counting on here: ${answers}`,
  answers: (answered, noOpportunity) =>
    `${answered} ${answered === 1 ? 'answer' : 'answers'}, ` +
    `${noOpportunity} ${noOpportunity === 1 ? 'time' : 'times'} "no opportunity to show it"`,
  answering: (minutes, when) =>
    `answered in about ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}, ${when}`,
  span: (from, to) => `${from} to ${to}`,
  unfinished: 'This assessment is not finished.',
  self: (role, years) =>
    [role && `today's role: ${role}`, years !== null && `${yearsOf(years)} in the profession`]
      .filter(Boolean)
      .join(', '),
  selfAssessed: "Self-assessed: every figure rests on one person's own answers.",
  expertSet: "Not yet calibrated: the levels lie where the framework's authors put them.",
  own: (role, counts, readiness, holding) =>
    `Of ${role}, your role: ${counts}; readiness: ${readiness}${holding && `; ${holding}`}.`,
  counts: ({ met, likely, open, notKnown }) =>
    `${met + likely} of ${met + likely + open + notKnown} musts met or likely ` +
    `(${met} met, ${likely} likely), ${open} open, ${notKnown} not known`,
  metOrLikely: ({ met, likely, open, notKnown }) =>
    `${met + likely} of ${met + likely + open + notKnown} musts met or likely today`,
  shouldCounts: ({ met, likely, open, notKnown }) =>
    `shoulds: ${met} met, ${likely} likely, ${open} open, ${notKnown} not known`,
  tooLittleKnown: (answered, musts) =>
    `too little known (${answered} of ${musts} musts answered near their bar)`,
  ofKnown: (percent, known, notKnown) =>
    `of the ${known} musts that are known, all at once ${percent}; ${notKnown} not known`,
  stands: {
    'very-probably': (role, readiness) => `You very probably meet the whole bar of ${role}: ${readiness}.`,
    probably: (role, readiness) => `You probably meet the whole bar of ${role}: ${readiness}.`,
  },
  standsNot: {
    partly: 'No role whose musts are all known has a bar that you probably meet.',
    none: 'No role’s bar is probably met yet.',
    unknown: 'Too little is known yet to say which bar you meet.',
    doubtful: 'Your answers stand in doubt, so nothing is said here of which bar you meet.',
  },
  carries: (list, more, tied) => `What carries you: ${list}${moreAndTied(more, tied)}.`,
  stillBelow: (role, level) => `among your highest, and still below the level ${level} that ${role} asks`,
  carriesNothing: 'Nothing stands out above your own level with enough certainty yet.',
  weak: (list, more, tied) => `Below your own level: ${list}${moreAndTied(more, tied)}.`,
  next: (track, role, counts, readiness, holding) =>
    `${track === null ? 'Next' : `Next on ${track}`}: ${role}, ${counts}; readiness: ${readiness}${holding && `; ${holding}`}.`,
  heldBackBy: (list) => `held back by ${list}`,
  answerFirst: (list) => `not known yet, answer first: ${list}`,
  withoutOpportunity: (list) => `no opportunity so far, so not known: ${list}`,
  nearestNothing: 'No bar is left that is not met.',
  fit: {
    doesNotFit: (times) =>
      `Your answers do not fit together: answers drawn at random would be ${times} times as likely as these are for one ` +
      'person with one profile. That happens when questions are clicked through, and also to a few people with an ' +
      'uncommon profile. Trust no figure here before you have looked at your answers again.',
    same: (answer) =>
      `You answered “${answer}” to every question. Such answers cannot tell one competency from another: trust no figure ` +
      'here before you have looked at your answers again.',
    look: 'These answers stand out most from all the others:',
    one: (text, answer, expected) =>
      `${text}: you answered “${answer}”; your other answers suggest “${expected}”.`,
    readings: { 'not-yet': 'not yet', 'with-help': 'with help', shown: 'on my own, or more' },
  },
  answerNames: {
    'not-yet': 'not yet',
    'with-help': 'with help',
    'on-my-own': 'on my own',
    'lead-others': 'I lead others in it',
    'set-how': 'I set how it is done',
    'no-opportunity': 'no opportunity',
  },
  profile: 'Profile',
  competency: 'Competency',
  level: 'Level',
  interval50: '50% interval',
  interval90: '90% interval',
  ends: {
    orAbove: (level) => `${level} or above`,
    orBelow: '0 or below',
    note: {
      above: 'Above the highest level the scale has no bar: how far above cannot be said.',
      below: 'Below 0 the scale has no bar: how far below cannot be said.',
    },
  },
  behavioursShown: 'Behaviours shown',
  answersGiven: 'Answers',
  noOpportunity: 'No opportunity',
  notKnown: 'not known yet',
  suggests: (level) => `not known yet (other answers suggest about ${level})`,
  readinessTitle: 'Readiness for each role',
  role: 'Role',
  readiness: 'Readiness',
  musts: 'Musts met / likely / open / not known',
  holding: 'Held back by, and what is not known',
  gapTo: (role) => `The gap to ${role}`,
  expectation: (competency, level, must) => `${competency}: level ${level}, ${must ? 'must' : 'should'}`,
  states: { met: 'Met', likely: 'Likely', open: 'Open', 'not-known': 'Not known' },
  probability: 'probability of being there',
  mostlyInferred: 'mostly inferred from other answers',
  inferred: 'inferred from other answers, none of its behaviours shown yet',
  toShow: 'To show',
  actions: {
    'answer-first': 'answer it first',
    'find-opportunity': 'find an opportunity to do it',
    'try-with-support': 'try it once with somebody who does it well',
    'do-on-your-own': 'do the next one on your own',
    'record-evidence': 'keep a link to work that shows it',
    'nothing-more': 'shown, with evidence',
  },
  evidence: 'evidence',
  percent: percentText,
  sure: (percent) => `${percent} sure`,
  nothingChanges: 'nothing would change',
  pathsTo: (role) => `Paths to ${role}`,
  years: (min, max) =>
    max === null
      ? `${yearsOf(min)} or more`
      : min === max
        ? `about ${yearsOf(min)}`
        : `${min} to ${yearsOf(max)}`,
  fromToday: (years) => `${years} from today`,
  thisStep: (years) => `this step alone: ${years}`,
  noStepTime: (answered, musts) => `too little known for a time (${answered} of its ${musts} musts known)`,
  noTime: (answered, musts) =>
    `too little known for a time or a climb (${answered} of ${musts} musts on the way answered near their bar)`,
  origins: {
    source: 'source',
    framework: "estimate of the framework's authors",
    ours: "Rungs' estimate",
    yours: 'as you said',
  },
  best: {
    time: 'quickest',
    earliest: 'quickest at its earliest',
    latest: 'quickest at its latest',
    gap: 'smallest gap',
    strengths: 'uses your strengths most',
  },
  better: {
    time: 'quicker',
    earliest: 'quicker at its earliest',
    latest: 'quicker at its latest',
    gap: 'smaller gap',
    strengths: 'uses your strengths more',
  },
  betterThan: (way, list) => `beside ${way}: ${list}`,
  strengthsUsed: (list, percent) => `Uses your strengths ${list}: ${percent} of what its bars ask`,
  strengthsNone: 'Uses none of your known strengths',
  ways: {
    only: 'This is the only way in the framework.',
    one: 'One good way.',
    good: (count) =>
      `${count} good ways: each is better than each other one in time, gap or use of strengths.`,
    unknown: (count) => `${count} ways; too little is known of you to say which is better.`,
  },
  alternatives: 'Other ways',
  because: {
    dominated: (better) => `${better ?? 'another way'} is at least as good in every respect`,
    'goes-back': () => 'one of its steps is a way back, and the target is reached without it',
    'passes-target': () => 'it goes over a role beyond the target',
  },
  bestInEverything: (way) => `${way} is the best in every respect.`,
  ownRole: (role) => `You are in this role. What ${role} asks and is not met yet:`,
  gapAlone: 'the earlier end from the gap alone',
  gapRule: (min, max, atOnce) =>
    `Years from a gap are an estimate of Rungs: ${min} to ${max} years for a whole level, ${atOnce} competencies side by side, and ` +
    'never less than the longest climb of one takes. The earlier end takes the upper end of each 50% interval and the quick ' +
    'pace, the later end the lower end and the slow pace; what is not known is counted as said beside its figure. No source ' +
    'gives such a figure.',
  step: (from, to) => `${from} → ${to}`,
  pathSummary: (levels) => `${levels} levels to climb`,
  figures: {
    transition: (role) => `total years in the profession at the step to ${role}`,
    'role-total': (role) => `total years in the profession at ${role}`,
    'own-years': () => 'your own years',
    difference: (role) => `what is left of them until ${role}`,
    gap: () => 'years for the gap',
    'nothing-lacking': () => 'nothing is lacking for this step',
  },
  climbs: (together, longest, unknown) =>
    `${together} levels in all, the longest climb ${longest}` +
    (unknown === 0
      ? ''
      : `; ${unknown} of its musts not known: at the earlier end each counts from where your other answers put it, at the ` +
        'later end from the lower end of its 90% interval, and as one level at least'),
  noPath: 'No path',
  reading:
    'How to read this: a level is a position on the proficiency scale with the interval that it lies in at the given ' +
    'probability. Met is a probability of at least 90%, likely of at least 50%. Readiness is the probability that ' +
    'all musts are met at once. Not known is never counted as zero. Years are ranges; each figure names its origin.',
  comma: ', ',
  sentenceGap: ' ',
  semicolon: '; ',
  colon: ': ',
  brackets: (text) => ` (${text})`,
}

/** The words of a language; any other than Simplified Chinese gets English. */
export function wordsIn(language: string): { language: TakeAwayLanguage; words: Words } {
  return language.startsWith('zh')
    ? { language: 'zh-Hans', words: chinese }
    : { language: 'en', words: english }
}
