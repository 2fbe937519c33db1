// Tokens of links: random, shown once, stored only as their hash.
import { createHash, randomBytes } from 'node:crypto'

/** 256 random bits as 43 letters that stand in an address as they are. */
export function makeToken(): string {
  return randomBytes(32).toString('base64url')
}

/** The SHA-256 of a token, in hexadecimal, as the database keeps it. A token has too much entropy to need a salt. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
