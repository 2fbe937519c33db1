// The inside of a backup: records of JSON and the bytes that belong to them, one after the other.
import { RungsError } from '../errors.ts'

export type Frame = { kind: 'record'; record: unknown } | { kind: 'bytes'; bytes: Buffer }

const RECORD = 1
const BYTES = 2
const HEAD = 5
const LONGEST = 64 * 1024 * 1024

export function recordFrame(record: unknown): Buffer {
  return frameOf(RECORD, Buffer.from(JSON.stringify(record)))
}

/** Bytes that belong to the last record. */
export function bytesFrame(bytes: Buffer): Buffer {
  return frameOf(BYTES, bytes)
}

function frameOf(type: number, body: Buffer): Buffer {
  const head = Buffer.alloc(HEAD)
  head[0] = type
  head.writeUInt32BE(body.length, 1)
  return Buffer.concat([head, body])
}

/** The frames of what flows; throws a RungsError where it is none or ends within one. */
export async function* readFrames(source: AsyncIterable<Buffer>): AsyncGenerator<Frame, void> {
  const pieces: Buffer[] = []
  let length = 0
  let needed = HEAD
  const take = (): Buffer => {
    const all = pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces)
    pieces.length = 0
    return all
  }
  for await (const piece of source) {
    pieces.push(piece)
    length += piece.length
    if (length < needed) continue
    let rest = take()
    for (needed = neededBy(rest); rest.length >= needed; needed = neededBy(rest)) {
      const body = rest.subarray(HEAD, needed)
      yield rest[0] === RECORD
        ? { kind: 'record', record: JSON.parse(body.toString()) as unknown }
        : { kind: 'bytes', bytes: body }
      rest = rest.subarray(needed)
    }
    pieces.push(rest)
    length = rest.length
  }
  if (length > 0) throw new RungsError('invalid', 'The backup ends in the middle.')
}

/** Bytes of the frame that begins here, or of its head alone where that is not there yet. */
function neededBy(bytes: Buffer): number {
  if (bytes.length < HEAD) return HEAD
  const body = bytes.readUInt32BE(1)
  if ((bytes[0] !== RECORD && bytes[0] !== BYTES) || body > LONGEST)
    throw new RungsError('invalid', 'The backup is of a format that this version does not know.')
  return HEAD + body
}
