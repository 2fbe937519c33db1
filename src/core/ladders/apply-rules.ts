// Runs a recipe's rules over a source: each selected node makes or completes an entry of the draft framework.
import { addText, Draft, type CompetencyEntry, type Entry, type RoleEntry } from './draft.ts'
import { compileGlob } from './pattern.ts'
import { ValueReader, type ReadValue } from './read-value.ts'
import type { Recipe, Rule, Value } from './recipe.ts'
import { parseSelector, select } from './selector.ts'
import { valueOf, type SourceNode } from './source.ts'
import { Uses, type Use, type UseKind } from './uses.ts'

type RuleOf<M extends Rule['make']> = Extract<Rule, { make: M }>

/** Runs all rules in their order, then settles references. `isLeftOut` hides nodes from the rules. */
export function applyRules(
  recipe: Recipe,
  files: readonly SourceNode[],
  isLeftOut: (node: SourceNode) => boolean,
  isLineLeftOut: (node: SourceNode, line: string) => boolean,
): { draft: Draft; uses: Uses } {
  const application = new Application(recipe, files, isLeftOut, isLineLeftOut)
  recipe.rules.forEach((rule, index) => application.run(rule, index))
  application.settle()
  return application
}

function selectIn(
  file: SourceNode,
  { file: pattern, at }: { file?: string | undefined; at: string },
): SourceNode[] {
  if (pattern !== undefined && !compileGlob(pattern).test(file.place.file)) return []
  return select(file, parseSelector(at))
}

const BULLET = /^\s*(?:[-*•–·]|\d{1,2}[.)])\s+/
export const withoutBullet = (line: string): string => line.replace(BULLET, '').trim()

class Application {
  readonly draft: Draft
  readonly uses = new Uses()
  private readonly reader: ValueReader
  /** References wait until every entry is known. */
  private readonly waiting: (() => void)[] = []
  private index = 0

  constructor(
    recipe: Recipe,
    private readonly files: readonly SourceNode[],
    private readonly isLeftOut: (node: SourceNode) => boolean,
    private readonly isLineLeftOut: (node: SourceNode, line: string) => boolean,
  ) {
    this.draft = new Draft(recipe)
    this.reader = new ValueReader(files, recipe.let)
  }

  run(rule: Rule, index: number): void {
    this.index = index
    const pattern = rule.file === undefined ? undefined : compileGlob(rule.file)
    const selector = parseSelector(rule.at)
    for (const file of this.files) {
      if (pattern && !pattern.test(file.place.file)) continue
      const passedOver = new Set((rule.except ?? []).flatMap((one) => selectIn(file, one)))
      for (const node of rule.at === 'file' ? [file] : select(file, selector)) {
        if (passedOver.has(node)) continue
        if (this.isLeftOut(node) || (rule.unused && (valueOf(node) === '' || this.uses.has(node)))) continue
        if (rule.when !== undefined && !this.reader.read(rule.when, node)) continue
        if (!rule.lines) this.make(rule, node, undefined)
        else {
          for (const written of valueOf(node).split('\n')) {
            const line = withoutBullet(written)
            if (line !== '' && !this.isLineLeftOut(node, line)) this.make(rule, node, line)
          }
        }
      }
    }
  }

  settle(): void {
    for (const resolve of this.waiting) resolve()
  }

  private make(rule: Rule, node: SourceNode, line: string | undefined): void {
    if (rule.make === 'framework') this.framework(rule, node, line)
    else if (rule.make === 'source') this.source(rule, node, line)
    else if (rule.make === 'track') this.described('tracks', rule, node, line)
    else if (rule.make === 'area') this.described('areas', rule, node, line)
    else if (rule.make === 'level') this.level(rule, node, line)
    else if (rule.make === 'competency') this.competency(rule, node, line)
    else if (rule.make === 'behaviour') this.behaviour(rule, node, line)
    else if (rule.make === 'role') this.role(rule, node, line)
    else if (rule.make === 'expectation') this.expectation(rule, node, line)
    else if (rule.make === 'weight') this.weight(rule, node, line)
    else if (rule.make === 'band') this.band(rule, node, line)
    else this.roleText(rule, node, line)
  }

