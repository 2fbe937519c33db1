// Ends what a killed Rungs left behind in its database folder, so that the next start finds it free.
import { readFileSync, realpathSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { RungsError } from '../../platform/errors.ts'
import { canListProcesses, listProcessesIn, sendSignal, waitUntil } from './processes.ts'

const PATIENCE: [NodeJS.Signals | undefined, number][] = [
  // The watchdog of the killed Rungs may already be stopping it.
  [undefined, 300],
  ['SIGINT', 8000],
  ['SIGQUIT', 4000],
  ['SIGKILL', 2000],
]

/**
 * Ends every process that works in the database folder: politely first, by force last, within 15 s. Call it only with
 * the folder's lock in hand. Returns how many there were.
 */
export async function endLeftovers(databaseFolder: string): Promise<number> {
  const folder = realpathSync(databaseFolder)
  const found = listProcessesIn(folder)
  const socketFolder = readSocketFolder(folder)
  for (const [signal, timeout] of PATIENCE) {
    const left = listProcessesIn(folder)
    if (left.length === 0) break
    // A backend takes SIGINT as "cancel the query": only the postmaster may get the first signals while it lives.
    const postmaster = readPostmaster(folder)
    const targets =
      postmaster !== undefined && left.includes(postmaster) && signal !== 'SIGKILL' ? [postmaster] : left
    const effective = targets === left && signal === 'SIGINT' ? 'SIGTERM' : signal
    if (effective !== undefined) for (const pid of targets) sendSignal(pid, effective)
    await waitUntil(() => listProcessesIn(folder).length === 0, timeout)
  }
  const left = listProcessesIn(folder)
  if (left.length > 0) {
    const message = `The database in ${folder} is still used by process ${left.join(', ')} and cannot be freed; end it.`
    throw new RungsError('conflict', message)
  }
  if (socketFolder !== undefined) removeSocketFolder(socketFolder)
  // Its process may still be there as a zombie, or its id may be another's by now: PostgreSQL would refuse to start.
  if (canListProcesses()) rmSync(join(folder, 'postmaster.pid'), { force: true })
  return found.length
}

function readPostmaster(folder: string): number | undefined {
  const pid = Number(readPidFile(folder)[0])
  return Number.isInteger(pid) && pid > 1 ? pid : undefined
}

/** The fifth line of postmaster.pid is the socket folder. */
function readSocketFolder(folder: string): string | undefined {
  return readPidFile(folder)[4]
}

function readPidFile(folder: string): string[] {
  try {
    return readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n')
  } catch {
    return []
  }
}

/** Removes a socket folder that Rungs made (rungs-XXXXXX, nowhere else). */
export function removeSocketFolder(folder: string): void {
  if (/^rungs-[A-Za-z0-9]{6}$/.test(folder.slice(dirname(folder).length + 1))) {
    rmSync(folder, { recursive: true, force: true })
  }
}
