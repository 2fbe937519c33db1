// The fingerprint by which the audit knows the words of a reason.
import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { checkReason, fingerprintOf, stateReason } from './stated-reason.ts'

test('the fingerprint is SHA-256 of the salt and the words, and the salt differs each time', () => {
  const salt = '00112233445566778899aabbccddeeff'
  const expected = createHash('sha256')
    .update(Buffer.concat([Buffer.from(salt, 'hex'), Buffer.from('今年的体系', 'utf8')]))
    .digest('hex')
  expect(fingerprintOf({ words: '今年的体系', salt })).toBe(expected)
  const [one, other] = [stateReason('the same words'), stateReason('the same words')]
  expect(one.salt).toMatch(/^[0-9a-f]{32}$/)
  expect(fingerprintOf(one)).not.toBe(fingerprintOf(other))
})

test('words that were changed differ, and words that were erased are absent', () => {
  const stated = stateReason('too early')
  const recorded = fingerprintOf(stated)
  expect(checkReason(stated.words, stated.salt, recorded)).toBe('matches')
  expect(checkReason('too late', stated.salt, recorded)).toBe('differs')
  expect(checkReason(null, null, recorded)).toBe('absent')
  expect(checkReason(stated.words, stated.salt, null)).toBe('absent')
})
