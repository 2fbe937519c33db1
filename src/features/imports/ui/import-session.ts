// One import under way in the worker: the source, the recipe as it is now, and what they make.
import { toDocument } from '../../../core/framework/format.ts'
import { formatIdPath, lintFramework } from '../../../core/framework/lint/lint.ts'
import type { Framework } from '../../../core/framework/model.ts'
import { textIn } from '../../../core/framework/text-in.ts'
import { importLadder, type ImportResult } from '../../../core/ladders/import-ladder.ts'
import type { Told } from '../../../core/ladders/own-form.ts'
import { formatRecipe } from '../../../core/ladders/recipe-text.ts'
import { SelectorError } from '../../../core/ladders/pattern.ts'
import type { Recipe } from '../../../core/ladders/recipe.ts'
import { nameColumns } from '../../../core/ladders/table-header.ts'
import { formatPlace, walk, type LadderSource, type SourceNode } from '../../../core/ladders/source.ts'
import { becameOf, levelNames, type Became } from './meanings.ts'
import {
  groupPassages,
  sectionOf,
  selectionOf,
  valueChoices,
  type Reach,
  type SourceGroup,
  type ValueChoice,
} from './source-groups.ts'
import { linesOf, PAGE_LINES, passageOf, type Passage, type SourcePage } from './source-view.ts'

export interface GroupView {
  readonly index: number
  /** Steps as people read them. */
  readonly steps: readonly string[]
  readonly files: readonly string[]
  readonly count: number
  readonly sample: string
  /** The first passage, to open the mapping by. */
  readonly passage: number
  readonly became: readonly { readonly became: Became; readonly count: number }[]
  readonly reason?: string
}

export interface Made {
  readonly counts: ImportResult['report']['counts']
  readonly characters: ImportResult['report']['characters']
  readonly leftOut: readonly { readonly reason: string; readonly characters: number }[]
  readonly missing: readonly { readonly passage: Passage; readonly place: string }[]
  readonly missingCount: number
  readonly groups: readonly GroupView[]
  readonly groupCount: number
  readonly files: readonly { readonly path: string; readonly passages: number; readonly missing: number }[]
  readonly faults: readonly Told[]
  readonly notes: readonly Told[]
  readonly recipe: string
}

export interface ResultView {
  readonly framework: Framework
  /** The framework document as the server takes it. */
  readonly document: Record<string, unknown>
  readonly findings: readonly { readonly rule: string; readonly path: string; readonly message: string }[]
}

/** What can be done with one passage: its places to read from, and how far a correction can reach. */
export interface PassageChoices {
  readonly passage: Passage
  readonly place: string
  readonly values: readonly ValueChoice[]
  readonly reaches: readonly { readonly reach: Reach; readonly count: number; readonly name: string }[]
  readonly suggested: Readonly<Record<string, string>>
  readonly steps: readonly string[]
}

const MOST_GROUPS = 300
const MOST_MISSING = 200

export function resultOf(framework: Framework): ResultView {
  const findings = lintFramework(framework).map(({ rule, path, message }) => ({
    rule,
    path: formatIdPath(path),
    message,
  }))
  return {
    framework,
    document: toDocument(framework),
    findings: findings.slice(0, 500),
  }
}

export class ImportSession {
  /** The files with their columns named as the recipe says. */
  files: readonly SourceNode[] = []
  private nodes: SourceNode[] = []
  private readonly index = new Map<SourceNode, number>()
  private groups: SourceGroup[] = []
  private readonly groupOf = new Map<SourceNode, SourceGroup>()
  private named: string | undefined
  private passages: Passage[] = []
  private result!: ImportResult
  /** What the recipe as it is now makes. */
  outcome!: { readonly made: Made; readonly result: ResultView | undefined }

  constructor(
    readonly source: LadderSource,
    public recipe: Recipe,
  ) {
    this.run(recipe)
  }

