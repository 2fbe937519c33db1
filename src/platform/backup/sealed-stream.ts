// Encrypts and decrypts a backup as it flows: AES-256-GCM in chunks that can be neither changed, moved nor cut off.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { z } from 'zod'
import { RungsError } from '../errors.ts'
import { deriveKey, type BackupKey } from './backup-key.ts'

/** Bytes of plain text in one chunk. */
const CHUNK = 65_536
const TAG = 16
const MAGIC = 'RUNGS BACKUP 1 '
/** A header is one line: this much at the most, with its newline. */
const LONGEST_HEADER = 1024

const headerSchema = z.strictObject({
  key: z.enum(['passphrase', 'file']),
  salt: z.string().regex(/^[0-9a-f]{32}$/),
  /** 7 random bytes; with the chunk's number and whether it is the last they make its nonce. */
  nonce: z.string().regex(/^[0-9a-f]{14}$/),
})
type Header = z.output<typeof headerSchema>

/** What stands in a pipeline: bytes in, bytes out. */
export type Step = (source: AsyncIterable<Buffer>) => AsyncGenerator<Buffer, void>

/**
 * Plain bytes in, a header line and sealed chunks out. Each chunk's nonce is a random prefix, its number and whether it
 * is the last one (the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár, 2015), and its authenticated data
 * the header. At most 2^32 chunks, 256 TB.
 */
export function sealStream(key: BackupKey): Step {
  return async function* (source) {
    const salt = randomBytes(16)
    const prefix = randomBytes(7)
    const header: Header = { key: key.kind, salt: salt.toString('hex'), nonce: prefix.toString('hex') }
    const line = Buffer.from(`${MAGIC}${JSON.stringify(header)}\n`)
    const secret = await deriveKey(key, salt)
    yield line
    let counter = 0
    for await (const { chunk, isLast } of chunksOf(source, CHUNK)) {
      const cipher = createCipheriv('aes-256-gcm', secret, nonceOf(prefix, counter++, isLast))
      cipher.setAAD(line)
      yield Buffer.concat([cipher.update(chunk), cipher.final(), cipher.getAuthTag()])
    }
  }
}

/**
 * The way back. Nothing of a chunk comes out before it has proven whole; a wrong key, a changed byte, a missing or moved
 * chunk and a file that ends early fail with a RungsError of the kind invalid.
 */
export function openStream(key: BackupKey): Step {
  return async function* (source) {
    const { line, rest } = await readLine(source)
    const header = line && parseHeader(line)
    if (line === undefined || header === undefined)
      throw new RungsError('invalid', 'This file is no backup of Rungs.')
    if (header.key !== key.kind) {
      const needed = header.key === 'passphrase' ? 'a passphrase' : 'a key file'
      throw new RungsError('invalid', `This backup was made with ${needed}: give that.`)
    }
    const secret = await deriveKey(key, Buffer.from(header.salt, 'hex'))
    const open = opener(secret, line, Buffer.from(header.nonce, 'hex'))
    for await (const { chunk, isLast } of chunksOf(rest, CHUNK + TAG)) yield open(chunk, isLast)
  }
}

/** The first line with its newline, undefined where there is none, and what comes after it. */
async function readLine(source: AsyncIterable<Buffer>) {
  const pieces = source[Symbol.asyncIterator]()
  let start = Buffer.alloc(0)
  let end = -1
  while (end < 0 && start.length < LONGEST_HEADER) {
    const { value, done } = await pieces.next()
    if (done === true) break
    start = Buffer.concat([start, value])
    end = start.indexOf(10)
  }
  const rest = async function* (): AsyncGenerator<Buffer, void> {
    yield start.subarray(end + 1)
    for (let next = await pieces.next(); next.done !== true; next = await pieces.next()) yield next.value
  }
  return { line: end < 0 ? undefined : start.subarray(0, end + 1), rest: rest() }
}

function opener(secret: Buffer, line: Buffer, prefix: Buffer): (chunk: Buffer, isLast: boolean) => Buffer {
  let counter = 0
  return (chunk, isLast) => {
    const number = counter++
    try {
      const cipher = createDecipheriv('aes-256-gcm', secret, nonceOf(prefix, number, isLast))
      cipher.setAAD(line)
      cipher.setAuthTag(chunk.subarray(-TAG))
      return Buffer.concat([cipher.update(chunk.subarray(0, -TAG)), cipher.final()])
    } catch (cause) {
      const message =
        number === 0
          ? 'The key does not fit this backup, or the backup was changed.'
          : `The backup is damaged: it was changed or cut off in its chunk ${number + 1}.`
      throw new RungsError('invalid', message, { cause })
    }
  }
}

function nonceOf(prefix: Buffer, counter: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12)
  prefix.copy(nonce)
  nonce.writeUInt32BE(counter, 7)
  nonce[11] = isLast ? 1 : 0
  return nonce
}

function parseHeader(line: Buffer): Header | undefined {
  const text = line.toString('latin1')
  if (!text.startsWith(MAGIC)) return undefined
  try {
    return headerSchema.safeParse(JSON.parse(text.slice(MAGIC.length))).data
  } catch {
    return undefined
  }
}

/** Pieces of `size`; the last may be shorter, and is known as the last only when all has come. */
async function* chunksOf(source: AsyncIterable<Buffer>, size: number) {
  let waiting: Buffer[] = []
  let length = 0
  for await (const bytes of source) {
    waiting.push(bytes)
    length += bytes.length
    if (length <= size) continue
    let rest = Buffer.concat(waiting)
    for (; rest.length > size; rest = rest.subarray(size))
      yield { chunk: rest.subarray(0, size), isLast: false }
    waiting = [rest]
    length = rest.length
  }
  yield { chunk: Buffer.concat(waiting), isLast: true }
}
