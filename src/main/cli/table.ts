// Plain tables for the terminal.
import { columns, dim, padTo } from './output.ts'

/** Lines of a table; columns are right-aligned unless listed in `left`. Cells hold plain text. */
export function renderTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  left: readonly number[] = [0],
): string {
  const widths = head.map((name, c) => Math.max(columns(name), ...rows.map((row) => columns(row[c] ?? ''))))
  const line = (row: readonly string[]) =>
    row
      .map((cell, c) =>
        left.includes(c) ? padTo(cell, widths[c]!) : ' '.repeat(widths[c]! - columns(cell)) + cell,
      )
      .join('  ')
      .trimEnd()
  return [dim(line(head)), ...rows.map(line)].join('\n')
}

/** An id as one line of printable text: control characters are shown, not sent to the terminal. */
export function printable(id: string): string {
  const shown = id.replaceAll(/[\u0000-\u001F\u007F-\u009F\u200E\u200F\u202A-\u202E\u2066-\u2069]/g, '\uFFFD')
  return columns(shown) > 40 ? `${[...shown].slice(0, 39).join('')}…` : shown
}
