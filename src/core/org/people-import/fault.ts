// The faults of a people file: each with its place, a code and what was expected.
import { columnLetters } from './table.ts'

export type PeopleFaultCode =
  | 'no-identity'
  | 'no-name-column'
  | 'missing-id'
  | 'missing-name'
  | 'bad-text'
  | 'bad-email'
  | 'bad-date'
  | 'end-before-start'
  | 'duplicate-id'
  | 'duplicate-email'
  | 'email-taken'
  | 'identity-conflict'
  | 'two-managers'
  | 'unknown-manager'
  | 'manager-gone'
  | 'reporting-loop'
  | 'reports-left-behind'
  | 'starts-before-leaving'
  | 'leaves-before-joining'
  | 'ambiguous-unit'
  | 'unknown-role'
  | 'position-twice'

/** The places that its message speaks of, in words of the file. */
export type FaultValues = Readonly<Record<string, string | number>>

export interface PeopleFault {
  readonly code: PeopleFaultCode
  readonly file: string
  /** Null where the fault is of the whole file. */
  readonly row: number | null
  /** The column's letters; null where the fault is of the whole row. */
  readonly column: string | null
  readonly values: FaultValues
  /** In English: what was wrong, what was expected, what to do. */
  readonly message: string
}

const MESSAGES: Record<PeopleFaultCode, string> = {
  'no-identity': 'expected a column with ids or e-mail addresses, got none: map one of them',
  'no-name-column': 'expected a column with names, got none: map it',
  'missing-id': 'expected an id or an e-mail address, got neither',
  'missing-name': 'expected a name, got nothing',
  'bad-text': 'expected at most {most} characters without control characters, got {got}',
  'bad-email': 'expected an e-mail address, got “{got}”',
  'bad-date': 'expected a day as 2026-03-31, got “{got}”',
  'end-before-start': 'expected a last day on or after the start {start}, got {end}',
  'duplicate-id': 'the person “{id}” stands in row {first} already: expected each person once',
  'duplicate-email': 'the address {email} stands in row {first} already: expected each address once',
  'email-taken': 'the address {email} belongs to {person} already',
  'identity-conflict':
    'the id “{id}” and the address {email} belong to two different people, {first} and {second}',
  'two-managers':
    'expected one manager for {person}, got {managers}: keep one, or map the other as dotted line',
  'unknown-manager': 'there is nobody with the id or address “{got}”{hint}',
  'manager-gone': 'expected a manager who works here on {day}, but {manager} does not',
  'reporting-loop': 'the reporting line runs in a circle (# is the row): {chain}',
  'reports-left-behind':
    '{person} leaves on {day}, but {count} people report to them, among them {example}: give these another manager',
  'starts-before-leaving':
    '{person} left on {left}, but starts on {start} here: give the first day of the new employment',
  'leaves-before-joining': '{person} leaves on {end}, before the day {start} on which they joined',
  'ambiguous-unit': '{count} units are called “{got}”: write it with the unit above, as in “{example}”',
  'unknown-role': 'the framework has no role “{got}”{hint}',
  'position-twice': 'the position “{position}” is given to {first} in row {row} already: expected one holder',
}

export interface FaultPlace {
  readonly row: number | null
  /** Index of the column, from 0. */
  readonly column?: number | undefined
}

/** A list of faults that a file collects. */
export class PeopleFaults {
  readonly list: PeopleFault[] = []
  constructor(private readonly file: string) {}

  add(code: PeopleFaultCode, { row, column }: FaultPlace, values: FaultValues = {}): void {
    const message = MESSAGES[code].replaceAll(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''))
    this.list.push({
      ...{ code, file: this.file, row, column: column === undefined ? null : columnLetters(column) },
      ...{ values, message },
    })
  }

  /** In the order of the file. */
  sorted(): PeopleFault[] {
    return this.list.toSorted(
      (a, b) =>
        (a.row ?? 0) - (b.row ?? 0) ||
        (a.column ?? '').length - (b.column ?? '').length ||
        compare(a.column ?? '', b.column ?? ''),
    )
  }
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/** One line for a terminal: `people.csv:14:D unknown-manager: there is nobody …`. */
export function formatPeopleFault({ file, row, column, code, message }: PeopleFault): string {
  const place = [file, ...(row === null ? [] : [row]), ...(column === null ? [] : [column])].join(':')
  return `${place} ${code}: ${message}`
}
