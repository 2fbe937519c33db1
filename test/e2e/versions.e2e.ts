// A framework gets a new version in the browser: what changes, who is affected, assessments moved, and moved back.
import type { Page } from '@playwright/test'
import { en } from '../../src/ui/words/en.ts'
import { zhHans } from '../../src/ui/words/zh-hans.ts'
import { builtInFramework } from '../built-in.ts'
import { findingsOf, SETTINGS } from './axe.ts'
import { call, type ApiState } from './simulated-person.ts'
import { expect, test } from './rungs.ts'
import { readIn } from './whole-pages.ts'

const behaviours = (name: string) =>
  [1, 2, 3]
    .map(
      (level) =>
        `      ${level}:\n        - { id: ${name}-${level}a, text: "Shows ${name} at step ${level} in a release" }\n        - { id: ${name}-${level}b, text: "Explains ${name} at step ${level} to others" }`,
    )
    .join('\n')

const framework = (version: string, competencies: readonly (readonly [string, string, string])[]) => `rungs: 1
id: small
version: ${version}
title: Small ladder
scale: { levels: [{ level: 1, title: One }, { level: 2, title: Two }, { level: 3, title: Three }] }
areas: [{ id: work, title: Work }]
tracks: [{ id: main, title: Main }]
competencies:
${competencies.map(([id, title, statements]) => `  - id: ${id}\n    title: ${title}\n    area: work\n    behaviours:\n${behaviours(statements)}`).join('\n')}
roles:
  - { id: maker, title: Maker, tracks: [main], expectations: { ${competencies[0]![0]}: 2 } }
`

const OLD = framework('1.0.0', [
  ['design', 'Design', 'design'],
  ['testing', 'Testing', 'testing'],
  ['tooling', 'Tooling', 'tooling'],
])
// Design is renamed with its statements, testing stays, tooling is gone, release is new.
const NEW = framework('1.0.0', [
  ['architecture', 'Architecture', 'design'],
  ['testing', 'Testing', 'testing'],
  ['release', 'Release', 'release'],
])

const file = (text: string) => [
  { name: 'small.yaml', mimeType: 'application/yaml', buffer: Buffer.from(text) },
]

async function publishFirst(page: Page, words = en): Promise<void> {
  await page.goto('/import')
  await page.locator('input[type=file]').first().setInputFiles(file(OLD))
  await expect(page.locator('[data-outcome="new-framework"]')).toBeVisible()
  await page.getByRole('button', { name: words.import.importNow }).click()
  await expect(page.getByRole('link', { name: words.versions.assessAgainst })).toBeVisible()
}

async function publishSecond(page: Page, words = en): Promise<void> {
  await page.goto('/frameworks/small/versions')
  await page.getByRole('button', { name: words.versions.publishNew }).click()
  await page.locator('input[type=file]').first().setInputFiles(file(NEW))
  // The same number with other content is not taken; a free one is suggested.
  await expect(page.locator('[data-outcome="new-version"]')).toBeVisible()
  // Nobody says why for the person who publishes.
  await expect(page.getByRole('button', { name: words.versions.publishNow })).toBeDisabled()
  await page.getByRole('textbox', { name: words.versions.why, exact: true }).fill('A new year')
}

async function assessAll(url: string): Promise<string> {
  let state = await call<ApiState>(url, 'assessments/start', {
    key: crypto.randomUUID(),
    framework: 'small',
    mode: 'whole-bank',
  })
  while (state.question)
    state = await call<ApiState>(url, 'assessments/answer', {
      id: state.assessment.id,
      key: crypto.randomUUID(),
      item: state.question.item,
      answer: 'on-my-own',
    })
  return state.assessment.id
}

interface Versions {
  versions: { version: string; assessments: number }[]
}

