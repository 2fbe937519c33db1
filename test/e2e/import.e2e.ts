// A person brings a ladder over: drops files, corrects one mapping, imports, assesses, gets the level by the ladder's own rule.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { corpusPath } from '../corpus.ts'
import { en } from '../../src/ui/words/en.ts'
import { zhHans } from '../../src/ui/words/zh-hans.ts'
import { findingsOf, SETTINGS } from './axe.ts'
import { call, KEYS, type ApiState } from './simulated-person.ts'
import { expect, test } from './rungs.ts'

const corpus = corpusPath()
const MEWS = corpus && join(corpus, 'ladders/mews/tech/career-framework/mews-competencies-template.xlsx')
const ETSY = corpus && ['competencies.md', 'index.md'].map((name) => join(corpus, 'ladders/etsy', name))
const hasCorpus = MEWS !== undefined && existsSync(MEWS)
const WITHOUT = 'the corpus of published ladders is not here (../shared/corpus or RUNGS_CORPUS)'
if (!hasCorpus) process.stderr.write(`skipped: ${WITHOUT}\n`)

const drop = async (page: Page, files: Parameters<ReturnType<Page['locator']>['setInputFiles']>[0]) => {
  await page.goto('/import')
  await page.locator('input[type=file]').first().setInputFiles(files)
}

const share = (page: Page) => page.locator('[data-share]').getAttribute('data-share').then(Number)

interface Model {
  competencies: { id: string; title: string; behaviours: { id: string; level: number }[] }[]
}

const modelOf = async (url: string, framework: string): Promise<Model> =>
  (await call<{ framework: Model }>(url, 'frameworks/get', { framework })).framework

/** The worked example of the Mews ladder: level 3 in the first two competencies, level 2 in the rest, makes 2.55. */
const EXAMPLE = [
  ['Delivery', 3, '25'],
  ['Domain', 3, '30'],
  ['Problem', 2, '30'],
  ['Communication', 2, '10'],
  ['Leadership', 2, '5'],
] as const

test('the Mews workbook comes over with one correction and scores 2.55 by its own rule', async ({
  page,
  rungs,
}) => {
  test.skip(!hasCorpus, WITHOUT)
  test.slow()
  await drop(page, MEWS!)
  await expect(page.locator('[data-passage]').first()).toBeVisible()
  await expect(page.locator('[data-became="behaviour"]').first()).toBeVisible()
  const before = await share(page)
  expect(before).toBeGreaterThan(0.9)

  // The shipped recipe knows the workbook; the person gives the scores of its example another reason.
  await page.locator('[data-passage][data-became="left-out"]').first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(en.import.reason).fill('scores of an example person')
  await dialog.getByRole('button', { name: /^Apply to \d+ texts$/ }).click()
  await expect(dialog).toHaveCount(0)
  await expect(page.getByText('1 correction', { exact: true })).toBeVisible()
  expect(await share(page)).toBeGreaterThanOrEqual(before)

  await page.getByLabel(en.import.decides).selectOption('weighted-mean')
  await page.getByLabel(en.import.reached).selectOption('scored')
  for (const [name, , weight] of EXAMPLE)
    await page.getByRole('group', { name: en.import.weights }).getByLabel(new RegExp(name)).fill(weight)
  await page.getByRole('button', { name: en.import.setRule }).click()
  await expect(
    page.getByText(en.import.ruleSet.replace('{model}', en.import.model['weighted-mean'])),
  ).toBeVisible()

  await page.getByLabel(en.versions.name, { exact: true }).fill('Mews')
  await page.getByLabel(en.versions.id).fill('mews')
  await expect(page.locator('[data-outcome="new-framework"]')).toContainText('mews')
  expect(
    (await call<{ frameworks: { id: string }[] }>(rungs.url, 'frameworks/list')).frameworks.map(
      ({ id }) => id,
    ),
  ).not.toContain('mews')
  await page.getByRole('button', { name: en.import.importNow }).click()
  await page.getByRole('link', { name: en.versions.assessAgainst }).click()

  await page.getByRole('radio', { name: new RegExp(en.assess.wholeBank) }).check()
  await page.getByRole('button', { name: en.assess.begin }).click()
  await expect(page).toHaveURL(/\/assess\/[0-9a-f-]{36}$/)
  const id = page.url().split('/').at(-1)!
  const { competencies } = await modelOf(rungs.url, 'mews')
  expect(competencies).toHaveLength(5)
  const shown = new Set(
    competencies.flatMap(({ title, behaviours }) => {
      const [, reached] = EXAMPLE.find(([name]) => title.startsWith(name))!
      return behaviours.filter(({ level }) => level <= reached).map((each) => each.id)
    }),
  )
  // The first answers as a person gives them, the rest over the same endpoint that the page calls.
  let state = await call<ApiState>(rungs.url, 'assessments/get', { id })
  for (let given = 0; state.question; given++) {
    const { item } = state.question
    const answer = shown.has(item) ? 'on-my-own' : 'not-yet'
    if (given < 10) {
      await expect(page.locator(`[data-item="${item}"]`)).toBeVisible()
      await page.keyboard.press(KEYS[answer])
      await expect(page.locator(`[data-item="${item}"]`)).toHaveCount(0)
      state = await call<ApiState>(rungs.url, 'assessments/get', { id })
    } else
      state = await call<ApiState>(rungs.url, 'assessments/answer', {
        id,
        key: crypto.randomUUID(),
        item,
        answer,
      })
  }
  await page.goto(`/standings/${id}`)
  await expect(page.getByRole('heading', { name: en.ladderAnswer.title })).toBeVisible()
  const number = page.locator('[data-low]')
  expect(Number(await number.getAttribute('data-low'))).toBeCloseTo(2.55, 9)
  expect(Number(await number.getAttribute('data-high'))).toBeCloseTo(2.55, 9)
  await expect(number).toContainText('2.55')
  await expect(page.getByText(en.ladderAnswer.differ)).toBeVisible()
})

