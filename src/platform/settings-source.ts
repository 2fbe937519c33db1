// Where a setting comes from: the environment, else the configuration file; each value remembers its place.
import { isMap, isScalar, LineCounter, parseDocument } from 'yaml'
import type { Fault } from './errors.ts'

/** The configuration file: its name for messages, and its text. */
export interface SettingsFile {
  name: string
  text: string
}

export interface Setting {
  value: string
  /** What to correct: RUNGS_URL, or rungs.config.yaml:3 url. */
  path: string
}

export interface SettingsSource {
  /** A setting by its variable of the environment and its key in the file; undefined where it is given nowhere. */
  find(variable: string, key: string): Setting | undefined
  /** Faults of the file itself, and keys of it that nobody asked for. */
  listFaults(): Fault[]
}

/** Reads the file as nested maps: `smtp: { host: … }` is the key smtp.host. A variable that is set empty counts as not set. */
export function settingsFrom(
  env: Record<string, string | undefined>,
  file: SettingsFile | undefined,
): SettingsSource {
  const faults: Fault[] = []
  const inFile = file === undefined ? new Map<string, Setting>() : readFile(file, faults)
  const asked = new Set<string>()
  return {
    find: (variable, key) => {
      asked.add(key)
      const value = env[variable]
      return value === undefined || value === '' ? inFile.get(key) : { value, path: variable }
    },
    listFaults: () => [
      ...faults,
      ...[...inFile]
        .filter(([key]) => !asked.has(key))
        .map(([, { path }]) => ({ path, message: 'there is no such setting' })),
    ],
  }
}

function readFile({ name, text }: SettingsFile, faults: Fault[]): Map<string, Setting> {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const found = new Map<string, Setting>()
  const placeOf = (offset: number | undefined) => `${name}:${lines.linePos(offset ?? 0).line}`
  for (const error of document.errors) faults.push({ path: placeOf(error.pos[0]), message: error.message })
  if (faults.length > 0) return found
  const visit = (node: unknown, before: string): void => {
    if (!isMap(node)) return
    for (const { key, value } of node.items) {
      const word = isScalar(key) ? String(key.value) : '?'
      const full = before === '' ? word : `${before}.${word}`
      const path = `${placeOf(isScalar(key) ? key.range?.[0] : undefined)} ${full}`
      if (isMap(value)) visit(value, full)
      else if (isScalar(value) && value.value !== null) found.set(full, { value: String(value.value), path })
      else faults.push({ path, message: 'expected a text, a number, true or false' })
    }
  }
  if (document.contents !== null && !isMap(document.contents))
    faults.push({ path: `${name}:1`, message: 'expected settings, one `name: value` on each line' })
  visit(document.contents, '')
  return found
}
