// The configuration: read once from the arguments and the environment, with all faults listed at once.
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { Fault } from './errors.ts'
import { LOG_LEVELS, type LogLevel } from './log.ts'
import { packageRoot } from './package-root.ts'

export interface Config {
  /** The port on 127.0.0.1; 0 lets the system choose one. */
  port: number
  /** The absolute path of the folder with the embedded database. */
  dataFolder: string
  /** The URL of another PostgreSQL; undefined for the embedded one. */
  databaseUrl: string | undefined
  /** What must not be guessed is derived from it; undefined for the file `secret` in the data folder. */
  secret: string | undefined
  logLevel: LogLevel
}

export type ConfigResult = { ok: true; config: Config } | { ok: false; faults: Fault[] }

export const DEFAULT_PORT = 7474
/** Fewer characters could be guessed. */
export const SHORTEST_SECRET = 32

/** Reads `--port`, `--data`, RUNGS_PORT, RUNGS_DATA, RUNGS_SECRET, RUNGS_LOG and DATABASE_URL; arguments win over the environment. */
export function parseConfig(argv: readonly string[], env: Record<string, string | undefined>): ConfigResult {
  const faults: Fault[] = []
  const given = parseArguments(argv, faults)
  const port = parsePort(given['port'], env['RUNGS_PORT'], faults)
  const data = given['data'] ?? env['RUNGS_DATA']
  if (data === '') faults.push({ path: 'RUNGS_DATA', message: 'expected a folder, got nothing' })
  const databaseUrl = parseDatabaseUrl(env['DATABASE_URL'], faults)
  const secret = env['RUNGS_SECRET']
  if (secret !== undefined && secret.length < SHORTEST_SECRET) {
    const message = `expected at least ${SHORTEST_SECRET} characters, got ${secret.length}`
    faults.push({ path: 'RUNGS_SECRET', message })
  }
  const logLevel = env['RUNGS_LOG'] ?? 'warn'
  if (!isLogLevel(logLevel)) {
    const message = `expected one of ${LOG_LEVELS.join(', ')}, got ${JSON.stringify(logLevel)}`
    faults.push({ path: 'RUNGS_LOG', message })
    return { ok: false, faults }
  }
  if (faults.length > 0) return { ok: false, faults }
  return {
    ok: true,
    config: { port, dataFolder: resolve(data ?? join(packageRoot, 'data')), databaseUrl, secret, logLevel },
  }
}

function parseArguments(argv: readonly string[], faults: Fault[]): Record<string, string | undefined> {
  try {
    const options = { port: { type: 'string' }, data: { type: 'string' } } as const
    return { ...parseArgs({ args: [...argv], options, allowPositionals: false }).values }
  } catch (error) {
    faults.push({
      path: 'arguments',
      message: `expected --port NUMBER or --data FOLDER: ${(error as Error).message}`,
    })
    return {}
  }
}

function parsePort(argument: string | undefined, variable: string | undefined, faults: Fault[]): number {
  const text = argument ?? variable
  if (text === undefined) return DEFAULT_PORT
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65535) return Number(text)
  const path = argument === undefined ? 'RUNGS_PORT' : '--port'
  faults.push({ path, message: `expected a port from 0 to 65535, got ${JSON.stringify(text)}` })
  return DEFAULT_PORT
}

function parseDatabaseUrl(text: string | undefined, faults: Fault[]): string | undefined {
  if (text === undefined || text === '') return undefined
  const expected = 'expected a URL such as postgres://user:password@host:5432/database'
  if (!URL.canParse(text)) {
    faults.push({ path: 'DATABASE_URL', message: `${expected}, got something that is no URL` })
    return undefined
  }
  const url = new URL(text)
  if (url.protocol !== 'postgres:' && url.protocol !== 'postgresql:') {
    faults.push({ path: 'DATABASE_URL', message: `${expected}, got one that starts with ${url.protocol}` })
  } else if (url.pathname.length < 2) {
    faults.push({ path: 'DATABASE_URL', message: `${expected}, got one without a database name` })
  }
  return text
}

function isLogLevel(text: string): text is LogLevel {
  return (LOG_LEVELS as readonly string[]).includes(text)
}
