// The linter's rules by id: what each asks and why. The id is the switch.

export const LINT_RULES = {
  'expectation-falls': {
    asks: 'along a promotion no expectation falls',
    reason:
      'A higher role that asks less of something makes a promotion lose a requirement nobody meant to drop.',
  },
  'behaviour-repeats': {
    asks: 'no two behaviours say the same, or differ only by an adverb or adjective',
    reason:
      'Two behaviours that differ by "well" or "very" cannot be told apart by raters: they count one thing twice.',
  },
  'behaviour-several': {
    asks: 'a behaviour is one statement',
    reason: 'Who does one half and not the other has no honest answer to a statement that holds two.',
  },
  'wording-unmeasurable': {
    asks: 'a behaviour names an act or an artefact that somebody else could see',
    reason: '"Good understanding of" or "familiar with" cannot be observed, so raters guess.',
  },
  'wording-trait': {
    asks: 'texts are about what is done, not about who the person is',
    reason: 'Trait and gendered words bring in bias and cannot be shown by evidence.',
  },
  'competency-unused': {
    asks: 'every competency is needed by some duty',
    reason: 'A competency that no duty exercises is asked of people without a use for it.',
  },
  'duty-without-competency': {
    asks: 'every duty names the competencies that it exercises',
    reason: 'A duty that asks for nothing measurable cannot be prepared for or shown.',
  },
  'level-without-behaviour': {
    asks: 'every level of a competency has a behaviour',
    reason: 'A level that nothing describes cannot be told from its neighbours.',
  },
  'role-unreachable': {
    asks: 'every role can be reached over transitions from a role where people enter',
    reason: 'A role that no transition leads to is one that nobody can plan for.',
  },
  'must-unmeasurable': {
    asks: 'a must expects a level that has a behaviour to measure it by',
    reason: 'A bar that no question can test can neither be met nor missed.',
  },
  'translation-missing': {
    asks: 'every text is in each declared language',
    reason: 'A person who reads the other language gets a mixture, and answers another question.',
  },
} as const

export type LintRule = keyof typeof LINT_RULES
export const LINT_RULE_IDS = Object.keys(LINT_RULES) as LintRule[]
