// Who may read and write roles, delegations, memberships and invitations: written from the rules, not from the policies.
import { DEPARTMENT, id, insert, JOBS_A, ofA, ofB, read, SIGN_INS, update, type Probe } from './attempts.ts'
import * as w from './world.ts'

const { NOW, person } = w

const granting = (by: w.Name, rest = {}) => ({
  id,
  person_id: person('peer'),
  role: 'auditor',
  granted_at: NOW,
  granted_by: person(by),
  ...rest,
})
const revokes = (by: w.Name) => `revoked_at = '${NOW}', revoked_by = '${person(by)}'`
const giving = (from: w.Name, by: w.Name) => ({
  id,
  from_person: person(from),
  to_person: person('stranger'),
  starts: '2026-06-15',
  ends: '2026-06-20',
  made_at: NOW,
  made_by: person(by),
})
const inviting = (whom: w.Name, by: w.Name, rest = {}) => ({
  id,
  person_id: person(whom),
  email: 'x@example.org',
  token_hash: 'c'.repeat(64),
  made_at: NOW,
  made_by: person(by),
  expires_at: '2026-07-01',
  ...rest,
})

export const RIGHTS: readonly Probe[] = [
  insert('role_grant', granting('owner'), ['owner']),
  insert('role_grant', granting('whole'), []),
  insert('role_grant', granting('peer'), []),
  insert('role_grant', granting('owner', { revoked_at: NOW }), []),
  insert('role_grant', { ...granting('bowner'), organisation_id: w.B, person_id: person('bworker') }, [
    'bowner',
  ]),
  update('role_grant', revokes('owner'), ofA(`id = '${w.GRANT}'`), ['owner']),
  update('role_grant', revokes('boss'), ofA(`id = '${w.GRANT}'`), [], ['owner']),

  read('delegation', ofA(`id = '${w.DELEGATION}'`), ['boss', 'delegate', 'owner', 'auditor', ...JOBS_A]),
  read('delegation', ofB(), ['bowner', 'bpartner', 'jobInB']),
  insert('delegation', giving('boss', 'boss'), ['boss']),
  insert('delegation', giving('boss', 'owner'), ['owner']),
  insert('delegation', giving('boss', 'exboss'), []),
  insert('delegation', { ...giving('boss', 'boss'), revoked_at: NOW, revoked_by: person('boss') }, []),
  insert(
    'delegation',
    { ...giving('bowner', 'bowner'), organisation_id: w.B, to_person: person('bworker') },
    ['bowner'],
  ),
  update('delegation', revokes('boss'), ofA(`id = '${w.DELEGATION}'`), ['boss'], ['owner']),
  update('delegation', revokes('owner'), ofA(`id = '${w.DELEGATION}'`), ['owner'], ['boss']),
  update('delegation', revokes('delegate'), ofA(`id = '${w.DELEGATION}'`), [], ['boss', 'owner']),

  read('membership', ofA("account_id = 'account-worker'"), [
    ...DEPARTMENT,
    'worker',
    'auditor',
    ...SIGN_INS,
    ...JOBS_A,
  ]),
  read('membership', ofB(), ['bowner', 'bpartner', 'bworker', ...SIGN_INS, 'jobInB']),
  insert('membership', { account_id: 'account-peer', person_id: person('peer'), joined_at: NOW }, []),
  update('membership', `ended_at = '2026-06-16'`, ofA("account_id = 'account-worker'"), ['owner']),

  read('invitation', ofA(`id = '${w.INVITATION}'`), [...DEPARTMENT, 'peer', 'auditor', 'joins', ...JOBS_A]),
  read('invitation', ofB(), ['bowner', 'bpartner', 'bworker', 'joinsSecond', 'jobInB']),
  insert('invitation', inviting('fresh', 'partner'), ['partner']),
  insert('invitation', inviting('stranger', 'partner'), []),
  insert('invitation', inviting('stranger', 'whole'), ['whole']),
  insert('invitation', inviting('fresh', 'owner', { used_at: NOW }), []),
  insert('invitation', inviting('fresh', 'stranger'), []),
  insert('invitation', { ...inviting('bworker', 'bowner'), organisation_id: w.B }, ['bowner']),
  update('invitation', `withdrawn_at = '${NOW}'`, ofA(`id = '${w.INVITATION}'`), DEPARTMENT),
]