  /** Names the columns and groups the passages anew, where the recipe says something else of the tables than before. */
  private place({ tables }: Recipe): void {
    const named = JSON.stringify(tables)
    if (named === this.named) return
    this.named = named
    try {
      this.files = nameColumns(this.source.files, tables)
    } catch (error) {
      // The import says what is wrong with the recipe's tables; until it is mended the columns are as they were read.
      if (!(error instanceof SelectorError)) throw error
      this.files = this.source.files
    }
    this.nodes = []
    this.index.clear()
    this.groupOf.clear()
    for (const file of this.files)
      for (const node of walk(file))
        if (node.text !== '') {
          this.index.set(node, this.nodes.length)
          this.nodes.push(node)
        }
    this.groups = groupPassages(this.files)
    for (const group of this.groups) for (const node of group.nodes) this.groupOf.set(node, group)
  }

  /** Makes the framework anew; returns what it made, and the framework where there is one. */
  run(recipe: Recipe): ImportSession['outcome'] {
    this.recipe = recipe
    this.place(recipe)
    this.result = importLadder(this.source, recipe)
    const { framework, report } = this.result
    const titles = framework
      ? [framework.scale, ...framework.competencies.flatMap(({ scale }) => scale ?? [])].flatMap(
          ({ levels }) => levels.map(({ title }) => textIn(title, 'en')),
        )
      : []
    const levels = levelNames(recipe, titles)
    this.passages = report.pieces.map((piece, index) =>
      passageOf(index, piece, becameOf(piece, recipe, levels)),
    )
    this.outcome = { made: this.made(), result: framework && resultOf(framework) }
    return this.outcome
  }

  get hasFramework(): boolean {
    return this.result.framework !== undefined
  }

  private made(): Made {
    const { counts, characters, pieces, problems } = this.result.report
    const reasons = new Map<string, number>()
    for (const { outcome, reason, text } of pieces)
      if (outcome === 'left-out' && reason !== undefined)
        reasons.set(reason, (reasons.get(reason) ?? 0) + text.replaceAll(/\s+/g, '').length)
    const missing = this.passages.filter(({ became }) => became === 'missing')
    const told = (severity: 'fault' | 'note') =>
      problems
        .filter((one) => one.severity === severity)
        .map(({ place, message }) => ({ place: formatPlace(place), message }))
    const counted = this.files.map((file) => ({ path: file.place.file, passages: 0, missing: 0 }))
    const byPath = new Map(counted.map((file) => [file.path, file]))
    for (const [at, { place }] of pieces.entries()) {
      const file = byPath.get(place.file)
      if (!file) continue
      file.passages += 1
      if (this.passages[at]?.became === 'missing') file.missing += 1
    }
    return {
      counts,
      characters,
      leftOut: [...reasons]
        .map(([reason, count]) => ({ reason, characters: count }))
        .toSorted((a, b) => b.characters - a.characters),
      missing: missing
        .slice(0, MOST_MISSING)
        .map((passage) => ({ passage, place: formatPlace(this.nodes[passage.index]!.place) })),
      missingCount: missing.length,
      groups: this.groups.slice(0, MOST_GROUPS).map((group, at) => this.groupView(group, at)),
      groupCount: this.groups.length,
      files: counted,
      faults: told('fault'),
      notes: told('note'),
      recipe: formatRecipe(this.recipe),
    }
  }

  private groupView(group: SourceGroup, index: number): GroupView {
    const counts = new Map<Became, number>()
    let reason: string | undefined
    for (const node of group.nodes) {
      const passage = this.passages[this.index.get(node)!]
      if (!passage) continue
      counts.set(passage.became, (counts.get(passage.became) ?? 0) + 1)
      if (passage.became === 'missing' || passage.became === 'left-out') reason ??= passage.reason
    }
    const first = group.nodes[0]!
    return {
      index,
      steps: group.at.split('/').map((step) => step.replaceAll('"', '')),
      files: group.files,
      count: group.nodes.length,
      sample: first.text.slice(0, 160),
      passage: this.index.get(first)!,
      became: [...counts].map(([became, count]) => ({ became, count })).toSorted((a, b) => b.count - a.count),
      ...(reason === undefined ? {} : { reason }),
    }
  }

