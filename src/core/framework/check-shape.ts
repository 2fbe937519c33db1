// Checks a plain value against a zod schema and says each mismatch as expected and got.
import type { z } from 'zod'

import { describeValue, type FaultCode, type FaultPath } from './fault.ts'
import type { Aim } from './places.ts'

/** A fault that does not know its place yet. */
export interface Mismatch {
  readonly code: FaultCode
  readonly path: FaultPath
  readonly expected: string
  readonly got: string
  /** The word that was written and those that would be right; looked up only for faults that are listed. */
  readonly suggest?: { readonly word: string; readonly from: Iterable<string> }
  readonly aim?: Aim
}

type Issue = z.core.$ZodIssue

/** The value as the schema makes it, or all mismatches. */
export function checkShape<S extends z.ZodType>(
  schema: S,
  value: unknown,
): { value: z.output<S>; mismatches?: never } | { mismatches: Mismatch[]; value?: never } {
  const result = schema.safeParse(value)
  if (result.success) return { value: result.data }
  const mismatches: Mismatch[] = []
  for (const issue of result.error.issues) explain(issue, [], schema, value, mismatches)
  return { mismatches }
}

const WORDS: Record<string, string> = {
  string: 'a text (in quotes if it looks like a number or a date)',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'a map',
  record: 'a map',
  array: 'a list',
}

function explain(issue: Issue, base: FaultPath, schema: z.ZodType, root: unknown, out: Mismatch[]): void {
  const path = [...base, ...(issue.path as (string | number)[])]
  const value = valueAt(root, path)
  const got = describeValue(value)
  switch (issue.code) {
    case 'invalid_type': {
      const key = String(path.at(-1) ?? 'the document')
      if (value === undefined)
        out.push({
          code: 'FW011',
          path,
          expected: `"${key}": ${WORDS[issue.expected] ?? issue.expected}`,
          got: 'nothing',
        })
      else out.push({ code: 'FW010', path, expected: WORDS[issue.expected] ?? issue.expected, got })
      return
    }
    case 'unrecognized_keys': {
      const known = keysAt(schema, path)
      for (const key of issue.keys) {
        const expected = known.length === 0 ? 'no such key' : `one of the keys ${known.join(', ')}`
        out.push({
          code: 'FW012',
          path: [...path, key],
          expected,
          got: `"${key}"`,
          aim: 'key',
          suggest: { word: key, from: known },
        })
      }
      return
    }
    case 'invalid_union':
      return explainUnion(issue, path, schema, root, out)
    case 'invalid_value': {
      const allowed = issue.values.map(String)
      const code = value === undefined ? 'FW011' : 'FW013'
      out.push({
        code,
        path,
        expected: allowed.map((word) => JSON.stringify(word)).join(' or '),
        got,
        ...(typeof value === 'string' ? { suggest: { word: value, from: allowed } } : {}),
      })
      return
    }
    case 'too_small':
    case 'too_big':
      out.push({ code: 'FW014', path, expected: bound(issue), got: value === '' ? 'an empty text' : got })
      return
    case 'invalid_key':
      for (const inner of issue.issues) {
        out.push({
          code: 'FW015',
          path,
          expected: stripExpected(inner.message),
          got: `the key ${JSON.stringify(String(path.at(-1)))}`,
          aim: 'key',
        })
      }
      return
    case 'invalid_format':
      out.push({ code: 'FW015', path, expected: stripExpected(issue.message), got })
      return
    default:
      out.push({ code: 'FW010', path, expected: stripExpected(issue.message), got })
  }
}

