// Who may read and write frameworks, their versions and migrations: written from the rules, not from the policies.
import { id, insert, JOBS_A, ofA, update, type Probe } from './attempts.ts'
import * as w from './world.ts'

const { NOW, person } = w

const version = {
  hash: '3'.repeat(64),
  framework_id: 'small',
  version: '3.0.0',
  content: '{}',
  ordinal: 3,
  stored_at: NOW,
}
const migrating = (by: w.Name) => ({
  id,
  framework_id: 'small',
  from_hash: w.HASH,
  to_hash: w.NEWER,
  apply_key: id,
  mapping: '{}',
  reason: 'why',
  applied_by: person(by),
  applied_at: NOW,
})
const EDITORS = ['editor', 'owner']

export const FRAMEWORKS: readonly Probe[] = [
  insert('framework', { id: 'mine', built_in: false, created_at: NOW }, EDITORS),
  insert('framework', { id: 'mine', built_in: true, created_at: NOW }, JOBS_A),
  insert('framework', { organisation_id: w.B, id: 'mine', built_in: false, created_at: NOW }, ['bowner']),
  insert('framework', { organisation_id: w.B, id: 'mine', built_in: true, created_at: NOW }, ['jobInB']),
  {
    table: 'framework',
    verb: 'select',
    sql: `select 1 from framework where ${ofA("id = 'small'")} for update`,
    by: [...EDITORS, ...JOBS_A],
  },
  update('framework', 'built_in = true', ofA("id = 'small'"), [], [...EDITORS, ...JOBS_A]),
  insert('framework_version', { ...version, published_by: person('editor'), reason: 'why' }, ['editor']),
  insert('framework_version', { ...version, published_by: person('owner'), reason: 'why' }, ['owner']),
  insert('framework_version', { ...version, published_by: person('worker'), reason: 'why' }, []),
  insert('framework_version', version, JOBS_A),
  insert('framework_version', { ...version, organisation_id: w.B }, ['jobInB']),
  insert('framework_migration', migrating('editor'), ['jobOfEditor']),
  insert('framework_migration', migrating('worker'), []),
  insert('framework_migration', { ...migrating('bowner'), organisation_id: w.B }, []),
  update(
    'framework_migration',
    `undone_at = '${NOW}', undone_by = '${person('editor')}', undo_reason = 'x'`,
    ofA(`id = '${w.MIGRATION}'`),
    ['jobOfEditor'],
  ),
  update(
    'framework_migration',
    `undone_at = '${NOW}', undone_by = '${person('worker')}', undo_reason = 'x'`,
    ofA(`id = '${w.MIGRATION}'`),
    [],
    ['jobOfEditor'],
  ),
]
