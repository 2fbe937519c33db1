// What a result rests on, in words: mode, answers new and carried, the time of answering, and a highest that is open.
import { expect, test } from 'vitest'
import type { Response } from '../assess/answers.ts'
import { buildInstrument } from '../assess/instrument.ts'
import { answersText, modeText, timeText } from './about-text.ts'
import { answeringTimeOf } from './answering-time.ts'
import { growthFramework } from './fixture.ts'
import { speechOf } from './markdown-speech.ts'
import { openingTexts } from './opening-text.ts'
import { aboutOf, standingReport, type AssessmentFacts } from './report.ts'
import { takeAway } from './take-away.ts'
import { wordsIn } from './words.ts'

const framework = growthFramework()
const instrument = buildInstrument(framework)
const facts: AssessmentFacts = {
  ...{ hash: null, assessedAt: '2026-03-02T09:20:00.000Z', finished: true, mode: 'target' },
  target: { role: 'architect', variant: null },
  self: { name: null, role: { role: 'senior', variant: null }, years: 6 },
  answeredAt: new Map([
    ['coding-2b', '2026-03-02T09:00:00.000Z'],
    ['coding-3a', '2026-03-02T09:02:00.000Z'],
    ['coding-3b', '2026-03-02T09:20:00.000Z'],
  ]),
}
const carried = { from: 'a', givenAt: '2026-01-01T00:00:00.000Z' }
const answersTo = (competency: string, answer: Response['answer'], levels: number): Response[] =>
  instrument.items
    .filter((item) => item.competency === competency && item.level <= levels)
    .map(({ id }) => ({ item: id, answer }))

test('the time of answering is between answers, without breaks, and unknown without times', () => {
  const at = (minute: number) => new Date(Date.UTC(2026, 2, 2, 9, minute)).toISOString()
  expect(answeringTimeOf([at(0), at(3), at(25), at(30)])).toEqual({ from: at(0), to: at(30), minutes: 8 })
  expect(answeringTimeOf([at(3), at(0)])?.minutes).toBe(3)
  expect(answeringTimeOf([at(0)])?.minutes).toBe(1)
  expect(answeringTimeOf([])).toBeNull()
})

test('mode, answers new and carried, and time are said alike, scored answers and no opportunity apart', () => {
  const responses: Response[] = [
    { item: 'coding-1a', answer: 'on-my-own', carried },
    { item: 'coding-2a', answer: 'no-opportunity', carried },
    { item: 'coding-2b', answer: 'not-yet' },
  ]
  const about = aboutOf(framework, instrument, responses, facts)
  expect(about).toMatchObject({ answered: 2, noOpportunity: 1, carried: 1, carriedNoOpportunity: 1 })
  const { words } = wordsIn('en')
  expect(modeText(about, words, ({ role }) => role)).toBe('one role (architect)')
  expect(answersText(about, words)).toBe(
    '2 answers, 1 time "no opportunity to show it"; of these, given in earlier assessments and counting on ' +
      'here: 1 answer, 1 time "no opportunity to show it"',
  )
  expect(timeText(about, words)).toBe('answered in about 2 minutes, 2026-03-02')
  for (const language of ['en', 'zh-Hans']) {
    const report = standingReport(framework, instrument, responses, facts)
    const { text } = takeAway(report, framework, 'markdown', language)
    const speech = speechOf(framework, language)
    for (const said of [answersText(about, speech.words), timeText(about, speech.words)])
      expect(text).toContain(`- ${said}`)
  }
})

test('a highest that is the open must of a role named beside it says so in the same sentence', () => {
  const responses = [
    ...answersTo('design', 'on-my-own', 3),
    ...instrument.items
      .filter(({ competency, level }) => competency === 'design' && level === 4)
      .map(({ id }): Response => ({ item: id, answer: 'not-yet' })),
    ...['coding', 'testing', 'planning', 'hiring'].flatMap((id) => answersTo(id, 'not-yet', 2)),
  ]
  const report = standingReport(framework, instrument, responses, facts)
  const { carries, nearest, next } = report.standing.opening
  const held = [nearest, ...next.map(({ bar }) => bar)].flatMap((bar) => bar?.heldBackBy ?? [])
  const spot = carries.find(({ competency }) => competency === 'design')
  expect(spot, 'design is a strength').toBeDefined()
  expect(held).toContain('design')
  expect(spot!.stillBelow).toEqual({ role: { role: 'architect', variant: null }, level: 4 })
  const speech = speechOf(framework, 'en')
  const sentence = openingTexts(report, speech.words, speech, false).find((one) => one.startsWith('What'))
  expect(sentence).toContain(
    'The design (among your highest, and still below the level 4 that Architect asks)',
  )
})
