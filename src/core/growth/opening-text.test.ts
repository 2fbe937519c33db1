// The opening in words: one's own role first, a role once, and no claim over answers that do not fit together.
import { expect, test } from 'vitest'
import type { Answer, Response } from '../assess/answers.ts'
import { buildInstrument } from '../assess/instrument.ts'
import { growthFramework } from './fixture.ts'
import { speechOf } from './markdown-speech.ts'
import { aheadOf, openingTexts } from './opening-text.ts'
import { standingReport } from './report.ts'

const framework = growthFramework()
const instrument = buildInstrument(framework)
const answersTo = (competency: string, answer: Answer, levels = 5): Response[] =>
  instrument.items
    .filter((item) => item.competency === competency && item.level <= levels)
    .map(({ id }) => ({ item: id, answer }))

const textsOf = (responses: readonly Response[], role: string | null, language = 'en') => {
  const report = standingReport(framework, instrument, responses, {
    ...{ hash: null, assessedAt: '2026-03-02T09:00:00.000Z', finished: true, mode: 'adaptive', target: null },
    self: { name: null, role: role === null ? null : { role, variant: null }, years: 2 },
  })
  const speech = speechOf(framework, language)
  return { report, texts: openingTexts(report, speech.words, speech, false) }
}
const mixed = [
  ...['coding', 'design'].flatMap((id) => answersTo(id, 'on-my-own', 3)),
  ...answersTo('testing', 'not-yet', 2),
]

test("one's own role says what it lacks, is not called the nearest, and each other role is named once", () => {
  const { report, texts } = textsOf(mixed, 'senior')
  expect(report.standing.opening.nearest?.own).toBe(true)
  expect(texts[0]).toContain('Of Senior, your role: 2 of 3 musts met or likely')
  expect(texts[0]).toContain('held back by The testing')
  const all = texts.join('\n')
  expect(all).not.toContain('Nearest')
  for (const role of ['Next on Technical: Architect', 'Next on Management: Lead'])
    expect(all.split(role)).toHaveLength(2)
  expect(all).toContain('not known yet, answer first: The planning, The hiring')
})

test('where one role is next on both tracks it is said once, and without any the nearest that is not one’s own', () => {
  const { opening } = textsOf(mixed, 'senior').report.standing
  const [first] = opening.next
  expect(aheadOf({ next: [first!, { ...first!, track: 'management' }], nearest: null })).toEqual([first])
  expect(aheadOf({ next: [], nearest: { ...first!.bar, own: false } })).toMatchObject([{ track: null }])
  expect(aheadOf({ next: [], nearest: { ...first!.bar, own: true } })).toEqual([])
})

test.each([
  ['en', 'Your answers stand in doubt'],
  ['zh-Hans', '你的回答存疑'],
])('%s: over the same answer to everything no bar is said to be met', (language, doubt) => {
  const same = instrument.items.slice(0, 20).map(({ id }): Response => ({ item: id, answer: 'set-how' }))
  const { report, texts } = textsOf(same, 'senior', language)
  expect(report.fit.sameAnswer).toBe('set-how')
  expect(texts[0]).toContain(doubt)
  expect(texts.join('\n')).not.toMatch(/probably meet|可能已达到/)
})