  private read(value: Value | undefined, node: SourceNode, line: string | undefined): ReadValue | undefined {
    return value === undefined ? undefined : this.reader.read(value, node, line)
  }

  private use(found: ReadValue | undefined, kind: UseKind, target: string): Use {
    const use: Use = { rule: this.index, kind, target }
    if (found) this.uses.add(found.nodes, use)
    return use
  }

  /** Reads a value that becomes part of an entry's words. */
  private take(
    value: Value | undefined,
    node: SourceNode,
    line: string | undefined,
    target: string,
  ): string | undefined {
    const found = this.read(value, node, line)
    this.use(found, 'text', target)
    return found?.text
  }

  private framework(rule: RuleOf<'framework'>, node: SourceNode, line: string | undefined): void {
    this.draft.title ??= this.take(rule.title, node, line, 'framework')
    addText(
      this.draft.texts,
      prose(this.take(rule.description, node, line, 'framework'), node, rule.description),
    )
  }

  private source(rule: RuleOf<'source'>, node: SourceNode, line: string | undefined): void {
    const title = this.read(rule.title, node, line)
    if (!title) return
    const key = this.read(rule.key, node, line) ?? title
    let source = this.draft.sources.find(({ title: known }) => known === title.text)
    if (!source) {
      const used = new Set(this.draft.sources.map(({ id }) => id))
      const base = `source-${squeezeId(key.text)}`
      let id = base
      for (let count = 2; used.has(id); count++) id = `${base}-${count}`
      this.draft.sources.push((source = { id, title: title.text, notes: [] }))
    }
    const target = `sources.${source.id}`
    this.use(key, 'name', target)
    this.use(title, 'text', target)
    const url = this.take(rule.url, node, line, target)
    if (url !== undefined) source.url ??= url
    addText(source.notes, this.take(rule.note, node, line, target))
  }

  /** The entry that a rule is about: by its key, else by its title. */
  private entry<E extends Entry>(
    kind: 'tracks' | 'areas' | 'competencies' | 'roles',
    rule: { key?: Value | undefined; title?: Value | undefined },
    node: SourceNode,
    line: string | undefined,
  ): E | undefined {
    const register = this.draft[kind]
    const title = this.read(rule.title, node, line)
    const key = this.read(rule.key, node, line) ?? title
    if (!key) return undefined
    const entry = register.ensure(key.text)
    register.retitle(entry as never, title?.text)
    this.use(key, 'name', `${kind}.${entry.id}`)
    this.use(title, 'text', `${kind}.${entry.id}`)
    return entry as unknown as E
  }

  private described(
    kind: 'tracks' | 'areas',
    rule: RuleOf<'track' | 'area'>,
    node: SourceNode,
    line: string | undefined,
  ): void {
    const entry = this.entry(kind, rule, node, line)
    if (entry)
      addText(
        entry.texts,
        prose(this.take(rule.description, node, line, `${kind}.${entry.id}`), node, rule.description),
      )
  }

  private level(rule: RuleOf<'level'>, node: SourceNode, line: string | undefined): void {
    const owner = this.read(rule.competency, node, line)
    if (rule.competency !== undefined && !owner) return
    const competency = owner && this.draft.competencies.ensure(owner.text)
    const scale = competency ? competency.scale : this.draft.scale
    const title = this.read(rule.title, node, line)
    const number = this.read(rule.level, node, line)
    const key = this.read(rule.key, node, line) ?? title ?? number
    if (!key) return
    const at = number && /^\d{1,2}$/.test(number.text) ? Number(number.text) : undefined
    if (at !== undefined && (at < 1 || at > 20)) return
    const level = this.draft.ensureLevel(scale, key.text, at)
    const target = competency ? `competencies.${competency.id}` : 'scale'
    if (title) level.title ??= title.text
    for (const found of [owner, number, key]) this.use(found, 'reference', target)
    this.use(title, 'text', target)
    addText(level.texts, prose(this.take(rule.description, node, line, target), node, rule.description))
  }

