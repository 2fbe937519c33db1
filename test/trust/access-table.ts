// Who may do what with what, in words: written from what Rungs promises, never from its policies. docs/trust/access.md shows it.

/** What somebody is to the person that a row is about, or holds in the organisation. */
export const WHO = [
  'themselves',
  'their line manager of today',
  'whom that manager handed their rights to, while it lasts',
  'a people partner of their unit',
  'a people partner of a unit that they will belong to',
  'a people partner of the unit that they belonged to last',
  'a people partner of any unit',
  'a people partner of the whole organisation',
  'the owner',
  'a framework editor',
  'an auditor',
  'whoever rates them in the round',
  'whom they named in it',
  'everybody in the organisation',
] as const
export type Who = (typeof WHO)[number]

export const [SELF, MANAGER, DELEGATE, PARTNER, COMING_PARTNER, LAST_PARTNER] = WHO
export const [ANY_PARTNER, WHOLE, OWNER, EDITOR, AUDITOR] = [WHO[6], WHO[7], WHO[8], WHO[9], WHO[10]] as const
export const RATER = WHO[11]
export const NAMED = WHO[12]
export const EVERYBODY = WHO[13]

/** The states of what an action is about; an action without a subject has the one state 'any'. */
export const STATES = {
  person: ['works here', 'starts later', 'has left', 'never had a unit'],
  assessment: ['running', 'finished', 'superseded', 'withdrawn'],
  share: ['open', 'over', 'taken back'],
  round: ['preparing', 'running', 'closing', 'closed'],
  organisation: ['any'],
} as const
export type Kind = keyof typeof STATES

export interface Rule {
  readonly of: Kind
  readonly resource: string
  readonly action: string
  /** Reading is what an API key with read scope may do at most. */
  readonly verb: 'read' | 'write'
  readonly who: readonly Who[]
  /** Not even these, whatever else they are. */
  readonly unless?: readonly Who[]
  /** Only in these states; in all of them where it is left out. Several rules of one action add up. */
  readonly states?: readonly string[]
}

const KEEPERS = [OWNER, WHOLE, PARTNER, COMING_PARTNER, LAST_PARTNER] as const
const rule =
  (of: Kind, resource: string) =>
  (action: string, verb: 'read' | 'write', who: readonly Who[], states?: readonly string[]): Rule => ({
    ...{ of, resource, action, verb, who },
    ...(states === undefined ? {} : { states }),
  })
const person = rule('person', 'a person')
const account = rule('person', 'an account')
const rights = rule('person', 'rights')
const audit = rule('person', 'the audit')
const assessment = rule('assessment', 'an assessment')
const result = rule('assessment', 'the result of an assessment')
const share = rule('share', 'a share of a result')
const round = rule('round', 'a rating round')
const organisation = rule('organisation', 'the organisation')
const frameworks = rule('organisation', 'frameworks')

const unplaced = ['never had a unit']
/** Changing a person's place, and what else keeping them means. Somebody who never had a unit is taken in by any partner. */
const kept = (make: typeof person, action: string, more: readonly Who[] = []): Rule[] => [
  make(action, 'write', [...KEEPERS, ...more]),
  make(action, 'write', [ANY_PARTNER], unplaced),
]
const own = (
  make: typeof person,
  verb: 'read' | 'write',
  actions: readonly string[],
  states?: readonly string[],
) => actions.map((action) => make(action, verb, [SELF], states))

