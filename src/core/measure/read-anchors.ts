// Reads fixed values from text: YAML or JSON, or CSV with the columns facet, id and value.
import Papa from 'papaparse'
import { parse as parseYaml } from 'yaml'
import type { MeasureOptions } from './measurement.ts'
import { refused, type Checked } from './refusals.ts'

export type Anchors = NonNullable<MeasureOptions['anchors']>

const FACETS = { person: 'persons', rater: 'raters', item: 'items', group: 'groups', step: 'steps' } as const
type Facet = keyof typeof FACETS
const EXPECTED = 'rows of facet (person, rater, item, group, step), id and value in logits'
const MOST_CHARACTERS = 20_000_000

interface Row {
  readonly place: string
  readonly facet: string
  readonly id: string
  readonly value: number
}

/**
 * Anchors from text: CSV or TSV with a header `facet,id,value`; YAML or JSON as a list of such entries, or as
 * `items: {id: value}`. The id of a step is its category as printed; all steps must be given. Refuses the whole file at
 * its first doubtful entry, naming it.
 */
export function parseAnchorsText(text: string): Checked<Anchors> {
  if (text.length > MOST_CHARACTERS)
    return refused('unreadable', 'the anchors file is larger than 20 MB', EXPECTED)
  const first = text.trimStart().split(/\r?\n/, 1)[0] ?? ''
  const rows = /^\W*facet\W*[,;\t]/i.test(first) ? csvRows(text) : treeRows(text)
  return rows.ok ? anchorsOf(rows.value) : rows
}

const numberOf = (value: unknown): number =>
  typeof value === 'number'
    ? value
    : typeof value === 'string' && value.trim() !== ''
      ? Number(value)
      : Number.NaN

function csvRows(text: string): Checked<Row[]> {
  const { data, errors } = Papa.parse<Record<string, string>>(text.replace(/^\uFEFF/, ''), {
    header: true,
    skipEmptyLines: 'greedy',
    transformHeader: (name) => name.trim().toLowerCase(),
  })
  const [fault] = errors.filter((error) => error.type !== 'Delimiter')
  if (fault) return refused('unreadable', `anchors, line ${(fault.row ?? 0) + 2}: ${fault.message}`, EXPECTED)
  return {
    ok: true,
    value: data.map((row, at) => ({
      place: `line ${at + 2}`,
      facet: (row['facet'] ?? '').trim().toLowerCase(),
      id: (row['id'] ?? '').trim(),
      value: numberOf(row['value']),
    })),
  }
}

function treeRows(text: string): Checked<Row[]> {
  let tree: unknown
  try {
    tree = parseYaml(text, { maxAliasCount: 0, uniqueKeys: true })
  } catch (error) {
    return refused('unreadable', `anchors: ${(error as Error).message.split('\n', 1)[0]}`, EXPECTED)
  }
  if (Array.isArray(tree)) {
    return {
      ok: true,
      value: tree.map((entry: unknown, at) => {
        const { facet, id, value } = (typeof entry === 'object' && entry !== null ? entry : {}) as Record<
          string,
          unknown
        >
        return {
          place: `entry ${at + 1}`,
          facet: String(facet ?? '').toLowerCase(),
          id: typeof id === 'string' || typeof id === 'number' ? String(id) : '',
          value: numberOf(value),
        }
      }),
    }
  }
  if (typeof tree !== 'object' || tree === null)
    return refused('unreadable', 'the anchors file holds neither a list nor a mapping', EXPECTED)
  return {
    ok: true,
    value: Object.entries(tree).flatMap(([name, values]) => {
      const facet = name.toLowerCase().replace(/s$/, '')
      if (typeof values !== 'object' || values === null)
        return [{ place: name, facet, id: '', value: Number.NaN }]
      return Object.entries(values as Record<string, unknown>).map(([id, value]) => ({
        place: `${name}.${id}`,
        facet,
        id,
        value: numberOf(value),
      }))
    }),
  }
}

function anchorsOf(rows: readonly Row[]): Checked<Anchors> {
  const found = new Map<Facet, Map<string, number>>()
  for (const { place, facet, id, value } of rows) {
    if (!(facet in FACETS))
      return refused(
        'unreadable',
        `anchors, ${place}: expected person, rater, item, group or step, got "${facet}"`,
        EXPECTED,
      )
    if (id === '') return refused('unreadable', `anchors, ${place}: there is no id`, EXPECTED)
    if (!Number.isFinite(value))
      return refused(
        'unreadable',
        `anchors, ${place}: expected a number in logits for ${facet} "${id}"`,
        EXPECTED,
      )
    const ids = found.get(facet as Facet) ?? new Map<string, number>()
    if (ids.has(id))
      return refused(
        'duplicate-id',
        `anchors, ${place}: ${facet} "${id}" is anchored twice`,
        'one value for each id',
        [id],
      )
    found.set(facet as Facet, ids.set(id, value))
  }
  const steps = found.get('step')
  const ordered = steps && [...steps].toSorted(([a], [b]) => Number(a) - Number(b))
  if (ordered?.some(([id], at) => Number(id) !== Number(ordered[0]![0]) + at)) {
    return refused(
      'unreadable',
      `anchored steps ${ordered.map(([id]) => id).join(', ')} are not consecutive categories`,
      'a value for each step',
    )
  }
  const byFacet = Object.fromEntries(
    [...found]
      .filter(([facet]) => facet !== 'step')
      .map(([facet, ids]) => [FACETS[facet], Object.fromEntries(ids)]),
  )
  return { ok: true, value: { ...byFacet, ...(ordered ? { steps: ordered.map(([, value]) => value) } : {}) } }
}