/** Of the alternatives, explains the one that the value is meant to be: that which already has its type right. */
function explainUnion(
  issue: Extract<Issue, { code: 'invalid_union' }>,
  path: FaultPath,
  schema: z.ZodType,
  root: unknown,
  out: Mismatch[],
): void {
  const value = valueAt(root, path)
  const branches = issue.errors
  if (branches.length === 0) {
    const allowed = literalsAt(schema, path)
    const got = describeValue(value)
    const code = value === undefined ? 'FW011' : 'FW013'
    const suggest = typeof value === 'string' ? { suggest: { word: value, from: allowed } } : {}
    out.push({
      code,
      path,
      expected: allowed.map((word) => JSON.stringify(word)).join(' or '),
      got,
      ...suggest,
    })
    return
  }
  const fits = branches.filter(
    (issues) => !issues.some((one) => one.code === 'invalid_type' && one.path.length === 0),
  )
  const words = fits.flatMap((issues) =>
    issues.flatMap((one) => (one.code === 'invalid_value' && one.path.length === 0 ? one.values : [])),
  )
  if (fits.length > 0 && words.length === 0) {
    const fewest = fits.reduce((best, next) => (next.length < best.length ? next : best))
    for (const inner of fewest) explain(inner, path, schema, root, out)
    return
  }
  const kinds = branches.flatMap((issues) =>
    issues.flatMap((one) => (one.code === 'invalid_type' ? [WORDS[one.expected] ?? one.expected] : [])),
  )
  const isText = kinds.includes(WORDS['string']!)
  const expected = isText
    ? 'a text, or a map of language to text'
    : [...new Set(kinds), ...words.map((word) => JSON.stringify(word))].join(' or ')
  if (value === undefined)
    out.push({ code: 'FW011', path, expected: `"${String(path.at(-1))}": ${expected}`, got: 'nothing' })
  else out.push({ code: 'FW010', path, expected, got: describeValue(value) })
}

function bound(issue: Extract<Issue, { code: 'too_small' | 'too_big' }>): string {
  const least = issue.code === 'too_small'
  const limit = Number(least ? issue.minimum : issue.maximum)
  const word = least ? 'at least' : 'at most'
  if (issue.origin === 'string')
    return least && limit === 1 ? 'a text that is not empty' : `${word} ${limit} characters`
  if (issue.origin === 'array') return `a list of ${word} ${limit}`
  return `a number of ${word} ${limit}`
}

const stripExpected = (message: string): string => message.replace(/^expected /, '')

function valueAt(root: unknown, path: FaultPath): unknown {
  let current = root
  for (const key of path) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, key)) return undefined
    current = (current as Record<string | number, unknown>)[key]
  }
  return current
}

/** The words that tell the alternatives at `path` apart, by walking the schema. */
function literalsAt(schema: z.ZodType, path: FaultPath): string[] {
  let shapes: z.ZodType[] = [schema]
  for (const key of path) shapes = shapes.flatMap(open).flatMap((shape) => step(shape, key))
  return shapes.flatMap(open).flatMap((shape) => (shape.def as AnyDef).values?.map(String) ?? [])
}

/** The keys that a map at `path` may have, by walking the schema. */
function keysAt(schema: z.ZodType, path: FaultPath): string[] {
  let shapes: z.ZodType[] = [schema]
  for (const key of path) shapes = shapes.flatMap(open).flatMap((shape) => step(shape, key))
  return [
    ...new Set(
      shapes
        .flatMap(open)
        .flatMap((shape) => (shape.def.type === 'object' ? Object.keys(shapeOf(shape)) : [])),
    ),
  ]
}

interface AnyDef {
  readonly type: string
  readonly innerType?: z.ZodType
  readonly in?: z.ZodType
  readonly options?: z.ZodType[]
  readonly element?: z.ZodType
  readonly valueType?: z.ZodType
  readonly shape?: Record<string, z.ZodType>
  readonly values?: readonly unknown[]
}

const shapeOf = (schema: z.ZodType): Record<string, z.ZodType> => (schema.def as AnyDef).shape ?? {}

function open(schema: z.ZodType): z.ZodType[] {
  const def = schema.def as AnyDef
  if (def.innerType) return open(def.innerType)
  if (def.type === 'pipe' && def.in) return open(def.in)
  if (def.options) return def.options.flatMap(open)
  return [schema]
}

function step(schema: z.ZodType, key: string | number): z.ZodType[] {
  const def = schema.def as AnyDef
  const next = def.shape && Object.hasOwn(def.shape, key) ? def.shape[key] : (def.element ?? def.valueType)
  return next ? [next] : []
}
