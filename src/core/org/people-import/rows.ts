// Turns the rows of a people file into people: each cell checked by itself, nothing guessed.
import { fromParts, isDay, addDays, type Day } from '../day.ts'
import type { PeopleFaults } from './fault.ts'
import { PEOPLE_FIELDS, type PeopleField, type PeopleMapping } from './fields.ts'
import type { PeopleRow, PeopleTable } from './table.ts'

/** What one row says of a person. `undefined` where the file has no column for it; null where the cell is empty. */
export interface RowPerson {
  readonly row: number
  readonly id: string | null
  readonly name: string
  readonly email: string | null
  readonly manager: string | null | undefined
  readonly dotted: readonly string[] | undefined
  /** The unit from above to below; empty where the cells are. */
  readonly unit: readonly string[] | undefined
  readonly productLines: readonly string[] | undefined
  readonly position: string | null
  readonly title: string | null | undefined
  readonly role: string | null | undefined
  readonly grade: string | null | undefined
  readonly start: Day | null
  readonly lastDay: Day | null
}

const LIST = /[;；,，、|\n]+/
/** What stands between a unit and the one below it in a path: Engineering / Platform. */
export const PATH = /\s*[/>›→]\s*/
const LONGEST = 200
// What a mail server would take at all; whether somebody reads it there is not ours to know.
const EMAIL =
  /^[^\s@"(),:;<>[\]\\]{1,64}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+\p{L}{2,63}$/u

/** Whether a text is an address that mail could be sent to. */
export const isEmail = (text: string): boolean => text.length <= 254 && EMAIL.test(text)

/** An address as it is compared: without case. */
export const emailKey = (email: string): string => email.toLowerCase()

const YMD = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[T ]\d{1,2}:\d{2}.*)?$/

/**
 * A day written year first (2026-03-31, 2026/3/31, 2026年3月31日), or in a workbook as its day number. Others are not
 * read: 03/04/2026 is two different days.
 */
export function parseDay(text: string, workbook: boolean): Day | undefined {
  if (isDay(text)) return text
  const match = YMD.exec(text)
  if (match) return fromParts(Number(match[1]), Number(match[2]), Number(match[3]))
  const number = workbook && /^\d{5}(?:\.\d+)?$/.test(text) ? Math.floor(Number(text)) : undefined
  // Day 1 is 1900-01-01 and a 29th of February 1900 is counted: from March 1900 on, days count from 1899-12-30.
  return number === undefined || number < 61 ? undefined : addDays('1899-12-30', number)
}

/** Faults of the mapping itself: without names and something to know people by, no row can be read. */
export function checkMapping(mapping: PeopleMapping, faults: PeopleFaults): boolean {
  const before = faults.list.length
  if (mapping.id === undefined && mapping.email === undefined) faults.add('no-identity', { row: null })
  if (mapping.name === undefined && mapping.familyName === undefined && mapping.givenName === undefined)
    faults.add('no-name-column', { row: null })
  return faults.list.length === before
}

/** Reads one row; a row with a fault of its own gives undefined when nothing can be made of it. */
export function readRow(
  { row, cells }: PeopleRow,
  { workbook }: PeopleTable,
  mapping: PeopleMapping,
  faults: PeopleFaults,
): RowPerson | undefined {
  const cell = (field: PeopleField): string | null | undefined => {
    const column = mapping[field]
    if (column === undefined) return undefined
    const text = (cells[column] ?? '').replaceAll(/\s+/g, ' ').trim()
    return text === '' ? null : text
  }
  const at = (field: PeopleField) => ({ row, column: mapping[field] })
  for (const field of PEOPLE_FIELDS) {
    const text = cells[mapping[field] ?? -1]
    if (text === undefined) continue
    // eslint-disable-next-line no-control-regex
    const control = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]|\p{Cs}/u.test(text)
    if (control || text.length > LONGEST * 5 || (text.length > LONGEST && !LIST.test(text))) {
      faults.add('bad-text', at(field), { most: LONGEST, got: control ? 'control characters' : text.length })
      return undefined
    }
  }
  const date = (field: 'start' | 'lastDay'): Day | null => {
    const text = cell(field)
    if (text === null || text === undefined) return null
    const day = parseDay(text, workbook)
    if (day === undefined) faults.add('bad-date', at(field), { got: text })
    return day ?? null
  }
  const list = (field: PeopleField): string[] | undefined => {
    const text = cell(field)
    if (text === undefined) return undefined
    const parts = (text ?? '').split(LIST).map((part) => part.trim())
    return [...new Set(parts.filter((part) => part !== ''))]
  }
  const id = cell('id') ?? null
  let email = cell('email') ?? null
  if (email !== null && !isEmail(email)) {
    faults.add('bad-email', at('email'), { got: email })
    email = null
    if (id === null) return undefined
  }
  if (id === null && email === null) {
    faults.add('missing-id', at(mapping.id === undefined ? 'email' : 'id'))
    return undefined
  }
  const name = cell('name') ?? joinedName(cell('givenName') ?? '', cell('familyName') ?? '')
  if (name === '') faults.add('missing-name', at(mapping.name === undefined ? 'familyName' : 'name'))
  const managers = list('manager')
  if (managers !== undefined && managers.length > 1)
    faults.add('two-managers', at('manager'), {
      person: id === null ? name : `${name} (${id})`,
      managers: managers.join(', '),
    })
  const start = date('start')
  const lastDay = date('lastDay')
  if (start !== null && lastDay !== null && lastDay < start)
    faults.add('end-before-start', at('lastDay'), { start, end: lastDay })
  const levels = (['division', 'department', 'team'] as const).map(cell)
  return {
    ...{ row, id, name, email, start, lastDay },
    manager: managers === undefined ? undefined : (managers[0] ?? null),
    dotted: list('dotted'),
    unit: levels.every((level) => level === undefined)
      ? undefined
      : levels.flatMap((level) => (level ?? '').split(PATH)).filter((part) => part !== ''),
    productLines: list('productLines'),
    position: cell('position') ?? null,
    title: cell('title'),
    role: cell('role'),
    grade: cell('grade'),
  }
}

/** Family name first where the name is written in Han characters, last elsewhere. */
function joinedName(given: string, family: string): string {
  return /\p{Script=Han}/u.test(family + given) ? `${family}${given}` : `${given} ${family}`.trim()
}
