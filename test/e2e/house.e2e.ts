// The house stands: the built page opens in a browser, under its strict policy, and survives a restart.
import { expect, test } from './rungs.ts'

test('the page opens without a fault under the strict content policy', async ({ page }) => {
  const response = await page.goto('/')
  expect(response?.headers()['content-security-policy']).toContain("default-src 'none'")
  await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible()
})

test('the page opens again after the server was killed and started anew', async ({ page, rungs }) => {
  await page.goto('/')
  await rungs.restart('SIGKILL')
  await page.reload()
  await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible()
})
