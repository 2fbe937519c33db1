// Finds out in which encoding a text file is written and decodes it; a wrong guess would spoil every text after it.

/** The encodings that are recognised, as the Encoding Standard names them; GB18030 holds GBK and GB 2312. */
export const ENCODINGS = ['utf-8', 'gb18030', 'windows-1252', 'utf-16le', 'utf-16be', 'shift_jis'] as const
export type Encoding = (typeof ENCODINGS)[number]

export interface Decoded {
  readonly text: string
  readonly encoding: Encoding
}

const decode = (encoding: Encoding, bytes: Uint8Array, fatal = false) =>
  new TextDecoder(encoding, { fatal }).decode(bytes)

/** The text of a file in the encoding that is given, else in the one that is found; undefined where it is not a text. */
export function decodeText(
  bytes: Uint8Array,
  encoding: Encoding | undefined = findEncoding(bytes),
): Decoded | undefined {
  return encoding && { text: decode(encoding, bytes), encoding }
}

/**
 * The encoding of a file: by its byte order mark, else UTF-8 where that fits, else UTF-16 by where its zero bytes stand,
 * else GB18030 where the bytes pair up to common Chinese characters, else Shift_JIS where they are kana, else Windows-1252
 * (which holds Latin-1). Bytes with zeros that are not UTF-16 give undefined: not a text.
 */
export function findEncoding(bytes: Uint8Array): Encoding | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  const sample = bytes.subarray(0, 4096)
  const zeros = [0, 0]
  for (let index = 0; index < sample.length; index++) if (sample[index] === 0) zeros[index % 2]!++
  if (zeros[0]! + zeros[1]! > 0) {
    const half = sample.length / 2
    if (zeros[1]! > half * 0.3 && zeros[0]! < half * 0.02) return 'utf-16le'
    if (zeros[0]! > half * 0.3 && zeros[1]! < half * 0.02) return 'utf-16be'
    return undefined
  }
  if (fits('utf-8', bytes) !== undefined) return 'utf-8'
  if (looksLikeChinese(bytes)) return 'gb18030'
  return looksLikeJapanese(bytes) ? 'shift_jis' : 'windows-1252'
}

function fits(encoding: Encoding, bytes: Uint8Array): string | undefined {
  try {
    return decode(encoding, bytes, true)
  } catch {
    return undefined
  }
}

const isDigit = (byte: number | undefined) => byte !== undefined && byte >= 0x30 && byte <= 0x39
const isLead = (byte: number | undefined) => byte !== undefined && byte >= 0x81 && byte <= 0xfe

/**
 * Common Chinese characters stand in rows B0 to F7 of GB 2312; accented Latin letters do not come in such pairs. What is
 * in no row takes four bytes, of which the second and fourth are digits (a ë in a Chinese file): no Latin text has these.
 */
function looksLikeChinese(bytes: Uint8Array): boolean {
  let common = 0
  let other = 0
  for (let index = 0; index < bytes.length && common + other < 20_000; index++) {
    const lead = bytes[index]!
    if (lead < 0x80) continue
    const trail = bytes[index + 1] ?? 0
    if (isLead(lead) && isDigit(trail) && isLead(bytes[index + 2]) && isDigit(bytes[index + 3])) {
      common += 1
      index += 3
    } else if (lead >= 0xb0 && lead <= 0xf7 && trail >= 0xa1 && trail <= 0xfe) {
      common += 1
      index += 1
    } else if (isLead(lead) && trail >= 0x40 && trail <= 0xfe && trail !== 0x7f) {
      other += trail >= 0xa1 ? 0.2 : 1
      index += 1
    } else other += 1
  }
  return common > 4 * other
}

/** Kana and the characters between them: a Latin text that fits Shift_JIS at all gives none. */
function looksLikeJapanese(bytes: Uint8Array): boolean {
  const text = fits('shift_jis', bytes) ?? ''
  const kana = text.match(/[\u3041-\u30fc]/gu)?.length ?? 0
  return kana > 0 && kana * 20 > (text.match(/[^\u0000-\u007f]/gu)?.length ?? 0)
}