  private competency(rule: RuleOf<'competency'>, node: SourceNode, line: string | undefined): void {
    const competency = this.entry<CompetencyEntry>('competencies', rule, node, line)
    if (!competency) return
    const area = this.read(rule.area, node, line)
    if (area) {
      competency.area ??= this.draft.areas.ensure(area.text)
      this.use(area, 'reference', `areas.${competency.area.id}`)
    }
    addText(
      competency.texts,
      prose(this.take(rule.description, node, line, `competencies.${competency.id}`), node, rule.description),
    )
  }

  private behaviour(rule: RuleOf<'behaviour'>, node: SourceNode, line: string | undefined): void {
    const [owner, level, text] = [rule.competency, rule.level, rule.text].map((value) =>
      this.read(value, node, line),
    )
    if (!owner || !text) return
    const competency = this.draft.competencies.ensure(owner.text)
    const target = `competencies.${competency.id}`
    const note = this.take(rule.note, node, line, target)
    const role = this.read(rule.role, node, line)
    const uses = [
      this.use(owner, 'reference', target),
      this.use(level, 'reference', target),
      this.use(text, 'text', target),
    ]
    this.waiting.push(() => {
      const number = level && this.draft.findLevel(competency, level.text)
      if (number === undefined || number < 1) {
        for (const use of uses)
          use.failure = level ? `the level "${level.text}" is on no scale` : 'no level was found for it'
        return
      }
      uses[2]!.target = `behaviours.${this.draft.addBehaviour(competency, number, text.text, note)}`
      if (role) this.expect(role, competency, number, 'must', undefined)
    })
  }

  private expect(
    role: ReadValue,
    competency: CompetencyEntry,
    level: number,
    kind: 'must' | 'should',
    note: string | undefined,
  ): void {
    const entry = this.draft.roles.find(role.text)
    const use = this.use(role, 'reference', entry ? `roles.${entry.id}` : 'roles')
    if (!entry) {
      use.failure = `the role "${role.text}" is not in the ladder`
      return
    }
    const known = entry.expectations.get(competency.id)
    if (known && known.level >= level) return
    entry.expectations.set(competency.id, { level, kind, ...(note === undefined ? {} : { note }) })
  }

  private role(rule: RuleOf<'role'>, node: SourceNode, line: string | undefined): void {
    const role = this.entry<RoleEntry>('roles', rule, node, line)
    if (!role) return
    const target = `roles.${role.id}`
    const tracks = rule.track === undefined ? [] : this.reader.readAll(rule.track, node, line)
    for (const found of tracks) {
      const track = this.draft.tracks.ensure(found.text)
      if (!role.tracks.includes(track)) role.tracks.push(track)
      this.use(found, 'reference', `tracks.${track.id}`)
    }
    addText(role.texts, prose(this.take(rule.summary, node, line, target), node, rule.summary))
    addText(role.aliases, this.take(rule.alias, node, line, target))
  }

  private expectation(rule: RuleOf<'expectation'>, node: SourceNode, line: string | undefined): void {
    const role = this.read(rule.role, node, line)
    const level = this.read(rule.level, node, line)
    const owner = this.read(rule.competency, node, line)
    const kind = this.read(rule.kind, node, line)
    const note = this.take(rule.note, node, line, 'roles')
    if (!role || !level) return
    const uses = [
      this.use(level, 'reference', 'roles'),
      this.use(owner, 'reference', 'competencies'),
      this.use(role, 'reference', 'roles'),
      this.use(kind, 'reference', 'roles'),
    ]
    this.waiting.push(() => {
      const competency =
        rule.competency === undefined
          ? this.draft.findByLevelName(level.text)
          : owner && this.draft.competencies.find(owner.text)
      const number = competency && this.draft.findLevel(competency, level.text)
      const failure = !competency
        ? `the competency "${owner?.text ?? level.text}" is not in the ladder`
        : number === undefined
          ? `the level "${level.text}" is on no scale`
          : undefined
      if (failure !== undefined || !competency || number === undefined) {
        for (const use of uses) use.failure = failure ?? ''
        return
      }
      uses.slice(0, 2).forEach((use) => (use.target = `competencies.${competency.id}`))
      if (number > 0) this.expect(role, competency, number, kind?.text === 'should' ? 'should' : 'must', note)
    })
  }