test('the Etsy pages come over, and a sum of points is a range while answers are missing', async ({
  page,
  rungs,
}) => {
  test.skip(!hasCorpus, WITHOUT)
  await drop(page, ETSY!)
  await expect(page.locator('[data-passage]').first()).toBeVisible()
  expect(await share(page)).toBeGreaterThan(0.9)
  await page.getByLabel(en.import.decides).selectOption('points')
  await page.getByRole('button', { name: en.import.setRule }).click()
  await expect(page.getByText(en.import.ruleSet.replace('{model}', en.import.model.points))).toBeVisible()
  await page.getByLabel(en.versions.name, { exact: true }).fill('Etsy')
  await page.getByLabel(en.versions.id).fill('etsy')
  await expect(page.locator('[data-outcome="new-framework"]')).toContainText('etsy')
  await page.getByRole('button', { name: en.import.importNow }).click()
  await expect(page.getByText('etsy 1.0.0 is stored.')).toBeVisible()
  const { competencies } = await modelOf(rungs.url, 'etsy')
  expect(competencies).toHaveLength(5)
  let state = await call<ApiState>(rungs.url, 'assessments/start', {
    key: crypto.randomUUID(),
    framework: 'etsy',
    mode: 'whole-bank',
  })
  const { id } = state.assessment
  const first = new Set(
    competencies.flatMap(({ behaviours }) =>
      behaviours.filter(({ level }) => level === 1).map((each) => each.id),
    ),
  )
  for (let given = 0; state.question && given < 40; given++) {
    const { item } = state.question
    state = await call<ApiState>(rungs.url, 'assessments/answer', {
      id,
      key: crypto.randomUUID(),
      item,
      answer: first.has(item) ? 'on-my-own' : 'not-yet',
    })
  }
  await page.goto(`/standings/${id}`)
  const number = page.locator('[data-low]')
  await expect(number).toBeVisible()
  const [low, high] = [
    Number(await number.getAttribute('data-low')),
    Number(await number.getAttribute('data-high')),
  ]
  expect(low).toBeGreaterThanOrEqual(0)
  expect(high).toBeGreaterThan(low)
  expect(high).toBeLessThanOrEqual(25)
  await page.getByText(en.ladderAnswer.parts).click()
  expect(await findingsOf(page)).toEqual([])
})

