// Reads a CASE package (1.0 or 1.1): one of ours comes back whole, any other becomes areas, competencies and behaviours.
import { frameworkSchema, type Framework } from '../framework/model.ts'
import { casePackageSchema, linked, type CaseItem, type CasePackage } from './case-package.ts'

export interface CaseNote {
  /** Path in the package, for example `CFItems[3].notes`. */
  readonly path: string
  readonly message: string
}

export type CaseImport =
  | { readonly ok: true; readonly framework: Framework; readonly notes: readonly CaseNote[] }
  | { readonly ok: false; readonly faults: readonly CaseNote[] }

type Json = Record<string, unknown>

interface Node {
  readonly item: CaseItem
  readonly at: number
  readonly children: Node[]
}

const ourPart = (holder: { extensions?: Json | undefined }): Json | undefined => {
  const part = holder.extensions?.rungs
  return typeof part === 'object' && part !== null && !Array.isArray(part) ? (part as Json) : undefined
}

/** A text of ours in which the statement as the package now has it takes the place of the first language's. */
function withStatement(text: unknown, statement: string, language: string): unknown {
  if (typeof text === 'object' && text !== null) return { ...text, [language]: statement }
  return statement
}

/** Items as a forest by `isChildOf`, siblings in order of their sequence numbers; cycles and orphans are cut and noted. */
function forestOf(pack: CasePackage, notes: CaseNote[]): Node[] {
  const nodes = new Map(
    pack.CFItems.map((item, at) => [item.identifier, { item, at, children: [] as Node[] }]),
  )
  const order = new Map<string, number>()
  const parentOf = new Map<string, string>()
  for (const [at, association] of pack.CFAssociations.entries()) {
    if (association.associationType !== 'isChildOf') continue
    const child = linked(association.originNodeURI)
    const parent = linked(association.destinationNodeURI)
    if (!nodes.has(child))
      notes.push({
        path: `CFAssociations[${at}]`,
        message: `the child ${child} is not among the items; left out`,
      })
    else if (parentOf.has(child))
      notes.push({
        path: `CFAssociations[${at}]`,
        message: `"${nodes.get(child)!.item.fullStatement}" has a second parent; the first is kept`,
      })
    else {
      parentOf.set(child, parent)
      order.set(child, Number(association.sequenceNumber ?? at))
    }
  }
  const cut = (start: string) => {
    const seen = new Set([start])
    for (let at = parentOf.get(start); at !== undefined && nodes.has(at); at = parentOf.get(at)) {
      if (seen.has(at)) return true
      seen.add(at)
    }
    return false
  }
  const roots: Node[] = []
  for (const [id, node] of nodes) {
    const parent = nodes.get(parentOf.get(id) ?? '')
    if (parent && cut(id)) {
      notes.push({
        path: `CFItems[${node.at}]`,
        message: `"${node.item.fullStatement}" is its own ancestor; it stands at the top`,
      })
      parentOf.delete(id)
      roots.push(node)
    } else if (parent) parent.children.push(node)
    else roots.push(node)
  }
  const sort = (list: Node[]) =>
    list.sort(
      (a, b) => (order.get(a.item.identifier) ?? 0) - (order.get(b.item.identifier) ?? 0) || a.at - b.at,
    )
  for (const node of nodes.values()) sort(node.children)
  return sort(roots)
}

/** An id of ours from a code or a statement: letters and digits with hyphens, unique among those taken. */
function idFrom(text: string, taken: Set<string>): string {
  const base =
    text
      .normalize('NFKD')
      .replaceAll(/[^A-Za-z0-9._-]+/g, '-')
      .replaceAll(/^[-._]+|-+$/g, '')
      .slice(0, 60) || 'item'
  let id = base
  for (let n = 2; taken.has(id); n++) id = `${base}-${n}`
  taken.add(id)
  return id
}

