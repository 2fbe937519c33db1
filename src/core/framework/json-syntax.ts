// Finds where a text that was meant as JSON stops being JSON, and what was expected there.
import type { FaultPath } from './fault.ts'

export interface JsonFault {
  readonly offset: number
  /** Where the entry begins that is not whole: what is read from there on may look wrong. */
  readonly from: number
  /** Keys and indexes of the value that was being written. */
  readonly path: FaultPath
  readonly expected: string
  readonly got: string
}

/** Whether a text is meant as JSON: by its file's name, or because it opens with a brace or bracket and no YAML follows. */
export function isMeantAsJson(text: string, file: string): boolean {
  return /\.json$/i.test(file) || /^\s*[{[]\s*(?:"|[}\]]|$)/.test(text)
}

const CUT_OFF = 'the end of the file, as if it were cut off'

interface Open {
  readonly kind: 'map' | 'list'
  key: string | number
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const WORD = /true|false|null/y
const STRING = /"(?:[^"\\\n\r]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y
/** What stands where something else was expected: a word, a number, or one sign. */
const TOKEN = /[\p{L}\p{N}_.+-]{1,30}|[^]/uy

/** The first place where the text is not JSON (RFC 8259); undefined where all of it is. Never throws; time is linear. */
export function findJsonFault(text: string): JsonFault | undefined {
  const open: Open[] = []
  let at = 0
  let from = 0
  const skip = (): void => {
    while (' \t\n\r'.includes(text[at] ?? 'x')) at++
  }
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at
    const found = pattern.exec(text)?.[0]
    if (found !== undefined) at += found.length
    return found
  }
  const fail = (expected: string): JsonFault => {
    const path = open.map(({ key }) => key).filter((key) => key !== '')
    if (at >= text.length) {
      const end = text.trimEnd().length
      return { offset: end, from: Math.min(from, end), path, expected, got: CUT_OFF }
    }
    TOKEN.lastIndex = at
    return {
      offset: at,
      from: Math.min(from, at),
      path,
      expected,
      got: JSON.stringify(TOKEN.exec(text)?.[0] ?? text[at]),
    }
  }
  const stringFault = (what: string): JsonFault => {
    const rest = text.slice(at)
    // A text that never closes is where a file was cut off, or a quote was forgotten.
    if (!/^"(?:[^"\\\n\r]|\\[^])*["\\\n\r]/.test(rest)) {
      at = text.length
      return fail(`the closing quote of ${what}`)
    }
    return fail(`${what} on one line in double quotes, with \\ only before " \\ / b f n r t u`)
  }
  /** Reads a key with its colon; a fault where there is none. */
  const readKey = (top: Open, expected: string): JsonFault | undefined => {
    skip()
    from = at
    if (text[at] !== '"') return fail(expected)
    const key = take(STRING)
    if (key === undefined) return stringFault('a key')
    top.key = JSON.parse(key) as string
    skip()
    if (text[at] !== ':') return fail('":" after the key')
    at++
    return undefined
  }

  for (;;) {
    // A value.
    skip()
    if (open.at(-1)?.kind !== 'map') from = at
    const sign = text[at]
    if (sign === '{' || sign === '[') {
      at++
      const top: Open = { kind: sign === '{' ? 'map' : 'list', key: sign === '{' ? '' : 0 }
      open.push(top)
      skip()
      if (text[at] !== (sign === '{' ? '}' : ']')) {
        const fault = sign === '{' ? readKey(top, 'a key in double quotes, or "}"') : undefined
        if (fault) return fault
        continue
      }
    } else if (sign === '"') {
      if (take(STRING) === undefined) return stringFault('a text')
    } else if (take(WORD) === undefined && take(NUMBER) === undefined) {
      const top = open.at(-1)
      return fail(
        top?.kind === 'list' && top.key === 0
          ? 'a value, or "]"'
          : 'a value: a text in double quotes, a number, true, false, null, "{" or "["',
      )
    }
    // What follows a value: the ends of what it closes, then a comma, or the end of the text.
    for (;;) {
      skip()
      const top = open.at(-1)
      if (!top) return at < text.length ? fail('nothing after the last bracket') : undefined
      const end = top.kind === 'map' ? '}' : ']'
      if (text[at] === end) {
        at++
        open.pop()
        continue
      }
      if (text[at] !== ',') return fail(`"," or "${end}"`)
      at++
      if (top.kind === 'list') top.key = (top.key as number) + 1
      else {
        const fault = readKey(top, 'a key in double quotes')
        if (fault) return fault
      }
      break
    }
  }
}
