// Lays text out for the terminal: wraps by columns, with East Asian wide characters, and keeps out control characters.
import { columns, padTo } from './output.ts'

/** Columns that a page takes: those of the terminal, from 60 to 100; 80 where the output is no terminal. */
export function pageWidth(stream: NodeJS.WriteStream = process.stdout): number {
  return stream.isTTY ? Math.min(100, Math.max(60, stream.columns)) : 80
}

/** Characters that must not begin a line, and those that must not end one. */
const NOT_FIRST = /^[，。、；：？！）》」』”’…—,.;:?!)\]%]/
const NOT_LAST = /[（《「『“‘(]$/
const TOKEN =
  /[\u2E80-\u9FFF\uAC00-\uD7A3\uF900-\uFAFF\uFF00-\uFF60]|\s+|[^\s\u2E80-\u9FFF\uAC00-\uD7A3\uF900-\uFAFF\uFF00-\uFF60]+/gu

/** Columns of a text that may hold colours. */
const seen = (text: string): number => columns(text.replaceAll(/\u001B\[\d+m/g, ''))

/**
 * The text in lines of at most `width` columns; words stay whole, Chinese breaks between characters. It may hold
 * colours, so what comes from outside must have gone through `clean`.
 */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const token of text.match(TOKEN) ?? []) {
    const fits = seen(line) + seen(token) <= width
    if (fits || line === '' || /^\s+$/.test(token) || NOT_FIRST.test(token) || NOT_LAST.test(line))
      line += token
    else {
      lines.push(line.trimEnd())
      line = token
    }
  }
  return [...lines, line.trimEnd()]
}

/** A paragraph whose first line starts with `first` and whose others are indented as far as that is wide. */
export function paragraph(text: string, first = '', width = pageWidth()): string {
  const indent = ' '.repeat(seen(first))
  return wrap(text, Math.max(20, width - indent.length))
    .map((line, at) => `${at === 0 ? first : indent}${line}`.trimEnd())
    .join('\n')
}

/** The text in exactly `width` columns, cut with an ellipsis where it is longer. */
export function fit(text: string, width: number): string {
  const whole = clean(text)
  if (columns(whole) <= width) return padTo(whole, width)
  let cut = ''
  for (const character of whole) {
    if (columns(cut + character) > width - 1) break
    cut += character
  }
  return padTo(`${cut}…`, width)
}

/** One line of printable text: what could steer a terminal is replaced. */
export function clean(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[\u0000-\u001F\u007F-\u009F\u200E\u200F\u202A-\u202E\u2066-\u2069]/g, '\uFFFD')
}
