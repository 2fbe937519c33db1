// A small world for the tests of row security: two organisations, and in the first one person for each way to stand to another.
/** A UUID for a small number. */
export const idOf = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`

export const A = idOf(1)
export const B = idOf(2)
export const TODAY = '2026-06-15'
export const NOW = '2026-06-15T12:00:00.000Z'

const NAMES = [
  ...['owner', 'whole', 'partner', 'editor', 'auditor', 'boss', 'delegate', 'exboss'],
  ...['worker', 'peer', 'stranger', 'leaver', 'fresh', 'bowner', 'bworker', 'bpartner'],
] as const
export type Name = (typeof NAMES)[number]

/** The id of each person; names that begin with b, but boss, are of the second organisation. */
export const person = (name: Name) => idOf(100 + NAMES.indexOf(name))
export const organisationOf = (name: Name) => (/^b(owner|worker|partner)$/.test(name) ? B : A)

/** People of the first organisation who are in the second one too, and may do everything there. */
export const GUESTS = ['owner', 'whole', 'partner', 'editor', 'boss', 'worker'] as const

/** The ids of everything else, by name. */
export const DEPARTMENT = idOf(11)
export const TEAM = idOf(12)
export const OTHER = idOf(13)
export const POSITION = idOf(21)
export const GRADE = idOf(31)
export const ASSESSMENT = idOf(41)
export const COPY = idOf(42)
export const BOSS_ASSESSMENT = idOf(43)
export const MIGRATION = idOf(51)
export const INVITATION = idOf(61)
export const DELEGATION = idOf(71)
export const GRANT = idOf(81)
export const SHARE = idOf(91)
/** The same kinds of rows in the second organisation. */
export const inB = (id: string) => id.replace('-8000-', '-9000-')
export const HASH = '1'.repeat(64)
export const NEWER = '2'.repeat(64)

export type Row = Record<string, string | number | boolean | null>

const dated = (id: string, rest: Row, valid_to: string | null = null): Row => ({
  ...{ id, valid_from: '2025-01-01', valid_to, recorded_at: NOW },
  ...rest,
})

const CORRECTED = { corrected_at: '2026-06-01T00:00:00Z', corrected_by: person('partner') }

let last = 1000
const next = () => idOf((last += 1))

/** The rows of one organisation in the order in which references allow them; `of` turns the ids into its own. */
export function rowsOf(organisation: string): [string, Row][] {
  const of = organisation === A ? (id: string) => id : inB
  const people = NAMES.filter((name) => organisationOf(name) === organisation)
  const [worker, boss, granted] =
    organisation === A ? (['worker', 'boss', 'owner'] as const) : (['bworker', 'bowner', 'bowner'] as const)
  const employed = people.filter((name) => name !== 'leaver' && name !== 'fresh')
  const version = { framework_id: 'small', content: '{}', stored_at: NOW }
  const asked = { person_id: person(worker), mode: 'adaptive', started_at: NOW }
  const rows: [string, Row][] = [
    ...people.map((name): [string, Row] => ['person', { id: person(name), name, created_at: NOW }]),
    ...people
      .filter((name) => name !== 'fresh' && name !== 'leaver')
      .map((name): [string, Row] => [
        'person_contact',
        { person_id: person(name), email: `${name}@example.org`, recorded_at: NOW },
      ]),
    ...employed.map((name): [string, Row] => ['employment', dated(next(), { person_id: person(name) })]),
    ['unit', { id: of(DEPARTMENT), kind: 'department' }],
    ['unit', { id: of(TEAM), kind: 'team' }],
    ['unit', { id: of(OTHER), kind: 'department' }],
    ['unit_record', dated(of(idOf(14)), { unit_id: of(DEPARTMENT), name: 'Department', parent_id: null })],
    ['unit_record', dated(of(idOf(15)), { unit_id: of(TEAM), name: 'Team', parent_id: of(DEPARTMENT) })],
    ['unit_record', dated(of(idOf(16)), { unit_id: of(OTHER), name: 'Other', parent_id: null })],
    ['unit_membership', dated(of(idOf(17)), { unit_id: of(TEAM), person_id: person(worker) })],
    ['position', { id: of(POSITION) }],
    [
      'position_record',
      dated(of(idOf(22)), { position_id: of(POSITION), title: 'Engineer', unit_id: of(TEAM) }),
    ],
    ['position_holder', dated(of(idOf(23)), { position_id: of(POSITION), person_id: person(worker) })],
    ['position_grade', dated(of(GRADE), { position_id: of(POSITION), grade: 'P5' })],
    [
      'reporting_line',
      dated(of(idOf(24)), {
        person_id: person(worker),
        manager_id: person(boss),
        kind: 'line',
        valid_from: '2026-01-01',
      }),
    ],
    ['role_grant', { id: of(GRANT), person_id: person(granted), role: 'owner', granted_at: NOW }],
    ['membership', { account_id: `account-${worker}`, person_id: person(worker), joined_at: NOW }],
    ['framework', { id: 'small', built_in: false, created_at: NOW }],
    ['framework', { id: 'shipped', built_in: true, created_at: NOW }],
    ['framework_version', { ...version, hash: HASH, version: '1.0.0', ordinal: 1 }],
    ['framework_version', { ...version, hash: NEWER, version: '2.0.0', ordinal: 2 }],
    [
      'framework_migration',
      {
        ...{ id: of(MIGRATION), framework_id: 'small', from_hash: HASH, to_hash: NEWER, apply_key: next() },
        ...{ mapping: '{}', reason: 'why', applied_by: person(boss), applied_at: NOW },
      },
    ],
    ['assessment', { ...asked, id: of(ASSESSMENT), framework_hash: HASH, start_key: next() }],
    ['assessment', { ...asked, id: of(COPY), framework_hash: NEWER, start_key: next() }],
    [
      'assessment',
      { ...asked, person_id: person(boss), id: of(BOSS_ASSESSMENT), framework_hash: HASH, start_key: next() },
    ],
    [
      'response',
      {
        assessment_id: of(ASSESSMENT),
        person_id: person(worker),
        position: 1,
        key: next(),
        kind: 'answer',
        item: 'x',
        answer: 'not-yet',
        given_at: NOW,
      },
    ],
    [
      'migration_assessment',
      {
        migration_id: of(MIGRATION),
        from_assessment: of(BOSS_ASSESSMENT),
        to_assessment: of(COPY),
        moved: 0,
        left_behind: 0,
      },
    ],
    [
      'audit',
      {
        at: NOW,
        actor_kind: 'system',
        action: 'assessment.start',
        object_kind: 'assessment',
        object_id: 'about-worker',
        subject_id: person(worker),
        details: '{}',
      },
    ],
    [
      'audit',
      {
        at: NOW,
        actor_kind: 'system',
        action: 'organisation.create',
        object_kind: 'organisation',
        object_id: 'about-nobody',
        details: '{}',
      },
    ],
    ['audit_link', { sequence: 1, position: 1, hash: `\\x${HASH}`, sealed_before: '1' }],
    [
      'audit',
      {
        at: NOW,
        actor_kind: 'system',
        action: 'standing.read',
        object_kind: 'set',
        object_id: 'about-set',
        subject_ids: `{${person(worker)},${person(boss)}}`,
        details: '{}',
      },
    ],
    [
      'audit',
      {
        at: NOW,
        actor_kind: 'system',
        action: 'framework.publish',
        object_kind: 'framework',
        object_id: 'about-framework',
        details: '{}',
      },
    ],
  ]
  return rows
}

const grant = (name: Name, role: string, rest: Row = {}): [string, Row] => [
  'role_grant',
  { id: next(), person_id: person(name), role, granted_at: NOW, ...rest },
]
const belongs = (name: Name, unit: string, to: string | null = null): [string, Row] => [
  'unit_membership',
  dated(next(), { unit_id: unit, person_id: person(name) }, to),
]

/** What there is in the first organisation alone: every way to have a right, and every way to have lost one. */
export const MORE: [string, Row][] = [
  grant('whole', 'people-partner'),
  grant('partner', 'people-partner', { unit_id: DEPARTMENT }),
  grant('editor', 'framework-editor'),
  grant('auditor', 'auditor'),
  grant('peer', 'owner', { until: '2026-06-15T11:59:59Z' }),
  grant('stranger', 'owner', { revoked_at: '2026-06-01T00:00:00Z' }),
  grant('exboss', 'people-partner', { unit_id: DEPARTMENT, until: '2026-06-14T00:00:00Z' }),
  ...(['owner', 'whole', 'partner', 'editor', 'auditor', 'delegate', 'stranger'] as const).map((name) =>
    belongs(name, OTHER),
  ),
  belongs('peer', TEAM),
  belongs('boss', DEPARTMENT),
  belongs('exboss', TEAM, TODAY),
  belongs('leaver', TEAM, '2026-01-01'),
  // What was believed before: the right units and managers, put right since.
  [
    'unit_membership',
    dated(next(), { unit_id: TEAM, person_id: person('peer'), ...CORRECTED }, '2030-01-01'),
  ],
  [
    'reporting_line',
    dated(next(), {
      ...{ person_id: person('worker'), manager_id: person('boss'), kind: 'line' },
      ...{ valid_from: '2024-01-01', ...CORRECTED },
    }),
  ],
  [
    'reporting_line',
    dated(next(), { person_id: person('worker'), manager_id: person('exboss'), kind: 'line' }, '2026-01-01'),
  ],
  [
    'reporting_line',
    dated(next(), { person_id: person('worker'), manager_id: person('stranger'), kind: 'dotted' }),
  ],
  [
    'delegation',
    {
      id: DELEGATION,
      from_person: person('boss'),
      to_person: person('delegate'),
      starts: '2026-06-01',
      ends: '2026-07-01',
      made_at: NOW,
      made_by: person('boss'),
    },
  ],
  [
    'delegation',
    {
      id: next(),
      from_person: person('boss'),
      to_person: person('exboss'),
      starts: '2026-06-01',
      ends: TODAY,
      made_at: NOW,
      made_by: person('boss'),
    },
  ],
  [
    'invitation',
    {
      id: INVITATION,
      person_id: person('peer'),
      email: 'peer@example.org',
      token_hash: 'a'.repeat(64),
      made_at: NOW,
      made_by: person('whole'),
      expires_at: '2026-07-01T00:00:00Z',
    },
  ],
  [
    'assessment_share',
    {
      id: SHARE,
      assessment_id: ASSESSMENT,
      person_id: person('worker'),
      with_person: person('peer'),
      until: '2026-06-16',
      made_at: NOW,
    },
  ],
  [
    'assessment_share',
    {
      id: next(),
      assessment_id: ASSESSMENT,
      person_id: person('worker'),
      with_person: person('stranger'),
      until: TODAY,
      made_at: NOW,
    },
  ],
  [
    'assessment_share',
    {
      id: next(),
      assessment_id: ASSESSMENT,
      person_id: person('worker'),
      with_person: person('exboss'),
      until: '2026-07-01',
      made_at: NOW,
      revoked_at: NOW,
    },
  ],
]
/** What there is in the second one alone. */
export const MORE_B: [string, Row][] = [
  ...GUESTS.flatMap((name): [string, Row][] => [
    ['person', { id: person(name), created_at: NOW }],
    grant(name, 'owner'),
    grant(name, 'people-partner'),
    grant(name, 'framework-editor'),
  ]),
  ['role_grant', { id: next(), person_id: person('bpartner'), role: 'people-partner', granted_at: NOW }],
  [
    'delegation',
    {
      id: inB(DELEGATION),
      from_person: person('bowner'),
      to_person: person('bpartner'),
      starts: '2026-06-01',
      ends: '2026-07-01',
      made_at: NOW,
      made_by: person('bowner'),
    },
  ],
  [
    'invitation',
    {
      id: inB(INVITATION),
      person_id: person('bworker'),
      email: 'b@example.org',
      token_hash: 'b'.repeat(64),
      made_at: NOW,
      made_by: person('bowner'),
      expires_at: '2026-07-01T00:00:00Z',
    },
  ],
  [
    'assessment_share',
    {
      id: inB(SHARE),
      assessment_id: inB(ASSESSMENT),
      person_id: person('bworker'),
      with_person: person('bowner'),
      until: '2026-07-01',
      made_at: NOW,
    },
  ],
]
