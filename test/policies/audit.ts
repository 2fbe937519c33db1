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
const linked = { sequence: 2, position: 2, hash: `\\x${w.HASH}`, sealed_before: '1' }

export const AUDIT: readonly Probe[] = [
  read('audit', ofA("object_id = 'about-worker'"), ['worker', 'owner', 'auditor', ...JOBS_A]),
  read('audit', ofA("object_id = 'about-nobody'"), ['owner', 'auditor', ...JOBS_A]),
  read('audit', ofA("object_id = 'about-framework'"), ALL_A),
  read('audit', ofB("object_id = 'about-worker'"), ['bworker', 'bowner', 'jobInB']),
  read('audit', ofB("object_id = 'about-framework'"), ALL_B),
  read('audit', ofA("object_id = 'about-set'"), ['worker', 'boss', 'owner', 'auditor', ...JOBS_A]),
  insert('audit', acted('worker'), ['worker', 'jobOfWorker']),
  insert('audit', acted(null), JOBS_A),
  insert('audit', { ...acted('bworker'), organisation_id: w.B }, ['bworker', 'joinsSecond']),
  insert('audit', acted('peer'), ['peer', 'joins']),
  // A row that would say it is of another transaction, and so hide from the chain.
  insert('audit', acted('worker', { xact: '1' }), []),
  insert('audit', { ...acted(null), organisation_id: w.B }, ['jobInB']),

  read('audit_link', ofA('sequence = 1'), ['owner', 'auditor', ...JOBS_A]),
  read('audit_link', ofB(), ['bowner', 'jobInB']),
  insert('audit_link', linked, JOBS_A),
  insert('audit_link', { ...linked, organisation_id: w.B }, ['jobInB']),
]
