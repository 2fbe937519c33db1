// Checks a framework document that is data already, as a server gets it: the same faults as of a text, without lines.
import { checkReferences } from './check-references.ts'
import { checkShape, type Mismatch } from './check-shape.ts'
import { faultMessage, formatPath } from './fault.ts'
import { LINT_RULE_IDS } from './lint/rules.ts'
import { frameworkSchema, type Framework } from './model.ts'
import { nearestWord } from './nearest.ts'
import { DEFAULT_LIMITS } from './yaml-source.ts'

export interface DocumentFault {
  /** roles[2].expectations.security */
  readonly path: string
  /** expected …, got …; did you mean …? */
  readonly message: string
}

export type CheckedDocument =
  | { readonly framework: Framework; readonly faults?: never }
  | { readonly faults: DocumentFault[]; readonly framework?: never }

const MOST_FAULTS = 200
// oxlint-disable-next-line no-control-regex
const UNCLEAN = /[\0\p{Surrogate}]/u

/** The framework of a whole document (inheritance and translations already in it), or its faults. Never throws. */
export function checkDocument(document: unknown): CheckedDocument {
  const unclean = findUnclean(document)
  if (unclean) return { faults: [unclean] }
  const shape = checkShape(frameworkSchema, document)
  const references = isMap(document) ? checkReferences(document, LINT_RULE_IDS) : []
  const mismatches = [...(shape.mismatches ?? []), ...references]
  if (shape.value !== undefined && mismatches.length === 0) return { framework: shape.value }
  return { faults: mismatches.slice(0, MOST_FAULTS).map(faultOf) }
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function faultOf({ code, path, expected, got, suggest }: Mismatch): DocumentFault {
  const suggestion = suggest && nearestWord(suggest.word, [...suggest.from].slice(0, 2000))
  const fault = { code, path, expected, got, file: '', line: 0, column: 0 }
  const message = faultMessage(suggestion === undefined ? fault : { ...fault, suggestion })
  return { path: formatPath(path), message }
}

/** Goes through all values without recursion, so that nesting cannot exhaust the stack. */
function findUnclean(document: unknown): DocumentFault | undefined {
  const open: { value: unknown; path: readonly (string | number)[] }[] = [{ value: document, path: [] }]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, path } = next
    if (path.length > DEFAULT_LIMITS.depth) {
      return {
        path: formatPath(path.slice(0, 8)),
        message: `expected at most ${DEFAULT_LIMITS.depth} levels of nesting`,
      }
    }
    if (typeof value === 'string' && UNCLEAN.test(value))
      return { path: formatPath(path), message: 'expected clean Unicode, got NUL or a lone surrogate' }
    if (typeof value !== 'object' || value === null) continue
    for (const [key, entry] of Object.entries(value)) {
      if (UNCLEAN.test(key))
        return {
          path: formatPath(path),
          message: 'expected keys in clean Unicode, got NUL or a lone surrogate',
        }
      open.push({ value: entry, path: [...path, Array.isArray(value) ? Number(key) : key] })
    }
  }
  return undefined
}
