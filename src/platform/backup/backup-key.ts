// The key of a backup: a passphrase, or a file of random bytes.
import { hkdf, scrypt } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { errorCodeOf, RungsError } from '../errors.ts'

export type BackupKey = { kind: 'passphrase'; passphrase: string } | { kind: 'file'; bytes: Buffer }

const SHORTEST_PASSPHRASE = 12
const SHORTEST_FILE = 32
const LONGEST_FILE = 65_536
/** 128 MB and a third of a second for each guess (OWASP's first choice for scrypt). */
const COST = { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 1024 * 1024 }

/** Throws a RungsError where it is too short to protect anything. */
export function passphraseKey(passphrase: string): BackupKey {
  if (passphrase.length >= SHORTEST_PASSPHRASE) return { kind: 'passphrase', passphrase }
  throw new RungsError('invalid', `A passphrase needs at least ${SHORTEST_PASSPHRASE} characters.`)
}

/** A file of at least 32 bytes: `openssl rand -base64 48 > FILE`. Throws a RungsError where it is none. */
export function fileKey(file: string): BackupKey {
  let bytes: Buffer
  try {
    bytes = readFileSync(file)
  } catch (cause) {
    throw new RungsError('invalid', `The key file ${file} cannot be read: ${errorCodeOf(cause)}.`, { cause })
  }
  if (bytes.length >= SHORTEST_FILE && bytes.length <= LONGEST_FILE) return { kind: 'file', bytes }
  const message = `The key file ${file} holds ${bytes.length} bytes; expected ${SHORTEST_FILE} to ${LONGEST_FILE}.`
  throw new RungsError('invalid', message)
}

/** 32 bytes: scrypt of a passphrase (RFC 7914), HKDF-SHA256 of a file (RFC 5869). */
export async function deriveKey(key: BackupKey, salt: Buffer): Promise<Buffer> {
  if (key.kind === 'file')
    return Buffer.from(await promisify(hkdf)('sha256', key.bytes, salt, 'rungs backup', 32))
  return new Promise((resolve, reject) => {
    scrypt(key.passphrase.normalize('NFC'), salt, 32, COST, (error, derived) =>
      error ? reject(error) : resolve(derived),
    )
  })
}