test('a wrong file is refused with its place and changes nothing; a huge one leaves the page usable', async ({
  page,
  rungs,
}) => {
  const stored = async () =>
    (await call<{ frameworks: unknown[] }>(rungs.url, 'frameworks/list')).frameworks.length
  const before = await stored()
  const refuse = async (name: string, buffer: Buffer, expected: RegExp) => {
    await drop(page, [{ name, mimeType: 'application/octet-stream', buffer }])
    await expect(page.getByRole('alert')).toContainText(expected)
    await expect(page.getByRole('alert')).toContainText(en.import.refusedLead)
    await expect(page.getByRole('alert')).toContainText(name)
  }
  await refuse(
    'broken.xlsx',
    Buffer.from('PK\u0003\u0004 not a workbook'),
    /expected a whole \.xlsx workbook/,
  )
  await refuse('picture.png', Buffer.from([137, 80, 78, 71]), /expected a table .* got another kind of file/)
  await refuse('tabs.yaml', Buffer.from('levels:\n\t- one\n'), /tabs\.yaml:2/)
  await refuse(
    'framework.yaml',
    Buffer.from('rungs: 1\nid: x\nversion: 1.0.0\ntitel: X\n'),
    /framework\.yaml:\d+:\d+.*expected/s,
  )
  await refuse(
    'huge.csv',
    Buffer.alloc(21_000_000, 'a,b\n'),
    /expected a file of at most 20 MB, got 21\.0 MB/,
  )

  const row = `Delivery,${'You deliver your work in small steps and say early when it will be late '.repeat(2)}\n`
  await drop(page, [
    {
      name: 'large.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(`Competency,Beginner\n${row.repeat(60_000)}`),
    },
  ])
  await expect(page.getByRole('status')).toContainText(/large/)
  // While the worker reads, the page answers a click at once.
  const started = Date.now()
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)))
  expect(Date.now() - started).toBeLessThan(1000)
  await page
    .getByRole('button', { name: en.import.stop })
    .or(page.locator('[data-passage]'))
    .first()
    .click({ timeout: 60_000 })
  expect(await stored()).toBe(before)
})

for (const { scheme, language, width } of SETTINGS)
  test(`axe finds nothing in the import: ${scheme}, ${language}, ${width} px`, async ({ browser, rungs }) => {
    const words = language === 'en' ? en : zhHans
    const context = await browser.newContext({
      baseURL: rungs.url,
      viewport: { width, height: 844 },
      colorScheme: scheme,
      reducedMotion: 'reduce',
    })
    await context.addInitScript((chosen) => localStorage.setItem('rungs.language', chosen), language)
    const page = await context.newPage()
    const found: string[] = []
    const look = async (what: string) =>
      void found.push(...(await findingsOf(page)).map((each) => `${what}: ${each}`))
    await page.goto('/import')
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await look('empty')
    await drop(page, [
      { name: 'broken.xlsx', mimeType: 'application/octet-stream', buffer: Buffer.from('PK') },
    ])
    await expect(page.getByRole('alert')).toBeVisible()
    await look('refused')
    const table =
      'Competency,Beginner,Advanced,Expert,Remark\nDelivery,You ship small changes,You plan how we ship,You set how we ship,7\nQuality,You test what you write,You review our tests,You set how we test,8\n'
    await drop(page, [{ name: 'ladder.csv', mimeType: 'text/csv', buffer: Buffer.from(table) }])
    await expect(page.locator('[data-passage]').first()).toBeVisible()
    await expect(page.locator('[data-outcome]')).toBeVisible()
    for (const details of await page.locator('main details').all())
      await details.evaluate((each) => each.setAttribute('open', ''))
    await page.getByLabel(words.import.decides).selectOption('weighted-mean')
    await look('review')
    await page.locator('[data-passage]').last().click()
    await expect(page.getByRole('dialog')).toBeVisible()
    await page.getByRole('dialog').getByLabel(words.import.means, { exact: true }).selectOption('behaviour')
    await look('correcting')
    expect(found).toEqual([])
    await context.close()
  })
