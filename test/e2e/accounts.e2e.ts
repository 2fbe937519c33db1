// An instance for many people in a real browser: the owner's link, passkeys, the second factor, sessions, keys, mail.
import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { en } from '../../src/ui/words/en.ts'
import { totpCode } from '../totp.ts'
import { findingsOf, SETTINGS } from './axe.ts'
import { test as localTest } from './rungs.ts'
import { becomeOwner, expect, PASSWORD, takePicture, test, type Team } from './team.ts'
import { readIn } from './whole-pages.ts'

interface Shareable {
  /** The address of the owner's standing. */
  standing: string
  /** Kim's link into the instance. */
  invitation: string
  share: string
}

/** A standing of the owner, with answers; Kim, who works here and is invited; the owner reads one of Kim's where asked. */
async function shareable(page: Page, team: Team, received = false): Promise<Shareable> {
  const ask = async <T>(path: string, data?: object): Promise<T> => {
    const options = { headers: { origin: team.url }, ...(data ? { data } : {}) }
    const response = await page.request.fetch(`/api${path}`, { method: data ? 'POST' : 'GET', ...options })
    expect(response.ok(), await response.text()).toBe(true)
    return (await response.json()) as T
  }
  const person = randomUUID()
  await ask('/people', {
    ...{
      key: person,
      name: 'Kim',
      email: 'kim@example.org',
      externalId: null,
      from: '2026-01-01',
      place: {},
    },
  })
  await ask('/accounts/invitations', { person, email: 'kim@example.org' })
  const invitation = /http\S+\/invitation\/[\w-]+/.exec(await team.newestMail())?.[0] ?? ''
  const { assessment } = await ask<{ assessment: { id: string } }>('/assessments', {
    ...{ key: randomUUID(), framework: 'coder-to-cto', mode: 'quick', self: {} },
  })
  for (let time = 0; time < 8; time += 1) {
    const { question } = await ask<{ question: { item: string } }>(`/assessments/${assessment.id}`)
    await ask(`/assessments/${assessment.id}/answers`, {
      ...{ key: randomUUID(), item: question.item, answer: time % 3 === 0 ? 'not-yet' : 'on-my-own' },
    })
  }
  const standing = `/standings/${assessment.id}`
  if (!received) return { standing, invitation, share: '' }
  const { id } = await ask<{ id: string }>('/shares', {
    ...{ key: randomUUID(), assessment: assessment.id, person, lastDay: dayIn(14) },
  })
  return { standing, invitation, share: id }
}

const dayIn = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

async function signOut(page: Page): Promise<void> {
  await page.goto('/account')
  await page.getByRole('button', { name: en.account.signOut }).click()
  await expect(page.getByRole('heading', { level: 1, name: en.signIn.title })).toBeVisible()
}

async function signIn(page: Page): Promise<void> {
  await page.getByLabel(en.signIn.email).fill('ada@example.org')
  await page.getByLabel(en.signIn.password).fill(PASSWORD)
  await page.getByRole('button', { name: en.signIn.submit, exact: true }).click()
}

test('who is not signed in is asked to, and is led back to where they were going', async ({ page, team }) => {
  await becomeOwner(page, team)
  await signOut(page)
  await page.goto('/assessments')
  await expect(page).toHaveURL(/\/sign-in\?to=%2Fassessments/)
  await signIn(page)
  await expect(page).toHaveURL(`${team.url}/assessments`)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
})

test('a way back to another site is not followed', async ({ page, team }) => {
  await becomeOwner(page, team)
  await signOut(page)
  for (const to of ['//evil.example', 'https://evil.example', '/\\evil.example']) {
    await page.goto(`/sign-in?${new URLSearchParams({ to })}`)
    await signIn(page)
    await expect(page).toHaveURL(`${team.url}/`)
    await signOut(page)
  }
})

test('a passkey is added and signs in alone', async ({ page, team }) => {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      ...{ protocol: 'ctap2', transport: 'internal', hasResidentKey: true },
      ...{ hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
    },
  })
  await becomeOwner(page, team)
  await page.goto('/account')
  await page.getByLabel(en.account.passkeyName).fill('Laptop')
  await page.getByRole('button', { name: en.account.addPasskey }).click()
  await expect(page.getByRole('listitem').filter({ hasText: 'Laptop' })).toBeVisible()
  await signOut(page)
  await page.getByRole('button', { name: en.signIn.passkey }).click()
  await expect(page).toHaveURL(`${team.url}/`)
  await page.goto('/account')
  await page.getByRole('button', { name: `Remove the passkey Laptop` }).click()
  await expect(page.getByText(en.account.noPasskeys)).toBeVisible()
  await signOut(page)
  await page.getByRole('button', { name: en.signIn.passkey }).click()
  await expect(page.getByRole('alert')).toBeVisible()
})

