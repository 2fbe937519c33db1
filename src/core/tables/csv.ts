// CSV (RFC 4180) that spreadsheets may open safely, and its way back: the one way that Rungs writes tables.

export type CsvCell = string | number | null

/** What makes spreadsheets run a cell as a formula when it comes first, full-width forms included. */
const FORMULA = /^'*[=+\-@\t\r\n＝＋－＠]/u

/** A text that a spreadsheet would run as a formula gets an apostrophe in front; `restored` takes it off again. */
export const neutralised = (text: string): string => (FORMULA.test(text) ? `'${text}` : text)
export const restored = (text: string): string =>
  text.startsWith("'") && FORMULA.test(text) ? text.slice(1) : text

const NEEDS_QUOTES = /[",\r\n]/

/**
 * Rows -> CSV with CRLF. Numbers are written as they are; a text that a spreadsheet would run as a formula gets a
 * leading apostrophe. null is an empty cell; an empty text is a quoted one, so that both come back.
 */
export function writeCsv(rows: readonly (readonly CsvCell[])[]): string {
  return rows.map((row) => `${row.map(cellText).join(',')}\r\n`).join('')
}

function cellText(cell: CsvCell): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return String(cell)
  const safe = neutralised(cell)
  return safe === '' || NEEDS_QUOTES.test(safe) || isNumeric(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** Text that looks like a number is quoted, so that it comes back as text. */
function isNumeric(text: string): boolean {
  return text.trim() !== '' && Number.isFinite(Number(text))
}

/** The way back of `writeCsv`: quoted cells are text, bare ones are numbers where they look like one. */
export function parseCsv(text: string): CsvCell[][] {
  const rows: CsvCell[][] = []
  let row: CsvCell[] = []
  let at = 0
  while (at < text.length) {
    const quoted = text[at] === '"'
    let value = ''
    if (quoted) {
      for (at++; at < text.length; at++) {
        if (text[at] !== '"') value += text[at]
        else if (text[at + 1] === '"') value += text[at++]
        else break
      }
      at++
    } else {
      while (at < text.length && text[at] !== ',' && text[at] !== '\r' && text[at] !== '\n')
        value += text[at++]
    }
    row.push(
      quoted ? restored(value) : value === '' ? null : isNumeric(value) ? Number(value) : restored(value),
    )
    if (text[at] === ',') {
      at++
      if (at < text.length && text[at] !== '\r' && text[at] !== '\n') continue
      row.push(null)
    }
    if (text[at] === '\r') at++
    if (text[at] === '\n') at++
    rows.push(row)
    row = []
  }
  return rows
}
