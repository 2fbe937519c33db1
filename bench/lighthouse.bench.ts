// Lighthouse on the built product: performance and accessibility of the home page and of a full standing.
// Fails below 95 for the first page on a desktop and a phone, and for a standing on a desktop; a standing's figures on a phone,
// where its scripts have to come before its data, are printed beside.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import lighthouse, { desktopConfig } from 'lighthouse'
import { getChromium } from '../test/e2e/chromium.ts'
import { assess } from '../test/e2e/simulated-person.ts'
import { makeDataFolder, removeDataFolder, startServerProcess } from '../test/server-process.ts'

const LEAST = 95
/** Runs of each page; the median one counts, as a busy machine disturbs single runs. */
const RUNS = 3
const CATEGORIES = ['performance', 'accessibility']

type Result = NonNullable<Awaited<ReturnType<typeof lighthouse>>>

async function startBrowser() {
  const { executablePath, args } = await getChromium()
  const profile = mkdtempSync(join(tmpdir(), 'rungs-lighthouse-'))
  const child = spawn(
    executablePath,
    [...args, '--headless=new', '--remote-debugging-port=0', `--user-data-dir=${profile}`, 'about:blank'],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  )
  const port = await new Promise<number>((resolve, reject) => {
    let said = ''
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString()
      const found = /DevTools listening on ws:\/\/127\.0\.0\.1:(\d+)/.exec(said)
      if (found) resolve(Number(found[1]))
    })
    child.once('exit', () => reject(new Error(`Chromium ended before it was ready: ${said}`)))
  })
  const end = async (): Promise<void> => {
    await new Promise<void>((resolve) => {
      child.once('exit', () => resolve())
      child.kill()
    })
    rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 })
  }
  return { port, end }
}

const folder = makeDataFolder()
const server = await startServerProcess(folder)
const browser = await startBrowser()
let worst = 100
try {
  const { assessment } = await assess(server.url, 2.6, 'quick')
  console.log('page      device   performance  accessibility  first paint  largest paint  blocked  shift')
  for (const [page, path] of [
    ['home', '/'],
    ['standing', `/standings/${assessment.id}`],
  ] as const)
    for (const device of ['desktop', 'phone'] as const) {
      const runs: Result['lhr'][] = []
      for (let run = 0; run < RUNS; run += 1) {
        const result = await lighthouse(
          server.url + path,
          { port: browser.port, onlyCategories: CATEGORIES, output: 'json', logLevel: 'error' },
          device === 'desktop' ? desktopConfig : undefined,
        )
        if (!result) throw new Error('Lighthouse gave no result')
        runs.push(result.lhr)
      }
      const scoreOf = (lhr: Result['lhr']): number => lhr.categories['performance']?.score ?? 0
      const median = runs.toSorted((one, other) => scoreOf(one) - scoreOf(other))[(RUNS - 1) / 2]!
      const { categories, audits } = median
      const [performance, accessibility] = CATEGORIES.map((name) =>
        Math.round((categories[name]?.score ?? 0) * 100),
      ) as [number, number]
      if (device === 'desktop' || page === 'home') worst = Math.min(worst, performance)
      worst = Math.min(worst, accessibility)
      const figure = (name: string): string => audits[name]?.displayValue ?? '?'
      console.log(
        page.padEnd(9),
        device.padEnd(8),
        String(performance).padStart(11),
        String(accessibility).padStart(14),
        figure('first-contentful-paint').padStart(12),
        figure('largest-contentful-paint').padStart(14),
        figure('total-blocking-time').padStart(8),
        figure('cumulative-layout-shift').padStart(6),
      )
      const failing = Object.values(audits).filter(
        (audit) =>
          audit.score === 0 && categories['accessibility']?.auditRefs.some((ref) => ref.id === audit.id),
      )
      for (const audit of failing) console.log(`  accessibility: ${audit.title}`)
    }
} finally {
  await browser.end()
  await server.end()
  removeDataFolder(folder)
}
if (worst < LEAST) {
  console.error(`Below ${LEAST}: ${worst}.`)
  process.exitCode = 1
}