test('a new version is published, an assessment is moved to it and moved back', async ({ page, rungs }) => {
  test.slow()
  await publishFirst(page)
  const assessment = await assessAll(rungs.url)
  await publishSecond(page)
  await expect(page.locator('[data-outcome="new-version"]')).toContainText('Tooling')
  await expect(page.getByText(/1 assessment of 1 person/).first()).toBeVisible()
  await page.getByRole('button', { name: en.versions.publishNow }).click()
  await page.getByRole('link', { name: /Move 1 assessment/ }).click()
  await page.reload()

  const pinned = async () =>
    Object.fromEntries(
      (await call<Versions>(rungs.url, 'frameworks/versions', { framework: 'small' })).versions.map(
        ({ version, assessments }) => [version, assessments],
      ),
    )
  const [newest] = (await call<Versions>(rungs.url, 'frameworks/versions', { framework: 'small' })).versions
  expect(newest!.version).not.toBe('1.0.0')
  expect(await pinned()).toEqual({ '1.0.0': 1, [newest!.version]: 0 })

  await expect(page.getByLabel(en.versions.becomesOf.replace('{title}', 'Design'))).toHaveValue('renamed')
  await expect(page.getByLabel(en.versions.becomesOf.replace('{title}', 'Tooling'))).toHaveValue('dropped')
  // A mapping with a fault says so at its row and cannot be applied.
  await page.getByLabel(en.versions.levelOf.replace('{title}', 'Testing').replace('{level}', '1')).fill('3')
  await page.getByLabel(en.versions.levelOf.replace('{title}', 'Testing').replace('{level}', '2')).fill('1')
  await expect(page.getByText(/a higher level cannot become a lower one/)).toBeVisible()
  await page.getByLabel(en.versions.whyMove).fill('the ladder of this year')
  await expect(page.getByRole('button', { name: /Move 1 assessment|Nothing to move/ })).toBeDisabled()
  await page.getByLabel(en.versions.levelOf.replace('{title}', 'Testing').replace('{level}', '1')).fill('1')
  await page.getByLabel(en.versions.levelOf.replace('{title}', 'Testing').replace('{level}', '2')).fill('2')
  await page
    .getByText(/Assessment of/)
    .first()
    .click()
  await expect(page.getByText(en.versions.becomesUnknown)).toBeVisible()
  await page.getByRole('button', { name: 'Move 1 assessment' }).click()
  await expect(page.getByText(en.versions.moved)).toBeVisible()
  expect(await pinned()).toEqual({ '1.0.0': 0, [newest!.version]: 1 })

  // The history has both reasons as they were given: of the publication and of the move.
  await expect(page.getByText(en.versions.audited.matches)).toHaveCount(3)
  await page.getByRole('button', { name: en.versions.undo, exact: true }).click()
  await page.getByLabel(en.versions.whyUndo).fill('too early')
  await page.getByRole('button', { name: en.versions.undoNow }).click()
  await expect(page.getByText(en.versions.undone, { exact: true })).toBeVisible()
  await expect(page.getByText(en.versions.audited.matches)).toHaveCount(4)
  await expect(page.getByText('too early')).toBeVisible()
  expect(await pinned()).toEqual({ '1.0.0': 1, [newest!.version]: 0 })
  await page.goto(`/standings/${assessment}`)
  await expect(page.getByText(/Tooling/).first()).toBeVisible()
})

test('a framework is taken away in every format, and its spreadsheet comes back as the same', async ({
  page,
  rungs,
}) => {
  await page.goto('/frameworks/coder-to-cto/versions')
  const sizes: Record<string, number> = {}
  let workbook = ''
  for (const format of ['yaml', 'json', 'xlsx', 'csv', 'case', 'handbook'] as const) {
    await page.getByRole('button', { name: en.versions.export }).click()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: en.versions.format[format] }).click(),
    ])
    const path = await download.path()
    sizes[download.suggestedFilename()] = (await import('node:fs')).statSync(path).size
    if (format === 'xlsx') workbook = path
  }
  expect(Object.keys(sizes)).toEqual(
    ['.yaml', '.json', '.xlsx', '-csv.zip', '.case.json', '-handbook.zip'].map(
      (ending) => `coder-to-cto-${builtInFramework('coder-to-cto').version}${ending}`,
    ),
  )
  for (const [name, size] of Object.entries(sizes)) expect(size, name).toBeGreaterThan(5_000)
  const { readFileSync } = await import('node:fs')
  await page.goto('/import')
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles([
      { name: 'edited.xlsx', mimeType: 'application/octet-stream', buffer: readFileSync(workbook) },
    ])
  await expect(page.locator('[data-outcome]')).toHaveAttribute('data-outcome', 'unchanged')
  expect(rungs.url).toBeTruthy()
})

for (const { scheme, language, width } of SETTINGS)
  test(`axe finds nothing in the versions: ${scheme}, ${language}, ${width} px`, async ({
    browser,
    rungs,
  }) => {
    test.slow()
    const words = (language === 'en' ? en : zhHans) as typeof en
    const context = await browser.newContext({
      baseURL: rungs.url,
      viewport: { width, height: 844 },
      colorScheme: scheme,
      reducedMotion: 'reduce',
    })
    await readIn(context, rungs.url, language)
    const page = await context.newPage()
    const found: string[] = []
    const look = async (what: string) =>
      void found.push(...(await findingsOf(page)).map((each) => `${what}: ${each}`))
    await publishFirst(page, words)
    await look('published')
    const assessment = await assessAll(rungs.url)
    await page.goto(`/standings/${assessment}`)
    await publishSecond(page, words)
    await look('second version')
    await page.getByRole('button', { name: words.versions.publishNow }).click()
    await expect(page.getByRole('link', { name: words.versions.assessAgainst })).toBeVisible()
    await page.goto('/frameworks/small/versions')
    await expect(page.getByRole('textbox', { name: words.versions.whyMove })).toBeVisible()
    for (const details of await page.locator('main details').all())
      await details.evaluate((each) => each.setAttribute('open', ''))
    await look('migration')
    expect(found).toEqual([])
    await context.close()
  })
