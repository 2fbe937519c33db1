// Who was erased, in a file outside of the database: an older database that is restored is held to it.
import { existsSync } from 'node:fs'
import { mkdir, open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { errorCodeOf } from '../errors.ts'

const erasedSchema = z.object({
  organisation: z.uuid(),
  person: z.uuid(),
  reason: z.string().regex(/^[a-z-]+$/),
  at: z.iso.datetime(),
})

/** An opaque id and a time: the file says nothing of who it was. */
export type Erased = z.output<typeof erasedSchema>

const FILE = 'erasures.jsonl'

/** Adds a line; resolves once it is on disk. */
export async function appendErasure(folder: string, erased: Erased): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const file = await open(join(folder, FILE), 'a', 0o600)
  try {
    // A newline first as well: a process that was killed while it wrote may have left half a line.
    await file.write(`\n${JSON.stringify(erased)}\n`)
    await file.sync()
  } finally {
    await file.close()
  }
  const directory = await open(folder, 'r')
  await directory.sync().catch(() => undefined)
  await directory.close()
}

/** Whether a folder holds a log of erasures at all. */
export function holdsErasureLog(folder: string): boolean {
  return existsSync(join(folder, FILE))
}

/** All lines that are whole, each person once with the latest time. */
export async function readErasures(folder: string): Promise<Erased[]> {
  const latest = new Map<string, Erased>()
  for (const line of (await textOf(join(folder, FILE))).split('\n')) {
    const parsed = erasedSchema.safeParse(jsonOf(line))
    if (parsed.success) latest.set(`${parsed.data.organisation} ${parsed.data.person}`, parsed.data)
  }
  return [...latest.values()]
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (errorCodeOf(error) === 'ENOENT') return ''
    throw error
  }
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
