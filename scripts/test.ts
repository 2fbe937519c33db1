// npm test: lint, format, types and unused code; then all tests; the last line sums what passed and failed. With
// RUNGS_VERIFY everything at its full count, and what of trust was counted is listed before the last line. Words after the
// command name the parts that run: all of them without.
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { packageRoot } from '../src/platform/package-root.ts'
import { LEAST, listMissed, readCounts, writeTable } from './trust-table.ts'

interface Check {
  name: string
  /** A script of node_modules and its arguments. */
  command: [string, ...string[]]
}

interface Counts {
  passed: number
  failed: number
  skipped: number
}

const CHECKS: Check[] = [
  { name: 'lint', command: ['oxlint/bin/oxlint', '--type-aware', '--deny-warnings'] },
  { name: 'format', command: ['oxfmt/bin/oxfmt', '--check'] },
  { name: 'types', command: ['ts7/bin/tsc', '-p', 'tsconfig.json', '--noEmit'] },
  { name: 'unused', command: ['knip/bin/knip.js'] },
]
/** The second compiler agrees with the first so far; it is asked where time is no matter. */
const SLOW_CHECKS: Check[] = [
  { name: 'types (second compiler)', command: ['typescript/bin/tsc', '-p', 'tsconfig.json', '--noEmit'] },
]

const verify = process.env['RUNGS_VERIFY'] !== undefined
/** An ordinary run makes a part of each count of trust among its tests. */
const PARTS = ['checks', 'tests', 'browser', ...(verify ? (['trust'] as const) : []), 'other-server'] as const
type Part = (typeof PARTS)[number]

const results = join(packageRoot, 'test-results')
const vitestFile = join(results, 'vitest.json')
const trustFile = join(results, 'vitest-trust.json')
const timedFile = join(results, 'vitest-trust-timed.json')
const otherServerFile = join(results, 'vitest-other-server.json')
const playwrightFile = join(results, 'playwright.json')

const SKIPPED_SERVER =
  '\nSKIPPED on another PostgreSQL: TEST_DATABASE_URL is not set, so the tests with a database ran on the embedded one ' +
  "alone. With Debian's postgresql-15: scripts/postgresql-15.sh npm test\n"

/** Runs a script of node_modules; its output is shown at once, or when it has failed. */
function run([script, ...args]: Check['command'], show: 'at once' | 'if failed', env = {}): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(packageRoot, 'node_modules', script), ...args], {
      cwd: packageRoot,
      stdio: show === 'at once' ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
    })
    const output: Buffer[] = []
    child.stdout?.on('data', (chunk: Buffer) => output.push(chunk))
    child.stderr?.on('data', (chunk: Buffer) => output.push(chunk))
    child.on('close', (code) => {
      if (code !== 0) process.stdout.write(Buffer.concat(output))
      resolve(code === 0)
    })
  })
}

async function runCheck({ name, command }: Check): Promise<Counts> {
  const started = Date.now()
  const ok = await run(command, 'if failed')
  console.log(`${ok ? 'ok    ' : 'FAILED'} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`)
  // A check is no test: it counts only when it fails, so that no line claims that nothing did.
  return { passed: 0, failed: ok ? 0 : 1, skipped: 0 }
}

/** `otherServer`: the URL of a PostgreSQL on which tests with a database run instead of the embedded one. */
async function runVitest(file: string, args: readonly string[], otherServer = ''): Promise<Counts> {
  const ok = await run(
    [
      ...(['vitest/vitest.mjs', 'run', '--reporter=default', '--reporter=json'] as const),
      `--outputFile.json=${file}`,
      ...args,
    ],
    'at once',
    { TEST_DATABASE_URL: otherServer },
  )
  const report = readReport(file) as VitestReport | undefined
  if (report === undefined) return { passed: 0, failed: 1, skipped: 0 }
  const { numPassedTests: passed, numFailedTests: failed, numPendingTests, numTodoTests } = report
  const skipped = numPendingTests + numTodoTests
  // A file that cannot be loaded fails the run without a failed test.
  return { passed, failed: ok ? failed : Math.max(failed, 1), skipped }
}

