// Whatever signing in may be refused with has words: the codes are read from better-auth and from our own sources.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { API_KEY_ERROR_CODES } from '@better-auth/api-key'
import { BASE_ERROR_CODES } from '@better-auth/core/error'
import { PASSKEY_ERROR_CODES } from '@better-auth/passkey'
import { TWO_FACTOR_ERROR_CODES } from 'better-auth/plugins/two-factor'
import { expect, test } from 'vitest'
import { packageRoot } from '../../../platform/package-root.ts'
import { accountWords } from '../../../ui/words/en/accounts.ts'
import { MEANT } from './trouble-codes.ts'

const WORDS = accountWords.accountTrouble
const hasWords = (code: string) => code in WORDS || (MEANT[code] ?? '') in WORDS

test('every code of better-auth and of the plugins that are on has words', () => {
  const all = [BASE_ERROR_CODES, TWO_FACTOR_ERROR_CODES, PASSKEY_ERROR_CODES, API_KEY_ERROR_CODES].flatMap(
    (codes) => Object.keys(codes),
  )
  expect(all.length).toBeGreaterThan(90)
  expect(all.filter((code) => !hasWords(code))).toEqual([])
})

test('every code that our own part of signing in answers with has words', () => {
  const folder = join(packageRoot, 'src/platform/sign-in')
  const text = readdirSync(folder)
    .filter((file) => !file.endsWith('.test.ts'))
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('\n')
  const codes = [...text.matchAll(/(?:code: |AdmissionError\(|refusal\()'([A-Z_]+)'/g)].map(
    ([, code]) => code!,
  )
  expect(new Set(codes).size).toBeGreaterThan(10)
  expect(codes.filter((code) => !hasWords(code))).toEqual([])
})
