// A whole round in two browsers at once: a partner, a subject and three raters; the server is killed with -9 in the middle.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, test, expect, type Browser, type Page } from '@playwright/test'
import { en } from '../../src/ui/words/en.ts'
import {
  makeDataFolder,
  removeDataFolder,
  startServerProcess,
  type ServerProcess,
} from '../server-process.ts'
import { getChromium } from './chromium.ts'

const PASSWORD = 'correct horse battery'
const KINDS = ['manager', 'peer', 'peer'] as const

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => {
    server.close(resolve)
  })
  return port
}

/** Calls an endpoint as who is signed in on the page; throws with the status where it is refused. */
async function call<T>(page: Page, path: string, input: unknown = {}): Promise<T> {
  const answer = await page.evaluate(
    async ([to, body]) => {
      const response = await fetch(`/rpc/${to}`, {
        ...{ method: 'POST', headers: { 'content-type': 'application/json' }, body },
      })
      return { status: response.status, text: await response.text() }
    },
    [path, JSON.stringify({ json: input })] as const,
  )
  if (answer.status !== 200) throw new Error(`${path} was answered ${answer.status}: ${answer.text}`)
  return (JSON.parse(answer.text) as { json: T }).json
}

interface Board {
  round: { id: string; state: string }
  progress: { submitted: number; asked: number }
  subjects: {
    person: { id: string; name: string }
    sheets: { id: string; kind: string; rater: { id: string; name: string } }[]
  }[]
}

/** The token in the newest mail to an address. */
async function tokenTo(folder: string, address: string): Promise<string> {
  let token: string | undefined
  await expect
    .poll(
      () => {
        const mails = readdirSync(folder).filter((name) => name.endsWith('.eml'))
        const text = mails
          .map((name) => readFileSync(join(folder, name), 'utf8'))
          .find((mail) => mail.includes(`To: ${address}`) && mail.includes('/invitation/'))
        token =
          text === undefined
            ? undefined
            : /\/invitation\/([\w-]+)/.exec(text.replaceAll('=\r\n', '').replaceAll('=\n', ''))?.[1]
        return token
      },
      { timeout: 30_000 },
    )
    .toBeDefined()
  return token!
}

/** Answers every behaviour of the sheet that is open on the page, from `from` to `to`, and waits until it is saved. */
async function answer(page: Page, choice: number, from: number, to: number): Promise<string[]> {
  const items = page.locator('fieldset[data-item]')
  const said: string[] = []
  for (let at = from; at < to; at++) {
    const radio = items
      .nth(at)
      .locator('input[type=radio]')
      .nth((at + choice) % 3)
    await radio.focus()
    await page.keyboard.press('Space')
    await expect(radio).toBeChecked()
    said.push((await radio.getAttribute('value'))!)
  }
  await expect(page.locator('[data-saved="saved"]')).toBeVisible({ timeout: 60_000 })
  return said
}

