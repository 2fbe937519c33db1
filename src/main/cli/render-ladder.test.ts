// The terminal tells the ladder's own answer beside the measured one, like every other surface.
import { expect, test } from 'vitest'
import { ANSWERS, type Response } from '../../core/assess/answers.ts'
import { buildInstrument } from '../../core/assess/instrument.ts'
import { textIn } from '../../core/framework/model.ts'
import { growthFramework } from '../../core/growth/fixture.ts'
import { standingReport } from '../../core/growth/report.ts'
import { columns } from './output.ts'
import { renderStanding } from './render-standing.ts'
import { speechIn } from './speech.ts'

const plain = growthFramework()
const page = (scoring: { model: 'minimum-vector' } | undefined, language: 'en' | 'zh-Hans' = 'en') => {
  const framework = growthFramework(scoring ? { scoring } : {})
  const instrument = buildInstrument(framework)
  const responses = instrument.items
    .filter(({ competency, level }) => competency === 'coding' || level < 3)
    .map(({ id, level }): Response => ({ item: id, answer: ANSWERS[level <= 3 ? 2 : 0] }))
  const report = standingReport(framework, instrument, responses, {
    ...{ hash: null, assessedAt: '2026-03-02T09:00:00.000Z', finished: true, mode: 'quick', target: null },
    self: { name: null, role: null, years: null },
  })
  return { report, text: renderStanding(report, speechIn(framework, language), null) }
}

test('a ladder with a rule has its answer after the measured one, for every role, within 80 columns', () => {
  const { report, text } = page({ model: 'minimum-vector' })
  const own = text.slice(text.indexOf("By the ladder's own rule"))
  expect(text).toContain("By the ladder's own rule")
  for (const answer of report.ladder!.answers)
    if (answer.kind === 'role') {
      const title = plain.roles.find(({ id }) => id === answer.role)!.title
      const line = own.split('\n').find((each) => each.trim().startsWith(textIn(title, 'en')))
      const word = { yes: 'reached', no: 'not reached', open: 'open: answers are missing' }[answer.reached]
      expect(line).toMatch(new RegExp(` ${word}`))
    }
  for (const line of own.split('\n')) expect(columns(line)).toBeLessThanOrEqual(80)
  expect(page({ model: 'minimum-vector' }, 'zh-Hans').text).toContain('按职级体系自己的规则')
})

test('a framework without a rule says nothing of one', () => {
  expect(page(undefined).text).not.toContain('own rule')
})