function ours(pack: CasePackage, rest: Json, language: string): unknown {
  const parts: Record<string, Json[]> = { Track: [], Area: [], Competency: [], Role: [] }
  const entities = new Map<string, Json>()
  const levels: Json[] = []
  const parents = new Map<string, string>()
  for (const { associationType, originNodeURI, destinationNodeURI } of pack.CFAssociations) {
    if (associationType === 'isChildOf') parents.set(linked(originNodeURI), linked(destinationNodeURI))
  }
  const scale = (rest.scale as { levels?: Json[] } | undefined)?.levels ?? []
  for (const item of pack.CFItems) {
    const own = ourPart(item)
    if (!own) continue
    const type = item.CFItemType ?? ''
    const noted = (key: string) =>
      item.notes ? { [key]: withStatement(own[key], item.notes, language) } : {}
    if (type === 'Behaviour')
      entities.set(item.identifier, { ...own, text: withStatement(own.text, item.fullStatement, language) })
    else if (type === 'Proficiency level') {
      const known = scale.find(({ level }) => level === own.level) ?? own
      levels.push({ ...known, title: withStatement(known.title, item.fullStatement, language) })
    } else {
      const title = withStatement(own.title, item.fullStatement, language)
      const notesKey = type === 'Role' ? 'summary' : type === 'Duty' ? 'text' : 'description'
      const entity: Json = { ...own, title, ...noted(notesKey) }
      entities.set(item.identifier, entity)
      parts[type]?.push(entity)
    }
  }
  for (const item of pack.CFItems) {
    const entity = entities.get(item.identifier)
    const parent = entities.get(parents.get(item.identifier) ?? '')
    if (!entity || !parent) continue
    if (item.CFItemType === 'Duty') parent.duties = [...((parent.duties as Json[]) ?? []), entity]
    if (item.CFItemType === 'Behaviour') {
      const { level, ...behaviour } = entity
      const byLevel = (parent.behaviours ??= {}) as Record<string, Json[]>
      byLevel[String(level)] = [...(byLevel[String(level)] ?? []), behaviour]
    }
  }
  return {
    ...rest,
    ...(levels.length > 0 ? { scale: { levels } } : {}),
    tracks: parts.Track,
    areas: parts.Area,
    competencies: parts.Competency,
    roles: parts.Role,
  }
}

