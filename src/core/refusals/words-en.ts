// What a refusal says, by its code, in English: on screens, to users of the API and in the log.

/** Messages in the ICU format. Days are given as YYYY-MM-DD. */
export const REFUSALS_EN = {
  // What is not there, or not for the actor to know of.
  'no-account': 'There is no such account here.',
  'no-answer': 'There is no answer to this behaviour in this assessment.',
  'no-assessment': 'There is no such assessment, or it is not yours to see.',
  'no-competency': 'The framework has no such competency.',
  'no-delegation': 'There is no such delegation.',
  'no-framework': 'There is no such framework here.',
  'no-framework-version': 'There is no such version of the framework here.',
  'no-hold': 'There is no such hold.',
  'no-invitation': 'There is no such invitation.',
  'no-migration': 'There is no such migration.',
  'no-person': 'There is no such person here, or they are not yours to see.',
  'no-result': 'There is no such result, or it is not yours to see.',
  'no-role': 'There is no such role.',
  'no-role-variant': 'The role has no such variant.',
  'no-round': 'There is no such round, or it is not yours to see.',
  'no-round-subject': 'This person does not take part in this round.',
  'no-share': 'This was not shared with you, or it is no longer.',
  'no-sheet': 'There is no such sheet, or it is not yours.',
  'no-unit': 'There is no such unit here.',

  // Any feature.
  'broken-input': 'Expected text without NUL characters and halves of characters.',
  'input-not-as-expected': 'Not as expected: {place}.',
  'malformed-body': 'The body of the request cannot be read: expected JSON, and a content-type that says so.',
  'page-mark': 'Expected `next` of the page before.',
  'works-here-on': 'Expected somebody who works here on {day}.',
  'somebody-else': 'Expected somebody else.',
  'today-or-later': 'Expected today ({today}) or a later day, got {got}.',
  'no-accounts': 'This instance has no accounts; start it with accounts on.',
  'key-used': 'This key was used for something else already: send a fresh one.',
  unrecorded:
    'Nothing was done or shown, because the audit cannot be written ({code}). Whoever runs Rungs must look at its database.',
  'database-away': 'The database does not answer: try again in a moment.',
  'too-many-requests': 'Too many requests: try again in {seconds} s.',
  'too-large': 'This is larger than {most} MB, and nothing of it was read.',
  'file-too-large':
    'This is larger than {most} MB, and nothing of it was read. Leave out columns that nobody needs, or bring people in by several files.',
  'sign-in-first': 'Sign in first.',
  'somebody-else-signed-in': 'Somebody else is signed in.',
  'key-lacks-scope': 'This API key lacks the scope {scope}.',
  'not-for-keys': 'Live updates are for signed-in people, not for API keys.',
  'server-stopping': 'The server is stopping.',
  'enough-live-screens': 'There are enough live screens of this account: close some.',

  // Members, roles, delegations, sign-in.
  'name-organisation': 'Only the owner names the organisation.',
  'set-organisation': 'Only the owner changes the time zone and the minimum of the organisation.',
  'time-zone': 'Expected the name of a time zone that this server knows, such as Europe/Berlin.',
  'control-characters': 'Expected one line without control characters.',
  'give-roles': 'Only the owner gives roles.',
  'take-roles': 'Only the owner takes roles away.',
  'unit-of-partner-only': 'Only a people partner has a unit: this role is for the whole organisation.',
  'holds-role-already': 'This person holds this role already; take it away first to change it.',
  'last-owner':
    'This is the last owner: make somebody with an account owner without an end first. Nothing was changed.',
  'delegate-own': 'Everybody delegates their own rights; the owner also those of others.',
  'take-back-delegation': 'Whoever gave these rights takes them back, or the owner.',
  'day-or-later': 'Expected {first} or a later day, got {got}.',
  'delegation-too-long': 'Expected at most {days} days, until {last}.',
  'sign-others-out': 'The owner signs others out; end your own sessions on your account page.',
  'read-members': 'Members are the matter of the owner, people partners and auditors.',
  'read-sign-in': 'How one signs in here is the matter of the owner and auditors.',

  // Invitations and accounts.
  invite: 'Only the owner and people partners of a unit invite its people.',
  'withdraw-invitation': 'Only the owner and people partners of a unit withdraw its invitations.',
  'no-address-yet': 'This person has no e-mail address yet; give one.',
  'has-account': 'This person has an account already.',
  'invitation-used': 'This invitation was used already.',
  'end-places': 'Only the owner ends places.',

  // People and units.
  'keep-person': 'You may not change this person’s place here.',
  'not-your-unit':
    'You may place people in the units that you are a people partner of; for another unit, or none, ask a partner of the whole organisation.',
  'place-of-others':
    'Part of this place is not yours to change; ask a partner of the whole organisation. Nothing was changed.',
  'reports-of-others':
    '{count, plural, one {One person} other {# people}} of units that are not yours would get another manager ({names}): ask a partner of the whole organisation, or say that nobody manages them.',
  'add-people': 'You may not add people here.',
  'import-people': 'Only the owner and people partners of the whole organisation may bring people in.',
  'file-faults': 'The file has faults; nothing was changed.',
  'preview-outdated': 'People or the file changed since the preview: look at the new preview first.',
  'works-here-already': 'This person works here then already: let them leave first, or choose a later day.',
  'not-here-then': 'This person does not work here on that day.',
  'reports-left':
    '{count, plural, one {# person reports} other {# people report}} to them then ({names}): say who manages these from {day} on, or that nobody does.',
  'leaver-manages': 'Somebody who leaves cannot manage.',
  'never-worked-here': 'This person has never worked here.',
  'before-employment-ended': 'Expected a day before {day}, on which the employment has ended.',
  'reports-to-self': 'Nobody reports to themselves.',
  'reporting-circle': 'The reporting line would run in a circle: {chain}.',
  'address-taken': 'This address belongs to somebody already.',
  'id-taken': 'This id belongs to somebody already.',
  'two-facts': 'Two facts would hold at once: look at the days in the history and choose others.',
  'add-units': 'You may add units below those that you are people partner of.',
  'change-units': 'Only the owner and people partners of the whole organisation change units.',
  'no-unit-then': 'There is no such unit on that day.',
  'unit-not-empty':
    'After {day} this unit still has {people, plural, =0 {no people} one {# person} other {# people}} and {units, plural, =0 {no units} one {# unit} other {# units}} right below it: move them first.',
  'unit-below-itself': 'A unit cannot hang below itself.',
  'two-descriptions': 'Two descriptions would hold at once: choose another day.',
  sample: 'Only the owner may load or remove the sample organisation.',
  'sample-not-empty': 'There are people here already: the sample organisation is for an empty one.',
  'sample-in-use':
    'Somebody or something that is not of the sample organisation refers to it, such as a person who reports to one of its managers, or a round of another unit in which one of its people rates: change that first.',
  'sample-people-missing': 'The people of the sample organisation are not here: load them first.',

  // Rounds.
  'raters-fixed': 'Raters of this round cannot be changed any more.',
  'round-started': 'This round was started already, or it is over.',
  'close-day-fixed': 'The day of the close cannot be moved any more.',
  'nobody-to-remind': 'There is nobody to remind: this round does not run.',
  'close-running-only': 'Only a running round can be closed.',
  'round-over': 'This round is over: it cannot be cancelled.',
  'rates-self-already': 'Everybody rates themselves already: choose somebody else.',
  'asked-already': 'This person is asked to rate them already.',
  'submitted-stays': 'What was submitted stays: this sheet cannot be taken back.',
  'close-day-come': 'The day of the close has come already: move it first.',
  'after-today': 'Expected a day after today.',
  'works-here-today': 'Expected somebody who works here today.',
  'open-rounds': 'Only people partners of the unit and the owner open rounds for it.',
  'minimum-group': 'Expected at least {least}, the minimum of this organisation.',
  'unit-nobody': 'Expected a unit in which somebody works today.',
  'too-many-subjects': 'Expected at most {most} people, got {got}: choose units below it.',
  'rated-in-group':
    'You rated this person in this round as one of a group. Whoever did reads no result of theirs, as manager, in a manager’s place or as partner: with your own answers in hand, the group would be one smaller.',
  'sheet-closed': 'Nothing can be said on this sheet any more.',
  'not-of-sheet': 'Expected a behaviour of this sheet, got {got}.',
  'answers-missing':
    '{count, plural, one {# behaviour has} other {# behaviours have}} no answer yet; “no opportunity” is one.',

  // Privacy and the audit.
  'set-retention': 'Only an owner sets how long data are kept.',
  'place-hold': 'You may not place a hold on this person’s data.',
  'lift-hold': 'You may not lift this hold.',
  erase: 'You may not have this person erased.',
  'held-not-erased':
    'A legal hold keeps this person’s data as they are: have it lifted first. Nothing was erased.',
  'held-not-deleted': 'A legal hold keeps your data as they are, until it is lifted. Nothing was deleted.',
  'read-keeping': 'You may not read holds and erasures here.',
  'read-audit': 'The audit is read by auditors and owners.',

  // Shares.
  'nobody-to-share-with': 'This instance is for one person: there is nobody to share with.',
  'share-days': 'Expected a day from {first} to {last}, got {got}.',
  'not-left': 'Expected somebody who has not left.',

  // Assessments and standings.
  'target-needed': 'Expected the role whose bar is asked about.',
  'variant-needs-role': 'Expected the variant’s role too.',
  'not-of-framework': 'Expected a behaviour of this framework, got {got}.',
  'nothing-to-undo': 'There is no answer to take back.',
  'answer-stays': 'This answer cannot be taken back.',
  'finished-already': 'This assessment is finished: go on with it before answering.',
  'not-yours-to-delete': 'This assessment cannot be deleted by you.',
  'mode-needs-target': 'Expected another mode: this assessment was started without a target role.',
  'went-on-elsewhere':
    'This assessment went on in another window: nothing was changed. Its present question follows.',
  'moved-to-newer':
    'This assessment was moved to a newer version of its framework: go on with the copy of it.',
  'move-undone':
    'The migration that made this assessment was undone: go on with the one that it was made from.',
  'own-role-needed': 'Expected today’s role: the assessment was started without one.',
  'another-assessment': 'Expected another assessment than the one compared.',

  // Frameworks and migrations.
  publish: 'You may not publish frameworks here.',
  'framework-faults':
    '{count, plural, one {The framework has # fault} other {The framework has # faults}}; nothing was stored. {first}',
  'built-in-id': '{id} comes with Rungs: publish yours under an id of its own.',
  'newer-published':
    'This was not made from what is newest: version {version} was published. Look at the changes again.',
  'based-on-nothing': 'This was not made from what is newest: {id} is not there. Look at the changes again.',
  'version-taken': 'Version {version} of {id} has other content: choose another number.',
  'move-assessments': 'You may not move assessments here.',
  'mapping-faults': 'The mapping has faults, nothing was moved. {faults}',
  'moved-on-later':
    'This migration cannot be undone: {count, plural, one {# of its assessments was} other {# of its assessments were}} moved on by a later migration. Undo that one first.',
  'answered-since':
    'This migration cannot be undone: {count, plural, one {# of its assessments was} other {# of its assessments were}} answered further since, and undoing would put those answers aside. They can be deleted by the person who gave them.',
  'other-version-needed': 'Expected another version than the old one.',
} as const

export type RefusalCode = keyof typeof REFUSALS_EN

/** Of one language: a message with the same arguments for each code. */
export type RefusalWords = Readonly<Record<RefusalCode, string>>

type Name<Rest> = Rest extends `${infer Inside}}${string}`
  ? Inside extends `${infer First},${string}`
    ? First
    : Inside
  : never
/** What stands in a plural's branch is no argument: it has a space or a #. */
type Argument<Inside> = Inside extends `${string} ${string}` | `${string}#${string}` | '' ? never : Inside
type Arguments<Message> = Message extends `${string}{${infer Rest}`
  ? Argument<Name<Rest>> | Arguments<Rest>
  : never

/** The names of what a refusal's message tells. */
export type RefusalArgument<Code extends RefusalCode> = Arguments<(typeof REFUSALS_EN)[Code]>

export type RefusalValues = Readonly<Record<string, string | number>>
