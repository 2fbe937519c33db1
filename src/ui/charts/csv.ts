// Writes a table as CSV text that opens safely in a spreadsheet.
import { neutralised } from '../../core/tables/csv.ts'

/** RFC 4180 with CRLF; a cell that a spreadsheet would run as a formula gets a leading apostrophe. */
export function csvOf(rows: readonly (readonly (string | number | null | undefined)[])[]): string {
  return rows.map((row) => row.map(cellOf).join(',')).join('\r\n') + '\r\n'
}

function cellOf(value: string | number | null | undefined): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number') return String(value)
  const safe = neutralised(value)
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
