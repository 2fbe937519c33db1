// Who may read and write people, units, positions and lines, row by row: written from the rules, not from the policies.
import type { Tables } from '../../src/db/schema.ts'
import {
  ADMITTED_A,
  ALL_A,
  ALL_B,
  dated,
  DEPARTMENT,
  END,
  id,
  IN_A,
  IN_B,
  insert,
  JOBS_A,
  KEEPERS,
  LINKED_A,
  of,
  ofA,
  ofB,
  read,
  remove,
  update,
  type Probe,
} from './attempts.ts'
import * as w from './world.ts'

const { NOW, person } = w

/** Tables that everybody of an organisation reads. */
const OPEN: (keyof Tables)[] = [
  ...([
    'person',
    'person_word',
    'employment',
    'unit',
    'unit_record',
    'unit_membership',
    'position',
    'position_record',
  ] as const),
  ...([
    'position_holder',
    'reporting_line',
    'role_grant',
    'framework',
    'framework_version',
    'framework_migration',
  ] as const),
]

/** Of these, what scheduled work reads too. */
const WORKED_FOR: ReadonlySet<keyof Tables> = new Set([
  ...([
    'person',
    'employment',
    'role_grant',
    'framework',
    'framework_version',
    'framework_migration',
  ] as const),
])

export const CHART: readonly Probe[] = [
  ...OPEN.flatMap((table) => {
    const [inA, inB] = WORKED_FOR.has(table) ? [ALL_A, ALL_B] : [IN_A, IN_B]
    return [
      read(table, ofA('true'), table === 'person' ? [...inA, ...ADMITTED_A] : inA),
      read(table, ofB(), table === 'person' ? [...inB, 'joinsSecond'] : inB),
    ]
  }),
  read('organisation', `id = '${w.A}'`, [
    ...IN_A,
    ...JOBS_A,
    'jobInB',
    'jobOfNobody',
    'jobOfEditorElsewhere',
    ...LINKED_A,
  ]),
  read('organisation', `id = '${w.B}'`, [...IN_B, ...JOBS_A, 'jobInB', 'jobOfNobody', 'joinsSecond']),
  {
    ...{ table: 'organisation', verb: 'insert', by: [] },
    sql: `insert into organisation (id, created_at) values ('${id}', '${NOW}')`,
  },
  update('organisation', "name = 'New'", `id = '${w.A}'`, ['owner']),
  update('organisation', "name = 'New'", `id = '${w.B}'`, ['bowner']),

  insert('person', { id, created_at: NOW }, DEPARTMENT),
  insert('person', { organisation_id: w.B, id, created_at: NOW }, ['bowner', 'bpartner']),
  update('person', "name = 'New'", of('id', 'worker'), [...DEPARTMENT, 'worker']),
  update('person', "name = 'New'", of('id', 'stranger'), [...KEEPERS, 'stranger']),
  // Whoever has left stays with the partners of the unit that they belonged to last.
  update('person', "name = 'New'", of('id', 'leaver'), [...DEPARTMENT, 'leaver', 'returns']),

  // Kept by a trigger alone.
  insert('person_word', { person_id: person('worker'), word: 'probe' }, []),

  read('person_contact', of('person_id', 'worker'), [...DEPARTMENT, 'worker', ...JOBS_A]),
  read('person_contact', of('person_id', 'stranger'), [...KEEPERS, 'stranger', ...JOBS_A]),
  read('person_contact', ofB(`person_id = '${person('bworker')}'`), [
    'bowner',
    'bpartner',
    'bworker',
    'jobInB',
  ]),
  insert(
    'person_contact',
    { person_id: person('fresh'), email: 'f@example.org', recorded_at: NOW },
    DEPARTMENT,
  ),
  insert(
    'person_contact',
    { person_id: person('leaver'), email: 'l@example.org', recorded_at: NOW },
    DEPARTMENT,
  ),
  update('person_contact', "email = 'n@example.org'", of('person_id', 'worker'), DEPARTMENT),
  remove('person_contact', of('person_id', 'worker'), DEPARTMENT),

  insert('employment', { ...dated, person_id: person('fresh') }, DEPARTMENT),
  insert('employment', { ...dated, person_id: person('leaver') }, DEPARTMENT),
  insert(
    'employment',
    {
      ...dated,
      organisation_id: w.B,
      person_id: person('bworker'),
      valid_from: '2020-01-01',
      valid_to: '2020-02-01',
    },
    ['bowner', 'bpartner'],
  ),
  update('employment', END, of('person_id', 'worker'), DEPARTMENT),
  update('employment', END, of('person_id', 'stranger'), KEEPERS),

  insert(
    'reporting_line',
    { ...dated, person_id: person('peer'), manager_id: person('boss'), kind: 'line' },
    DEPARTMENT,
  ),
  insert(
    'reporting_line',
    { ...dated, person_id: person('stranger'), manager_id: person('partner'), kind: 'line' },
    KEEPERS,
  ),
  insert(
    'reporting_line',
    {
      ...dated,
      organisation_id: w.B,
      person_id: person('bworker'),
      manager_id: person('bowner'),
      kind: 'dotted',
    },
    ['bowner', 'bpartner'],
  ),
  update('reporting_line', END, of('person_id', 'worker'), DEPARTMENT),
  update('reporting_line', END, ofA('corrected_at is not null'), []),

  insert('unit', { id, kind: 'team' }, DEPARTMENT),
  insert('unit', { id, organisation_id: w.B, kind: 'team' }, ['bowner', 'bpartner']),
  update('unit', "external_id = 'x'", ofA(`id = '${w.TEAM}'`), DEPARTMENT),
  update('unit', "external_id = 'x'", ofA(`id = '${w.OTHER}'`), KEEPERS),
  insert(
    'unit_record',
    {
      ...dated,
      valid_from: '2020-01-01',
      valid_to: '2020-02-01',
      unit_id: w.TEAM,
      name: 'Team',
      parent_id: w.DEPARTMENT,
    },
    DEPARTMENT,
  ),
  // Taking another's unit under one's own would take its people.
  insert(
    'unit_record',
    {
      ...dated,
      valid_from: '2020-01-01',
      valid_to: '2020-02-01',
      unit_id: w.OTHER,
      name: 'Other',
      parent_id: w.DEPARTMENT,
    },
    KEEPERS,
  ),
  insert(
    'unit_record',
    {
      ...dated,
      valid_from: '2020-01-01',
      valid_to: '2020-02-01',
      unit_id: w.TEAM,
      name: 'Team',
      parent_id: w.OTHER,
    },
    KEEPERS,
  ),
  insert(
    'unit_record',
    {
      ...dated,
      organisation_id: w.B,
      valid_from: '2020-01-01',
      valid_to: '2020-02-01',
      unit_id: w.inB(w.TEAM),
      name: 'Team',
      parent_id: w.inB(w.DEPARTMENT),
    },
    ['bowner', 'bpartner'],
  ),
  update('unit_record', END, ofA(`unit_id = '${w.TEAM}'`), DEPARTMENT),
  update('unit_record', END, ofA(`unit_id = '${w.OTHER}'`), KEEPERS),
  insert('unit_membership', { ...dated, unit_id: w.DEPARTMENT, person_id: person('fresh') }, DEPARTMENT),
  insert('unit_membership', { ...dated, unit_id: w.DEPARTMENT, person_id: person('stranger') }, KEEPERS),
  insert('unit_membership', { ...dated, unit_id: w.OTHER, person_id: person('worker') }, KEEPERS),
  insert(
    'unit_membership',
    { ...dated, organisation_id: w.B, unit_id: w.inB(w.OTHER), person_id: person('bworker') },
    ['bowner', 'bpartner'],
  ),
  update('unit_membership', END, of('person_id', 'worker'), DEPARTMENT),
  update('unit_membership', END, ofA('corrected_at is not null'), []),
  update('unit_membership', END, of('person_id', 'stranger'), KEEPERS),

  insert('position', { id }, DEPARTMENT),
  insert('position', { id, organisation_id: w.B }, ['bowner', 'bpartner']),
  update('position', "external_id = 'x'", ofA(`id = '${w.POSITION}'`), DEPARTMENT),
  insert(
    'position_record',
    {
      ...dated,
      valid_from: '2020-01-01',
      valid_to: '2020-02-01',
      position_id: w.POSITION,
      title: 'X',
      unit_id: w.TEAM,
    },
    DEPARTMENT,
  ),
  insert(
    'position_record',
    {
      ...dated,
      valid_from: '2020-01-01',
      valid_to: '2020-02-01',
      position_id: w.POSITION,
      title: 'X',
      unit_id: w.OTHER,
    },
    KEEPERS,
  ),
  insert(
    'position_record',
    {
      ...dated,
      organisation_id: w.B,
      valid_from: '2020-01-01',
      valid_to: '2020-02-01',
      position_id: w.inB(w.POSITION),
      title: 'X',
    },
    ['bowner', 'bpartner'],
  ),
  update('position_record', END, ofA(`position_id = '${w.POSITION}'`), DEPARTMENT),
  insert('position_holder', { ...dated, position_id: w.POSITION, person_id: person('peer') }, DEPARTMENT),
  insert('position_holder', { ...dated, position_id: w.POSITION, person_id: person('stranger') }, KEEPERS),
  insert(
    'position_holder',
    { ...dated, organisation_id: w.B, position_id: w.inB(w.POSITION), person_id: person('bowner') },
    ['bowner', 'bpartner'],
  ),
  update('position_holder', END, ofA(`position_id = '${w.POSITION}'`), DEPARTMENT),
  read('position_grade', ofA(`id = '${w.GRADE}'`), [...DEPARTMENT, 'worker', 'boss', 'delegate']),
  read('position_grade', ofB(), ['bowner', 'bpartner', 'bworker']),
  insert(
    'position_grade',
    { ...dated, valid_from: '2020-01-01', valid_to: '2020-02-01', position_id: w.POSITION, grade: 'P4' },
    DEPARTMENT,
  ),
  insert(
    'position_grade',
    {
      ...dated,
      organisation_id: w.B,
      valid_from: '2020-01-01',
      valid_to: '2020-02-01',
      position_id: w.inB(w.POSITION),
      grade: 'P4',
    },
    ['bowner', 'bpartner'],
  ),
  update('position_grade', END, ofA(`id = '${w.GRADE}'`), DEPARTMENT),
]
