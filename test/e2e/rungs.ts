// The browser tests' own `test`: each test gets a Rungs on a fresh data folder, and no page may break its own rules.
import { expect } from '@playwright/test'
import {
  makeDataFolder,
  removeDataFolder,
  startServerProcess,
  type ServerProcess,
} from '../server-process.ts'
import { cleanConsole, test as base } from './whole-pages.ts'

export interface Rungs {
  /** The address of the running server. */
  readonly url: string
  /** Kills the server with -9, or ends it by `signal`, and starts it again on the same data and address. */
  restart(signal?: NodeJS.Signals): Promise<void>
}

interface Fixtures {
  rungs: Rungs
  /** Fails the test when a page logged an error: a script that threw, a style that the policy refused. */
  cleanConsole: void
}

export const test = base.extend<Fixtures>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures from this pattern
  rungs: async ({}, use) => {
    const folder = makeDataFolder()
    let server: ServerProcess | undefined = await startServerProcess(folder)
    const port = new URL(server.url).port
    const { url } = server
    try {
      await use({
        url,
        restart: async (signal = 'SIGKILL') => {
          await server?.end(signal)
          server = undefined
          server = await startServerProcess(folder, {}, port)
        },
      })
    } finally {
      await server?.end()
      removeDataFolder(folder)
    }
  },
  baseURL: async ({ rungs }, use) => use(rungs.url),
  cleanConsole: [cleanConsole, { auto: true }],
})

export { expect }
