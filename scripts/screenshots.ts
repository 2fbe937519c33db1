// Takes the pictures of docs/images from the running product: npx tsx scripts/screenshots.ts (after npm run build).
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { packageRoot } from '../src/platform/package-root.ts'
import { getChromium } from '../test/e2e/chromium.ts'
import { assess } from '../test/e2e/simulated-person.ts'
import { makeDataFolder, removeDataFolder, startServerProcess } from '../test/server-process.ts'

const folder = makeDataFolder()
const server = await startServerProcess(folder)
const browser = await chromium.launch(await getChromium())
try {
  // A senior programmer of six years, simulated: answers follow a known level, as in the tests.
  const { assessment } = await assess(server.url, 3.6, 'adaptive')
  const page = await browser.newPage({
    viewport: { width: 1280, height: 860 },
    deviceScaleFactor: 1.5,
    colorScheme: 'light',
  })
  const pictures: [string, string, number][] = [
    ['ladder-map', '/', 860],
    ['standing', `/standings/${assessment.id}?bar=architect`, 1180],
    ['gap', `/standings/${assessment.id}/gaps/architect`, 1000],
    ['paths', `/standings/${assessment.id}/paths?to=technical-director`, 1000],
  ]
  for (const [name, path, height] of pictures) {
    await page.setViewportSize({ width: 1280, height })
    await page.goto(server.url + path)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.waitForLoadState('networkidle')
    await page.waitForTimeout(700)
    await page.screenshot({ path: join(packageRoot, 'docs/images', `${name}.png`) })
  }
} finally {
  await browser.close()
  await server.end()
  removeDataFolder(folder)
}
