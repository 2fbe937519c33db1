// Finds a Chromium for the browser tests: nothing is downloaded and nothing is installed.
import { accessSync, constants } from 'node:fs'
import chromium from '@sparticuz/chromium'

export interface ChromiumLaunch {
  executablePath: string
  args: string[]
}

const SYSTEM = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
]
const QUIET = [
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-quic',
  '--no-first-run',
]

/** RUNGS_CHROMIUM, else a system Chromium, else the one that npm installed. */
export async function getChromium(): Promise<ChromiumLaunch> {
  const given = process.env['RUNGS_CHROMIUM']
  const path = given === 'npm' ? undefined : (given ?? SYSTEM.find(isExecutable))
  // In containers and as root Chromium cannot build its own sandbox; these tests load only our own pages. The flags that the
  // package names for itself are left out: in its single process, closing one page's context ends the browser.
  const args = ['--no-sandbox', ...QUIET]
  return { executablePath: path ?? (await chromium.executablePath()), args }
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}
