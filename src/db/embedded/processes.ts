// Looks at other processes: whether one lives, which one it is, and which ones work in a folder.
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'

/** Whether a process with this id exists, also one of another user. A dead one not yet collected does not count. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
  return !statOf(pid)?.startsWith('Z')
}

/** What tells a process from a later one with the same id: its start in ticks and the boot; undefined if unknown. */
export function identityOf(pid: number): string | undefined {
  const start = statOf(pid)?.split(' ')[19]
  if (start !== undefined) return `${start}@${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}`
  try {
    const text = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], {
      encoding: 'utf8',
      timeout: 5000,
    }).trim()
    return text === '' ? undefined : text
  } catch {
    return undefined
  }
}

/** The fields of /proc/PID/stat from the state on; the name before them may hold spaces and brackets. */
function statOf(pid: number): string | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return text.slice(text.lastIndexOf(')') + 2)
  } catch {
    return undefined
  }
}

/** The living processes whose working directory is `folder` (an absolute real path). Empty where there is no /proc. */
export function listProcessesIn(folder: string): number[] {
  if (!canListProcesses()) return []
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => workingFolderOf(pid) === folder && isAlive(pid))
}

/** Whether this system lets one see what folders processes work in. */
export function canListProcesses(): boolean {
  return existsSync('/proc/self/cwd')
}

function workingFolderOf(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`)
  } catch {
    return undefined
  }
}

/** Sends a signal; a process that is gone already is fine. */
export function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** Waits until `holds` is true, looking every 20 ms; false after `timeout` ms. */
export async function waitUntil(holds: () => boolean, timeout: number): Promise<boolean> {
  for (const end = Date.now() + timeout; !holds();) {
    if (Date.now() > end) return false
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return true
}