/** Any other package: leaves are behaviours, what holds leaves is a competency, what stands above is an area. */
function foreign(pack: CasePackage, notes: CaseNote[]): unknown {
  const taken = { area: new Set<string>(), competency: new Set<string>(), behaviour: new Set<string>() }
  const items = new Map(pack.CFItems.map((item) => [item.identifier, item]))
  const skillLevel = new Map<string, string>()
  for (const { associationType, originNodeURI, destinationNodeURI } of pack.CFAssociations) {
    if (associationType === 'hasSkillLevel') skillLevel.set(linked(originNodeURI), linked(destinationNodeURI))
  }
  const levelIds = [...new Set(skillLevel.values())]
  const levelOf = (identifier: string) => Math.max(1, levelIds.indexOf(skillLevel.get(identifier) ?? '') + 1)
  if (levelIds.length === 0)
    notes.push({
      path: 'CFAssociations',
      message: 'no item has a skill level: all behaviours stand at level 1',
    })
  const document = pack.CFDocument
  const areas: Json[] = []
  const competencies: Json[] = []
  const wordsOf = ({
    fullStatement,
    notes: text,
    abbreviatedStatement,
    alternativeLabel,
    conceptKeywords,
    educationLevel,
    listEnumeration,
  }: CaseItem) =>
    [
      text,
      abbreviatedStatement === fullStatement ? null : abbreviatedStatement,
      alternativeLabel,
      listEnumeration,
      conceptKeywords?.join(', '),
      educationLevel?.join(', '),
    ]
      .filter((part) => part)
      .join('\n')
  const described = (item: CaseItem) => (wordsOf(item) ? { description: wordsOf(item) } : {})
  const codeOf = (item: CaseItem) => item.humanCodingScheme || item.abbreviatedStatement || item.fullStatement
  const areaFor = (title: string, code: string, extra: Json = {}) => {
    const area = { id: idFrom(code, taken.area), title, ...extra }
    areas.push(area)
    return area.id
  }
  const competencyOf = (item: CaseItem, area: string, leaves: readonly CaseItem[]) => {
    const behaviours: Record<string, Json[]> = {}
    for (const leaf of leaves) {
      const words = [leaf.fullStatement, wordsOf(leaf)].filter((part) => part).join('\n')
      ;(behaviours[levelOf(leaf.identifier)] ??= []).push({
        id: idFrom(codeOf(leaf), taken.behaviour),
        text: words,
      })
    }
    competencies.push({
      id: idFrom(codeOf(item), taken.competency),
      area,
      title: item.fullStatement,
      ...described(item),
      behaviours,
    })
  }
  let general: string | undefined
  const levelItems = new Set(levelIds)
  const walk = (node: Node, area: string | undefined, trail: readonly string[]) => {
    if (levelItems.has(node.item.identifier)) return
    const leaves = node.children.filter(({ children }) => children.length === 0).map(({ item }) => item)
    const inner = node.children.filter(({ children }) => children.length > 0)
    if (node.children.length === 0 || leaves.length > 0) {
      const home = area ?? (general ??= areaFor(document.title, document.title))
      competencyOf(node.item, home, leaves)
    }
    if (inner.length > 0) {
      const path = [...trail, node.item.fullStatement]
      const own = areaFor(path.join(' / '), codeOf(node.item), leaves.length > 0 ? {} : described(node.item))
      for (const child of inner) walk(child, own, path)
    }
  }
  for (const root of forestOf(pack, notes)) walk(root, undefined, [])
  const used = new Set(competencies.map(({ area }) => area))
  const levels = levelIds.map((id, at) => ({
    level: at + 1,
    title: items.get(id)?.fullStatement || `Level ${at + 1}`,
  }))
  return {
    rungs: 1,
    id: idFrom(document.title, new Set()),
    version: '1.0.0',
    title: document.title,
    ...(document.description ? { description: document.description } : {}),
    languages: [document.language && /^[a-z]{2,3}$/.test(document.language) ? document.language : 'en'],
    sources: [
      {
        id: 'case',
        title: document.title,
        ...(document.creator ? { author: document.creator } : {}),
        ...(document.publisher ? { publisher: document.publisher } : {}),
        ...(document.officialSourceURL ? { url: document.officialSourceURL } : {}),
        ...(document.notes ? { note: document.notes } : {}),
      },
    ],
    tracks: [{ id: 'framework', title: document.title }],
    scale: { levels: levels.length > 0 ? levels : [{ level: 1, title: 'Stated' }] },
    areas: areas.filter(({ id }) => used.has(id as string)),
    competencies,
  }
}

/**
 * A framework from a parsed CASE package. Statements that were edited elsewhere take the place of ours. Faults name
 * their path in the package; a package without items is a fault, since a framework needs a competency.
 */
export function importCase(json: unknown): CaseImport {
  const parsed = casePackageSchema.safeParse(json)
  if (!parsed.success) {
    return {
      ok: false,
      faults: parsed.error.issues.map(({ path, message }) => ({ path: pathOf(path), message })),
    }
  }
  const pack = parsed.data
  if (pack.CFItems.length === 0)
    return {
      ok: false,
      faults: [
        {
          path: 'CFItems',
          message: 'expected at least one item, got none: there is nothing to make a framework of',
        },
      ],
    }
  const notes: CaseNote[] = []
  const rest = ourPart(pack.CFDocument)
  const language = pack.CFDocument.language ?? 'en'
  const input = rest ? ours(pack, rest, language) : foreign(pack, notes)
  const framework = frameworkSchema.safeParse(input)
  if (!framework.success) {
    return {
      ok: false,
      faults: framework.error.issues.map(({ path, message }) => ({
        path: `framework.${pathOf(path)}`,
        message,
      })),
    }
  }
  return { ok: true, framework: framework.data, notes }
}

const pathOf = (path: readonly PropertyKey[]) =>
  path.reduce<string>(
    (text, part) =>
      typeof part === 'number' ? `${text}[${part}]` : text === '' ? String(part) : `${text}.${String(part)}`,
    '',
  )
