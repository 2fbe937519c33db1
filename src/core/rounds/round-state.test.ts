// What may follow what in a round, and what becomes of those who are late, decline or leave.
import { expect, test } from 'vitest'
import { allowsAct, allowsSheetAct, isDue, planClose, type SheetAtClose } from './round-state.ts'

const sheet = (id: string, more: Partial<SheetAtClose> = {}): SheetAtClose => ({
  ...{ id, subject: 'ada', rater: id, kind: 'peer', state: 'submitted' },
  ...more,
})
type At = Parameters<typeof allowsSheetAct>[1]
const live: At = {
  round: 'running',
  subject: 'rated',
  sheet: 'open',
  kind: 'peer',
  closesOn: '2026-03-20',
  today: '2026-03-19',
}

test('a round that is over allows nothing more, and one that is measured right now neither', () => {
  for (const state of ['closing', 'closed', 'cancelled'] as const)
    for (const act of ['change-raters', 'start', 'extend', 'remind', 'close', 'cancel'] as const)
      expect([state, act, allowsAct(state, act)]).toEqual([state, act, false])
  expect(allowsAct('preparing', 'close')).toBe(false)
  expect(allowsAct('running', 'start')).toBe(false)
})

test('a late rater cannot rate: the last day is over when the day of the close comes', () => {
  expect(allowsSheetAct('rate', live)).toBe(true)
  expect(allowsSheetAct('rate', { ...live, today: '2026-03-20' })).toBe(false)
  expect(allowsSheetAct('submit', { ...live, today: '2026-03-20' })).toBe(false)
})

test('raters decline for others, not for themselves; what was submitted is not taken back', () => {
  expect(allowsSheetAct('decline', live)).toBe(true)
  expect(allowsSheetAct('decline', { ...live, kind: 'self' })).toBe(false)
  expect(allowsSheetAct('rate', { ...live, sheet: 'submitted' })).toBe(false)
  expect(allowsSheetAct('remove', { ...live, sheet: 'submitted' })).toBe(false)
  expect(allowsSheetAct('remove', live)).toBe(true)
  expect(allowsSheetAct('rate', { ...live, subject: 'withdrawn' })).toBe(false)
})

test('at the close a rater who left is counted, a draft is not, and nothing is read about a subject who left', () => {
  const sheets = [
    sheet('gone'),
    sheet('draft', { state: 'open' }),
    sheet('no', { state: 'declined' }),
    sheet('about-leaver', { subject: 'leaver' }),
    sheet('about-withdrawn', { subject: 'out' }),
  ]
  const subjects = [
    { person: 'ada', state: 'rated' as const },
    { person: 'leaver', state: 'rated' as const },
    { person: 'out', state: 'withdrawn' as const },
  ]
  expect(planClose(subjects, sheets, new Set(['ada', 'out']))).toEqual({
    ...{ counted: ['gone'], lapsed: ['draft'], left: ['leaver'] },
  })
})

test('a round is due from the day of its close on, however late anybody looks', () => {
  expect(isDue({ state: 'running', closesOn: '2026-03-20' }, '2026-03-19')).toBe(false)
  expect(isDue({ state: 'running', closesOn: '2026-03-20' }, '2026-03-20')).toBe(true)
  expect(isDue({ state: 'running', closesOn: '2026-03-20' }, '2027-01-01')).toBe(true)
  expect(isDue({ state: 'closed', closesOn: '2026-03-20' }, '2027-01-01')).toBe(false)
})
