// Who may read and write assessments, answers and shares: written from the rules, not from the policies.
import { id, insert, ofA, ofB, read, remove, update, type Probe } from './attempts.ts'
import * as w from './world.ts'

const { NOW, person } = w

const starting = (of: w.Name) => ({
  id,
  person_id: person(of),
  framework_hash: w.HASH,
  start_key: id,
  mode: 'adaptive',
  started_at: NOW,
})
const answering = (of: w.Name, assessment: string) => ({
  assessment_id: assessment,
  person_id: person(of),
  position: 2,
  key: id,
  kind: 'answer',
  item: 'x',
  answer: 'not-yet',
  given_at: NOW,
})
const sharing = (of: w.Name, assessment: string) => ({
  id,
  assessment_id: assessment,
  person_id: person(of),
  with_person: person('auditor'),
  until: '2026-07-01',
  made_at: NOW,
})
const WORKERS = ofA(`id = '${w.ASSESSMENT}'`)
const STEPS = ofA(`assessment_id = '${w.ASSESSMENT}'`)

export const ASSESSMENTS: readonly Probe[] = [
  read('assessment', WORKERS, ['worker', 'peer', 'jobOfEditor']),
  read('assessment', ofA(`id = '${w.BOSS_ASSESSMENT}'`), ['boss', 'jobOfEditor']),
  read('assessment', ofB(`id = '${w.inB(w.ASSESSMENT)}'`), ['bworker', 'bowner']),
  insert('assessment', starting('worker'), ['worker', 'jobOfEditor']),
  insert('assessment', { ...starting('bworker'), organisation_id: w.B }, ['bworker']),
  update('assessment', "mode = 'quick'", WORKERS, ['worker']),
  update('assessment', `withdrawn_at = '${NOW}'`, WORKERS, ['jobOfEditor']),
  remove('assessment', ofA(`id = '${w.ASSESSMENT}'`), ['worker']),
  read('response', STEPS, ['worker', 'peer', 'jobOfEditor']),
  read('response', ofB(), ['bworker', 'bowner']),
  insert('response', answering('worker', w.ASSESSMENT), ['worker', 'jobOfEditor']),
  insert('response', { ...answering('bworker', w.inB(w.ASSESSMENT)), organisation_id: w.B }, ['bworker']),
  read('assessment_share', ofA(`id = '${w.SHARE}'`), ['worker', 'peer']),
  read('assessment_share', ofB(), ['bworker', 'bowner']),
  insert('assessment_share', sharing('worker', w.ASSESSMENT), ['worker']),
  insert(
    'assessment_share',
    { ...sharing('bworker', w.inB(w.ASSESSMENT)), organisation_id: w.B, with_person: person('bpartner') },
    ['bworker'],
  ),
  insert('assessment_share', { ...sharing('worker', w.ASSESSMENT), revoked_at: NOW }, []),
  update('assessment_share', `revoked_at = '${NOW}'`, ofA(`id = '${w.SHARE}'`), ['worker']),
  read('migration_assessment', ofA('true'), ['worker', 'jobOfEditor']),
  read('migration_assessment', ofB(), ['bworker']),
  insert(
    'migration_assessment',
    {
      migration_id: w.MIGRATION,
      from_assessment: w.ASSESSMENT,
      to_assessment: w.BOSS_ASSESSMENT,
      moved: 0,
      left_behind: 0,
    },
    ['jobOfEditor'],
  ),
]
