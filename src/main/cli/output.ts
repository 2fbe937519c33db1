// Writes to the terminal: colour only where a person reads it, JSON on request.

/** Whether `stream` shows colour: a terminal, and NO_COLOR not set (no-color.org). */
const coloured = (stream: NodeJS.WriteStream): boolean =>
  stream.isTTY === true && (process.env['NO_COLOR'] ?? '') === '' && process.env['TERM'] !== 'dumb'

const paint =
  (open: number, close: number) =>
  (text: string, stream: NodeJS.WriteStream = process.stdout): string =>
    coloured(stream) ? `\u001B[${open}m${text}\u001B[${close}m` : text

export const bold = paint(1, 22)
export const dim = paint(2, 22)
export const accent = paint(36, 39)
export const warn = paint(33, 39)

/** Writes text, ending in one newline; nothing for an empty text. */
export function print(text: string): void {
  if (text !== '') process.stdout.write(text.endsWith('\n') ? text : `${text}\n`)
}

export const printJson = (value: unknown): void => print(JSON.stringify(value, null, 2))

/** Width of a text in terminal columns: East Asian wide characters take two. */
export function columns(text: string): number {
  let width = 0
  for (const character of text)
    width +=
      /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]/.test(
        character,
      )
        ? 2
        : 1
  return width
}

export const padTo = (text: string, width: number): string =>
  text + ' '.repeat(Math.max(0, width - columns(text)))
