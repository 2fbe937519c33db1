// What signing in may do with the link in its hand, and the owner with the sample: written from the rules.
import {
  ADMITTED_A,
  ALL_A,
  DEPARTMENT,
  IN_A,
  IN_B,
  insert,
  JOBS_A,
  KEEPERS,
  of,
  ofA,
  ofB,
  read,
  remove,
  update,
  type Probe,
} from './attempts.ts'
import { ALONE, BACK, LATE, LINKS, SAMPLE, USED } from './world-links.ts'
import * as w from './world.ts'

const { NOW, person } = w

const using = `used_at = '${NOW}'`
const joining = (account_id: string, name: w.Name, rest = {}) => ({
  ...{ account_id, person_id: person(name), joined_at: NOW, ...rest },
})
const makingLink = {
  token_hash: 'c'.repeat(64),
  person_id: person('peer'),
  made_at: NOW,
  expires_at: '2026-07-01',
}
const comesBack = ofA("account_id = 'account-back'")
const link = (hash: string) => ofA(`token_hash = '${hash}'`)
const until = (day: string) => ofA(`expires_at = '${day}T00:00:00Z'`)
const everywhere = w.GUESTS.map((name) => `${name}Elsewhere`)

const SIGN_IN: readonly Probe[] = [
  // A link opens the row of itself, its person's and its organisation's, and nothing else.
  read('person', of('id', 'peer'), [...ALL_A, 'joins']),
  read('person', of('id', 'leaver'), [...ALL_A, 'returns']),
  read('person', of('id', 'owner'), [...ALL_A, 'founds']),
  read('invitation', ofA(`id = '${LATE}'`), [...DEPARTMENT, 'peer', 'auditor', 'late', ...JOBS_A]),
  // That there is a link for them everybody may know; never its hash.
  read('owner_link', until('2026-06-16'), ['founds', 'owner', ...JOBS_A]),
  read('owner_link', until('2026-06-10'), ['foundsLate', 'owner', ...JOBS_A]),
  read('owner_link', ofB(), ['bowner', 'jobInB']),

  // Nobody makes a link for an owner by asking: the console does.
  insert('owner_link', makingLink, []),
  insert('owner_link', { ...makingLink, organisation_id: w.B, person_id: person('bworker') }, []),

  update('invitation', using, ofA(`id = '${w.INVITATION}'`), ['joins']),
  update('invitation', "used_at = '2026-06-14'", ofA(`id = '${w.INVITATION}'`), [], ['joins']),
  ...[LATE, USED].map((id) => update('invitation', using, ofA(`id = '${id}'`), [])),
  update('invitation', using, ofA(`id = '${BACK}'`), ['returns']),
  update('owner_link', using, link(LINKS.founding), ['founds']),
  update('owner_link', "used_at = '2026-06-14'", link(LINKS.founding), [], ['founds']),
  update('owner_link', using, link(LINKS.lateFounding), []),

  update('person', "name = 'New'", of('id', 'peer'), [...DEPARTMENT, 'peer', 'joins']),
  update('person', "name = 'New'", of('id', 'worker'), [...DEPARTMENT, 'worker']),
  // Without a condition no row has to be read first.
  update('person', "name = 'New'", 'true', [
    ...[...IN_A, ...IN_B, ...everywhere],
    // The job, of whoever is being erased.
    ...[...ADMITTED_A, 'joinsSecond', ...JOBS_A],
  ]),

  insert('membership', joining('account-new', 'peer'), ['joins']),
  insert('membership', joining('account-new', 'owner'), ['founds']),
  insert('membership', joining('account-new', 'peer', { ended_at: '2026-06-16' }), []),
  insert('membership', { ...joining('account-new', 'bworker'), organisation_id: w.B }, ['joinsSecond']),
  update('membership', 'ended_at = null', comesBack, ['owner', 'returns'], JOBS_A),
  update('membership', "ended_at = '2026-06-16'", comesBack, ['owner', ...JOBS_A], ['returns']),
]

const byPerson = (id: string) => ofA(`person_id = '${id}'`)
const byPosition = ofA(`position_id = '${SAMPLE.position}'`)

const SAMPLE_REMOVED: readonly Probe[] = [
  ...(['reporting_line', 'unit_membership', 'employment', 'position_holder'] as const).flatMap((table) => [
    remove(table, byPerson(SAMPLE.person), ['owner']),
    remove(table, byPerson(person('worker')), []),
  ]),
  remove('person_contact', byPerson(SAMPLE.person), KEEPERS),
  remove('position_record', byPosition, ['owner']),
  remove('position_grade', byPosition, ['owner']),
  remove('unit_record', ofA(`unit_id = '${SAMPLE.unit}'`), ['owner']),
  remove('position', ofA(`id = '${ALONE.position}'`), ['owner']),
  remove('unit', ofA(`id = '${ALONE.unit}'`), ['owner']),
  remove('person', ofA(`id = '${ALONE.person}'`), ['owner']),
  remove('person', of('id', 'fresh'), []),
  remove('person', ofB(`id = '${w.inB(ALONE.person)}'`), ['bowner']),
]

export const LINKS_AND_SAMPLE: readonly Probe[] = [...SIGN_IN, ...SAMPLE_REMOVED]
