// The hash chain of an organisation's audit: each link holds everything before it.
import { canonicalRow, type AuditRow } from './canonical-row.ts'

/** SHA-256 (FIPS 180-4): 32 bytes of any bytes. */
export type Sha256 = (bytes: Uint8Array) => Uint8Array

/** What the first row is linked to. */
export const CHAIN_START: Uint8Array = new Uint8Array(32)

const encoder = new TextEncoder()

/** SHA-256(previous hash || canonical row in UTF-8), 32 bytes. */
export function linkHash(previous: Uint8Array, row: AuditRow, sha256: Sha256): Uint8Array {
  const text = encoder.encode(canonicalRow(row))
  const bytes = new Uint8Array(previous.length + text.length)
  bytes.set(previous)
  bytes.set(text, previous.length)
  return sha256(bytes)
}

/** Two hashes are the same bytes. */
export function sameHash(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index])
}

/** A hash in lower-case hexadecimal. */
export function hexOf(hash: Uint8Array): string {
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
