// No screen has a finding of axe at WCAG 2.2 AA, in light and dark, in both languages, at 320 px and on a wide screen.
import { findingsOf, SETTINGS } from './axe.ts'
import { answerAll, assess } from './simulated-person.ts'
import { expect, test } from './rungs.ts'
import { readIn } from './whole-pages.ts'

for (const { scheme, language, width } of SETTINGS)
  test(`axe finds nothing: ${scheme}, ${language}, ${width} px`, async ({ browser, rungs }) => {
    const context = await browser.newContext({
      baseURL: rungs.url,
      viewport: { width, height: width < 500 ? 844 : 900 },
      colorScheme: scheme,
      reducedMotion: 'reduce',
    })
    await readIn(context, rungs.url, language)
    const page = await context.newPage()
    const found: string[] = []
    const look = async (address: string, prepare?: () => Promise<void>): Promise<void> => {
      await page.goto(address)
      await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible({ timeout: 60_000 })
      await prepare?.()
      found.push(...(await findingsOf(page)).map((each) => `${address}: ${each}`))
      const drawn = await page.evaluate(() => document.documentElement.scrollWidth)
      if (drawn > width) found.push(`${address}: ${drawn} px wide on a screen of ${width}`)
    }
    const framework = '/frameworks/coder-to-cto'
    // Empty first, then full.
    for (const address of ['/', '/measure', '/standing', '/paths', '/assessments', '/nowhere'])
      await look(address)
    await assess(rungs.url, 2.4, 'quick')
    const { assessment } = await assess(rungs.url, 2.6, 'quick')
    const standing = `/standings/${assessment.id}`
    await look('/')
    await look('/', async () => page.locator('figure button').nth(1).click())
    for (const address of [
      '/frameworks',
      '/frameworks/data-engineering',
      `${framework}/roles/senior-programmer`,
      `${framework}/roles/cto`,
      `${framework}/compare?a=architect&b=technical-manager&same=1`,
      `${framework}/compare`,
      `${framework}/competencies`,
      `${framework}/competencies/coding`,
      '/assess',
      `/assess/${assessment.id}`,
      standing,
      `${standing}?sort=gap`,
      `${standing}?bar=cto`,
      `${standing}/gaps/architect`,
      `${standing}/paths?to=cto`,
      `${standing}/paths?from=cto&to=programmer`,
      `${standing}/report`,
      '/assessments',
    ])
      await look(address)
    await look(`${standing}?why=coding`, () =>
      expect(page.getByRole('dialog').getByRole('table')).toBeVisible(),
    )
    await look(`${standing}/gaps/architect`, async () => {
      for (const details of await page.locator('article article details').all())
        await details.evaluate((each) => each.setAttribute('open', ''))
    })
    // In the middle of another assessment: its question, and the pages that hide what roles expect.
    const running = await assess(rungs.url, 2.6, 'quick', 3)
    for (const address of [
      '/',
      '/assess',
      `/assess/${running.assessment.id}`,
      `${framework}/roles/cto`,
      `${framework}/competencies`,
      `/standings/${running.assessment.id}`,
      `${standing}/gaps/architect`,
    ])
      await look(address)
    // Answers that do not fit together, and intervals past the end of the scale.
    const odd = await answerAll(rungs.url, (given) => (given % 2 === 0 ? 'set-how' : 'not-yet'))
    await look(`/standings/${odd}`, () => expect(page.locator('[data-fit]')).toBeVisible())
    await look(`/standings/${odd}/report`)
    await look('/', async () => {
      await page.keyboard.press('Control+k')
      await expect(page.getByRole('dialog')).toBeVisible()
    })
    expect(found).toEqual([])
    await context.close()
  })
