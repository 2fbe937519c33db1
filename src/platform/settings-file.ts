// Finds the configuration file: RUNGS_CONFIG, else rungs.config.yaml in the folder that Rungs is started in.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { errorCodeOf } from './errors.ts'
import type { SettingsFile } from './settings-source.ts'

const USUAL_NAME = 'rungs.config.yaml'

/** Undefined where there is none and none was asked for; a problem where one was named that cannot be read. */
export function readSettingsFile(
  env: Record<string, string | undefined>,
): SettingsFile | { name: string; problem: string } | undefined {
  const named = env['RUNGS_CONFIG']
  const name = named === undefined || named === '' ? USUAL_NAME : named
  try {
    return { name, text: readFileSync(resolve(name), 'utf8') }
  } catch (error) {
    const code = errorCodeOf(error)
    if (code === 'ENOENT' && name === USUAL_NAME) return undefined
    return { name, problem: code === 'ENOENT' ? 'no such file' : `cannot be read (${code})` }
  }
}
