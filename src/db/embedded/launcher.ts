// Decides as whom PostgreSQL runs: it refuses to run as root, so as root it needs a way to be somebody else.
import { spawnSync } from 'node:child_process'
import { chownSync, lstatSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
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
 * The launcher for this process. As root: a user namespace, else the owner of a folder above the program or the data,
 * else the account postgres or nobody; the first that can run the program and enter the data folder, or at least run
 * the program. Throws one sentence when none can.
 */
export function getLauncher(
  postgres: string,
  dataFolder: string,
  kinds: readonly Launcher['kind'][] = ['namespace', 'user'],
): Launcher {
  if (process.getuid?.() !== 0) return self
  const users = [...listOwners(postgres), ...listOwners(dataFolder), ...ACCOUNTS.flatMap(readUser)].map(
    asUser,
  )
  const candidates = kinds.flatMap((kind) =>
    kind === 'namespace' ? [namespace] : kind === 'user' ? users : [],
  )
  const able = candidates.filter((launcher) => succeeds(launcher, postgres, ['--version']))
  const found = able.find((launcher) => canEnter(launcher, dataFolder)) ?? able[0]
  if (found !== undefined) return found
  throw new RungsError(
    'unavailable',
    'PostgreSQL does not run as root, and here root can neither open a user namespace (unshare -U) nor find an ' +
      `account that reaches ${postgres}; start Rungs as an ordinary user or set DATABASE_URL.`,
  )
}

/** Whether a cluster can be kept in the folder; the folder itself can be opened for another user, those above not. */
export function canEnter(launcher: Launcher, folder: string): boolean {
  const own = launcher.kind !== 'user' || lstatSync(folder).uid === launcher.identity.uid
  return succeeds(launcher, '/bin/sh', ['-c', 'cd "$0"', own ? folder : dirname(folder)])
}

/** Everybody but root who owns the path or a folder above it and has an account: initdb asks for its name. */
function listOwners(path: string): { uid: number; gid: number }[] {
  const above = dirname(path) === path ? [] : listOwners(dirname(path))
  const { uid, gid } = lstatSync(path)
  return uid === 0 || !hasAccount(uid) ? above : [{ uid, gid }, ...above]
}

function asUser({ uid, gid }: { uid: number; gid: number }): Launcher {
  return { kind: 'user', command: self.command, identity: { uid, gid } }
}

function succeeds(launcher: Launcher, program: string, args: readonly string[]): boolean {
  const [file, all] = launcher.command(program, args)
  return (
    spawnSync(file, all, { ...launcher.identity, stdio: 'ignore', timeout: 20_000, cwd: '/' }).status === 0
  )
}

function hasAccount(uid: number): boolean {
  try {
    return readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .some((row) => row.split(':')[2] === String(uid))
  } catch {
    return false
  }
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
