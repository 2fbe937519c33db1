// Links that let accounts in, and the sample organisation's rows, in the small world.
import { A, idOf, inB, NOW, OTHER, person, type Name, type Row } from './world.ts'

export const hashOf = (digit: string) => digit.repeat(64)
/** Links that let somebody in by an invitation: usable, too late, used, taken back, and of somebody who comes back. */
export const LINKS = {
  ...{ joining: hashOf('a'), late: hashOf('3'), used: hashOf('4'), withdrawn: hashOf('5') },
  ...{ back: hashOf('6'), founding: hashOf('7'), lateFounding: hashOf('8'), second: hashOf('b') },
}
export const LATE = idOf(62)
export const USED = idOf(63)
export const WITHDRAWN = idOf(64)
export const BACK = idOf(65)

const inviting = (id: string, name: Name, token_hash: string, rest: Row = {}): [string, Row] => [
  'invitation',
  {
    ...{ id, person_id: person(name), email: `${name}@example.org`, token_hash, made_at: '2026-06-01' },
    ...{ made_by: person('whole'), expires_at: '2026-07-01T00:00:00Z', ...rest },
  },
]
const founding = (name: Name, token_hash: string, expires_at: string): [string, Row] => [
  'owner_link',
  { person_id: person(name), token_hash, made_at: '2026-06-01', expires_at },
]

export const LINK_ROWS: [string, Row][] = [
  inviting(LATE, 'peer', LINKS.late, { expires_at: '2026-06-10T00:00:00Z' }),
  inviting(USED, 'peer', LINKS.used, { used_at: '2026-06-02T00:00:00Z' }),
  inviting(WITHDRAWN, 'peer', LINKS.withdrawn, { withdrawn_at: '2026-06-02T00:00:00Z' }),
  inviting(BACK, 'leaver', LINKS.back),
  [
    'employment',
    {
      ...{ id: idOf(66), person_id: person('leaver'), recorded_at: NOW },
      ...{ valid_from: '2024-01-01', valid_to: '2024-06-01' },
    },
  ],
  [
    'membership',
    {
      ...{ account_id: 'account-back', person_id: person('leaver') },
      ...{ joined_at: '2025-01-01', ended_at: '2026-01-01' },
    },
  ],
  founding('owner', LINKS.founding, '2026-06-16T00:00:00Z'),
  founding('owner', LINKS.lateFounding, '2026-06-10T00:00:00Z'),
]
export const LINK_ROWS_B: [string, Row][] = [founding('bowner', hashOf('9'), '2026-06-16T00:00:00Z')]

/** A person of the sample organisation with a place, and one of each kind that nothing refers to. */
export const SAMPLE = { person: idOf(301), unit: idOf(302), position: idOf(303) }
export const ALONE = { person: idOf(304), unit: idOf(305), position: idOf(306) }

export function sampleRowsOf(organisation: string): [string, Row][] {
  const of = organisation === A ? (id: string) => id : inB
  const [p, u, s] = [of(SAMPLE.person), of(SAMPLE.unit), of(SAMPLE.position)]
  const dated = (number: number, rest: Row): Row => ({
    ...{ id: of(idOf(number)), valid_from: '2025-01-01', recorded_at: NOW, ...rest },
  })
  const manager = person(organisation === A ? 'auditor' : 'bowner')
  return [
    ...[SAMPLE.person, ALONE.person].map((id): [string, Row] => [
      'person',
      { id: of(id), sample: true, created_at: NOW },
    ]),
    ...[SAMPLE.unit, ALONE.unit].map((id): [string, Row] => [
      'unit',
      { id: of(id), kind: 'team', sample: true },
    ]),
    ...[SAMPLE.position, ALONE.position].map((id): [string, Row] => [
      'position',
      { id: of(id), sample: true },
    ]),
    ['person_contact', { person_id: p, email: 'sample@example.org', recorded_at: NOW }],
    ['employment', dated(311, { person_id: p })],
    ['unit_record', dated(312, { unit_id: u, name: 'Sample', parent_id: of(OTHER) })],
    ['unit_membership', dated(313, { unit_id: u, person_id: p })],
    ['position_record', dated(314, { position_id: s, title: 'Sample', unit_id: u })],
    ['position_grade', dated(315, { position_id: s, grade: 'S1' })],
    ['position_holder', dated(316, { position_id: s, person_id: p })],
    ['reporting_line', dated(317, { person_id: p, manager_id: manager, kind: 'line' })],
  ]
}
