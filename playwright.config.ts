// Browser tests: the built product in a real Chromium, the system's where there is one, else the one from npm.
import { defineConfig } from '@playwright/test'
import { getChromium } from './test/e2e/chromium.ts'

const chromium = await getChromium()

export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '**/*.e2e.ts',
  outputDir: 'test-results/playwright',
  // A full count ends when it is done.
  timeout: process.env['RUNGS_VERIFY'] === undefined ? 120_000 : 1_800_000,
  // A busy machine is slow, not wrong.
  expect: { timeout: 15_000 },
  workers: 2,
  fullyParallel: true,
  forbidOnly: process.env['CI'] !== undefined,
  use: {
    browserName: 'chromium',
    launchOptions: chromium,
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
  },
})
