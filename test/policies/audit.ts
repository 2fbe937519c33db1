// Who may read and add rows of the audit: written from the rules, not from the policies.
import { ALL_A, ALL_B, insert, JOBS_A, ofA, ofB, read, type Probe } from './attempts.ts'
import * as w from './world.ts'

const { NOW, person } = w

const acted = (by: w.Name | null, rest = {}) => ({
  at: NOW,
  actor_kind: by === null ? 'system' : 'person',
  actor_id: by === null ? null : person(by),
  action: 'a.b',
  object_kind: 'x',
  object_id: 'y',
  details: '{}',
  ...rest,
})
export const AUDIT: readonly Probe[] = [
  read('audit', ofA("object_id = 'about-worker'"), ['worker', 'owner', 'auditor', ...JOBS_A]),
  read('audit', ofA("object_id = 'about-nobody'"), ['owner', 'auditor', ...JOBS_A]),
  read('audit', ofA("object_id = 'about-framework'"), ALL_A),
  read('audit', ofB("object_id = 'about-worker'"), ['bworker', 'bowner', 'jobInB']),
  read('audit', ofB("object_id = 'about-framework'"), ALL_B),
  insert('audit', acted('worker'), ['worker', 'jobOfWorker']),
  insert('audit', acted(null), JOBS_A),
  insert('audit', { ...acted('bworker'), organisation_id: w.B }, ['bworker']),
  insert('audit', { ...acted(null), organisation_id: w.B }, ['jobInB']),
]
