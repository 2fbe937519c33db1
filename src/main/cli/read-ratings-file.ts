// Reads the ratings that a verb's argument names: a file, or - for standard input; refuses what is too large early.
import { createReadStream, fstatSync } from 'node:fs'
import { MOST_RATINGS } from '../../core/measure/ratings.ts'
import {
  RATING_FACETS,
  parseRatingsText,
  type RatingFacet,
  type ReadRatings,
} from '../../core/measure/read-ratings.ts'
import { REASON_WORDS } from '../../core/measure/reason-words.ts'
import type { Caution, Refusal } from '../../core/measure/refusals.ts'
import { BadInput } from './exit.ts'
import type { Language } from './speech.ts'

const MOST_BYTES = 500_000_000

export const RATINGS_ARGUMENT =
  'a CSV, TSV or JSON-lines file of ratings (long or wide), or - for standard input'

export interface ReadingOptions {
  readonly facets?: string
  readonly scale?: string
  readonly language: Language
}

/** The ratings behind an argument; throws BadInput with every refusal. */
export async function readRatingsFile(
  argument: string,
  { facets, scale, language }: ReadingOptions,
): Promise<ReadRatings> {
  const columns = columnsOf(facets)
  const range = scaleOf(scale)
  const text = await readText(argument, language)
  const read = parseRatingsText(text, { columns, scale: range })
  if (!read.ok) throw new BadInput(formatRefusals(nameOf(argument), read.refusals, language))
  return read.value
}

const nameOf = (argument: string) => (argument === '-' ? 'standard input' : argument)

const LABELS = {
  en: { caution: 'Caution:', needed: 'needed:', exactly: 'exactly:' },
  'zh-Hans': { caution: '注意：', needed: '需要：', exactly: '具体：' },
} as const satisfies Record<Language, unknown>

/** Each refusal with what is missing, one a line; outside of English with the exact place as the engine names it. */
export function formatRefusals(name: string, refusals: readonly Refusal[], language: Language): string {
  if (language === 'en')
    return refusals
      .map(({ code, message, missing }) => `${name}: ${message}\n  needed: ${missing} [${code}]`)
      .join('\n')
  const labels = LABELS[language]
  return refusals
    .map(({ code, message }) => {
      const { what, needed } = REASON_WORDS[language].refusal[code]
      return `${name}：${what}\n  ${labels.exactly}${message}\n  ${labels.needed}${needed} [${code}]`
    })
    .join('\n')
}

/** A caution on one line, beginning with the word for it. */
export function formatCaution({ code, message }: Caution, language: Language): string {
  const labels = LABELS[language]
  if (language === 'en') return `${labels.caution} ${message}`
  return `${labels.caution}${REASON_WORDS[language].caution[code]} [${code}]`
}

function columnsOf(facets: string | undefined): Partial<Record<RatingFacet, string>> {
  const columns: Partial<Record<RatingFacet, string>> = {}
  for (const entry of facets?.split(',') ?? []) {
    const at = entry.indexOf('=')
    const facet = entry.slice(0, Math.max(0, at)).trim() as RatingFacet
    const column = entry.slice(at + 1).trim()
    if (at < 1 || !RATING_FACETS.includes(facet) || column === '') {
      throw new BadInput(
        `--facets: expected name=column with a name of ${RATING_FACETS.join(', ')}, got "${entry}"`,
      )
    }
    columns[facet] = column
  }
  return columns
}

function scaleOf(scale: string | undefined): { lowest?: number; highest?: number } {
  if (scale === undefined) return {}
  const found = /^(-?\d+)(?:-|\.\.|…)(-?\d+)$/.exec(scale.trim())
  const [lowest, highest] = [Number(found?.[1]), Number(found?.[2])]
  if (!found || lowest >= highest)
    throw new BadInput(`--scale: expected lowest-highest such as 0-4, got "${scale}"`)
  return { lowest, highest }
}

/** The text of a file or of standard input, as clean UTF-8; counts its lines while it comes in. */
export async function readText(argument: string, language: Language = 'en'): Promise<string> {
  const name = nameOf(argument)
  if (argument === '-' && (process.stdin.isTTY || !hasStandardInput()))
    throw new BadInput('- reads standard input, and nothing is piped in')
  const stream = argument === '-' ? process.stdin : createReadStream(argument)
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const parts: string[] = []
  let lines = 0
  let size = 0
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      if (
        size === 0 &&
        ((chunk[0] === 0xff && chunk[1] === 0xfe) || (chunk[0] === 0xfe && chunk[1] === 0xff))
      ) {
        throw new BadInput(`${name}: encoded as UTF-16; save it as UTF-8`)
      }
      size += chunk.length
      for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) lines += 1
      if (size > MOST_BYTES)
        throw new BadInput(
          `${name}: more than ${MOST_BYTES / 1e6} MB; split it by competency, unit or round so that raters stay linked`,
        )
      if (lines > MOST_RATINGS + 2) {
        const most = MOST_RATINGS.toLocaleString('en')
        const refusal: Refusal = {
          code: 'too-many-ratings',
          message: `more than the ${most} ratings of one run`,
          missing: 'a split by competency, unit or round that keeps raters linked',
        }
        throw new BadInput(formatRefusals(name, [refusal], language))
      }
      parts.push(decoder.decode(chunk, { stream: true }))
    }
    parts.push(decoder.decode())
  } catch (error) {
    if (error instanceof BadInput) throw error
    if (error instanceof TypeError)
      throw new BadInput(`${name}: not valid UTF-8 after ${size} bytes, line ${lines + 1}; save it as UTF-8`)
    const { code, message } = error as NodeJS.ErrnoException
    throw new BadInput(
      `${name}: ${code === 'ENOENT' ? 'there is no such file' : code === 'EISDIR' ? 'is a folder, expected a file' : message}`,
    )
  }
  return parts.join('')
}

function hasStandardInput(): boolean {
  try {
    fstatSync(0)
    return true
  } catch {
    return false
  }
}