  page(file: number, from: number, onlyMissing: boolean): SourcePage {
    const node = this.files[file]
    const lines = node ? linesOf(node, (one) => this.passages[this.index.get(one) ?? -1], onlyMissing) : []
    return { file, lines: lines.slice(from, from + PAGE_LINES), from, total: lines.length }
  }

  /** Where a target of the framework comes from: the page and the number of the passage. */
  find(target: string): { file: number; from: number; passage: number } | undefined {
    const found = this.passages.find(({ targets }) => targets.includes(target))
    if (!found) return undefined
    const path = this.nodes[found.index]!.place.file
    const file = this.files.findIndex((one) => one.place.file === path)
    const lines = linesOf(this.files[file]!, (one) => this.passages[this.index.get(one) ?? -1], false)
    const at = lines.findIndex((line) =>
      line.kind === 'text'
        ? line.passage?.index === found.index
        : line.title?.index === found.index ||
          line.cells.some((cell) => cell.passages.some((one) => one.index === found.index)),
    )
    return {
      file,
      from: Math.max(0, Math.floor(Math.max(0, at) / PAGE_LINES) * PAGE_LINES),
      passage: found.index,
    }
  }

  choices(index: number): PassageChoices | undefined {
    const node = this.nodes[index]
    const group = node && this.groupOf.get(node)
    const passage = this.passages[index]
    if (!node || !group || !passage) return undefined
    const values = valueChoices(node)
    const section = sectionOf(node)
    const reaches: PassageChoices['reaches'][number][] = [
      { reach: 'all', count: group.nodes.length, name: '' },
    ]
    if (section && selectionOf(node, group, 'section')) {
      const inside = group.nodes.filter(
        (one) => sectionOf(one)?.text === section.text && one.place.file === node.place.file,
      ).length
      if (inside < group.nodes.length)
        reaches.push({ reach: 'section', count: inside, name: section.text.slice(0, 60) })
    }
    if (group.nodes.length > 1 && selectionOf(node, group, 'one'))
      reaches.push({ reach: 'one', count: 1, name: '' })
    return {
      passage,
      place: formatPlace(node.place),
      values,
      reaches,
      suggested: suggest(values, this.levels()),
      steps: group.at.split('/').map((step) => step.replaceAll('"', '')),
    }
  }

  private levels(): ReadonlySet<string> {
    return levelNames(
      this.recipe,
      this.result.framework?.scale.levels.map(({ title }) => textIn(title, 'en')) ?? [],
    )
  }

  selection(index: number, reach: Reach): ReturnType<typeof selectionOf> {
    const node = this.nodes[index]
    const group = node && this.groupOf.get(node)
    return node && group ? selectionOf(node, group, reach) : undefined
  }
}

/** For each part that a meaning needs, the likeliest place to read it from. */
function suggest(values: readonly ValueChoice[], levels: ReadonlySet<string>): Record<string, string> {
  const isLevel = (one: ValueChoice) => levels.has(one.sample.normalize('NFKC').trim().toLowerCase())
  const level = values.find((one) => one.path !== '.' && isLevel(one))
  const name =
    values.find((one) => one.kind === 'above' && one !== level) ??
    values.find((one) => one.kind !== 'own' && one.kind !== 'column' && one !== level) ??
    values.find((one) => one.kind === 'column' && one !== level)
  const suggested: Record<string, string> = {}
  if (level) suggested['level'] = level.path
  if (name) for (const part of ['competency', 'key', 'role']) suggested[part] = name.path
  return suggested
}