interface VitestReport {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  numTodoTests: number
}

async function runPlaywright(): Promise<Counts> {
  const ok = await run(['@playwright/test/cli.js', 'test', '--reporter=list,json'], 'at once', {
    PLAYWRIGHT_JSON_OUTPUT_FILE: playwrightFile,
    PLAYWRIGHT_JSON_OUTPUT_NAME: playwrightFile,
  })
  const report = readReport(playwrightFile) as { stats: PlaywrightStats } | undefined
  if (report === undefined) return { passed: 0, failed: 1, skipped: 0 }
  const { expected, flaky, skipped, unexpected } = report.stats
  return { passed: expected + flaky, failed: ok ? unexpected : Math.max(unexpected, 1), skipped }
}

interface PlaywrightStats {
  expected: number
  flaky: number
  skipped: number
  unexpected: number
}

const projects = (...names: string[]) => names.flatMap((name) => ['--project', name])

/** Lists what was counted; what falls short counts as a failure. With RUNGS_WRITE the table in docs/trust is written. */
function tellCounts(): Counts {
  console.log('\nWhat was counted of trust:')
  for (const { row, count, found, seconds } of readCounts())
    console.log(`  ${row}: ${count.toLocaleString('en-US')} (${seconds.toFixed(0)} s): ${found}`)
  const missed = listMissed(readCounts())
  for (const sentence of missed) console.log(`MISSED ${sentence}`)
  console.log(
    `${Object.keys(LEAST).length - missed.length} of ${Object.keys(LEAST).length} at their full count`,
  )
  if (process.env['RUNGS_WRITE'] !== undefined) writeTable()
  return { passed: 0, failed: missed.length, skipped: 0 }
}

function readReport(file: string): unknown {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined
}

/** The parts that are asked for by name; throws for a name that is none. */
function readParts(names: readonly string[]): ReadonlySet<Part> {
  const unknown = names.find((name) => !PARTS.some((part) => part === name))
  if (unknown !== undefined) throw new Error(`"${unknown}" is no part; the parts are ${PARTS.join(', ')}`)
  return new Set(PARTS.filter((part) => names.length === 0 || names.includes(part)))
}

async function main(): Promise<number> {
  const parts = readParts(process.argv.slice(2))
  rmSync(results, { recursive: true, force: true })
  mkdirSync(results, { recursive: true })
  const counts: Counts[] = []
  if (parts.has('checks'))
    counts.push(...(await Promise.all((verify ? [...CHECKS, ...SLOW_CHECKS] : CHECKS).map(runCheck))))
  if (parts.has('tests')) counts.push(await runVitest(vitestFile, verify ? projects('!trust*') : []))
  if (parts.has('browser')) counts.push(await runPlaywright())
  if (parts.has('trust')) {
    counts.push(await runVitest(trustFile, projects('trust')))
    // By themselves: these look at the clock.
    counts.push(await runVitest(timedFile, [...projects('trust-timed'), '--no-file-parallelism']))
    counts.push(tellCounts())
  }
  const otherServer = process.env['TEST_DATABASE_URL'] ?? ''
  if (otherServer === '') console.log(SKIPPED_SERVER)
  else if (parts.has('other-server'))
    counts.push(await runVitest(otherServerFile, projects('database'), otherServer))
  const sum = (key: keyof Counts) => counts.reduce((total, each) => total + each[key], 0)
  const skipped = sum('skipped') > 0 ? `, ${sum('skipped')} skipped` : ''
  console.log(`\n${sum('passed')} passed, ${sum('failed')} failed${skipped}`)
  return sum('failed') > 0 ? 1 : 0
}

process.exitCode = await main()
