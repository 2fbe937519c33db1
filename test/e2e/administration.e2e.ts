// Administration in a real browser: members, sign-ins, roles, delegations, units; product lines and dotted lines of a person.
import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { en } from '../../src/ui/words/en.ts'
import { findingsOf } from './axe.ts'
import { call, tokenTo } from './round-steps.ts'
import { becomeOwner, expect, PASSWORD, takePicture, test } from './team.ts'
import { readIn } from './whole-pages.ts'

const words = en.administration
const LOOKS = [
  { scheme: 'light', language: 'en', width: 1440 },
  { scheme: 'dark', language: 'zh-Hans', width: 390 },
] as const
const dayIn = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

const part = async (page: Page, name: string) => {
  await page.getByRole('navigation', { name: words.parts }).getByRole('link', { name }).click()
}
const choosePerson = async (page: Page, label: string, name: string) => {
  await page.getByLabel(label, { exact: true }).fill(name)
  await page.getByRole('button', { name: new RegExp(`^${name}`) }).click()
}

/** Ben leads Cem in the team Payments; Dee is beside them. */
async function bringPeopleIn(page: Page) {
  const [unit, ben, cem, dee] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()]
  const from = '2026-01-05'
  await call(page, 'people/addUnit', { key: unit, kind: 'team', name: 'Payments', from })
  const join = async (key: string, name: string, place: object) =>
    await call(page, 'people/join', {
      ...{ key, name, email: `${name.slice(0, 3).toLowerCase()}@example.org`, from, place },
    })
  await join(ben, 'Ben Brown', { unit, position: { title: 'Engineering manager' } })
  await join(cem, 'Cem Can', { unit, manager: ben, position: { title: 'Engineer' } })
  await join(dee, 'Dee Diaz', {})
  return { unit, ben, cem, dee }
}

