// The main job, as a person does it: find where I stand, close the browser in the middle, come back, see gap and paths.
import type { Browser, Page } from '@playwright/test'
import { en } from '../../src/ui/words/en.ts'
import type { Words } from '../../src/ui/words/en.ts'
import { zhHans } from '../../src/ui/words/zh-hans.ts'
import { answersOf, call, KEYS } from './simulated-person.ts'
import type { ApiState } from './simulated-person.ts'
import { expect, test } from './rungs.ts'

async function openIn(browser: Browser, url: string, language: string): Promise<Page> {
  const context = await browser.newContext({ baseURL: url, locale: language === 'en' ? 'en-GB' : 'zh-CN' })
  return context.newPage()
}

/** Answers in the page with the keyboard until `limit` answers are given or there is no question. */
async function answer(page: Page, url: string, limit: number): Promise<number> {
  const id = page.url().split('/').at(-1)!
  const answerOf = await answersOf(url, 2.6)
  for (let given = 0; given < limit; given += 1) {
    const { question } = await call<ApiState>(url, 'assessments/get', { id })
    if (!question) return given
    await expect(page.locator(`[data-item="${question.item}"]`)).toBeVisible()
    await page.keyboard.press(given === 3 ? 'n' : KEYS[answerOf(question.item)])
    await expect(page.locator(`[data-item="${question.item}"]`)).toHaveCount(0)
  }
  return limit
}

const LANGUAGES: [string, Words][] = [
  ['en', en],
  ['zh-Hans', zhHans],
]

for (const [language, words] of LANGUAGES)
  test(`in ${language}: from the first visit over a closed browser to standing, gap and paths on both tracks`, async ({
    browser,
    rungs,
  }) => {
    let page = await openIn(browser, rungs.url, language)
    await page.goto('/')
    await expect(page.getByText(words.ladder.invite)).toBeVisible()
    await page.getByRole('link', { name: words.ladder.start }).click()
    await page.getByRole('radio', { name: new RegExp(words.assess.quick) }).check()
    await page.getByLabel(words.assess.ownRole).selectOption('senior-programmer')
    await page.getByLabel(words.assess.years).fill('6')
    await page.getByRole('button', { name: words.assess.begin }).click()
    await expect(page).toHaveURL(/\/assess\/[0-9a-f-]{36}$/)
    await answer(page, rungs.url, 5)
    const question = await page.getByRole('heading', { level: 1 }).textContent()
    await page.context().close()

    page = await openIn(browser, rungs.url, language)
    await page.goto('/')
    await page.getByRole('link', { name: words.ladder.resume }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(question!)
    await answer(page, rungs.url, 60)
    await expect(page.getByRole('heading', { name: words.question.stopped })).toBeVisible()
    await page.getByRole('link', { name: words.question.seeResult }).click()

    await expect(page.getByRole('heading', { name: words.standing.title })).toBeVisible()
    await expect(page.locator('main').getByText(words.standing.selfAssessed, { exact: true })).toBeVisible()
    await expect(page.locator('main').getByText(words.standing.uncalibrated, { exact: true })).toBeVisible()
    await expect(page.getByRole('group', { name: words.standing.profile }).getByRole('listitem')).toHaveCount(
      22,
    )
    const standing = new URL(page.url()).pathname

    await page
      .getByRole('button', { name: /./ })
      .filter({ hasText: /^\d\.\d/ })
      .first()
      .click()
    await expect(page.getByRole('dialog')).toContainText(words.why.oneMore)
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)

    for (const [role, track] of [
      ['architect', 'technical'],
      ['technical-manager', 'management'],
    ] as const) {
      await page.goto(`${standing}/gaps/${role}`)
      for (const column of [words.gap.met, words.gap.likely, words.gap.open, words.gap.notKnown])
        await expect(page.getByRole('region', { name: column }), `${track}: ${column}`).toBeVisible()
      await page.getByRole('link', { name: new RegExp(words.gap.paths.split('{role}')[0]!) }).click()
      await expect(
        page
          .getByRole('img', { name: new RegExp(words.paths.timeline.split('{')[2]!.split('}')[1]! || '.') })
          .first(),
      ).toBeVisible()
      await expect(page.locator('article article').first()).toBeVisible()
    }
    await page.context().close()
  })

test('a role that cannot be reached says so with its reason', async ({ page, rungs }) => {
  const { assess } = await import('./simulated-person.ts')
  const { assessment } = await assess(rungs.url, 2.6, 'quick', 4)
  await page.goto(`/standings/${assessment.id}/paths?from=cto&to=programmer`)
  await page.getByRole('button', { name: en.question.unfold }).click()
  await expect(page.getByText(en.paths.none)).toBeVisible()
})
