// The results on the built-in framework Coder to CTO: the facts of its sources come through, and it is fast enough.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Answer, Response } from '../assess/answers.ts'
import { buildInstrument } from '../assess/instrument.ts'
import { estimateProfile } from '../assess/profile.ts'
import { parseFramework } from '../framework/parse.ts'
import { standingReportSchema } from './report-model.ts'
import { pathsFor, standingReport } from './report.ts'
import { takeAway } from './take-away.ts'

const parsed = parseFramework(readFileSync('frameworks/coder-to-cto.yaml', 'utf8'), {
  file: 'coder-to-cto.yaml',
})
const framework = parsed.framework!
const instrument = buildInstrument(framework)
const senior = framework.roles.find(({ id }) => id === 'senior-programmer')!

/** A person who is a little above a senior programmer's bar wherever it asks something. */
const responses: Response[] = instrument.items.flatMap(({ id, competency, level }) => {
  const own = (senior.expectations[competency]?.level ?? 0) + 0.5
  const scores: Answer[] = ['not-yet', 'with-help', 'on-my-own', 'lead-others', 'set-how']
  return [{ item: id, answer: scores[Math.max(0, Math.min(4, Math.round(2 + own - level)))]! }]
})
const facts = {
  hash: null,
  assessedAt: '2026-03-02T09:00:00.000Z',
  finished: true,
  mode: 'whole-bank' as const,
  target: { role: 'cto', variant: 'cn' },
  self: { name: null, role: { role: 'senior-programmer', variant: null }, years: 6 },
}

test("somebody who answers at a senior programmer's bar stands at that bar", () => {
  const { standing, readiness } = standingReport(framework, instrument, responses, facts)
  expect(standing.opening.stands?.role.role).toBe('senior-programmer')
  expect(readiness).toHaveLength(
    framework.roles.length + framework.roles.flatMap(({ variants }) => variants).length,
  )
  expect(readiness.find(({ role }) => role.role === 'programmer')!.readiness).toBeGreaterThan(0.9)
  expect(readiness.find(({ role }) => role.role === 'cto')!.readiness).toBeLessThan(0.01)
})

test('architect and technical manager are reached from senior programmer on both tracks, in years of the sources', () => {
  const profile = estimateProfile(instrument, responses)
  const to = (role: string, ownYears: number | null = 6) =>
    pathsFor(framework, instrument, profile, responses, {
      from: facts.self.role,
      to: { role, variant: null },
      ownYears,
    })
  for (const role of ['architect', 'technical-manager', 'technical-director', 'cto']) {
    const { paths, none } = to(role)
    expect(none).toBeNull()
    expect(paths.length).toBeGreaterThanOrEqual(1)
  }
  const architect = to('architect').paths.find(({ steps }) => steps.length === 1)!
  const sources = architect.steps[0]!.figures.filter(({ about }) => about === 'role-total').map(
    ({ years, origin }) => [years, origin.label],
  )
  expect(sources).toEqual([[{ min: 5, max: 8 }, 'source']])
  const manager = to('technical-manager').paths.find(({ steps }) => steps.length === 1)!
  expect(manager.steps[0]!.origin.label).toBe('source')
  expect(manager.steps[0]!.figures.filter(({ origin }) => origin.label === 'source')).toEqual([])
})

test('the whole result with gap and paths takes less than a second and can be taken away in both languages', () => {
  const started = performance.now()
  const report = standingReport(framework, instrument, responses, facts)
  expect(performance.now() - started).toBeLessThan(1000)
  expect(standingReportSchema.parse(report)).toEqual(report)
  expect(report.focus?.role).toEqual({ role: 'cto', variant: 'cn' })
  for (const language of ['en', 'zh-Hans']) {
    const { text } = takeAway(report, framework, 'markdown', language)
    expect(text).not.toMatch(/undefined|NaN|\[object/)
    expect(text.split('\n').filter((line) => line.startsWith('| ')).length).toBeGreaterThan(30)
  }
})
