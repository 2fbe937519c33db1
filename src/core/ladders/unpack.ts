// Opens zip archives (workbooks) within bounds: a bomb is refused by its declared sizes before anything is unpacked.
import { unzipSync } from 'fflate'
import { UnreadableFile, type LadderLimits } from './source.ts'

const OLE = [0xd0, 0xcf, 0x11, 0xe0]
const startsWith = (bytes: Uint8Array, magic: readonly number[]) =>
  magic.every((byte, index) => bytes[index] === byte)

/**
 * The parts of an archive whose names `wanted` accepts, as bytes. The unpacked memory is bounded by the sizes that
 * the archive declares, which are checked first. Throws UnreadableFile for what is no zip, broken, locked or a bomb.
 */
export function unpack(
  bytes: Uint8Array,
  wanted: (name: string) => boolean,
  limits: LadderLimits,
): Map<string, Uint8Array> {
  if (startsWith(bytes, OLE)) {
    throw new UnreadableFile(
      'expected an open .xlsx workbook, got one locked with a password or an old .xls; save it as .xlsx without a password',
    )
  }
  if (!startsWith(bytes, [0x50, 0x4b]))
    throw new UnreadableFile('expected an .xlsx workbook (a zip archive), got other bytes')
  let total = 0
  let entries = 0
  try {
    const parts = unzipSync(bytes, {
      filter: (part) => {
        entries += 1
        if (entries > 5_000) throw new UnreadableFile('expected a workbook of at most 5000 parts, got more')
        if (!wanted(part.name)) return false
        total += part.originalSize
        const packed = Math.min(part.size, bytes.length)
        if (part.originalSize > 1_000_000 && part.originalSize > packed * limits.unpackRatio) {
          throw new UnreadableFile(
            `expected a part that unpacks to at most ${limits.unpackRatio} times its size, got ${Math.round(part.originalSize / Math.max(packed, 1))} times (a zip bomb)`,
            { where: part.name },
          )
        }
        if (total > limits.unpackedBytes) {
          throw new UnreadableFile(`expected at most ${limits.unpackedBytes} bytes unpacked, got more`, {
            where: part.name,
          })
        }
        return true
      },
    })
    return new Map(Object.entries(parts))
  } catch (error) {
    if (error instanceof UnreadableFile) throw error
    throw new UnreadableFile(
      `expected a whole .xlsx workbook, got a broken archive (${error instanceof Error ? error.message : 'unreadable'})`,
    )
  }
}
