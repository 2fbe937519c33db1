// What people do in a round in the browser tests: calls as whoever is signed in, mails, answers on screens and without.
import { readdirSync, readFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'

/** Somebody with an account, on a page of their own. */
export interface Person {
  page: Page
  id: string
  email: string
  name: string
}

export async function freePort(): Promise<number> {
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
export async function call<T>(page: Page, path: string, input: unknown = {}): Promise<T> {
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

export interface BoardSheet {
  id: string
  kind: string
  state: string
  reason: string | null
  rater: { id: string; name: string }
}
export interface Board {
  round: { id: string; state: string }
  progress: { submitted: number; asked: number; declined: number }
  subjects: {
    person: { id: string; name: string }
    state: string
    connected: boolean
    manager: { id: string } | null
    sheets: BoardSheet[]
  }[]
}
export interface OpenSheet {
  id: string
  items: { id: string; answer: string | null; evidence: string | null; competency: { id: string } }[]
}

/** The token in the newest mail to an address. */
export async function tokenTo(folder: string, address: string): Promise<string> {
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

const ANSWERS = ['not-yet', 'with-help', 'on-my-own'] as const
/** What somebody answers to the behaviour at a place of the form; one competency some had no opportunity to see. */
export const answerAt = (
  item: OpenSheet['items'][number],
  at: number,
  who: number,
  unseen?: string,
): string => (item.competency.id === unseen ? 'no-opportunity' : ANSWERS[(at + who) % 3]!)

/** Chooses answers by keyboard on the sheet that is open on the page; what is chosen is saved by itself. */
export async function choose(
  page: Page,
  answers: readonly string[],
  from: number,
  to: number,
): Promise<void> {
  const items = page.locator('fieldset[data-item]')
  for (let at = from; at < to; at++) {
    const radio = items.nth(at).locator(`input[value="${answers[at]!}"]`)
    await radio.focus()
    await page.keyboard.press('Space')
    await expect(radio).toBeChecked()
  }
}
export const saved = (page: Page) =>
  expect(page.locator('[data-saved="saved"]')).toBeVisible({ timeout: 90_000 })

/** Fills a sheet in and submits it without its screen. */
export async function fillIn(page: Page, sheet: string, who: number, unseen?: string): Promise<void> {
  const { items } = await call<OpenSheet>(page, 'rounds/sheet', { sheet })
  for (const [at, item] of items.entries())
    await call(page, 'rounds/rate', {
      ...{ sheet, key: crypto.randomUUID(), item: item.id, answer: answerAt(item, at, who, unseen) },
    })
  await call(page, 'rounds/submit', { sheet })
}

/** Answers that the server acknowledged to a page, as they come. */
export function acknowledgedOn(page: Page): Map<string, string> {
  const acknowledged = new Map<string, string>()
  page.on('response', (response) => {
    if (!response.url().endsWith('/rounds/rate') || response.status() !== 200) return
    const { json } = response.request().postDataJSON() as { json: { item: string; answer: string } }
    acknowledged.set(json.item, json.answer)
  })
  return acknowledged
}

/** Subjects and words of all mails to an address. */
export function mailsTo(folder: string, address: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.eml'))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .filter((mail) => mail.includes(`To: ${address}`))
}