test('a round goes through with five people at once, and nobody sees what is not theirs', async () => {
  test.setTimeout(600_000)
  const folder = makeDataFolder()
  const mails = mkdtempSync(join(tmpdir(), 'rungs-mails-'))
  const port = String(await freePort())
  const url = `http://localhost:${port}`
  const env = { RUNGS_ACCOUNTS: 'on', RUNGS_URL: url, RUNGS_MAIL_FOLDER: mails }
  const executable = await getChromium()
  const browsers: Browser[] = []
  let server: ServerProcess | undefined
  try {
    server = await startServerProcess(folder, env, port)
    await expect.poll(() => server?.output()).toContain('/set-up/')
    const ownerLink = /http\S+\/set-up\/\S+/.exec(server.output())![0]
    browsers.push(await chromium.launch(executable), await chromium.launch(executable))
    const pageIn = async (browser: number): Promise<Page> => {
      const context = await browsers[browser]!.newContext({ baseURL: url })
      context.setDefaultTimeout(30_000)
      return await context.newPage()
    }

    // The owner comes in, loads people and opens a round for one team.
    const partner = await pageIn(0)
    await partner.goto(ownerLink)
    await partner.getByLabel(en.link.name).fill('Pat')
    await partner.getByLabel(en.signIn.email).fill('pat@example.org')
    await partner.getByLabel(en.signIn.password).fill(PASSWORD)
    await partner.getByRole('button', { name: en.link.submit }).click()
    await expect(partner).toHaveURL(`${url}/`)
    await call(partner, 'people/loadSample')
    const { units } = await call<{ units: { id: string; name: string; kind: string; people: number }[] }>(
      partner,
      'people/units',
    )
    const team = units
      .filter(({ kind, people }) => kind === 'team' && people >= 6)
      .toSorted((a, b) => a.people - b.people)[0]!
    await partner.goto('/rounds/new')
    await partner.getByRole('textbox', { name: new RegExp(`^${en.roundOpen.name}`) }).fill('Spring')
    await partner.getByLabel(en.roundOpen.unit).selectOption(team.id)
    await partner.getByLabel(en.roundOpen.framework).selectOption('coder-to-cto')
    await partner.getByRole('button', { name: en.roundOpen.submit }).click()
    await expect(partner.getByRole('heading', { level: 1, name: 'Spring' })).toBeVisible()
    const id = partner.url().split('/').at(-1)!
    let board = await call<Board>(partner, 'rounds/get', { id })
    // One subject stays, with a manager and two peers; the partner takes the others out.
    const kept = board.subjects.find(
      ({ sheets }) =>
        sheets.some(({ kind }) => kind === 'manager') &&
        sheets.filter(({ kind }) => kind === 'peer').length >= 2,
    )!
    for (const { person } of board.subjects)
      if (person.id !== kept.person.id)
        await call(partner, 'rounds/withdrawSubject', { id, subject: person.id })
    const chosen = new Set<string>([kept.sheets.find(({ kind }) => kind === 'self')!.id])
    for (const kind of KINDS)
      chosen.add(kept.sheets.find((sheet) => sheet.kind === kind && !chosen.has(sheet.id))!.id)
    for (const subject of board.subjects)
      for (const sheet of subject.sheets)
        if (!chosen.has(sheet.id)) await call(partner, 'rounds/removeRater', { id, sheet: sheet.id })
    await partner.reload()
    await partner.getByRole('button', { name: en.roundBoard.start }).click()
    await expect(partner.getByRole('button', { name: en.roundBoard.remind })).toBeVisible()

    // Everybody gets an account by an invitation; subject and one rater in one browser, two raters in the other.
    const sheets = kept.sheets.filter((sheet) => chosen.has(sheet.id))
    const people: { page: Page; sheet: (typeof sheets)[number] }[] = []
    for (const [at, sheet] of sheets.entries()) {
      const email = `rater${at}@example.org`
      await call(partner, 'accounts/invite', { person: sheet.rater.id, email, language: 'en' })
      const token = await tokenTo(mails, email)
      const page = await pageIn(at % 2)
      await page.goto('/sign-in')
      const opened = await page.evaluate(
        async ([link, name, password]) => {
          const headers = { 'content-type': 'application/json' }
          const body = JSON.stringify({ token: link, name, password })
          return (await fetch('/sign-in-api/links/open', { method: 'POST', headers, body })).status
        },
        [token, sheet.rater.name, PASSWORD] as const,
      )
      expect(opened).toBe(200)
      people.push({ page, sheet })
    }

    // All of them rate at once; the server is killed while they do.
    await Promise.all(
      people.map(async ({ page, sheet }) => {
        await page.goto('/rounds')
        await page.locator(`[data-sheet="${sheet.id}"] a`).click()
        await expect(page.locator('fieldset[data-item]').first()).toBeVisible()
      }),
    )
    const counts = await Promise.all(people.map(({ page }) => page.locator('fieldset[data-item]').count()))
    const middle = 8
    const first = await Promise.all(people.map(({ page }, at) => answer(page, at, 0, middle)))
    const second = people.map(({ page }, at) => answer(page, at, middle, counts[at]!))
    await new Promise((resolve) => {
      setTimeout(resolve, 300)
    })
    await server.end('SIGKILL')
    server = await startServerProcess(folder, env, port)
    const said = (await Promise.all(second)).map((rest, at) => [...first[at]!, ...rest])
    for (const [at, { page, sheet }] of people.entries()) {
      const { items } = await call<{ items: { answer: string }[] }>(page, 'rounds/sheet', { sheet: sheet.id })
      expect(items.map((item) => item.answer)).toEqual(said[at])
      await page.getByRole('button', { name: en.sheet.submit, exact: true }).click()
      await expect(page.getByText(en.sheet.submitted)).toBeVisible()
    }

    // Nobody reads another's sheet, and nobody a result before the close.
    for (const { page, sheet } of people)
      for (const other of people)
        if (other.sheet.id !== sheet.id)
          await expect(call(page, 'rounds/sheet', { sheet: other.sheet.id })).rejects.toThrow(/404/)
    const subject = people.find(({ sheet }) => sheet.kind === 'self')!
    const result = { id, subject: kept.person.id }
    for (const { page } of people) await expect(call(page, 'rounds/result', result)).rejects.toThrow(/404/)

    await partner.reload()
    await partner.getByRole('button', { name: en.roundBoard.close, exact: true }).click()
    await partner.getByRole('button', { name: en.roundBoard.yes, exact: true }).click()
    await expect(partner.getByRole('button', { name: en.roundBoard.remind })).toHaveCount(0)
    board = await call<Board>(partner, 'rounds/get', { id })
    expect([board.round.state, board.progress.submitted]).toEqual(['closed', people.length])

    await subject.page.goto('/rounds')
    await subject.page.getByRole('link', { name: en.rounds.read }).click()
    await expect(
      subject.page.getByRole('heading', { level: 1, name: en.roundResult.selfTitle }),
    ).toBeVisible()
    await expect(subject.page.locator(`[data-who="${en.rounds.kinds.self}"]`)).toHaveCount(8)
    await expect(subject.page.locator(`[data-who="${en.rounds.kinds.manager}"]`)).toHaveCount(8)
    // Two peers are under the minimum: they are shown to nobody.
    await expect(subject.page.locator(`[data-who="${en.rounds.kinds.peer}"]`)).toHaveCount(0)
    await expect(subject.page.locator('[data-refusal="too-few-raters"]')).toHaveCount(8)
    for (const { page, sheet } of people) {
      const read = call<unknown>(page, 'rounds/result', result)
      if (['self', 'manager'].includes(sheet.kind)) await expect(read).resolves.toBeDefined()
      else await expect(read).rejects.toThrow(/404/)
    }
    await expect(call(partner, 'rounds/result', result)).rejects.toThrow(/404/)
  } finally {
    for (const browser of browsers) await browser.close()
    await server?.end()
    removeDataFolder(folder)
    rmSync(mails, { recursive: true })
  }
})
