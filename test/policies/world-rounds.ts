// Rating rounds in the small world: one in each state, with the same ids in both organisations, so that nothing but
// the tenant tells them apart.
import { A, HASH, idOf, inB, NOW, organisationOf, person, TEAM, type Name, type Row } from './world.ts'

export const PREPARING = idOf(201)
export const RUNNING = idOf(202)
export const CLOSING = idOf(203)
export const CLOSED = idOf(204)
/** Sheets: the peer's open one, the boss's submitted one and their open one, of the round that runs. */
export const OPEN_SHEET = idOf(211)
export const SUBMITTED_SHEET = idOf(212)
export const BOSS_SHEET = idOf(213)
/** Sheets that were never agreed, and that were taken away again. */
export const PROPOSED_SHEET = idOf(214)
export const REMOVED_SHEET = idOf(215)
/** Sheets of the round that is being closed. */
export const CLOSING_SHEET = idOf(216)
export const LEFT_OPEN_SHEET = idOf(217)
/** Sheets of the closed round: of people whom the rule would open the result to, as a peer and as an unnamed manager. */
export const PEERS_SHEET = idOf(218)
export const UNNAMED_SHEET = idOf(219)

/** The rows of one organisation; to be written while triggers are off: a closed round takes no result any more. */
export function roundRowsOf(organisation: string): [string, Row][] {
  const home = organisation === A
  const unit_id = home ? TEAM : inB(TEAM)
  // The worker, the boss and the editor are in both organisations.
  const [peer, keeper] = home ? (['peer', 'partner'] as const) : (['bworker', 'bowner'] as const)
  const round = (id: string, state: string): [string, Row] => [
    'round',
    {
      ...{
        id,
        open_key: id,
        unit_id,
        name: state,
        framework_hash: HASH,
        minimum_group: 5,
        manager_named: true,
      },
      ...{ opens_to_manager: true, opens_to_partner: true, state, closes_on: '2026-07-01' },
      ...{ opened_at: NOW, opened_by: person(keeper) },
    },
  ]
  const subject = (round_id: string, name: Name): [string, Row] => [
    'round_subject',
    { round_id, person_id: person(name), unit_id, form: '[1]', state: 'rated', changed_at: NOW },
  ]
  const sheet = (id: string, round_id: string, about: Name, by: Name, state: string): [string, Row] => [
    'round_rater',
    {
      ...{ id, round_id, unit_id, subject_id: person(about), rater_id: person(by), state },
      ...{ kind: by === 'boss' ? 'manager' : 'peer', proposed_at: NOW, changed_at: NOW },
      submitted_at: state === 'submitted' ? NOW : null,
    },
  ]
  const said = (sheet_id: string, by: Name): [string, Row] => [
    'rating',
    {
      sheet_id,
      rater_id: person(by),
      position: 1,
      key: sheet_id,
      item: 'x',
      answer: 'not-yet',
      given_at: NOW,
    },
  ]
  const result = (
    round_id: string,
    competency: string,
    manager: boolean,
    partner: boolean,
    more: Row = {},
  ): [string, Row] => [
    'round_result',
    {
      ...{ round_id, subject_id: person('worker'), competency, cell: 1, kinds: '{peer}', leans: false },
      ...{ refusal: 'too-few', opens_to_manager: manager, opens_to_partner: partner, published_at: NOW },
      ...more,
    },
  ]
  const adjustment = (name: Name): [string, Row] => [
    'round_adjustment',
    {
      ...{ round_id: CLOSED, subject_id: person(name), kinds: '{peer}', competencies: '{opened}' },
      ...{ raters: 5, severity: 0.1, se: 0.1 },
    },
  ]
  const asked: [string, Row][] = (
    [
      [PROPOSED_SHEET, 'stranger', 'proposed'],
      [REMOVED_SHEET, 'leaver', 'removed'],
    ] as const
  )
    .filter(([, name]) => organisationOf(name) === organisation)
    .map(([id, name, state]) => sheet(id, RUNNING, 'worker', name, state))
  const inAnswers = home
    ? [
        sheet(PEERS_SHEET, CLOSED, 'worker', 'whole', 'submitted'),
        sheet(UNNAMED_SHEET, CLOSED, 'worker', 'boss', 'submitted'),
      ]
    : []
  return [
    ...[round(PREPARING, 'preparing'), round(RUNNING, 'running')],
    ...[round(CLOSING, 'closing'), round(CLOSED, 'closed')],
    ...[RUNNING, CLOSING, CLOSED].map((id) => subject(id, 'worker')),
    subject(RUNNING, 'editor'),
    sheet(OPEN_SHEET, RUNNING, 'worker', peer, 'open'),
    sheet(SUBMITTED_SHEET, RUNNING, 'worker', 'boss', 'submitted'),
    sheet(BOSS_SHEET, RUNNING, 'editor', 'boss', 'open'),
    ...asked,
    ...inAnswers,
    sheet(CLOSING_SHEET, CLOSING, 'worker', 'boss', 'submitted'),
    sheet(LEFT_OPEN_SHEET, CLOSING, 'worker', peer, 'open'),
    ...[said(OPEN_SHEET, peer), said(CLOSING_SHEET, 'boss')],
    ...[result(CLOSED, 'opened', true, true), result(CLOSED, 'to-manager', true, false)],
    ...[result(CLOSED, 'own', false, false), result(CLOSING, 'coming', true, true)],
    result(CLOSED, 'unsure', true, true, {
      ...{ refusal: null, measure: 0.1, se: 2, raters: 5, only_subject: 'too-uncertain' },
    }),
    result(CLOSED, 'among-others', true, true, {
      ...{ kinds: '{manager,peer}', refusal: null, measure: 0.1, se: 0.5, raters: 5 },
    }),
    // The boss reads the worker's result too; the worker reads their own alone.
    ...[adjustment('worker'), adjustment('boss')],
    [
      'rater_note',
      { round_id: CLOSED, rater_id: person('boss'), subjects: 1, refusal: 'too-few', noted_at: NOW },
    ],
  ]
}