test('the owner invites, gives and takes rights with their ends, signs out and ends a membership', async ({
  page,
  browser,
  team,
}) => {
  test.setTimeout(300_000)
  await becomeOwner(page, team)
  await test.step('alone at first, the owner is told what is next, and names the organisation', async () => {
    await page.getByRole('link', { name: 'Set up your organisation' }).click()
    await expect(page.getByText(/^You are the only one here so far. Name/)).toBeVisible()
    await page.getByRole('button', { name: words.giveName }).click()
    await page.getByLabel(words.organisationName).fill(' Tiny Engines ')
    await page.getByRole('button', { name: words.saveName }).click()
    const box = page.getByRole('region', { name: words.organisation })
    await expect(box.getByText('Tiny Engines', { exact: true })).toBeVisible()
    await expect(box.getByRole('link', { name: 'bring your people in' })).toHaveAttribute(
      ...(['href', '/people/import'] as const),
    )
  })
  await test.step('the owner sets the time zone, found by typing, and the minimum of new rounds', async () => {
    await page.getByRole('button', { name: words.changeSettings }).click()
    await page.getByLabel(words.timeZone, { exact: true }).fill('Asia/Shang')
    await page.getByRole('button', { name: words.saveSettings }).click()
    await expect(page.getByText(words.timeZoneUnknown)).toBeVisible()
    await page.getByLabel(words.timeZone, { exact: true }).fill('Asia/Shanghai')
    await page.getByLabel(words.minimum, { exact: true }).fill('6')
    await page.getByRole('button', { name: words.saveSettings }).click()
    await expect(page.getByText(/time zone Asia\/Shanghai: today is .* at least 6 raters/)).toBeVisible()
    await page.goto('/administration')
    await expect(page.getByText(/time zone Asia\/Shanghai/)).toBeVisible()
  })
  const { cem } = await bringPeopleIn(page)
  await test.step('a people file finds the owner by their address, instead of making them anew', async () => {
    await page.goto('/people/import')
    await page
      .locator('input[type=file]')
      .first()
      .setInputFiles({
        ...{ name: 'people.csv', mimeType: 'text/csv' },
        buffer: Buffer.from('id,name,email,title,start\ne1,Ada,ada@example.org,Head of people,2026-01-05'),
      })
    await page.getByRole('button', { name: 'See what would change' }).click()
    await page.getByRole('button', { name: /^Apply/ }).click()
    await page.getByRole('link', { name: en.bring.inviteThem }).click()
    const row = page.getByRole('row', { name: /Ada/ })
    await expect(row).toHaveCount(1)
    await expect(row).toContainText(words.owner)
    await expect(row.getByText(words.gone)).toHaveCount(0)
  })
  const other = await browser.newContext({ baseURL: team.url })
  const ben = await other.newPage()

  await test.step('an invitation', async () => {
    await page.goto('/administration')
    await page.getByRole('searchbox', { name: words.search }).fill('Ben')
    await page.getByRole('button', { name: 'Invite Ben Brown' }).click()
    await page.getByRole('button', { name: words.send }).click()
    await expect(page.getByRole('row', { name: /Ben Brown/ })).toContainText('invited, until')
    await ben.goto(`/invitation/${await tokenTo(team.mails, 'ben@example.org')}`)
    await expect(ben.getByText(/Tiny Engines/)).toBeVisible()
    await ben.getByLabel(en.link.name).fill('Ben Brown')
    await ben.getByLabel(en.signIn.password).fill(PASSWORD)
    await ben.getByRole('button', { name: en.link.submit }).click()
    await expect(ben).toHaveURL(`${team.url}/`)
  })

  await test.step('a role for a unit, with an end; it opens that unit’s people alone, until it is taken', async () => {
    await part(page, words.roles)
    await choosePerson(page, words.person, 'Ben')
    await page.getByLabel(words.scope, { exact: true }).selectOption('Payments')
    await page.getByLabel(words.lastDay, { exact: true }).fill(dayIn(30))
    await page.getByRole('button', { name: words.grant }).click()
    const row = page.getByRole('row', { name: /Ben Brown/ })
    await expect(row).toContainText('Payments')
    await expect(row).toContainText('through')
    await ben.goto('/administration')
    await expect(ben.getByRole('row', { name: /Cem Can/ })).toBeVisible()
    await expect(ben.getByRole('row', { name: /Dee Diaz/ })).toHaveCount(0)
    await row.getByRole('button', { name: /Take/ }).click()
    await expect(row).toHaveCount(0)
    await ben.goto('/administration')
    await expect(ben.getByRole('navigation', { name: words.parts })).toBeVisible()
    await expect(ben.getByRole('link', { name: words.members, exact: true })).toHaveCount(0)
    await expect(ben.getByText('Tiny Engines')).toBeVisible()
    await expect(ben.getByRole('button', { name: words.changeName })).toHaveCount(0)
  })

  await test.step('a delegation until a day, taken back by who gave it', async () => {
    await part(ben, words.delegations)
    await choosePerson(ben, words.to, 'Dee')
    await ben.getByLabel(words.lastDay, { exact: true }).fill(dayIn(14))
    await ben.getByRole('button', { name: words.delegate, exact: true }).click()
    const row = ben.getByRole('row', { name: /Dee Diaz/ })
    await expect(row).toContainText(words.running)
    await row.getByRole('button', { name: /Take back/ }).click()
    await expect(row).toContainText(words.takenBack)
    await part(page, words.delegations)
    await expect(page.getByRole('row', { name: /Dee Diaz/ })).toContainText(words.takenBack)
  })

  await test.step('a product line; a person gets it and a dotted line, and gives both up', async () => {
    await part(page, words.units)
    await page.getByLabel(words.unitName, { exact: true }).fill('Cards')
    await page.getByLabel(words.kind, { exact: true }).selectOption('product-line')
    await page.getByRole('button', { name: words.addUnit }).click()
    await expect(page.getByRole('link', { name: 'Cards' })).toBeVisible()
    const change = async (fields: () => Promise<unknown>) => {
      await page.getByRole('button', { name: en.place.move }).click()
      await fields()
      await page.getByRole('button', { name: en.place.save }).click()
      await expect(page.getByText(en.place.saved)).toBeVisible()
    }
    await page.goto(`/people/${cem}`)
    await change(async () => {
      await page.getByLabel(en.place.productLines).selectOption('Cards')
      await choosePerson(page, en.place.dotted, 'Dee')
    })
    await expect(page.getByRole('link', { name: 'Cards' })).toBeVisible()
    await expect(page.getByRole('link', { name: 'Dee Diaz' })).toBeVisible()
    await change(async () => {
      await page.getByRole('button', { name: 'Take out Cards' }).click()
      await page.getByRole('button', { name: 'Take out Dee Diaz' }).click()
    })
    await expect(page.getByRole('link', { name: 'Dee Diaz' })).toHaveCount(0)
    await page.getByRole('tab', { name: en.person.history }).click()
    await expect(page.getByRole('cell', { name: 'Engineer' })).toBeVisible()
    await page.getByLabel(en.person.knownAt).fill('2026-01-04')
    await expect(page.getByText(/Nothing was known of this person/)).toBeVisible()
    await page.getByRole('button', { name: en.person.knownNow }).click()
    await expect(page.getByRole('cell', { name: 'Engineer' })).toBeVisible()
  })

  await test.step('no screen of it has an accessibility fault', async () => {
    const parts = ['members', 'roles', 'delegations', 'units', 'signIn']
    const places = ['/people', `/people/${cem}`, `/people/${cem}?tab=history`, '/org-chart', '/people/import']
    for (const { scheme, language, width } of LOOKS) {
      await page.setViewportSize({ width, height: 900 })
      await page.emulateMedia({ colorScheme: scheme })
      await readIn(page.context(), page.url(), language)
      for (const path of [...parts.map((one) => `/administration?part=${one}`), ...places]) {
        await page.goto(path)
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
        await expect(page.locator('html')).toHaveAttribute('lang', language)
        await page.waitForLoadState('networkidle')
        await takePicture(page, path, scheme, language)
        expect(await findingsOf(page), `${path} ${scheme} ${language} ${width}`).toEqual([])
      }
    }
    await page.setViewportSize({ width: 1440, height: 900 })
    await readIn(page.context(), page.url(), 'en')
  })

  await test.step('everybody who is shown without an account is invited at once; who cannot be is named', async () => {
    await page.goto('/administration')
    await call(page, 'people/correct', { id: cem, email: null })
    await page.getByRole('button', { name: 'Invite the 2 shown here' }).click()
    await page.getByRole('button', { name: 'Send 2 invitations' }).click()
    const box = page.getByRole('region', { name: 'Invite the 2 shown here' })
    await expect(box.getByText('1 person is invited.')).toBeVisible()
    await expect(box.getByRole('listitem').filter({ hasText: 'Cem Can' }).getByRole('alert')).toBeVisible()
    await tokenTo(team.mails, 'dee@example.org')
    await box.getByRole('button', { name: words.close }).click()
  })

  await test.step('where somebody is signed in, signing them out, and the end of their membership', async () => {
    await page.goto('/administration')
    await page.getByRole('button', { name: 'Sign-ins of Ben Brown' }).click()
    await expect(page.getByRole('listitem').filter({ hasText: 'Chrome' })).toHaveCount(1)
    await page.getByRole('button', { name: words.signOut }).click()
    await expect(page.getByText(words.done)).toBeVisible()
    await ben.goto('/people')
    await expect(ben).toHaveURL(/\/sign-in/)
    await page.getByRole('button', { name: 'End membership of Ben Brown' }).click()
    await page.getByRole('button', { name: words.endYes, exact: true }).click()
    await expect(page.getByRole('row', { name: /Ben Brown/ })).toContainText(words.noAccount)
    await ben.getByLabel(en.signIn.email).fill('ben@example.org')
    await ben.getByLabel(en.signIn.password).fill(PASSWORD)
    await ben.getByRole('button', { name: en.signIn.submit, exact: true }).click()
    await ben.goto('/people')
    await expect(ben.getByRole('row', { name: /Cem Can/ })).toHaveCount(0)
  })

  await test.step('the audit and what is kept are reached from here', async () => {
    await part(page, words.retention)
    await expect(page.getByRole('heading', { level: 1, name: en.privacy.keeping })).toBeVisible()
    await page.goBack()
    await part(page, words.audit)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await expect(page.getByText(en.acts.session.list).first()).toBeVisible()
  })
  await other.close()
})
