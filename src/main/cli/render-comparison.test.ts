// Every page of the terminal about roles and people finds its words: no message lacks a variable or shows its key.
import { expect, test, vi } from 'vitest'
import { builtInFramework } from '../../../test/built-in.ts'
import { ANSWERS, type Response } from '../../core/assess/answers.ts'
import { buildInstrument } from '../../core/assess/instrument.ts'
import { estimateProfile } from '../../core/assess/profile.ts'
import { compareRoles } from '../../core/growth/compare.ts'
import { gapTo } from '../../core/growth/gap.ts'
import { pathsFor, standingReport } from '../../core/growth/report.ts'
import { listRoles } from '../../core/growth/roles.ts'
import { whyOf } from '../../core/growth/why.ts'
import { renderComparison } from './render-comparison.ts'
import { renderGap } from './render-gap.ts'
import { renderPaths } from './render-paths.ts'
import { renderStanding, renderWhy } from './render-standing.ts'
import { LANGUAGES, speechIn } from './speech.ts'

const framework = builtInFramework('coder-to-cto')
const instrument = buildInstrument(framework)
const roles = listRoles(framework)
const given = (every: number): Response[] =>
  instrument.items
    .filter((_, index) => index % every === 0)
    .map(({ id, level }, index): Response => ({ item: id, answer: ANSWERS[(5 - level + index) % 5]! }))

test.each(LANGUAGES)(
  '%s: comparisons, gaps, paths, standings and their reasons say everything in words',
  (language) => {
    const complain = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    const speech = speechIn(framework, language)
    const pages: string[] = []
    for (const a of roles)
      for (const b of roles) pages.push(renderComparison(compareRoles(framework, a, b), speech, true))
    for (const responses of [[], given(7), given(1)]) {
      const self = { name: null, role: roles[1]!.ref, years: 6 }
      const facts = {
        hash: null,
        assessedAt: '2026-01-01T00:00:00.000Z',
        mode: 'target' as const,
        target: null,
        self,
      }
      const report = standingReport(framework, instrument, responses, {
        ...facts,
        finished: responses.length > 50,
      })
      pages.push(renderStanding(report, speech, report.focus))
      const profile = estimateProfile(instrument, responses)
      for (const choice of roles) {
        const to = choice.ref
        pages.push(renderGap({ ...report, gap: gapTo(framework, profile, responses, choice) }, speech, true))
        const request = { from: roles[1]!.ref, to, ownYears: 6 }
        pages.push(
          renderPaths(
            { ...report, paths: pathsFor(framework, instrument, profile, responses, request) },
            speech,
          ),
        )
      }
      for (const { id } of instrument.competencies.slice(0, 4))
        pages.push(renderWhy(whyOf(instrument, responses, id), speech))
    }
    expect(complain.mock.calls).toEqual([])
    complain.mockRestore()
    for (const page of pages)
      expect(page).not.toMatch(
        /\b(compare|gap|paths|standing|why|question)\.[a-z]+[A-Z]?\w*\b|\{\w+\}|undefined|NaN/,
      )
  },
)
