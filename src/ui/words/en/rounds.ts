// The words of rating rounds, in English.
export const roundsWords = {
  rounds: {
    title: 'Rounds',
    lead: 'Colleagues rate what they saw of each other’s work. Groups under the minimum are never shown; a line manager stands alone where the rule names them.',
    open: 'Open a round',
    toGive: 'Ratings to give',
    toGiveLead:
      'Your answers are read by nobody but you. They are measured together with those of others; only where a round names the line manager does the manager’s part stand alone.',
    nothingToGive: 'Nobody waits for a rating from you.',
    given: '{count, plural, one {# sheet} other {# sheets}} of before',
    aboutMe: 'About me',
    noResults: 'No round about you has been closed yet.',
    kept: 'Rounds that you keep',
    noneKept: 'No round has been opened yet.',
    severity: 'How I rate',
    severityLead:
      'Only you see this. It says how you rate compared with the others in the round, not whether you are right.',
    yourself: 'Yourself',
    of: '{answered} of {all} answered',
    submittedOf:
      '{submitted, number} of {asked, number} submitted{declined, plural, =0 {} other {, # declined}}',
    until: 'until {day, date, ::yMMMd}',
    openUntil: 'The last day is {day, date, ::yMMMd}.',
    rate: 'Rate {name}',
    rateSelf: 'Rate yourself',
    goOn: 'Go on',
    read: 'Read the result',
    closedOn: 'closed {at, date, ::yMMMd}',
    ratedThem:
      '{round}: not for you to read. You rated this person in it as one of a group, and with your own answers in hand the group would be one smaller.',
    harsher:
      'You rated harsher than the others. By your answers people come out about {size, number, ::.0} of a level lower than by theirs ({low, number, ::.0} to {high, number, ::.0}).',
    milder:
      'You rated milder than the others. By your answers people come out about {size, number, ::.0} of a level higher than by theirs ({low, number, ::.0} to {high, number, ::.0}).',
    alikeHarsher:
      'You rated about as the others did: at most a little harsher, by {size, number, ::.0} of a level, which is within its uncertainty (± {error, number, ::.0}).',
    alikeMilder:
      'You rated about as the others did: at most a little milder, by {size, number, ::.0} of a level, which is within its uncertainty (± {error, number, ::.0}).',
    inLogits:
      'On the scale of the measurement: {size, number, ::.0} ± {error, number, ::.0} logits; a level is {spacing, number} logits wide.',
    takenOut: 'It was taken out of the results, so that nobody gains or loses by who rated them.',
    notTold: 'Your severity cannot be told: fewer than the minimum of others rated what you rated.',
    state: {
      preparing: 'in preparation',
      running: 'running',
      closing: 'being measured',
      closed: 'closed',
      cancelled: 'cancelled',
    },
    kind: { self: 'self', manager: 'manager', peer: 'peer', report: 'report' },
    asKind: { manager: 'as their manager', peer: 'as a peer', report: 'as their report' },
    kinds: { self: 'Self', manager: 'Manager', peer: 'Peers', report: 'Reports' },
    sheetState: {
      proposed: 'proposed',
      open: 'asked',
      submitted: 'submitted',
      declined: 'declined',
      removed: 'taken back',
      lapsed: 'not submitted before the close, not counted',
    },
    reason: {
      'know-too-little': 'I know too little of their work',
      'conflict-of-interest': 'I am not impartial',
      'no-time': 'I have no time for it',
      other: 'Another reason',
    },
    unnamed: 'somebody who was erased',
  },
  roundOpen: {
    title: 'Open a round',
    notYours: 'You keep no team or department, so there is none that you could open a round for.',
    lead: 'The rule that you set here is published with the round and cannot be changed afterwards.',
    name: 'Name',
    namePlaceholder: 'Spring 2026',
    unit: 'Team or department',
    noUnits: 'There are no teams or departments yet, so there is nobody to rate. Bring people in first.',
    toPeople: 'To the people',
    unitHint: 'With everybody below it, as of today.',
    framework: 'Framework',
    closesOn: 'Last day',
    closesOnHint: 'The last day on which ratings can be given; it closes as the next one begins.',
    rule: 'The published rule',
    minimum: 'Fewest raters shown together',
    minimumHint: 'At least {least, number}. Smaller groups are put together or not shown.',
    managerNamed: 'The manager’s ratings are shown as the manager’s',
    opensToManager: 'The line manager reads the result, or whoever their rights are handed to',
    opensToPartner: 'People partners of the unit read the result',
    notRaters:
      'Whoever rated a person as one of a group does not read their result: a manager who rates without being named, too.',
    sureness: 'Others see a measure only where its 90% interval reaches',
    surenessHint: 'The person sees their own result however uncertain it is, and is told so.',
    surenessOf: {
      half: 'at most half a level to each side',
      threeQuarters: 'at most three quarters of a level to each side',
      whole: 'at most one level to each side',
    },
    asked: 'Who is asked',
    askManager: 'The line manager',
    mostPeers: 'Peers, at most',
    mostReports: 'Reports, at most',
    submit: 'Open and propose raters',
    after: 'Nobody is asked yet: you see the proposed raters first.',
  },
  roundBoard: {
    above: 'Round',
    lead: '{unit}, {state}. {submitted} of {asked} sheets are submitted.',
    rule: 'Rule: groups of at least {minimum}. {manager} {readers} {not} Others than the person see a measure only where its 90% interval reaches at most {reach, number, ::.##} levels to each side.',
    managerNamed: 'The manager is named.',
    managerHidden: 'The manager counts as one of the others.',
    readersNone: 'Only the person reads the result.',
    readersManager:
      'The person and their line manager of the day read it, or whoever the manager’s rights are handed to.',
    readersPartner: 'The person and people partners read it.',
    readersBoth:
      'The person, their line manager of the day or whoever the manager’s rights are handed to, and people partners read it.',
    readersNot: 'Whoever rated the person as one of a group does not read it, by whatever right.',
    start: 'Agree and invite',
    startSure:
      '{count, plural, =0 {Nobody is asked yet. Start without mails?} one {# mail goes out. Agree the raters and send it?} other {# mails go out, one to each rater. Agree the raters and send them?}}',
    startHint: 'Each rater gets one mail. You can still change raters afterwards.',
    remind: 'Remind by mail',
    reminded:
      '{count, plural, =0 {Nobody is waited for} one {# person is reminded} other {# people are reminded}}, at most once a day.',
    close: 'Close and measure',
    closeSure:
      'Close now? What is not submitted is not counted, results are published at once, and each person rated gets a mail.',
    closeFew:
      '{count, plural, one {For # person} other {For # people}} fewer than {minimum, number} others in groups have submitted. What they said will be shown to nobody:',
    closeFewOne: '{name}: {submitted, number} of {minimum, number}',
    closeEnough: 'Of everybody, at least {minimum, number} others in groups have submitted.',
    fewYet: '{submitted, number} of the {minimum, number} that a group needs',
    cancel: 'Cancel the round',
    cancelSure: 'Cancel? Nothing is measured, and nobody sees a result.',
    yes: 'Yes',
    no: 'No',
    closesOn: 'Last day',
    save: 'Save',
    subject: 'Person',
    raters: 'Raters',
    tooFew: 'fewer than {minimum} others: their group will not be shown',
    apart: 'shares no raters with most others: shown to nobody but them',
    apartHint:
      'Ask somebody to rate them who also rates others of this round. Without that nobody can tell a lenient rater from a strong person.',
    notManager: 'not their manager any more',
    askManager: 'Ask {name}, their manager now',
    withdraw: 'Take out',
    withdrawn: 'taken out',
    left: 'left',
    add: 'Ask somebody',
    addFor: 'Ask somebody to rate {name}',
    search: 'Name of the rater',
    as: 'As',
    remove: 'Take back the sheet of {name}',
    ratersOf: 'Raters of {name}',
    show: 'Raters',
    gone: 'works here no more',
    find: 'Find a person',
    nobody: 'Nobody in this round has that name.',
    behaviours: '{count} behaviours',
  },
  sheet: {
    above: '{round}, until {day, date, ::yMMMd}',
    aboveClosed: '{round}, closed {day, date, ::yMMMd}',
    title: 'Rate {name}',
    selfTitle: 'Rate yourself',
    lead: 'Say what you saw. Levels are not shown, and nobody sees your answers.',
    blind: 'Groups of fewer than {minimum} raters are never shown.',
    leadNamed: 'Say what you saw. Levels are not shown, and nobody reads your single answers.',
    named:
      'As their line manager you are named: what your answers come to is shown to {name} by itself, as their manager’s. Others are shown in groups of at least {minimum, number}.',
    answered: '{answered} of {all} answered',
    saved: 'Saved.',
    saving: 'Saving …',
    notSaved: 'Not saved yet: the server does not answer. It is tried again; keep this page open.',
    addNote: 'Add a note',
    note: 'What you refer to, for yourself',
    saveNote: 'Keep the note',
    submit: 'Submit',
    submitHint: 'After that nothing can be changed.',
    missing:
      '{count, plural, one {# behaviour has} other {# behaviours have}} no answer yet. “No opportunity” is one.',
    decline: 'Decline',
    declineWhy: 'Why? Your partner sees this.',
    submitted: 'Submitted. Thank you.',
    declined: 'You declined.',
    lapsed:
      'This round is over. The sheet was not submitted before the close: what is on it came too late and was not counted.',
    closed: 'Nothing can be said here any more.',
    back: 'To my rounds',
    answers: {
      'not-yet': 'Not yet',
      'with-help': 'With help',
      'on-my-own': 'On their own',
      'lead-others': 'Leads others in it',
      'set-how': 'Sets how it is done',
      'no-opportunity': 'No opportunity to see it',
    },
    answersSelf: {
      'not-yet': 'Not yet',
      'with-help': 'With help',
      'on-my-own': 'On my own',
      'lead-others': 'I lead others in it',
      'set-how': 'I set how it is done',
      'no-opportunity': 'No opportunity to show it',
    },
    keys: 'Keys: Tab to a behaviour, arrows to choose.',
  },
  roundResult: {
    misplaced:
      'The answers of this round do not fit the places that experts gave to these behaviours: read the levels with care.',
    above: '{round}, {day, date, ::yMMMd}',
    title: 'What {name}’s round says',
    selfTitle: 'What others see',
    lead: 'Dots with 50% and 90% intervals, on the levels of the framework. How harsh each rater is was taken out.',
    competency: 'Competency',
    who: 'Who',
    level: 'Level',
    interval: '90% interval',
    raters: '{count, plural, one {# rater} other {# raters}}',
    figure: 'level {level}, 90% interval {low} to {high}',
    others: 'Others',
    reading: '{who}: level {level}, 90% interval {low} to {high}',
    notShown: 'Not shown',
    leans: 'leans on the other competencies',
    leansHint:
      'There were few ratings of this one: at least half of the figure is what the other competencies say.',
    refusal: {
      'too-few-raters':
        'Too few raters: shown to nobody, because a group under the minimum could give somebody away.',
      'no-opportunity': 'Nobody else had an opportunity to see it, or nobody submitted.',
      'too-uncertain': 'Not shown: too uncertain for the limit that this round was opened with.',
      'not-connected':
        'Not shown: these raters rated hardly anybody else of the round, so lenient raters cannot be told from strong work.',
      other: 'These ratings allow no measure ({code}).',
    },
    left: 'This person had left when the round was closed: nothing was measured.',
    provisional:
      'The places of behaviours on the scale are set by experts and not yet checked by your organisation’s data. Read differences smaller than the intervals as none.',
    why: 'Where the numbers come from',
    onlyYou: {
      'too-uncertain': 'Only you see this: it is too uncertain to be shown to others.',
      'not-connected':
        'Only you see this: your raters rated hardly anybody else, so nobody can tell lenient raters from strong work.',
    },
    raw: 'as answered {raw}',
    rawHarsh:
      '{who}: these {count} raters together rate harsher than others, by {size} ± {error} logits. That was taken out; what they answered stands beside it.',
    rawMild:
      '{who}: these {count} raters together rate milder than others, by {size} ± {error} logits. That was taken out; what they answered stands beside it.',
    rawAlike:
      '{who}: these {count} raters together rate about as others do ({size} ± {error} logits apart). What they answered stands beside it.',
    rawNot:
      'Where nothing stands about what was answered before, other raters answered than elsewhere: the difference between the two could give one of them away.',
    rawHidden:
      'You also read results of others in this round. So you are not told how harsh your raters were: together the two could give somebody away.',
    disagree: 'These raters differ more than chance lets expect: ask before you rely on the middle.',
    lenient:
      'A team that is rated by lenient people only cannot be told from a strong team. Compare people within one round, and never by differences smaller than the intervals.',
    onlyYours:
      'Only you see the rows of yourself and of your manager: your own word enters no measure, and one rater’s view is none for others to decide on.',
    toOthers:
      'Others see only what rests on at least three raters other than the person: not what the person says of themselves, and not what one manager says.',
    nothing: 'Nothing of this competency is shown to you.',
    whyText:
      'Each cell is the most likely place of the person given what its raters answered, after the severity of each rater was taken out. Ratings of groups under the minimum of {minimum} entered nothing. Nobody is shown a rater’s single answers; what one rater’s answers come to is shown by itself only of yourself and, where the rule names them, of the line manager, and to the person alone.',
    about: '{kinds} together',
  },
  roundWhy: {
    why: 'Why?',
    of: 'Why? {who}, {competency}',
    rests:
      'It rests on {answers, plural, one {# answer} other {# answers}} of {raters, plural, one {# rater} other {# raters}}; “no opportunity” counts as no answer.',
    restsSelf:
      'It rests on {answers, plural, one {# answer of yours} other {# answers of yours}}; “no opportunity” counts as no answer.',
    restsBefore: 'How many answers it rests on was not kept when this round was closed.',
    answered:
      'You said “not yet” {not, plural, one {# time} other {# times}}, “with help” {help, plural, one {# time} other {# times}} and “on my own” or more {own, plural, one {# time} other {# times}}.',
    saidOne: 'Single answers are told to nobody, here neither; what they come to is this figure.',
    saidGroup: 'What was answered is told as this one figure only: anything finer could give a rater away.',
    severitySelf: 'Nothing was taken out: nobody’s harshness but your own is in what you say of yourself.',
    severityOne:
      'One rater’s harshness is told to that rater alone. What others’ answers tell of it was taken out; the rest cannot be told from the person, and makes the interval wider.',
    severityHarsh:
      'As answered it would be level {raw}. These raters rate harsher than others, so it was moved up by {by} levels.',
    severityMild:
      'As answered it would be level {raw}. These raters rate milder than others, so it was moved down by {by} levels.',
    severityOthers: 'How harsh each rater is was taken out. By how much is told to the person alone.',
    severityHidden:
      'How harsh each rater is was taken out. By how much is not told to you: you also read results of others in this round, and together the two could give a rater away.',
    severityNot:
      'How harsh each rater is was taken out. By how much is not told here: other raters answered than elsewhere, or too few of them rated anybody else.',
    leansShare:
      'About {share} of it is the person’s level over all competencies, as far as this round knows it, and about {rest} is these answers.',
    leansBefore: 'How much of it is the person’s level over all competencies was not kept then.',
    leansWhy:
      'The fewer the answers, and the more alike the competencies of one person are in this round, the more it leans on the others; answers that are all at one end say least.',
    interval:
      'If the method’s assumptions hold, the place lies between level {low} and level {high} nine times in ten, and within the thick line every other time.',
    misplaced:
      'The answers of this round do not fit the places that experts gave to these behaviours: some seem easier or harder than was thought, by half a level or more. So the level is less sure than the interval says.',
    disagree:
      'The differences between these raters, here or on the whole person, are larger than their harshness and chance explain. Behaviours in the wrong place cannot cause this.',
  },
}