test('a passkey of a device that did not check who holds it is refused', async ({ page, team }) => {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      ...{ protocol: 'ctap2', transport: 'internal', hasResidentKey: true },
      ...{ hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
    },
  })
  await becomeOwner(page, team)
  await page.goto('/account')
  await page.getByLabel(en.account.passkeyName).fill('Key')
  await page.getByRole('button', { name: en.account.addPasskey }).click()
  await expect(page.getByRole('listitem').filter({ hasText: 'Key' })).toBeVisible()
  await signOut(page)
  await devtools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false })
  await page.getByRole('button', { name: en.signIn.passkey }).click()
  await expect(page.getByRole('alert')).toBeVisible()
  await expect(page).toHaveURL(/\/sign-in/)
})

test('the second factor is set up from the key beside the picture, asked for, and replaced by a backup code', async ({
  page,
  team,
}) => {
  await becomeOwner(page, team)
  await page.goto('/account')
  const section = page
    .locator('section')
    .filter({ has: page.getByRole('heading', { name: en.account.second }) })
  await section.getByLabel(en.account.currentPassword).fill(PASSWORD)
  await section.getByRole('button', { name: en.account.secondStart }).click()
  await expect(section.getByRole('img', { name: en.account.secondPicture })).toBeVisible()
  const secret = /Key: ([A-Z2-7]+)/.exec(await section.innerText())?.[1] ?? ''
  const setUpAt = Date.now()
  const code = totpCode(secret, setUpAt)
  await section.getByRole('textbox', { name: en.signIn.code }).fill(code)
  await section.getByRole('button', { name: en.signIn.confirm }).click()
  await expect(section.getByRole('heading', { name: en.account.backupTitle })).toBeVisible()
  const backup = await section.locator('ul li').first().innerText()
  await signOut(page)
  await signIn(page)
  await expect(page.getByRole('heading', { level: 1, name: en.signIn.secondTitle })).toBeVisible()
  // The code that set it up was seen: it opens nothing more. The next one is taken already.
  await page.getByLabel(en.signIn.code).fill(code)
  await page.getByRole('button', { name: en.signIn.confirm }).click()
  await expect(page.getByRole('alert')).toHaveText(en.accountTrouble.CODE_USED)
  await page.getByLabel(en.signIn.code).fill(totpCode(secret, setUpAt + 30_000))
  await page.getByRole('button', { name: en.signIn.confirm }).click()
  await expect(page).toHaveURL(`${team.url}/`)
  await signOut(page)
  await signIn(page)
  await page.getByRole('button', { name: en.signIn.useBackup }).click()
  await page.getByLabel(en.signIn.backupCode).fill(backup)
  await page.getByRole('button', { name: en.signIn.confirm }).click()
  await expect(page).toHaveURL(`${team.url}/`)
})

