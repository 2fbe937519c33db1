// The screens of rounds in two opposite settings, for partner, subject and manager: no finding of axe, nothing wider than the window.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, type Browser } from '@playwright/test'
import { REFUSALS_ZH_HANS } from '../../src/core/refusals/words-zh-hans.ts'
import { en } from '../../src/ui/words/en.ts'
import { zhHans } from '../../src/ui/words/zh-hans.ts'
import {
  makeDataFolder,
  removeDataFolder,
  startServerProcess,
  type ServerProcess,
} from '../server-process.ts'
import { findingsOf } from './axe.ts'
import { call, freePort, tokenTo, type Board } from './round-steps.ts'
import { readIn, test } from './whole-pages.ts'

const PASSWORD = 'correct horse battery'
interface Setting {
  colorScheme: 'light' | 'dark'
  language: string
  width: number
}
const SETTINGS: readonly Setting[] = [
  { colorScheme: 'light', language: 'en', width: 1440 },
  { colorScheme: 'dark', language: 'zh-Hans', width: 390 },
]

test('the screens of rounds have no finding of axe, and the sample is loaded and removed in one click', async ({
  browser,
}) => {
  test.setTimeout(1_200_000)
  const folder = makeDataFolder()
  const mails = mkdtempSync(join(tmpdir(), 'rungs-mails-'))
  const port = String(await freePort())
  const url = `http://localhost:${port}`
  const env = { RUNGS_ACCOUNTS: 'on', RUNGS_URL: url, RUNGS_MAIL_FOLDER: mails }
  let server: ServerProcess | undefined
  try {
    server = await startServerProcess(folder, env, port)
    await expect.poll(() => server?.output()).toContain('/set-up/')
    const owner = await browser.newContext({ baseURL: url })
    owner.setDefaultTimeout(60_000)
    const page = await owner.newPage()
    await page.goto(/http\S+\/set-up\/\S+/.exec(server.output())![0])
    await page.getByLabel(en.link.name).fill('Pat')
    await page.getByLabel(en.signIn.email).fill('pat@example.org')
    await page.getByLabel(en.signIn.password).fill(PASSWORD)
    await page.getByRole('button', { name: en.link.submit }).click()
    await expect(page).toHaveURL(`${url}/`)

    await page.goto('/people')
    await page.getByRole('button', { name: en.people.loadSample }).click()
    await expect(page.getByRole('status').filter({ hasText: /of 4/ })).toBeVisible()
    await expect(page.getByRole('button', { name: en.people.removeSample })).toBeVisible({ timeout: 300_000 })

    const { keep } = await call<{ keep: { id: string; name: string }[] }>(page, 'rounds/list')
    expect(keep).toHaveLength(2)
    const closed = keep[0]!.id
    const board = await call<Board>(page, 'rounds/get', { id: closed })
    const rated = board.subjects.find(
      ({ manager, sheets }) =>
        manager && sheets.filter(({ kind, state }) => kind === 'peer' && state === 'submitted').length > 5,
    )!
    const signIn = async (person: string, email: string) => {
      await call(page, 'accounts/invite', { person, email, language: 'en' })
      const token = await tokenTo(mails, email)
      const context = await browser.newContext({ baseURL: url })
      const first = await context.newPage()
      await first.goto('/sign-in')
      const body = JSON.stringify({ token, name: 'Somebody', password: PASSWORD })
      const status = await first.evaluate(async (sent) => {
        const headers = { 'content-type': 'application/json' }
        return (await fetch('/sign-in-api/links/open', { method: 'POST', headers, body: sent })).status
      }, body)
      expect(status).toBe(200)
      const state = await context.storageState()
      await context.close()
      return state
    }
    const states = {
      owner: await owner.storageState(),
      subject: await signIn(rated.person.id, 'subject@example.org'),
      manager: await signIn(rated.manager!.id, 'manager@example.org'),
    }
    const { person } = await call<{ person: { units: { id: string; kind: string }[] } }>(page, 'people/get', {
      id: rated.person.id,
    })
    const rule = { minimumGroup: 5, managerNamed: true, opensToManager: true, opensToPartner: false }
    const running = await call<Board>(page, 'rounds/open', {
      ...{ key: crypto.randomUUID(), unit: person.units.find(({ kind }) => kind === 'team')!.id, rule },
      ...{ name: 'Spring', framework: 'coder-to-cto', closesOn: dayAfter(30) },
    })
    await call(page, 'rounds/start', { id: running.round.id })
    const own = running.subjects
      .flatMap(({ sheets }) => sheets)
      .find(({ rater }) => rater.id === rated.person.id)!
    const result = `/rounds/${closed}/results/${rated.person.id}`
    const screens = {
      owner: ['/rounds', '/rounds/new', `/rounds/${running.round.id}`, `/rounds/${crypto.randomUUID()}`],
      subject: ['/rounds', `/rounds/sheets/${own.id}`, result],
      manager: ['/rounds', result],
    }
    for (const { colorScheme, language, width } of SETTINGS)
      for (const who of ['owner', 'subject', 'manager'] as const)
        await look(browser, url, states[who], { colorScheme, language, width }, screens[who])
    await refuseInChinese(browser, url, states.owner)

    await page.goto('/people')
    await page.getByRole('button', { name: en.people.removeSample }).click()
    await page.getByRole('button', { name: en.people.removeYes }).click()
    await expect(page.getByRole('button', { name: en.people.loadSample })).toBeVisible({ timeout: 120_000 })
    expect((await call<{ keep: unknown[] }>(page, 'rounds/list')).keep).toEqual([])
  } finally {
    await server?.end()
    removeDataFolder(folder)
    rmSync(mails, { recursive: true })
  }
})

const dayAfter = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

type State = Awaited<ReturnType<Awaited<ReturnType<Browser['newContext']>>['storageState']>>

async function look(
  browser: Browser,
  baseURL: string,
  storageState: State,
  { colorScheme, language, width }: Setting,
  paths: readonly string[],
): Promise<void> {
  const viewport = { width, height: 900 }
  const context = await browser.newContext({ baseURL, storageState, colorScheme, viewport })
  await readIn(context, baseURL, language)
  const page = await context.newPage()
  for (const path of paths) {
    await page.goto(path)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible({ timeout: 60_000 })
    const rows = page.locator('summary').first()
    if (await rows.isVisible()) await rows.click()
    await page.waitForTimeout(300)
    expect(await findingsOf(page), `${path} ${colorScheme} ${language} ${width}`).toEqual([])
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    expect(wide, `${path} at ${width}`).toBeLessThanOrEqual(0)
  }
  await context.close()
}

/** What the server refuses is said in the language of the screen, not in the server's. */
async function refuseInChinese(browser: Browser, baseURL: string, storageState: State): Promise<void> {
  const context = await browser.newContext({ baseURL, storageState })
  await readIn(context, baseURL, 'zh-Hans')
  const page = await context.newPage()
  await page.goto('/rounds/new')
  await page.getByLabel(zhHans.roundOpen.name).fill('Late')
  await page.getByLabel(zhHans.roundOpen.closesOn).fill(dayAfter(-2))
  await page.getByRole('button', { name: zhHans.roundOpen.submit }).click()
  await expect(page.getByRole('alert')).toHaveText(REFUSALS_ZH_HANS['after-today'])
  await context.close()
}
