// The secret that the passwords of the database roles, and everything else that must not be guessed, are derived from.
import { randomBytes } from 'node:crypto'
import { chmodSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { SHORTEST_SECRET, type Config } from './config.ts'
import { errorCodeOf, RungsError } from './errors.ts'

/** RUNGS_SECRET; else the file `secret` of the data folder, made with 32 random bytes at the first start. */
export function readSecret({ secret, dataFolder }: Pick<Config, 'secret' | 'dataFolder'>): string {
  if (secret !== undefined) return secret
  const file = join(dataFolder, 'secret')
  try {
    return readFile(file) ?? makeFile(file, dataFolder)
  } catch (error) {
    if (error instanceof RungsError) throw error
    throw new RungsError('unavailable', `The file ${file} cannot be read or made: ${errorCodeOf(error)}.`, {
      cause: error,
    })
  }
}

function readFile(file: string): string | undefined {
  let text: string
  try {
    text = readFileSync(file, 'utf8').trim()
  } catch (error) {
    if (errorCodeOf(error) === 'ENOENT') return undefined
    throw error
  }
  if (text.length >= SHORTEST_SECRET) return text
  throw new RungsError(
    'unavailable',
    `The file ${file} holds no secret: put the right one back, or remove it.`,
  )
}

/** Written aside and linked, so that of two starts at once both get the same one, whole. */
function makeFile(file: string, folder: string): string {
  mkdirSync(folder, { recursive: true })
  const aside = `${file}.${randomBytes(6).toString('hex')}`
  writeFileSync(aside, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flush: true })
  chmodSync(aside, 0o600)
  try {
    linkSync(aside, file)
  } catch (error) {
    if (errorCodeOf(error) !== 'EEXIST') throw error
  } finally {
    rmSync(aside, { force: true })
  }
  return readFile(file) ?? makeFile(file, folder)
}