  private weight(rule: RuleOf<'weight'>, node: SourceNode, line: string | undefined): void {
    const set = this.read(rule.set, node, line)
    const competency = this.read(rule.competency, node, line)
    const weight = this.read(rule.weight, node, line)
    if ((rule.set !== undefined && !set) || !competency || !weight) return
    const number = this.draft.scoring.takesFigures ? numberIn(weight.text) : undefined
    const uses = [set, competency, weight].map((found) => this.use(found, 'reference', 'scoring'))
    if (number !== undefined) this.draft.scoring.addWeight(set?.text ?? '', competency.text, number)
    else for (const use of uses) use.failure = `the weight "${weight.text}" is no number of a scoring`
  }

  private band(rule: RuleOf<'band'>, node: SourceNode, line: string | undefined): void {
    const set = this.read(rule.set, node, line)
    const from = this.read(rule.from, node, line)
    const title = this.read(rule.title, node, line)
    const series = this.read(rule.series, node, line)
    const role = this.read(rule.role, node, line)
    if ((rule.set !== undefined && !set) || (rule.series !== undefined && !series) || !from || !title) return
    const number = this.draft.scoring.takesFigures ? numberIn(from.text) : undefined
    const uses = [set, from, series, role].map((found) => this.use(found, 'reference', 'scoring'))
    uses.push(this.use(title, 'text', 'scoring'))
    if (number === undefined) {
      for (const use of uses) use.failure = `the limit "${from.text}" is no number of a scoring`
      return
    }
    this.draft.scoring.addBand(set?.text ?? '', {
      from: number,
      title: title.text,
      ...(series ? { series: series.text } : {}),
      ...(role ? { role: role.text } : {}),
    })
  }

  private roleText(
    rule: RuleOf<'duty' | 'fact' | 'grade' | 'experience'>,
    node: SourceNode,
    line: string | undefined,
  ): void {
    const owner = this.read(rule.role, node, line)
    if (!owner) return
    const role = this.draft.roles.ensure(owner.text)
    const target = `roles.${role.id}`
    this.use(owner, 'reference', target)
    if (rule.make === 'fact') addText(role.facts, this.take(rule.text, node, line, target))
    else if (rule.make === 'experience') addText(role.experience, this.take(rule.text, node, line, target))
    else if (rule.make === 'grade') {
      const key = this.take(rule.key, node, line, target)
      if (key === undefined) return
      let grade = role.grades.find((known) => known.key === key)
      if (!grade) role.grades.push((grade = { key, title: undefined, notes: [] }))
      grade.title ??= this.take(rule.title, node, line, target)
      addText(grade.notes, this.take(rule.note, node, line, target))
    } else {
      const title = this.take(rule.title, node, line, target)
      if (title === undefined) return
      let duty = role.duties.find((known) => known.title === title)
      if (!duty) role.duties.push((duty = { title, texts: [], competencies: new Set() }))
      addText(duty.texts, prose(this.take(rule.text, node, line, target), node, rule.text))
      const exercised = this.read(rule.competency, node, line)
      const known = duty
      if (exercised) {
        this.waiting.push(() => {
          const competency = this.draft.competencies.find(exercised.text)
          const use = this.use(
            exercised,
            'reference',
            competency ? `competencies.${competency.id}` : 'competencies',
          )
          if (competency) known.competencies.add(competency.id)
          else use.failure = `the competency "${exercised.text}" is not in the ladder`
        })
      }
    }
  }
}

/** A plain number of 0 or more, a percent sign or a decimal comma allowed. */
function numberIn(text: string): number | undefined {
  const match = /^\s*(\d{1,9}(?:[.,]\d{1,9})?)\s*%?\s*$/.exec(text)
  return match ? Number(match[1]!.replace(',', '.')) : undefined
}

const squeezeId = (text: string) =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 50) || 'x'

/** A list item or heading keeps its mark where it becomes part of a longer text, so that the text stays readable. */
function prose(text: string | undefined, node: SourceNode, value: Value | undefined): string | undefined {
  return text !== undefined && value === '.' && node.name === 'li' ? `- ${text}` : text
}
