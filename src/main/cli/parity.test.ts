// The same core as the web: one set of answers, given to the server over HTTP and to the command line as a file, has the same result.
import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { createTestApp } from '../../../test/app.ts'
import { builtInFramework } from '../../../test/built-in.ts'
import { runRungs } from '../../../test/terminal.ts'
import { ANSWERS, type Answer } from '../../core/assess/answers.ts'
import { listRoles, roleKey } from '../../core/growth/roles.ts'
import { storeBuiltInFrameworks } from '../../features/publications/commands.ts'
import { contentHash } from '../../platform/content-hash.ts'
import type { AnswersFile } from './answers-file.ts'

const app = await createTestApp()
const framework = builtInFramework('coder-to-cto')
await storeBuiltInFrameworks(app.system(), [framework])
const folder = mkdtempSync(join(tmpdir(), 'rungs-parity-'))
afterAll(() => rmSync(folder, { recursive: true }))
const file = join(folder, 'answers.json')

/** A person with uneven strengths: answers, links and missing opportunities that depend on the behaviour alone. */
const answers = framework.competencies.flatMap(({ behaviours }, c) =>
  behaviours
    .filter((_, index) => c % 7 !== 6 && (index + c) % 3 !== 0)
    .map(({ id, level }, index) => {
      const answer: Answer =
        (index + 2 * c) % 11 === 5
          ? 'no-opportunity'
          : ANSWERS[Math.max(0, Math.min(4, 5 + (c % 3) - level - (index % 2)))]!
      return { item: id, answer, ...(index % 9 === 4 ? { evidence: `https://example.org/${id}` } : {}) }
    }),
)

const { assessment } = await app.client.assessments.start({
  key: randomUUID(),
  framework: framework.id,
  mode: 'target',
  target: { role: 'cto', variant: 'us' },
  self: { role: 'senior-programmer', years: 6.5 },
})
const at: string[] = []
await app.client.assessments.reopen({ id: assessment.id, mode: 'whole-bank' })
for (const { item, answer, evidence } of answers) {
  app.clock.now = new Date(app.clock.now.getTime() + 20_000)
  at.push(app.clock.now.toISOString())
  await app.client.assessments.answer({
    id: assessment.id,
    key: randomUUID(),
    item,
    answer,
    ...(evidence === undefined ? {} : { evidence }),
  })
}
writeFileSync(
  file,
  JSON.stringify({
    rungs: 1,
    framework: framework.id,
    version: framework.version,
    content: contentHash(framework),
    mode: 'whole-bank',
    target: 'cto/us',
    role: 'senior-programmer',
    years: 6.5,
    answers: answers.map((answer, index) => ({ ...answer, at: at[index]! })),
  } satisfies AnswersFile),
)

const json = async (...args: string[]): Promise<unknown> => {
  const { code, out, err } = await runRungs([...args, '--json'])
  expect([err, code === 0 || code === 1]).toEqual(['', true])
  return JSON.parse(out)
}

test('the standing is the same, figure for figure: profile, strengths, readiness for every role, focus and paths', async () => {
  expect(answers.length).toBeGreaterThan(80)
  const report = await app.client.standings.get({ assessment: assessment.id })
  expect(await json('standing', file)).toEqual(report)
  const { roles } = await app.client.standings.readiness({ assessment: assessment.id })
  expect(report.readiness).toEqual(roles)
}, 600_000)

test('the gap to every role and variant is the same', async () => {
  const all = listRoles(framework)
  const some = process.env['RUNGS_VERIFY']
    ? all
    : all.filter(({ ref }) => ['architect', 'technical-manager', 'cto/us'].includes(roleKey(ref)))
  for (const { ref } of some) {
    const web = await app.client.standings.gap({
      assessment: assessment.id,
      role: ref.role,
      ...(ref.variant === null ? {} : { variant: ref.variant }),
    })
    expect(await json('compare', file, roleKey(ref))).toEqual(web)
  }
}, 600_000)

test('paths are the same, with what the person said and with other years and another start', async () => {
  for (const to of process.env['RUNGS_VERIFY'] ? framework.roles.map(({ id }) => id) : ['cto']) {
    expect(await json('path', to, '--answers', file)).toEqual(
      await app.client.standings.paths({ assessment: assessment.id, to }),
    )
  }
  expect(await json('path', 'programmer', 'cto/cn', '--years', '1', '--answers', file)).toEqual(
    await app.client.standings.paths({
      assessment: assessment.id,
      from: 'programmer',
      to: 'cto',
      toVariant: 'cn',
      years: 1,
    }),
  )
}, 600_000)

test('the reasons of every number, the comparison of roles, and what is taken away are the same', async () => {
  for (const competency of ['coding', 'hiring']) {
    expect(await json('standing', file, '--why', competency)).toEqual(
      await app.client.standings.why({ assessment: assessment.id, competency }),
    )
  }
  for (const format of ['markdown', 'csv'] as const) {
    const { out } = await runRungs(['standing', file, `--${format}`, '--language', 'zh-Hans'])
    expect(out).toBe(
      (await app.client.standings.export({ assessment: assessment.id, format, language: 'zh-Hans' })).text,
    )
  }
}, 600_000)

test('what was taken away from the web as JSON is read back by the terminal, figure for figure', async () => {
  const exported = await app.client.standings.export({
    assessment: assessment.id,
    format: 'json',
    language: 'en',
  })
  const away = join(folder, 'taken-away.json')
  writeFileSync(away, exported.text)
  const report = JSON.parse(exported.text) as { answers: { item: string; evidence: string | null }[] }
  expect(report.answers.map(({ item }) => item)).toEqual(answers.map(({ item }) => item))
  expect(report.answers.filter(({ evidence }) => evidence !== null).length).toBeGreaterThan(5)
  expect(await json('standing', away)).toEqual(report)
  expect(await json('compare', away, 'architect')).toEqual(
    await app.client.standings.gap({ assessment: assessment.id, role: 'architect' }),
  )
  const asked = await runRungs(['assess', away])
  expect([asked.code, asked.err]).toEqual([2, expect.stringContaining('a standing that was taken away')])
  expect(readFileSync(away, 'utf8')).toBe(exported.text)
}, 600_000)

test('the command line asks the question that the server asks', async () => {
  const state = await app.client.assessments.get({ id: assessment.id })
  const checked = (await json('assess', '--answers', file)) as { question: { item: string; reason: object } }
  expect(checked.question).toMatchObject({ item: state.question!.item, reason: state.question!.reason })
}, 600_000)
