// Finds out in which encoding a text file is written and decodes it; a wrong guess would spoil every text after it.

export interface Decoded {
  readonly text: string
  /** As the Encoding Standard names it: utf-8, utf-16le, utf-16be, gbk, windows-1252. */
  readonly encoding: string
}

const decode = (encoding: string, bytes: Uint8Array, fatal = false) =>
  new TextDecoder(encoding, { fatal }).decode(bytes)

/**
 * The text of a file: by its byte order mark, else UTF-8 where that fits, else UTF-16 by where its zero bytes stand,
 * else GBK where the bytes pair up to common Chinese characters, else Windows-1252 (which holds Latin-1).
 * Bytes with zeros that are not UTF-16 give undefined: not a text.
 */
export function decodeText(bytes: Uint8Array): Decoded | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { text: decode('utf-16le', bytes), encoding: 'utf-16le' }
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { text: decode('utf-16be', bytes), encoding: 'utf-16be' }
  const sample = bytes.subarray(0, 4096)
  const zeros = [0, 0]
  for (let index = 0; index < sample.length; index++) if (sample[index] === 0) zeros[index % 2]!++
  if (zeros[0]! + zeros[1]! > 0) {
    const half = sample.length / 2
    if (zeros[1]! > half * 0.3 && zeros[0]! < half * 0.02)
      return { text: decode('utf-16le', bytes), encoding: 'utf-16le' }
    if (zeros[0]! > half * 0.3 && zeros[1]! < half * 0.02)
      return { text: decode('utf-16be', bytes), encoding: 'utf-16be' }
    return undefined
  }
  try {
    return { text: decode('utf-8', bytes, true), encoding: 'utf-8' }
  } catch {
    return looksLikeGbk(bytes)
      ? { text: decode('gbk', bytes), encoding: 'gbk' }
      : { text: decode('windows-1252', bytes), encoding: 'windows-1252' }
  }
}

/** Common Chinese characters stand in rows B0 to F7 of GB 2312; accented Latin letters do not come in such pairs. */
function looksLikeGbk(bytes: Uint8Array): boolean {
  let common = 0
  let other = 0
  for (let index = 0; index < bytes.length && common + other < 20_000; index++) {
    const lead = bytes[index]!
    if (lead < 0x80) continue
    const trail = bytes[index + 1] ?? 0
    if (lead >= 0xb0 && lead <= 0xf7 && trail >= 0xa1 && trail <= 0xfe) {
      common += 1
      index += 1
    } else if (lead >= 0x81 && lead <= 0xfe && trail >= 0x40 && trail <= 0xfe && trail !== 0x7f) {
      other += trail >= 0xa1 ? 0.2 : 1
      index += 1
    } else other += 1
  }
  return common > 4 * other
}
