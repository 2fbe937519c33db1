// What a person sees when there is nothing, when the server is gone, and when an address is wrong; and how little is loaded.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { packageRoot } from '../../src/platform/package-root.ts'
import { en } from '../../src/ui/words/en.ts'
import { assess } from './simulated-person.ts'
import { expect, test } from './rungs.ts'

const LARGEST_FIRST_LOAD = 200_000

test('without an answer, standing, paths and history say what to do', async ({ page }) => {
  for (const [address, text] of [
    ['/standing', en.standing.empty],
    ['/paths', en.paths.noStanding],
    ['/assessments', en.history.empty],
  ] as const) {
    await page.goto(address)
    await expect(page.getByText(text)).toBeVisible()
    await expect(page.getByRole('link', { name: en.ladder.start })).toBeVisible()
  }
})

test('a server that is gone is named, and the page comes back by itself with it', async ({ page }) => {
  await page.goto('/')
  const link = page.getByRole('link', { name: en.ladder.otherFramework })
  await expect(link).toBeVisible()
  await page.route('**/rpc/**', (route) => route.abort())
  await page.route('**/healthz', (route) => route.abort())
  await link.click()
  await expect(page.getByText(en.states.offlineTitle)).toBeVisible()
  await page.unroute('**/rpc/**')
  await page.unroute('**/healthz')
  await expect(page.getByRole('heading', { level: 1, name: en.frameworks.title })).toBeVisible({
    timeout: 10_000,
  })
})

test('an assessment that does not exist is a page that says so', async ({ page }) => {
  await page.goto('/standings/00000000-0000-4000-8000-000000000000')
  await expect(page.getByRole('heading', { name: en.states.notFoundTitle })).toBeVisible()
  await page.goto('/frameworks/coder-to-cto/roles/wizard')
  await expect(page.getByRole('heading', { name: en.states.notFoundTitle })).toBeVisible()
})

test('the result leaves as Markdown, JSON and CSV, and as a picture', async ({ page, rungs }) => {
  const { assessment } = await assess(rungs.url, 2.6, 'quick')
  await page.goto(`/standings/${assessment.id}`)
  for (const [name, ending] of [
    [en.standing.markdown, 'md'],
    [en.standing.json, 'json'],
    [en.standing.csv, 'csv'],
  ] as const) {
    await page.getByRole('button', { name: en.standing.takeAway }).click()
    const download = page.waitForEvent('download')
    await page.getByRole('menuitem', { name }).click()
    expect((await download).suggestedFilename()).toMatch(new RegExp(`\\.${ending}$`))
  }
  const download = page.waitForEvent('download')
  await page.evaluate(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }))
  await page.getByRole('button', { name: en.figure.copy }).click()
  await page.getByRole('menuitem', { name: en.figure.copySvg }).click()
  const svg = readFileSync(await (await download).path(), 'utf8')
  expect(svg).toContain('<svg xmlns="http://www.w3.org/2000/svg"')
  expect(svg).toContain(en.standing.notKnown)
})

test('a page names what it reads before any script runs, and reads it once', async ({ page, rungs }) => {
  const { assessment } = await assess(rungs.url, 2.6, 'quick')
  for (const [path, title] of [
    ['/', 'Coder to CTO'],
    [`/standings/${assessment.id}`, en.standing.title],
  ] as const) {
    const named = [...(await (await fetch(rungs.url + path)).text()).matchAll(/href="(\/rpc\/[^"]+)"/g)].map(
      ([, address]) => address ?? '',
    )
    expect(named.length).toBeGreaterThan(1)
    const read: string[] = []
    page.on('request', (request) => read.push(request.url().slice(rungs.url.length)))
    await page.goto(path, { waitUntil: 'networkidle' })
    await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible()
    for (const address of named) expect(read.filter((each) => each === address)).toEqual([address])
    page.removeAllListeners('request')
  }
})

test('the first load is under 200 kB of gzipped JavaScript', async ({ page }) => {
  const scripts = new Set<string>()
  page.on('request', (request) => {
    if (request.resourceType() === 'script') scripts.add(new URL(request.url()).pathname)
  })
  await page.goto('/')
  await expect(page.getByRole('link', { name: /^Architect, / })).toBeVisible()
  const sizes = [...scripts].map(
    (path) => gzipSync(readFileSync(join(packageRoot, 'dist/web', path)), { level: 9 }).length,
  )
  const total = sizes.reduce((sum, size) => sum + size, 0)
  process.stdout.write(`first load: ${scripts.size} scripts, ${total} bytes gzipped\n`)
  expect(total).toBeLessThan(LARGEST_FIRST_LOAD)
})
