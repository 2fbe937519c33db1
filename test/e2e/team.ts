// The browser tests' `test` on an instance for a team: accounts are on, the owner's link is known, mails go to a folder.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { en } from '../../src/ui/words/en.ts'
import { makeDataFolder, removeDataFolder, startServerProcess } from '../server-process.ts'
import { freePort } from './round-steps.ts'
import { cleanConsole, test as base } from './whole-pages.ts'

export interface Team {
  readonly url: string
  readonly ownerLink: string
  /** Where mails go to. */
  readonly mails: string
  /** The newest mail in that folder, as text. */
  newestMail(): Promise<string>
}

export const PASSWORD = 'correct horse battery'

export const test = base.extend<{ team: Team; cleanConsole: void }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures from this pattern
  team: async ({}, use) => {
    const folder = makeDataFolder()
    const mails = mkdtempSync(join(tmpdir(), 'rungs-mails-'))
    const port = await freePort()
    const env = { RUNGS_ACCOUNTS: 'on', RUNGS_URL: `http://localhost:${port}`, RUNGS_MAIL_FOLDER: mails }
    const server = await startServerProcess(folder, env, String(port))
    await expect.poll(() => server.output()).toContain('/set-up/')
    try {
      await use({
        ...{ url: server.url, mails },
        ownerLink: /http\S+\/set-up\/\S+/.exec(server.output())?.[0] ?? '',
        newestMail: async () => {
          const list = () => readdirSync(mails).filter((name) => name.endsWith('.eml'))
          await expect.poll(() => list().length, { timeout: 20_000 }).toBeGreaterThan(0)
          return readFileSync(join(mails, list()[0] ?? ''), 'utf8')
        },
      })
    } finally {
      await server.end()
      removeDataFolder(folder)
      rmSync(mails, { recursive: true })
    }
  },
  baseURL: async ({ team }, use) => use(team.url),
  cleanConsole: [cleanConsole, { auto: true }],
})

/** Opens the link of the console and makes the owner's account. */
export async function becomeOwner(page: Page, team: Team): Promise<void> {
  await page.goto(team.ownerLink)
  await page.getByLabel(en.link.name).fill('Ada')
  await page.getByLabel(en.signIn.email).fill('ada@example.org')
  await page.getByLabel(en.signIn.password).fill(PASSWORD)
  await page.getByRole('button', { name: en.link.submit }).click()
  await expect(page).toHaveURL(`${team.url}/`)
}

/** Pictures for looking at, in both widths, where RUNGS_SHOTS names their folder. */
export async function takePicture(page: Page, path: string, scheme: string, language: string): Promise<void> {
  const folder = process.env['RUNGS_SHOTS']
  if (folder === undefined) return
  const size = page.viewportSize()!
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 900 })
    const name = path.replaceAll(/[^a-zA-Z]+/g, '-').slice(0, 30)
    await page.screenshot({ path: `${folder}/${name}-${scheme}-${language}-${width}.png`, fullPage: true })
  }
  await page.setViewportSize(size)
}

export { expect }
