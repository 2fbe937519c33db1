// Why somebody did something, in their words: the words stand with what was done, the audit holds only a fingerprint of them.
import { createHash, randomBytes } from 'node:crypto'

/** The words with 16 random bytes in hex; erased together, nothing that is left tells anything of the words. */
export interface StatedReason {
  readonly words: string
  readonly salt: string
}

/**
 * What the audit says of stored words: `matches`: they are those that were given when it was done; `differs`: they were
 * changed since; `absent`: the audit has no fingerprint of them, or the words were erased.
 */
export type ReasonCheck = 'matches' | 'differs' | 'absent'

export function stateReason(words: string): StatedReason {
  return { words, salt: randomBytes(16).toString('hex') }
}

/** SHA-256 of the salt and the words (UTF-8), in hex: without the salt no guess at the words can be tried against it. */
export function fingerprintOf({ words, salt }: StatedReason): string {
  return createHash('sha256').update(Buffer.from(salt, 'hex')).update(words, 'utf8').digest('hex')
}

export function checkReason(
  words: string | null,
  salt: string | null,
  recorded: string | null | undefined,
): ReasonCheck {
  if (words === null || salt === null || !recorded) return 'absent'
  return fingerprintOf({ words, salt }) === recorded ? 'matches' : 'differs'
}
