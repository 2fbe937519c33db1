// Privacy and the audit in the browser: holding, erasing, taking away, verifying; and no finding of axe on their screens.
import { randomUUID } from 'node:crypto'
import { strFromU8, unzipSync } from 'fflate'
import { readFileSync } from 'node:fs'
import { en } from '../../src/ui/words/en.ts'
import { findingsOf, SETTINGS } from './axe.ts'
import { expect, test } from './rungs.ts'
import { readIn } from './whole-pages.ts'

async function join(url: string, name: string): Promise<string> {
  const key = randomUUID()
  const body = { key, name, email: `${name}@example.org`, externalId: name, from: '2026-01-01', place: {} }
  const response = await fetch(`${url}/api/people`, {
    ...{ method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
  })
  expect(response.status, await response.clone().text()).toBe(201)
  return key
}

test('an owner keeps a person’s data, lets go, and has them erased; the audit tells of it and is whole', async ({
  page,
  rungs,
}) => {
  await join(rungs.url, 'Adaline')
  await page.goto('/privacy/keeping')
  const holds = page.locator('section', { has: page.getByRole('heading', { name: 'Legal holds' }) })
  const erasures = page.locator('section', { has: page.getByRole('heading', { name: 'Erasures' }) })
  const choose = async (section: typeof holds) => {
    await section.getByLabel('Person').fill('Adaline')
    await section.getByRole('button', { name: 'Adaline' }).click()
  }
  await choose(holds)
  await holds.getByLabel('Why').fill('case 17')
  await holds.getByRole('button', { name: 'Place a hold' }).click()
  await expect(holds.getByRole('cell', { name: 'case 17' })).toBeVisible()
  await choose(erasures)
  await erasures.getByRole('button', { name: 'Have erased' }).click()
  await erasures.getByRole('button', { name: 'Erase for good' }).click()
  await expect(erasures.getByText('A legal hold keeps this person’s data as they are')).toBeVisible()
  await holds.getByRole('button', { name: 'Lift the hold on Adaline' }).click()
  await expect(holds.getByText(/^lifted /)).toBeVisible()
  await erasures.getByRole('button', { name: 'Have erased' }).click()
  await erasures.getByRole('button', { name: 'Erase for good' }).click()
  await expect(erasures.getByText('under way')).toBeVisible()
  await expect(async () => {
    await page.reload()
    await expect(erasures.getByText(/^erased /)).toBeVisible({ timeout: 1000 })
  }).toPass({ timeout: 40_000 })
  await page.goto('/people')
  await expect(page.getByText('Adaline')).toHaveCount(0)

  await page.goto('/audit')
  await page.getByLabel('Action').fill('person.eras')
  await page.getByRole('button', { name: 'Show', exact: true }).click()
  await expect(page.getByRole('cell', { name: 'person.erased' })).toBeVisible()
  await expect(page.getByText('Last checkpoint: link')).toBeVisible({ timeout: 40_000 })
  await page.getByRole('button', { name: 'Verify now' }).click()
  await expect(page.getByText(/^Whole: \d+ rows verified/)).toBeVisible()
})

test('everybody takes away what is held about them', async ({ page }) => {
  await page.goto('/privacy')
  const started = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Take everything away' }).click()
  const download = await started
  expect(download.suggestedFilename()).toBe('rungs-about-me.zip')
  const files = unzipSync(new Uint8Array(readFileSync(await download.path())))
  expect(strFromU8(files['about-me.md']!)).toContain('# What Rungs holds about you')
  await page.getByLabel('Also what I did myself').check()
  await expect(page.getByRole('cell', { name: en.acts.person.export })).toBeVisible()
})

for (const { scheme, language, width } of SETTINGS)
  test(`axe finds nothing on them: ${scheme}, ${language}, ${width} px`, async ({ browser, rungs }) => {
    const person = await join(rungs.url, 'Adaline')
    const send = (path: string, body: object) =>
      fetch(`${rungs.url}/api${path}`, {
        ...{ method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
      })
    await send('/privacy/holds', { key: randomUUID(), person, reason: 'case 17' })
    await send('/privacy/erasures', { person: await join(rungs.url, 'Bertram'), reason: 'left' })
    const context = await browser.newContext({
      ...{ baseURL: rungs.url, viewport: { width, height: 900 }, colorScheme: scheme },
      reducedMotion: 'reduce',
    })
    await readIn(context, rungs.url, language)
    const page = await context.newPage()
    const found: string[] = []
    for (const address of ['/privacy', '/privacy/keeping', '/audit']) {
      await page.goto(address)
      await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible()
      await page.waitForLoadState('networkidle')
      for (const details of await page.locator('details').all())
        await details.evaluate((each) => each.setAttribute('open', ''))
      found.push(...(await findingsOf(page)).map((each) => `${address}: ${each}`))
      const drawn = await page.evaluate(() => document.documentElement.scrollWidth)
      if (drawn > width) found.push(`${address}: ${drawn} px wide on a screen of ${width}`)
      const shots = process.env['RUNGS_SHOTS']
      if (shots)
        for (const size of [width, 390]) {
          await page.setViewportSize({ width: size, height: 900 })
          await page.screenshot({
            path: `${shots}${address.replaceAll('/', '-')}-${scheme}-${language}-${size}.png`,
            fullPage: true,
          })
          await page.setViewportSize({ width, height: 900 })
        }
    }
    expect(found).toEqual([])
    await context.close()
  })