export const ACCESS: readonly Rule[] = [
  person('find in the list', 'read', [EVERYBODY], ['works here', 'never had a unit']),
  person('read name, unit, title and reporting lines', 'read', [EVERYBODY]),
  person('read where they were before', 'read', [EVERYBODY]),
  person('read the e-mail address', 'read', [SELF, ...KEEPERS]),
  person('read the e-mail address', 'read', [ANY_PARTNER], unplaced),
  person(
    'read the grade',
    'read',
    [SELF, MANAGER, DELEGATE, PARTNER, WHOLE, OWNER],
    ['works here', 'never had a unit'],
  ),
  person('read the grade', 'read', [SELF, WHOLE, OWNER], ['starts later']),
  ...kept(person, 'move'),
  ...kept(person, 'let leave'),
  ...kept(person, 'rehire'),
  ...kept(person, 'correct'),
  person('put right which position they held', 'write', [OWNER, WHOLE, LAST_PARTNER], ['has left']),

  ...kept(account, 'invite'),
  account('read the invitation', 'read', [SELF, ...KEEPERS, AUDITOR]),
  account('read the invitation', 'read', [ANY_PARTNER], unplaced),
  ...kept(account, 'withdraw the invitation'),
  account('see in the list of members', 'read', [SELF, ...KEEPERS, AUDITOR]),
  account('see in the list of members', 'read', [ANY_PARTNER], unplaced),
  account('see where they are signed in', 'read', [OWNER]),
  account('end', 'write', [OWNER]),

  rights('read which roles they hold', 'read', [EVERYBODY]),
  rights('give a role', 'write', [OWNER]),
  rights('take a role away', 'write', [OWNER]),
  rights('read a delegation of theirs', 'read', [SELF, NAMED, OWNER, AUDITOR]),
  rights('hand over their rights as a manager', 'write', [SELF, OWNER]),
  rights('take a delegation back', 'write', [SELF, OWNER]),

  audit('read rows about them', 'read', [SELF, OWNER, AUDITOR]),
  audit('change a row', 'write', []),
  audit('delete a row', 'write', []),

  ...own(assessment, 'read', ['read with its next question', 'list its answers', 'read an answer']),
  ...own(assessment, 'write', ['answer', 'finish'], ['running']),
  ...own(
    assessment,
    'write',
    ['take an answer back', 'set evidence', 'go on with a goal'],
    ['running', 'finished'],
  ),
  ...own(assessment, 'write', ['reopen'], ['finished']),
  ...own(assessment, 'write', ['delete', 'share with somebody']),
  ...own(result, 'read', ['read', 'read the readiness', 'read a gap', 'find paths', 'explain a number']),
  ...own(result, 'read', ['compare with an earlier one', 'take away as a file']),
  assessment('see what of it counts on in the next', 'read', [SELF], ['finished']),

  share('see it in the list', 'read', [SELF]),
  share('see it in the list', 'read', [NAMED], ['open']),
  share('read who shares what with whom', 'read', [SELF, NAMED]),
  share('read the result by it', 'read', [NAMED], ['open']),
  share('read the assessment behind it', 'read', [SELF]),
  share('read the assessment behind it', 'read', [NAMED], ['open']),
  share('take it back', 'write', [SELF], ['open']),
  share('change whom it is for, or until when', 'write', []),

  round('read who rates whom', 'read', [OWNER, WHOLE, PARTNER]),
  round('read its head and rule', 'read', [OWNER, WHOLE, PARTNER]),
  round('read its head and rule', 'read', [SELF, RATER], ['running', 'closing', 'closed']),
  // Whoever reads a result reads what round it is of.
  round('read its head and rule', 'read', [MANAGER, DELEGATE], ['closed']),
  round('change its raters', 'write', [OWNER, WHOLE, PARTNER], ['preparing', 'running']),
  round('move its end', 'write', [OWNER, WHOLE, PARTNER], ['preparing', 'running']),
  round('read the ratings of a rater', 'read', [RATER]),
  round('rate', 'write', [RATER], ['running']),
  // With their own answers in hand, a group would be one smaller to them.
  {
    ...round('read the result', 'read', [SELF, MANAGER, DELEGATE, PARTNER, WHOLE], ['closed']),
    unless: [RATER],
  },
  round('change a result', 'write', []),

  organisation('read the numbers of people and units', 'read', [EVERYBODY]),
  organisation('read the org chart', 'read', [EVERYBODY]),
  organisation('read the units', 'read', [EVERYBODY]),
  organisation('read a unit', 'read', [EVERYBODY]),
  organisation('add a person', 'write', [OWNER, WHOLE, ANY_PARTNER]),
  organisation('bring people in from a file', 'write', [OWNER, WHOLE]),
  organisation('load the sample', 'write', [OWNER]),
  organisation('load the rounds of the sample', 'write', [OWNER]),
  organisation('remove the sample', 'write', [OWNER]),
  organisation('give it its name', 'write', [OWNER]),
  organisation('set its time zone and the minimum of its new rounds', 'write', [OWNER]),
  organisation('change when it was made', 'write', []),

  ...['list', 'read', 'read the versions', 'search', 'compare roles', 'list the migrations'].map((action) =>
    frameworks(action, 'read', [EVERYBODY]),
  ),
  frameworks('publish', 'write', [EDITOR, OWNER]),
  frameworks('move assessments to a new version', 'write', [EDITOR, OWNER]),
]

/** Whether somebody of whom these words are true may do it in this state. */
export function isAllowed(of: string, action: string, state: string, words: ReadonlySet<Who>): boolean {
  return ACCESS.some(
    (one) =>
      one.resource === of &&
      one.action === action &&
      (one.states?.includes(state) ?? true) &&
      one.who.some((who) => words.has(who)) &&
      !one.unless?.some((who) => words.has(who)),
  )
}
