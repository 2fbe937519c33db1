// Adds to package-lock.json what npm leaves out when a registry lacks the builds of a tool for other platforms.
// Without these entries npm ci refuses the lockfile everywhere. Run it after npm install, with the lock in hand.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { packageRoot } from '../src/platform/package-root.ts'

interface Entry {
  version?: string
  dev?: boolean
  optional?: boolean
  os?: string[]
  cpu?: string[]
  libc?: string[]
  optionalDependencies?: Record<string, string>
  peerDependencies?: Record<string, string>
}

export interface Lockfile {
  packages: Record<string, Entry>
}

/** The optional packages that an entry of the lockfile names and that have none themselves: [name, version, dev]. */
export function listMissing({ packages }: Lockfile): [string, string, boolean][] {
  return Object.entries(packages).flatMap(
    ([path, { optionalDependencies = {}, peerDependencies = {}, dev = false }]) =>
      Object.entries(optionalDependencies)
        .filter(([name]) => !(name in peerDependencies) && !isPresent(packages, path, name))
        .map(([name, version]): [string, string, boolean] => [name, version, dev]),
  )
}

/** Node looks for a package in the folder of the one that asks, and in each one above. */
function isPresent(packages: Lockfile['packages'], from: string, name: string): boolean {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    if (`${folder === '' ? '' : `${folder}/`}node_modules/${name}` in packages) return true
    if (!folder.includes('/node_modules/')) return `node_modules/${name}` in packages
  }
}

/** The platform that a package is for, as its name says it: binding-linux-arm64-musl. */
export function readPlatform(name: string): Pick<Entry, 'os' | 'cpu' | 'libc'> {
  const os = /\b(android|darwin|freebsd|linux|netbsd|openbsd|openharmony|sunos|win32|aix)\b/.exec(name)?.[1]
  const cpu = /\b(arm64|arm|x64|ia32|ppc64|riscv64|s390x|wasm32|loong64)\b/.exec(name)?.[1]
  const libc = /musl/.test(name) ? 'musl' : /gnu/.test(name) ? 'glibc' : undefined
  return {
    ...(cpu === undefined ? {} : { cpu: [cpu] }),
    ...(libc === undefined || os !== 'linux' ? {} : { libc: [libc] }),
    ...(os === undefined ? {} : { os: [os] }),
  }
}

/** A lockfile with an entry for each missing package; none can be installed by mistake, for each names its platform. */
export function completeLockfile(lockfile: Lockfile): Lockfile {
  const packages = { ...lockfile.packages }
  for (const [name, version, dev] of listMissing(lockfile)) {
    const entry = { version, ...readPlatform(name), ...(dev ? { dev } : {}), optional: true }
    packages[`node_modules/${name}`] = entry
  }
  const sorted = Object.keys(packages).sort((a, b) => (a < b ? -1 : 1))
  return { ...lockfile, packages: Object.fromEntries(sorted.map((name) => [name, packages[name] ?? {}])) }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const file = join(packageRoot, 'package-lock.json')
  const lockfile = JSON.parse(readFileSync(file, 'utf8')) as Lockfile
  const missing = listMissing(lockfile)
  if (missing.length > 0) writeFileSync(file, `${JSON.stringify(completeLockfile(lockfile), null, 2)}\n`)
  console.log(`${missing.length} entries added`)
}
