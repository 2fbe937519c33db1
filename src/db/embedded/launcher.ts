// Decides as whom PostgreSQL runs: it refuses to run as root, so as root it needs a way to be somebody else.
import { spawnSync } from 'node:child_process'
import { chownSync, lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { RungsError } from '../../platform/errors.ts'

/** How to start a program of PostgreSQL, and who must own its files. */
export interface Launcher {
  kind: 'self' | 'namespace' | 'user'
  /** The program and arguments to spawn for `program` with `args`. */
  command: (program: string, args: readonly string[]) => [string, string[]]
  /** Further options for spawn: the user and group for the kind 'user'. */
  identity: { uid?: number; gid?: number }
}

/** Accounts that own nothing a person uses. */
const ACCOUNTS = ['postgres', 'nobody']

const self: Launcher = { kind: 'self', command: (program, args) => [program, [...args]], identity: {} }

/** In a new user namespace without a mapping root looks like nobody, and still owns root's files, in 0700 folders too. */
const namespace: Launcher = {
  kind: 'namespace',
  command: (program, args) => ['unshare', ['-U', '--', program, ...args]],
  identity: {},
}

/**
 * The launcher for this process. As root: a user namespace where the machine allows one, else the first of the
 * accounts postgres and nobody that can reach the program; throws one sentence when neither works.
 */
export function getLauncher(
  postgres: string,
  kinds: readonly Launcher['kind'][] = ['namespace', 'user'],
): Launcher {
  if (process.getuid?.() !== 0) return self
  const users = ACCOUNTS.flatMap(readUser).map(asUser)
  const candidates = kinds.flatMap((kind) =>
    kind === 'namespace' ? [namespace] : kind === 'user' ? users : [],
  )
  const found = candidates.find((launcher) => answers(launcher, postgres))
  if (found !== undefined) return found
  throw new RungsError(
    'unavailable',
    'PostgreSQL does not run as root, and here root can neither open a user namespace (unshare -U) nor find an ' +
      `account that reaches ${postgres}; start Rungs as an ordinary user or set DATABASE_URL.`,
  )
}

function asUser({ uid, gid }: { uid: number; gid: number }): Launcher {
  return { kind: 'user', command: self.command, identity: { uid, gid } }
}

function answers(launcher: Launcher, postgres: string): boolean {
  const [program, args] = launcher.command(postgres, ['--version'])
  return (
    spawnSync(program, args, { ...launcher.identity, stdio: 'ignore', timeout: 10_000, cwd: '/' }).status ===
    0
  )
}

function readUser(name: string): { uid: number; gid: number }[] {
  try {
    const line = readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .find((row) => row.startsWith(`${name}:`))
    const [, , uid, gid] = line?.split(':') ?? []
    return uid === undefined || gid === undefined ? [] : [{ uid: Number(uid), gid: Number(gid) }]
  } catch {
    return []
  }
}

/**
 * As root, gives the folder and all in it to whom PostgreSQL runs as, if it ran as root or another account before.
 * Throws one sentence when the folder is a person's: they could not start on it again.
 */
export function ownFolder(folder: string, launcher: Launcher): void {
  if (process.getuid?.() !== 0) return
  const uid = launcher.identity.uid ?? 0
  const gid = launcher.identity.gid ?? 0
  const owner = lstatSync(folder).uid
  if (owner === uid) return
  if (owner !== 0 && !ACCOUNTS.flatMap(readUser).some((account) => account.uid === owner)) {
    throw new RungsError(
      'conflict',
      `The database in ${folder} is another user's (id ${owner}); start Rungs as that user.`,
    )
  }
  chownAll(folder, uid, gid)
}

function chownAll(path: string, uid: number, gid: number): void {
  const stat = lstatSync(path)
  if (stat.isSymbolicLink()) return
  if (stat.isDirectory()) for (const name of readdirSync(path)) chownAll(join(path, name), uid, gid)
  chownSync(path, uid, gid)
}
