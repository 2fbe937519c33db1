// A person brings a ladder over: drops files, corrects one mapping, imports, assesses, gets the level by the ladder's own rule.
import { existsSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import type { Page } from '@playwright/test'
import { corpusPath } from '../corpus.ts'
import { en } from '../../src/ui/words/en.ts'
import { zhHans } from '../../src/ui/words/zh-hans.ts'
import { findingsOf, SETTINGS } from './axe.ts'
import { call, KEYS, type ApiState } from './simulated-person.ts'
import { expect, test } from './rungs.ts'
import { readIn } from './whole-pages.ts'

const corpus = corpusPath()
const MEWS = corpus && join(corpus, 'ladders/mews/tech/career-framework/mews-competencies-template.xlsx')
const ETSY = ['competencies.md', 'index.md'].map((name) => join(corpus ?? '', 'ladders/etsy', name))
const hasCorpus = MEWS !== undefined && existsSync(MEWS)
const WITHOUT = 'the corpus of published ladders is not here (../shared/corpus or RUNGS_CORPUS)'
if (!hasCorpus) process.stderr.write(`skipped: ${WITHOUT}\n`)

const drop = async (page: Page, files: Parameters<ReturnType<Page['locator']>['setInputFiles']>[0]) => {
  await page.goto('/import')
  await page.locator('input[type=file]').first().setInputFiles(files)
}

/** The workbook of Mews as a company has it that calls the third level by a word of its own, on every sheet. */
function ourMews(): { name: string; mimeType: string; buffer: Buffer } {
  const parts = unzipSync(readFileSync(MEWS!))
  const texts = strFromU8(parts['xl/sharedStrings.xml']!)
  const renamed = texts.replaceAll('<t>Advanced</t>', '<t>Senior</t>')
  expect(renamed).not.toBe(texts)
  const buffer = Buffer.from(zipSync({ ...parts, 'xl/sharedStrings.xml': strToU8(renamed) }))
  return { name: 'our-competencies.xlsx', mimeType: 'application/octet-stream', buffer }
}

const share = (page: Page) => page.locator('[data-share]').getAttribute('data-share').then(Number)

interface Model {
  competencies: { id: string; title: string; behaviours: { id: string; level: number }[] }[]
  scoring?: { model: string }
}

const modelOf = async (url: string, framework: string): Promise<Model> =>
  (await call<{ framework: Model }>(url, 'frameworks/get', { framework })).framework

const countOf = async (page: Page, name: RegExp): Promise<number> =>
  Number(/\d+/.exec(await page.getByRole('listitem').filter({ hasText: name }).first().innerText())?.[0])

/** The worked example of the Mews ladder: level 3 in the first two competencies, level 2 in the rest, makes 2.55. */
const EXAMPLE: Readonly<Record<string, number>> = {
  Delivery: 3,
  Domain: 3,
  Problem: 2,
  Communication: 2,
  Leadership: 2,
}

/** Behaviours up to the level of each competency, by the beginning of its title; of any other up to `else`. */
const upTo = ({ competencies }: Model, levels: Readonly<Record<string, number>>, other = 0): Set<string> =>
  new Set(
    competencies.flatMap(({ title, behaviours }) => {
      const named = Object.keys(levels).find((name) => title.startsWith(name))
      const reached = named === undefined ? other : levels[named]!
      return behaviours.filter(({ level }) => level <= reached).map(({ id }) => id)
    }),
  )

/** Answers what is asked, at most `most` questions: what is shown "on my own", the rest "not yet". */
async function answerAll(
  url: string,
  id: string,
  shown: ReadonlySet<string>,
  most = 1000,
): Promise<ApiState> {
  let state = await call<ApiState>(url, 'assessments/get', { id })
  for (let given = 0; state.question && given < most; given++) {
    const { item } = state.question
    const answer = shown.has(item) ? 'on-my-own' : 'not-yet'
    state = await call<ApiState>(url, 'assessments/answer', { id, key: crypto.randomUUID(), item, answer })
  }
  return state
}

test('a Mews workbook and the Etsy pages come over together, one mapping is corrected, each decides by its own rule', async ({
  page,
  rungs,
}) => {
  test.skip(!hasCorpus, WITHOUT)
  test.slow()
  const pages = ETSY.map((path) => ({
    name: basename(path),
    mimeType: 'text/markdown',
    buffer: readFileSync(path),
  }))
  await drop(page, [ourMews(), ...pages])

  // They are two ladders: the workbook first, then the pages.
  await expect(page.getByRole('heading', { name: /look like 2 ladders/ })).toBeVisible({ timeout: 30_000 })
  await page.getByRole('button', { name: 'Begin with Mews Tech Career Framework' }).click()
  await expect(page.locator('[data-passage]').first()).toBeVisible()
  await expect(page.locator('[data-became="behaviour"]').first()).toBeVisible()
  const [before, behaviours] = [await share(page), await countOf(page, /behaviours/)]
  expect(before).toBeLessThan(0.8)

  // The level that the recipe does not know by this name is marked as not taken: the person says what it is.
  await page
    .getByRole('row', { name: /Senior/ })
    .getByRole('button', { name: /row › Senior/ })
    .click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(en.import.means, { exact: true }).selectOption('behaviour')
  await dialog.getByLabel(en.import.need.level).selectOption({ label: en.import.read.fixed })
  await dialog.getByLabel(en.import.fixedText).fill('Advanced')
  await dialog.getByRole('button', { name: /^Apply to \d+ texts$/ }).click()
  await expect(dialog).toHaveCount(0)
  await expect(page.getByText('1 correction', { exact: true })).toBeVisible()
  expect(await share(page)).toBeGreaterThan(before + 0.2)
  expect(await countOf(page, /behaviours/)).toBeGreaterThan(behaviours)
  await expect(
    page.getByText(en.import.ruleSet.replace('{model}', en.import.model['weighted-mean'])),
  ).toBeVisible()

  await page.getByLabel(en.versions.name, { exact: true }).fill('Mews')
  await page.getByLabel(en.versions.id).fill('our-mews')
  await expect(page.locator('[data-outcome="new-framework"]')).toContainText('our-mews')
  const { frameworks } = await call<{ frameworks: { id: string }[] }>(rungs.url, 'frameworks/list')
  expect(frameworks.map(({ id }) => id)).not.toContain('our-mews')
  await page.getByRole('button', { name: en.import.importNow }).click()
  await expect(page.getByText('our-mews 1.0.0 is stored.')).toBeVisible()
  const mews = await modelOf(rungs.url, 'our-mews')
  expect(mews.competencies).toHaveLength(5)
  for (const competency of mews.competencies)
    expect(
      competency.behaviours.some(({ level }) => level === 3),
      competency.title,
    ).toBe(true)

  // The pages of Etsy were kept, and come next: their rule is in their recipe, nothing is corrected.
  await page.getByRole('button', { name: 'Go on with Etsy Engineering Career Ladder' }).click()
  await expect(page.getByText(en.import.ruleSet.replace('{model}', en.import.model['k-of-n']))).toBeVisible()
  expect(await share(page)).toBe(1)
  await page.getByLabel(en.versions.id).fill('our-etsy')
  await expect(page.locator('[data-outcome="new-framework"]')).toContainText('our-etsy')
  await page.getByRole('button', { name: en.import.importNow }).click()
  await expect(page.getByText('our-etsy 1.0.0 is stored.')).toBeVisible()

  // Assessed against Mews: the worked example is 2.55, an IC4, which needs the level that was corrected.
  await page.goto('/assess?framework=our-mews')
  await page.getByRole('radio', { name: new RegExp(en.assess.wholeBank) }).check()
  await page.getByRole('button', { name: en.assess.begin }).click()
  await expect(page).toHaveURL(/\/assess\/[0-9a-f-]{36}$/)
  const id = page.url().split('/').at(-1)!
  const shown = upTo(mews, EXAMPLE)
  // The first answers as a person gives them, the rest over the same endpoint that the page calls.
  for (let given = 0; given < 10; given++) {
    const { question } = await call<ApiState>(rungs.url, 'assessments/get', { id })
    const { item } = question!
    await expect(page.locator(`[data-item="${item}"]`)).toBeVisible()
    await page.keyboard.press(KEYS[shown.has(item) ? 'on-my-own' : 'not-yet'])
    await expect(page.locator(`[data-item="${item}"]`)).toHaveCount(0)
  }
  await answerAll(rungs.url, id, shown)
  await page.goto(`/standings/${id}`)
  await expect(page.getByRole('heading', { name: en.ladderAnswer.title })).toBeVisible()
  const engineer = page.locator('article:has(> h3:text-is("Engineer"))')
  const number = engineer.locator('[data-low]')
  expect(Number(await number.getAttribute('data-low'))).toBeCloseTo(2.55, 9)
  expect(Number(await number.getAttribute('data-high'))).toBeCloseTo(2.55, 9)
  await expect(engineer).toContainText('IC4')
  await expect(page.getByText(en.ladderAnswer.differ)).toBeVisible()

  // Assessed against Etsy by its own counts, first in part and then whole: Advanced in all five competencies.
  const etsy = await modelOf(rungs.url, 'our-etsy')
  expect([etsy.competencies.length, etsy.scoring?.model]).toEqual([5, 'k-of-n'])
  const { assessment } = await call<ApiState>(rungs.url, 'assessments/start', {
    key: crypto.randomUUID(),
    framework: 'our-etsy',
    mode: 'whole-bank',
  })
  const advanced = upTo(etsy, {}, 3)
  const reached = async (role: string) => {
    await page.goto(`/standings/${assessment.id}`)
    return await page.locator(`[data-role="${role}"][data-reached]`).getAttribute('data-reached')
  }
  await answerAll(rungs.url, assessment.id, advanced, 40)
  expect(await reached('staff-engineer-i')).toBe('open')
  await answerAll(rungs.url, assessment.id, advanced)
  expect(await reached('staff-engineer-i')).toBe('yes')
  expect(await reached('senior-engineer-ii')).toBe('yes')
  expect(await reached('staff-engineer-ii')).toBe('no')
  // What it asks is told with its other way: no expert yet, but advanced in all.
  await expect(page.locator('[data-role="staff-engineer-i"]')).toContainText(
    'asks 1 competency at level 4, has 0, or asks 5 competencies at level 3, has 5',
  )
  expect(await findingsOf(page)).toEqual([])
})

const TABLE =
  'Competency,Beginner,Advanced,Expert,Remark\nDelivery,You ship small changes,You plan how we ship,You set how we ship,7\nQuality,You test what you write,You review our tests,You set how we test,8\n'
const table = { name: 'ladder.csv', mimeType: 'text/csv', buffer: Buffer.from(TABLE) }

test('a ladder without a rule gets one by hand, and its answer is a range while answers are missing', async ({
  page,
  rungs,
}) => {
  await drop(page, [table])
  await page.getByLabel(en.import.decides).selectOption('points')
  await page.getByRole('button', { name: en.import.setRule }).click()
  await expect(page.getByText(en.import.ruleSet.replace('{model}', en.import.model.points))).toBeVisible()
  await page.getByLabel(en.versions.id).fill('points')
  await expect(page.locator('[data-outcome="new-framework"]')).toContainText('points')
  await page.getByRole('button', { name: en.import.importNow }).click()
  await expect(page.getByText('points 1.0.0 is stored.')).toBeVisible()
  const model = await modelOf(rungs.url, 'points')
  const { assessment } = await call<ApiState>(rungs.url, 'assessments/start', {
    key: crypto.randomUUID(),
    framework: 'points',
    mode: 'whole-bank',
  })
  const ends = async () => {
    await page.goto(`/standings/${assessment.id}`)
    const number = page.locator('[data-low]')
    await expect(number).toBeVisible()
    return [await number.getAttribute('data-low'), await number.getAttribute('data-high')].map(Number)
  }
  await answerAll(rungs.url, assessment.id, upTo(model, { Delivery: 2, Quality: 1 }), 2)
  const [low, high] = await ends()
  expect(high).toBeGreaterThan(low!)
  await answerAll(rungs.url, assessment.id, upTo(model, { Delivery: 2, Quality: 1 }))
  expect(await ends()).toEqual([3, 3])
})

test('another reading is taken and given back, and a ladder can be mapped from nothing', async ({ page }) => {
  test.skip(!hasCorpus, WITHOUT)
  await drop(page, [ourMews()])
  await expect(page.locator('[data-passage]').first()).toBeVisible()
  const detected = await countOf(page, /behaviours/)
  await page.getByText(en.import.proposals).click()
  await page.getByRole('button', { name: 'Use this: the recipe mews' }).click()
  await expect.poll(() => countOf(page, /behaviours/)).toBeLessThan(detected)
  await page.getByRole('button', { name: en.import.undo }).click()
  await expect.poll(() => countOf(page, /behaviours/)).toBe(detected)
  await page.getByRole('button', { name: `Use this: ${en.import.proposalHand}` }).click()
  await expect(page.getByRole('heading', { name: en.import.lacking })).toBeVisible()
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
    await readIn(context, rungs.url, language)
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
    await drop(page, [
      table,
      {
        name: 'design.md',
        mimeType: 'text/markdown',
        buffer: Buffer.from(
          '# Design\n\n## Research\n\n| Beginner | Expert |\n| --- | --- |\n| You talk to one user a week | You set how we learn |\n',
        ),
      },
    ])
    await expect(page.getByRole('button', { name: words.import.severalTogether })).toBeVisible()
    await look('several')
    await page
      .getByRole('button', { name: /ladder/ })
      .first()
      .click()
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
