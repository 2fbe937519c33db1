// Writes a framework as canonical YAML or JSON, in the short forms that people write.
import { Document, isScalar, visit } from 'yaml'

import type { Expectation, Framework, FrameworkInput, Role, Variant } from './model.ts'
import { DEFAULT_SERIES, levelRuleSchema, type Band, type Scoring } from './scoring.ts'

/** The framework as a document: short forms, defaults and empty lists left out, keys in the model's order. */
export function toDocument(framework: Framework): FrameworkInput {
  const {
    rungs,
    id,
    version,
    title,
    description,
    license,
    languages,
    sources,
    tracks,
    gradeSchemes,
    scale,
    areas,
  } = framework
  const document = {
    ...{ rungs, id, version, title, description, license, languages, sources, tracks },
    gradeSchemes: gradeSchemes.map(({ official, ...scheme }) =>
      official ? { ...scheme, official } : scheme,
    ),
    scale,
    areas,
    competencies: framework.competencies.map(({ behaviours, ...competency }) => ({
      ...competency,
      behaviours: byLevel(behaviours),
    })),
    roles: framework.roles.map(roleDocument),
    transitions: framework.transitions.map(({ kind, ...transition }) =>
      kind === 'promotion' ? transition : { ...transition, kind },
    ),
    orgRules: framework.orgRules,
    scoring: framework.scoring && scoringDocument(framework.scoring),
    lint: framework.lint?.off.length === 0 ? { off: [] } : framework.lint,
  }
  return prune(document) as FrameworkInput
}

const roleDocument = (role: Role) => ({
  ...role,
  expectations: shortExpectations(role.expectations),
  variants: role.variants.map((variant: Variant) => ({
    ...variant,
    expectations: shortExpectations(variant.expectations),
  })),
})

/** A scoring model without the defaults of its level rule and of its bands. */
function scoringDocument(scoring: Scoring): object {
  const { levelRule, ...rest } = scoring
  const bands = (list: readonly Band[]) =>
    list.map(({ series, ...band }) => (series === DEFAULT_SERIES ? band : { ...band, series }))
  return {
    ...rest,
    ...(JSON.stringify(levelRule) === JSON.stringify(levelRuleSchema.parse({})) ? {} : { levelRule }),
    ...('bands' in rest ? { bands: bands(rest.bands) } : {}),
    ...('sets' in rest ? { sets: rest.sets.map((set) => ({ ...set, bands: bands(set.bands) })) } : {}),
  }
}

function shortExpectations(expectations: Record<string, Expectation>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(expectations).map(([id, { level, kind, note }]) => {
      if (note === undefined && kind === 'must') return [id, level]
      return [id, { level, ...(kind === 'must' ? {} : { kind }), ...(note === undefined ? {} : { note }) }]
    }),
  )
}

function byLevel<B extends { level: number }>(behaviours: readonly B[]): Record<string, Omit<B, 'level'>[]> {
  const levels: Record<string, Omit<B, 'level'>[]> = {}
  for (const { level, ...behaviour } of behaviours) (levels[level] ??= []).push(behaviour)
  return levels
}

/** Without undefined values, and without the empty lists and maps that are the model's defaults. */
function prune(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(prune)
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).flatMap(([key, entry]) => {
    const pruned = prune(entry)
    if (pruned === undefined) return []
    const empty = typeof pruned === 'object' && pruned !== null && Object.keys(pruned).length === 0
    return empty && !MEANINGFUL_WHEN_EMPTY.has(key) ? [] : [[key, pruned] as const]
  })
  return Object.fromEntries(kept)
}

/** `lint: {}` is not the same framework as none; everything else that is empty is a default. */
const MEANINGFUL_WHEN_EMPTY = new Set(['lint'])

/** Line width of everything that we write. */
export const LINE_WIDTH = 110

/** Canonical text of a framework: parsing it gives an equal framework. Inheritance is not restored. */
export function formatFramework(framework: Framework, as: 'yaml' | 'json' = 'yaml'): string {
  const input = toDocument(framework)
  if (as === 'json') return `${JSON.stringify(input, null, 2)}\n`
  const document = new Document(input, { aliasDuplicateObjects: false })
  visit(document, {
    Seq(_, list) {
      if (list.items.every((item) => isScalar(item))) list.flow = true
    },
    Pair(_, pair) {
      if (isScalar(pair.key)) writeLevelPlainly(pair.key)
    },
  })
  return document.toString({ lineWidth: LINE_WIDTH })
}

/** Levels are keys that look like numbers: `1:` rather than `"1":`. */
export function writeLevelPlainly(key: { value: unknown; type?: unknown }): void {
  if (typeof key.value === 'string' && /^[1-9]\d?$/.test(key.value)) {
    key.value = Number(key.value)
    delete key.type
  }
}
