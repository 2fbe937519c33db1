// Playwright's test for pages that React has drawn: what the server drew before it has the same heading and would fool a test.
import { expect, test as base, type BrowserContext, type Page } from '@playwright/test'

/** From now on, opening an address in a page of this context ends when React has taken over. */
export function waitForReact(context: BrowserContext): void {
  context.on('page', (page) => {
    for (const name of ['goto', 'reload', 'goBack'] as const) {
      const open = page[name].bind(page) as (...args: unknown[]) => Promise<never>
      Object.assign(page, {
        [name]: async (...args: unknown[]) => {
          const response = await open(...args)
          await untilReact(page)
          return response
        },
      })
    }
  })
}

async function untilReact(page: Page): Promise<void> {
  await page.locator('#root[aria-busy]').waitFor({ state: 'detached' })
}

export const test = base.extend<object, object>({
  browser: [
    async ({ browser }, use) => {
      const open = browser.newContext.bind(browser)
      browser.newContext = async (options) => {
        const context = await open(options)
        if (options?.javaScriptEnabled !== false) waitForReact(context)
        return context
      }
      await use(browser)
      browser.newContext = open
    },
    { scope: 'worker' },
  ],
})

/** Lets the pages of this context be in `language`, as the reader's own choice does. */
export async function readIn(context: BrowserContext, url: string, language: string): Promise<void> {
  // A path in the address would bind the choice to the pages below it.
  await context.addCookies([{ name: 'rungs-language', value: language, url: new URL(url).origin }])
}

/** A fixture that fails the test when its page logged an error: a script that threw, a style that the policy refused. */
export async function cleanConsole({ page }: { page: Page }, use: () => Promise<void>): Promise<void> {
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(String(error)))
  page.on('console', (message) => {
    if (/Content Security Policy/.test(message.text())) faults.push(message.text())
  })
  await use()
  expect(faults).toEqual([])
}
