// Who may read and write rating rounds, sheets, ratings and results: written from the rules, not from the policies.
import { DEPARTMENT, id, insert, JOBS_A, ofA, ofB, read, update, type Probe } from './attempts.ts'
import * as r from './world-rounds.ts'
import * as w from './world.ts'

const { NOW, person } = w
const KEEPERS_B = ['bowner', 'bpartner']
const one = (of: string) => ofA(`id = '${of}'`)
const within = (round: string, who: w.Name = 'worker') =>
  ofA(`round_id = '${round}' and person_id = '${person(who)}'`)

const opening = (by: w.Name, rest = {}) => ({
  ...{ id, open_key: id, unit_id: w.TEAM, name: 'New', framework_hash: w.HASH, minimum_group: 5 },
  ...{ manager_named: true, opens_to_manager: true, opens_to_partner: true, state: 'preparing' },
  ...{ closes_on: '2026-07-01', opened_at: NOW, opened_by: person(by) },
  ...rest,
})
const rated = (name: w.Name, rest = {}) => ({
  ...{ round_id: r.PREPARING, person_id: person(name), unit_id: w.TEAM, form: '[1]', state: 'rated' },
  ...{ changed_at: NOW, ...rest },
})
const asking = (by: w.Name, rest = {}) => ({
  ...{ id, round_id: r.RUNNING, unit_id: w.TEAM, subject_id: person('worker'), rater_id: person(by) },
  ...{ kind: 'peer', state: 'open', proposed_at: NOW, changed_at: NOW, ...rest },
})
const saying = (sheet_id: string, by: w.Name) => ({
  ...{ sheet_id, rater_id: person(by), position: 9, key: id, item: 'y', answer: 'not-yet', given_at: NOW },
})
const publishing = (round_id: string) => ({
  ...{ round_id, subject_id: person('worker'), competency: 'new', cell: 1, kinds: '{peer}', leans: false },
  ...{ refusal: 'too-few', opens_to_manager: true, opens_to_partner: true, published_at: NOW },
})
const adjusting = (round_id: string) => ({
  ...{ round_id, subject_id: person('worker'), kinds: '{peer}', competencies: '{x}', raters: 5 },
  ...{ severity: 0.1, se: 0.1 },
})
const noting = (round_id: string) => ({
  ...{ round_id, rater_id: person('boss'), subjects: 1, refusal: 'too-few', noted_at: NOW },
})
const inSecond = { organisation_id: w.B, unit_id: w.inB(w.TEAM) }
const found = (round: string, competency: string) =>
  ofA(`round_id = '${round}' and competency = '${competency}'`)

