// The document: what people write in a framework file, which may extend another and carry translations apart.
import { z } from 'zod'

import { idSchema } from './model.ts'

const ids = z.array(z.string()).default([])
const idsByRole = z.record(z.string(), z.array(z.string())).default({})

/** What an extending document takes away from the framework that it extends. */
export const removeSchema = z.strictObject({
  sources: ids,
  tracks: ids,
  gradeSchemes: ids,
  areas: ids,
  competencies: ids,
  behaviours: ids,
  roles: ids,
  grades: idsByRole,
  /** By role: the competencies that are no longer expected of it. */
  expectations: idsByRole,
  duties: idsByRole,
  variants: idsByRole,
  /** Written `from>to`. */
  transitions: ids,
  orgRules: ids,
})

/** Keys that a document may have beside those of a framework. */
export const documentExtrasSchema = z.strictObject({
  extends: z
    .string()
    .min(1)
    .optional()
    .describe('The framework that this one builds on: a file such as ./base.yaml, or a built-in id.'),
  remove: removeSchema.optional().describe('What is taken away from the extended framework, by id.'),
  translations: z
    .record(idSchema, z.union([z.string().min(1), z.looseObject({})]))
    .optional()
    .describe('By language: texts by id, mirroring the document, or the file that holds them.'),
})

export type Remove = z.output<typeof removeSchema>

/** The keys whose values are texts, everywhere in a framework (`aliases` is a list of texts). */
export const TEXT_KEYS: ReadonlySet<string> = new Set([
  'title',
  'description',
  'summary',
  'text',
  'note',
  'changes',
  'about',
  'aliases',
])

export type RawMap = Record<string, unknown>

export const isMapValue = (value: unknown): value is RawMap =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
export const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])
export const mapOf = (value: unknown): RawMap => (isMapValue(value) ? value : {})
export const own = (map: RawMap, key: string): unknown => (Object.hasOwn(map, key) ? map[key] : undefined)

/** What tells an entry of a list from the others: its id, its level, or `from>to`; undefined when it has none of these. */
export function entryKey(entry: unknown): string | undefined {
  if (!isMapValue(entry)) return undefined
  const { id, level, from, to } = entry
  if (typeof id === 'string' || typeof id === 'number') return String(id)
  if (typeof from === 'string' && typeof to === 'string') return `${from}>${to}`
  if (typeof level === 'number') return String(level)
  return undefined
}
