// The house stands: the built page opens in a browser, under its strict policy, and survives a restart.
import { en } from '../../src/ui/words/en.ts'
import { zhHans } from '../../src/ui/words/zh-hans.ts'
import { expect, test } from './rungs.ts'
import { readIn } from './whole-pages.ts'

test('the page opens without a fault under the strict content policy', async ({ page }) => {
  const response = await page.goto('/')
  expect(response?.headers()['content-security-policy']).toContain("default-src 'none'")
  await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible()
})

test('the ladder is read before any script runs, in the reader’s language, and nothing moves when React takes over', async ({
  browser,
  rungs,
}) => {
  const viewport = { width: 412, height: 823 }
  for (const [language, words] of [
    ['en', en],
    ['zh-Hans', zhHans],
  ] as const) {
    const options = { baseURL: rungs.url, viewport, colorScheme: 'dark' } as const
    const still = await browser.newContext({ ...options, javaScriptEnabled: false })
    await readIn(still, rungs.url, language)
    const drawn = await still.newPage()
    await drawn.goto('/')
    await expect(drawn.locator('html')).toHaveAttribute('lang', language)
    await expect(drawn.getByText(words.ladder.invite)).toBeVisible()
    const place = await drawn.getByRole('heading', { level: 1 }).boundingBox()
    const station = await drawn.locator('a[href$="/roles/architect"]:visible').boundingBox()
    await still.close()

    const context = await browser.newContext(options)
    await readIn(context, rungs.url, language)
    const page = await context.newPage()
    await page.addInitScript(() => {
      const shifts: number[] = []
      Object.assign(window, { shifts })
      new PerformanceObserver((list) => {
        for (const each of list.getEntries()) shifts.push((each as unknown as { value: number }).value)
      }).observe({ type: 'layout-shift', buffered: true })
    })
    await page.goto('/')
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark')
    await page.evaluate(() => document.fonts.ready)
    expect(await page.getByRole('heading', { level: 1 }).boundingBox()).toEqual(place)
    expect(await page.locator('a[href$="/roles/architect"]').boundingBox()).toEqual(station)
    const shifts = await page.evaluate(() => (window as unknown as { shifts: number[] }).shifts)
    expect(shifts.reduce((sum, each) => sum + each, 0)).toBeLessThan(0.01)
    await context.close()
  }
})

test('the page opens again after the server was killed and started anew', async ({ page, rungs }) => {
  await page.goto('/')
  await rungs.restart('SIGKILL')
  await page.reload()
  await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible()
})