test('a key is shown once and opens the API within its scope; a session is ended from another', async ({
  page,
  browser,
  team,
}) => {
  await becomeOwner(page, team)
  const other = await browser.newContext({ baseURL: team.url })
  const second = await other.newPage()
  await second.goto('/sign-in')
  await signIn(second)
  await expect(second).toHaveURL(`${team.url}/`)

  await page.goto('/account')
  await page.getByLabel(en.account.keyName).fill('CI')
  await page.getByLabel(en.account.keyFeature).selectOption('assessments')
  await page.getByRole('button', { name: en.account.makeKey }).click()
  const key = await page.getByText(/^rungs_\w{20,}/).innerText()
  const ask = (path: string, method = 'GET') =>
    fetch(`${team.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      ...(method === 'POST' ? { body: '{}' } : {}),
    }).then(({ status }) => status)
  expect(await ask('/api/assessments')).toBe(200)
  expect(await ask('/api/frameworks')).toBe(403)
  expect(await ask('/api/assessments', 'POST')).toBe(403)

  await page.getByRole('button', { name: en.account.endOthers }).click()
  await expect(page.getByRole('button', { name: en.account.endOthers })).toBeHidden()
  await second.goto('/assessments')
  await expect(second).toHaveURL(/\/sign-in/)
  await other.close()
})

test('a forgotten password is chosen anew by the link of the mail', async ({ page, team }) => {
  await becomeOwner(page, team)
  await signOut(page)
  await page.getByRole('link', { name: en.signIn.forgotten }).click()
  await page.getByLabel(en.signIn.email).fill('ada@example.org')
  await page.getByRole('button', { name: en.forgotten.send }).click()
  await expect(page.getByRole('status')).toHaveText(en.forgotten.sent)
  const mail = await team.newestMail()
  const link = /http\S+\/sign-in\/reset\/\S+/.exec(mail)?.[0] ?? ''
  await page.goto(link)
  await page.getByLabel(en.forgotten.newPassword).fill('another good password')
  await page.getByRole('button', { name: en.forgotten.save }).click()
  await page.getByRole('link', { name: en.signIn.title }).click()
  await signIn(page)
  await expect(page.getByRole('alert')).toHaveText(en.accountTrouble.INVALID_EMAIL_OR_PASSWORD)
})

test('a standing is shared with a person until a day, read by them, seen by its owner, and taken back', async ({
  page,
  browser,
  team,
}) => {
  await becomeOwner(page, team)
  const { standing, invitation } = await shareable(page, team)
  await page.goto(standing)
  const section = page.locator('#share')
  await section.getByLabel(en.shares.person).fill('Kim')
  await section.getByRole('button', { name: 'Kim' }).click()
  await section.getByRole('button', { name: en.shares.share, exact: true }).click()
  await expect(section.getByRole('listitem').filter({ hasText: 'Kim' })).toBeVisible()

  const other = await browser.newContext({ baseURL: team.url })
  const kim = await other.newPage()
  await kim.goto(invitation)
  await kim.getByLabel(en.link.name).fill('Kim')
  await kim.getByLabel(en.signIn.password).fill(PASSWORD)
  await kim.getByRole('button', { name: en.link.submit }).click()
  await expect(kim).toHaveURL(`${team.url}/`)
  await kim.goto('/shared')
  await kim.getByRole('link', { name: 'The standing of Ada' }).click()
  await expect(kim.getByRole('heading', { level: 1, name: 'The standing of Ada' })).toBeVisible()
  await expect(kim.getByRole('group', { name: en.standing.profile })).toBeVisible()
  expect(await findingsOf(kim)).toEqual([])
  await takePicture(kim, '/shared/read', 'light', 'en')

  await page.goto('/privacy')
  await expect(page.getByRole('row').filter({ hasText: en.acts.assessment.read })).toContainText('Kim')
  await page.goto(standing)
  await page.locator('#share').getByRole('button', { name: 'Take back what Kim may read' }).click()
  await expect(page.locator('#share').getByRole('listitem')).toHaveCount(0)
  await kim.reload()
  await expect(kim.getByText(en.shares.notThere)).toBeVisible()
  await other.close()
})

test('the screens have no accessibility fault', async ({ page, team }) => {
  test.setTimeout(300_000)
  await page.goto(team.ownerLink)
  await expect(page.getByLabel(en.link.name)).toBeVisible()
  await becomeOwner(page, team)
  const { standing, share } = await shareable(page, team, true)
  for (const { scheme, language, width } of SETTINGS) {
    await page.setViewportSize({ width, height: 900 })
    await page.emulateMedia({ colorScheme: scheme })
    const own = ['/account', '/shared', `/shared/${share}`, standing, '/privacy', '/audit']
    for (const path of ['/sign-in', '/sign-in/forgotten', '/sign-in/reset/x', '/invitation/x', ...own]) {
      await readIn(page.context(), page.url(), language)
      await page.goto(path)
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      await page.waitForLoadState('networkidle')
      await takePicture(page, path, scheme, language)
      expect([path, scheme, language, width, await findingsOf(page)]).toEqual([
        path,
        scheme,
        language,
        width,
        [],
      ])
    }
  }
})

test('signing in works with the keyboard alone', async ({ page, team }) => {
  await becomeOwner(page, team)
  await signOut(page)
  await page.getByLabel(en.signIn.email).focus()
  await page.keyboard.type('ada@example.org')
  await page.keyboard.press('Tab')
  await page.keyboard.type(PASSWORD)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(`${team.url}/`)
})

localTest('an instance for one person says that it has no sign-in', async ({ page }) => {
  for (const path of ['/sign-in', '/account', '/invitation/x', '/set-up/x', '/sign-in/forgotten']) {
    await page.goto(path)
    await expect(page.getByRole('heading', { level: 1, name: en.signIn.noneTitle })).toBeVisible()
  }
  await page.goto('/')
  await expect(page.getByRole('link', { name: en.account.title })).toBeHidden()
})
