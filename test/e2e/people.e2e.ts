// People in a real browser: a file brought in after its diff was seen, the chart, search, another day, and a changed place.
import type { Page } from '@playwright/test'
import { en } from '../../src/ui/words/en.ts'
import { findingsOf, SETTINGS } from './axe.ts'
import { expect, test } from './rungs.ts'
import { readIn } from './whole-pages.ts'

const PEOPLE = [
  'id,name,email,manager,department,team,title,start',
  'e1,Ada Adams,ada@example.org,,Engineering,,CTO,2023-01-02',
  'e2,Ben Brown,ben@example.org,e1,Engineering,Payments,Engineering manager,2023-02-01',
  'e3,Cem Can,cem@example.org,e2,Engineering,Payments,Engineer,2024-03-01',
  'e4,Dee Diaz,dee@example.org,e2,Engineering,Payments,Engineer,2025-05-01',
].join('\n')

async function bringIn(page: Page, csv: string): Promise<void> {
  await page.goto('/people/import')
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles({ name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) })
  await page.getByRole('button', { name: 'See what would change' }).click()
}

test('a file with faults is refused with all of them; the mended one is seen as a diff, and then applied', async ({
  page,
}) => {
  await bringIn(page, PEOPLE.replace('dee@example.org,e2', 'not an address,e9'))
  await expect(page.getByText(/Nobody has the id or address “e9”/)).toBeVisible()
  await expect(page.getByText(/Expected an e-mail address/)).toBeVisible()
  await bringIn(page, PEOPLE)
  await expect(page.getByText('Ada Adams').first()).toBeVisible()
  await page.getByRole('button', { name: /^Apply \d+ changes$/ }).click()
  await expect(page.getByText(/people applied\./)).toBeVisible({ timeout: 60_000 })

  await page.goto('/people')
  await expect(page.getByRole('row', { name: /Cem Can/ })).toContainText('Ben Brown')
  await page.getByRole('searchbox', { name: en.people.searchLabel }).fill('paym')
  await expect(page.getByRole('row')).toHaveCount(4)
  await page.goto('/people?day=2024-04-01')
  await expect(page.getByRole('row', { name: /Cem Can/ })).toBeVisible()
  await expect(page.getByRole('row', { name: /Dee Diaz/ })).toHaveCount(0)

  await page.goto('/org-chart')
  await expect(page.getByText('Ada Adams').first()).toBeVisible()
  await page.goto('/people?q=Dee')
  await page.getByRole('link', { name: 'Dee Diaz' }).click()
  await page.getByRole('button', { name: en.place.move }).click()
  await page.getByLabel(en.place.title).fill('Senior engineer')
  await page.getByRole('button', { name: en.place.save }).click()
  await expect(page.getByText(en.place.saved)).toBeVisible()
  await expect(page.getByText('Senior engineer').first()).toBeVisible()
  await page.getByRole('tab', { name: en.person.history }).click()
  await expect(page.getByRole('cell', { name: 'Senior engineer' })).toBeVisible()

  await page.goto('/people?q=Ben')
  await page.getByRole('link', { name: 'Ben Brown' }).first().click()
  await page.getByRole('button', { name: en.place.leave }).click()
  await page.getByRole('button', { name: en.place.save }).click()
  await expect(page.getByText(en.place.saved)).toBeVisible()
  await page.goto('/people?q=Cem')
  await page.getByRole('link', { name: 'Cem Can' }).click()
  await expect(page.getByText(/Last day/)).toHaveCount(0)

  for (const { scheme, language, width } of SETTINGS) {
    await page.emulateMedia({ colorScheme: scheme })
    await page.setViewportSize({ width, height: 900 })
    await readIn(page.context(), page.url(), language)
    for (const path of ['/people', '/org-chart', '/people/import', '/administration?part=units']) {
      await page.goto(path)
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      await expect(page.locator('html')).toHaveAttribute('lang', language)
      expect(await findingsOf(page), `${path} ${scheme} ${language} ${width}`).toEqual([])
    }
  }
})

test('one person alone does not find an organisation in their menu, and reaches it from the foot of the page', async ({
  page,
}) => {
  await page.goto('/')
  const menu = page.getByRole('navigation', { name: en.app.menu })
  await expect(menu.getByRole('link', { name: en.nav.measure })).toBeVisible()
  await expect(menu.getByRole('link', { name: en.nav.people })).toHaveCount(0)
  await page.getByRole('contentinfo').getByRole('link', { name: en.nav.people }).click()
  await expect(page).toHaveURL(/\/people$/)
})
