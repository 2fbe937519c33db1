// One Rungs per data folder: a lock file that names its process, so that a killed one leaves no lock behind.
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { RungsError } from '../../platform/errors.ts'
import { identityOf, isAlive } from './processes.ts'

export interface FolderLock {
  release(): void
}

interface Holder {
  pid: number
  identity: string | undefined
}

/** Takes the folder for this process, or throws a conflict that names the process that has it. */
export function lockFolder(folder: string): FolderLock {
  const file = join(folder, 'rungs.lock')
  const mine = join(folder, `rungs.lock.${process.pid}`)
  writeFileSync(
    mine,
    JSON.stringify({ pid: process.pid, identity: identityOf(process.pid) } satisfies Holder),
  )
  try {
    for (;;) {
      if (tryLink(mine, file)) return { release: () => rmSync(file, { force: true }) }
      const holder = readHolder(file)
      if (holder !== undefined && isHeld(holder)) {
        const message = `Rungs already runs on ${folder} (process ${holder.pid}); stop it or use another folder.`
        throw new RungsError('conflict', message)
      }
      discardStale(file, holder)
    }
  } finally {
    rmSync(mine, { force: true })
  }
}

/** A hard link appears with its whole content or not at all. */
function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

function readHolder(file: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder
  } catch {
    return undefined
  }
}

function isHeld({ pid, identity }: Holder): boolean {
  return pid !== process.pid && isAlive(pid) && (identity === undefined || identityOf(pid) === identity)
}

/** Moves the stale lock away first: of two starts at once, the one that moved a fresh lock puts it back. */
function discardStale(file: string, stale: Holder | undefined): void {
  const aside = `${file}.stale.${process.pid}`
  try {
    renameSync(file, aside)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return
    throw error
  }
  const moved = readHolder(aside)
  if (moved !== undefined && (moved.pid !== stale?.pid || moved.identity !== stale.identity))
    tryLink(aside, file)
  rmSync(aside, { force: true })
}
