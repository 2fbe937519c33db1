// Keeps checkpoints in files outside of the database: lines that are added and are on disk before anything goes on.
import { open, mkdir, readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { checkpointLine, parseCheckpoints, type Checkpoint } from '../../core/audit/checkpoint.ts'
import { errorCodeOf } from '../errors.ts'

/** One file for a month of an organisation: ID-2026-03.jsonl */
const fileOf = ({ organisation, at }: Checkpoint) => `${organisation}-${at.slice(0, 7)}.jsonl`

/** Adds a line; resolves once it is on disk. */
export async function appendCheckpoint(folder: string, checkpoint: Checkpoint): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const file = await open(join(folder, fileOf(checkpoint)), 'a', 0o600)
  try {
    const { size } = await file.stat()
    // A process that was killed while it wrote may have left half a line.
    const whole = size === 0 || (await endsWithNewline(join(folder, fileOf(checkpoint))))
    await file.write(`${whole ? '' : '\n'}${checkpointLine(checkpoint)}`)
    await file.sync()
  } finally {
    await file.close()
  }
  const directory = await open(folder, 'r')
  await directory.sync().catch(() => undefined)
  await directory.close()
}

async function endsWithNewline(path: string): Promise<boolean> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    const { buffer } = await file.read({ buffer: Buffer.alloc(1), position: size - 1 })
    return buffer[0] === 10
  } finally {
    await file.close()
  }
}

export interface CheckpointFiles {
  /** Of all files, in the order of their time. */
  checkpoints: Checkpoint[]
  unreadable: { file: string; line: number }[]
}

/** All checkpoints of an organisation in some folders; a folder that is not there has none. */
export async function readCheckpoints(
  folders: readonly string[],
  organisation: string,
): Promise<CheckpointFiles> {
  const found: CheckpointFiles = { checkpoints: [], unreadable: [] }
  for (const folder of folders) {
    for (const name of (await namesIn(folder)).filter((each) => each.startsWith(organisation))) {
      const file = join(folder, name)
      const { checkpoints, unreadable } = parseCheckpoints(await readFile(file, 'utf8'), organisation)
      found.checkpoints.push(...checkpoints)
      found.unreadable.push(...unreadable.map((line) => ({ file: basename(file), line })))
    }
  }
  found.checkpoints.sort((a, b) => Date.parse(a.at) - Date.parse(b.at) || a.sequence - b.sequence)
  return found
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => name.endsWith('.jsonl')).toSorted()
  } catch (error) {
    if (errorCodeOf(error) === 'ENOENT') return []
    throw error
  }
}