export const ROUNDS: readonly Probe[] = [
  // Those who keep the unit's rounds; once it runs, those who are rated or rate in it.
  read('round', one(r.PREPARING), [...DEPARTMENT, ...JOBS_A]),
  read('round', one(r.RUNNING), [...DEPARTMENT, 'worker', 'editor', 'peer', 'boss', ...JOBS_A]),
  read('round', ofB(), [...KEEPERS_B, 'bworker', 'jobInB']),
  insert('round', opening('owner'), ['owner']),
  insert('round', opening('partner'), ['partner']),
  insert('round', opening('partner', { unit_id: w.OTHER }), []),
  insert('round', opening('boss'), []),
  insert('round', opening('owner', { state: 'running' }), []),
  insert('round', opening('bowner', inSecond), ['bowner']),
  update('round', "closes_on = '2026-07-02'", one(r.RUNNING), DEPARTMENT),
  update('round', "state = 'running'", one(r.PREPARING), DEPARTMENT),
  // Closing is Rungs' own work, and so is nothing else.
  update('round', "state = 'closing'", one(r.RUNNING), JOBS_A, DEPARTMENT),
  update('round', "state = 'closed'", one(r.CLOSING), JOBS_A),
  update('round', "state = 'cancelled'", one(r.RUNNING), DEPARTMENT, JOBS_A),

  read('round_subject', within(r.RUNNING), [...DEPARTMENT, 'worker', 'peer', 'boss', ...JOBS_A]),
  read('round_subject', within(r.RUNNING, 'editor'), [...DEPARTMENT, 'editor', 'boss', ...JOBS_A]),
  read('round_subject', ofB(), [...KEEPERS_B, 'bworker', 'jobInB']),
  insert('round_subject', rated('peer'), DEPARTMENT),
  insert('round_subject', rated('bworker', inSecond), KEEPERS_B),
  update('round_subject', "state = 'left'", within(r.RUNNING), DEPARTMENT),
  update('round_subject', "state = 'left'", within(r.CLOSING), [...DEPARTMENT, ...JOBS_A]),

  // Who was asked about somebody is not theirs to know.
  read('round_rater', one(r.OPEN_SHEET), [...DEPARTMENT, 'peer', ...JOBS_A]),
  read('round_rater', one(r.SUBMITTED_SHEET), [...DEPARTMENT, 'boss', ...JOBS_A]),
  read('round_rater', ofB(), [...KEEPERS_B, 'bworker', 'jobInB']),
  insert('round_rater', asking('auditor'), DEPARTMENT),
  insert('round_rater', asking('auditor', { state: 'declined' }), []),
  insert('round_rater', asking('bpartner', inSecond), KEEPERS_B),
  update('round_rater', "state = 'removed'", one(r.OPEN_SHEET), DEPARTMENT, ['peer']),
  update('round_rater', "state = 'declined'", one(r.OPEN_SHEET), ['peer'], DEPARTMENT),
  update('round_rater', "state = 'removed', submitted_at = null", one(r.SUBMITTED_SHEET), []),
  update('round_rater', "state = 'open', submitted_at = null", one(r.SUBMITTED_SHEET), []),
  update('round_rater', "state = 'lapsed'", one(r.OPEN_SHEET), [], [...DEPARTMENT, 'peer']),
  update('round_rater', "state = 'lapsed'", one(r.LEFT_OPEN_SHEET), JOBS_A, [...DEPARTMENT, 'peer']),
  update('round_rater', "state = 'removed'", one(r.LEFT_OPEN_SHEET), DEPARTMENT, ['peer', ...JOBS_A]),

  // What somebody said is theirs alone, and the job's while it measures.
  read('rating', ofA(`sheet_id = '${r.OPEN_SHEET}'`), ['peer']),
  read('rating', ofA(`sheet_id = '${r.CLOSING_SHEET}'`), ['boss', ...JOBS_A]),
  read('rating', ofB(), ['bworker', 'jobInB']),
  insert('rating', saying(r.OPEN_SHEET, 'peer'), ['peer']),
  insert('rating', saying(r.BOSS_SHEET, 'boss'), ['boss']),
  insert('rating', saying(r.SUBMITTED_SHEET, 'boss'), []),
  insert('rating', { ...saying(r.OPEN_SHEET, 'bworker'), organisation_id: w.B }, ['bworker']),

  // A result: its subject, and whom the published rule opens it to. The owner's office opens none. Whoever answered as a
  // peer, here the partner of everything, reads none of it, and a manager no figure that their own answers are in.
  read('round_result', found(r.CLOSED, 'opened'), ['worker', 'boss', 'delegate', 'partner']),
  read('round_result', found(r.CLOSED, 'among-others'), ['worker', 'delegate', 'partner']),
  read('round_result', found(r.CLOSED, 'to-manager'), ['worker', 'boss', 'delegate']),
  read('round_result', found(r.CLOSED, 'own'), ['worker']),
  read('round_result', found(r.CLOSED, 'unsure'), ['worker']),
  read('round_result', found(r.CLOSING, 'coming'), [
    ...['worker', 'boss', 'delegate', 'whole', 'partner'],
    ...JOBS_A,
  ]),
  read('round_result', ofB(), ['bpartner', 'jobInB']),
  { ...insert('round_result', publishing(r.CLOSING), JOBS_A), guarded: true },
  { ...insert('round_result', publishing(r.RUNNING), []), guarded: true },

  // How harsh the raters were: to the person alone, and not where results of others could be set beside it.
  read('round_adjustment', ofA(`subject_id = '${person('worker')}'`), ['worker']),
  read('round_adjustment', ofA(`subject_id = '${person('boss')}'`), []),
  read('round_adjustment', ofB(), []),
  { ...insert('round_adjustment', adjusting(r.CLOSING), JOBS_A), guarded: true },
  { ...insert('round_adjustment', adjusting(r.RUNNING), []), guarded: true },

  read('rater_note', ofA(`round_id = '${r.CLOSED}'`), ['boss']),
  read('rater_note', ofB(), []),
  insert('rater_note', noting(r.CLOSING), JOBS_A),
  insert('rater_note', noting(r.RUNNING), []),
]
