// A fault: one thing wrong in a framework file, with its place, a stable code and what was expected.

/** A place in a file; line and column count from 1, the column in UTF-16 units. */
export interface Place {
  readonly file: string
  readonly line: number
  readonly column: number
}

/** Stable codes: a code is never given a new meaning, and a retired one is not used again. */
export const FAULT_CODES = {
  FW001: 'the file is larger than the limit',
  FW002: 'the text is not clean Unicode (NUL, lone surrogate, or not UTF-8)',
  FW003: 'the YAML or JSON is not well-formed',
  FW004: 'a key stands twice in one map',
  FW005: 'an alias expands to too much, refers to itself, or to nothing',
  FW006: 'nested deeper than the limit',
  FW007: 'a key is not a plain word or number',
  FW010: 'a value has the wrong type',
  FW011: 'a key is missing',
  FW012: 'a key is not known here',
  FW013: 'a value is not one of those allowed',
  FW014: 'a number or a length is out of range',
  FW015: 'a text has the wrong form (id, language tag, version …)',
  FW020: 'an id that does not exist is used',
  FW021: 'an id stands twice',
  FW022: 'an expectation or behaviour is outside of the scale',
  FW023: 'the least is more than the most',
  FW024: 'the levels of a scale are not 1, 2, 3 … in order',
  FW025: 'a transition leads from a role to itself',
  FW026: 'a text is in a language that the framework does not declare',
  FW027: 'a transition stands twice',
  FW028: 'a condition sets no limit',
  FW030: 'the framework that is extended cannot be read',
  FW031: 'frameworks extend each other in a circle',
  FW032: 'what is to be removed is not there',
  FW033: 'a translation belongs to no text',
  FW099: 'more faults than are listed',
} as const

export type FaultCode = keyof typeof FAULT_CODES
export type FaultPath = readonly (string | number)[]

export interface Fault extends Place {
  readonly code: FaultCode
  /** Where in the document, as keys and indexes from 0. */
  readonly path: FaultPath
  readonly expected: string
  readonly got: string
  /** The nearest word that would be right, when one is near. */
  readonly suggestion?: string
}

/** A document path as people read it: `roles[2].expectations.security`; the whole document is the empty string. */
export function formatPath(path: FaultPath): string {
  return path
    .map((key, index) => (typeof key === 'number' ? `[${key}]` : index === 0 ? key : `.${key}`))
    .join('')
}

/** One sentence without the place: `expected a role id, got "architct"; did you mean "architect"?` */
export function faultMessage(fault: Fault): string {
  const hint = fault.suggestion === undefined ? '' : `; did you mean "${fault.suggestion}"?`
  return `expected ${fault.expected}, got ${fault.got}${hint}`
}

/** One line for a terminal: `file:line:column FW020 path: expected …, got …`. */
export function formatFault(fault: Fault): string {
  const path = formatPath(fault.path)
  return `${fault.file}:${fault.line}:${fault.column} ${fault.code} ${path}${path ? ': ' : ''}${faultMessage(fault)}`
}

/** A value in a few words, for "got …". */
export function describeValue(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (value === null) return 'nothing (an empty value)'
  if (Array.isArray(value)) return `a list of ${value.length}`
  if (typeof value === 'object') return 'a map'
  if (typeof value === 'string') return JSON.stringify(value.length > 60 ? `${value.slice(0, 57)}…` : value)
  return `${typeof value === 'number' ? 'the number ' : ''}${String(value)}`
}
