// The configuration: read once from the arguments and the environment, with all faults listed at once.
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { Fault } from './errors.ts'
import { LOG_LEVELS, type LogLevel } from './log.ts'
import { parseOperationsSettings, type OperationsSettings } from './operations-settings.ts'
import { packageRoot } from './package-root.ts'
import { settingsFrom, type SettingsFile } from './settings-source.ts'
import { parseTeamSettings, type TeamSettings } from './team-settings.ts'

export interface Config {
  /** The port; 0 lets the system choose one. */
  port: number
  /** The absolute path of the folder with the embedded database. */
  dataFolder: string
  /** Where checkpoints of the audit are kept, outside of the database. */
  checkpointFolder: string
  /** Where it is kept who was erased, outside of the database. */
  erasureFolder: string
  /** The URL of another PostgreSQL; undefined for the embedded one. */
  databaseUrl: string | undefined
  /** What must not be guessed is derived from it; undefined for the file `secret` in the data folder. */
  secret: string | undefined
  logLevel: LogLevel
  /** For many people who sign in; undefined for one person at this machine. */
  team: TeamSettings | undefined
  operations: OperationsSettings
}

export type ConfigResult = { ok: true; config: Config } | { ok: false; faults: Fault[] }

export const DEFAULT_PORT = 7474
/** Fewer characters could be guessed. */
export const SHORTEST_SECRET = 32

/**
 * Reads the arguments, the environment and the configuration file; the former win over the latter. docs/guide/configuration.md
 * lists the settings. Every fault of all of them is told at once.
 */
export function parseConfig(
  argv: readonly string[],
  env: Record<string, string | undefined>,
  file?: SettingsFile,
): ConfigResult {
  const faults: Fault[] = []
  const given = parseArguments(argv, faults)
  const source = settingsFrom(env, file)
  const port = parsePort(given['port'], env['RUNGS_PORT'] ?? source.find('RUNGS_PORT', 'port')?.value, faults)
  const data = given['data'] ?? env['RUNGS_DATA'] ?? source.find('RUNGS_DATA', 'data')?.value
  if (data === '') faults.push({ path: 'RUNGS_DATA', message: 'expected a folder, got nothing' })
  const dataFolder = resolve(data ?? join(packageRoot, 'data'))
  const databaseUrl = parseDatabaseUrl(source.find('DATABASE_URL', 'database')?.value, faults)
  const secret = source.find('RUNGS_SECRET', 'secret')
  if (secret !== undefined && secret.value.length < SHORTEST_SECRET) {
    const message = `expected at least ${SHORTEST_SECRET} characters, got ${secret.value.length}`
    faults.push({ path: secret.path, message })
  }
  const { value: logLevel, path: logPath } = source.find('RUNGS_LOG', 'log') ?? {
    value: 'warn',
    path: 'RUNGS_LOG',
  }
  if (!isLogLevel(logLevel)) {
    const message = `expected one of ${LOG_LEVELS.join(', ')}, got ${JSON.stringify(logLevel)}`
    faults.push({ path: logPath, message })
  }
  const checkpoints = source.find('RUNGS_CHECKPOINTS', 'checkpoints')?.value
  const erasures = source.find('RUNGS_ERASURES', 'erasures')?.value
  const team = parseTeamSettings(source, { port, dataFolder }, faults)
  const operations = parseOperationsSettings(source, faults)
  faults.push(...source.listFaults())
  if (faults.length > 0 || !isLogLevel(logLevel)) return { ok: false, faults }
  const checkpointFolder = resolve(checkpoints ?? join(dataFolder, 'checkpoints'))
  const erasureFolder = resolve(erasures ?? join(dataFolder, 'erasures'))
  return {
    ok: true,
    config: {
      ...{ port, dataFolder, checkpointFolder, erasureFolder, databaseUrl },
      ...{ secret: secret?.value, logLevel, team, operations },
    },
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
