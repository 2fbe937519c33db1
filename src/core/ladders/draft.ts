// The framework while it is being made from a source: entries by their keys, references kept until all is known.
import type { FrameworkInput } from '../framework/model.ts'
import { DraftScoring } from './draft-scoring.ts'
import type { Recipe } from './recipe.ts'
import { fingerprint, Ids, slug, squeeze } from './stable-id.ts'

export interface Entry {
  readonly id: string
  readonly key: string
  title: string | undefined
  readonly texts: string[]
}
export interface LevelEntry {
  level: number
  readonly key: string
  title: string | undefined
  readonly texts: string[]
}
export interface CompetencyEntry extends Entry {
  area: Entry | undefined
  readonly scale: LevelEntry[]
  readonly behaviours: { level: number; text: string; notes: string[]; id: string }[]
}
export interface RoleEntry extends Entry {
  readonly tracks: Entry[]
  readonly aliases: string[]
  readonly facts: string[]
  readonly experience: string[]
  readonly duties: { title: string; texts: string[]; competencies: Set<string> }[]
  readonly grades: { key: string; title: string | undefined; notes: string[] }[]
  readonly expectations: Map<string, { level: number; kind: 'must' | 'should'; note?: string }>
}

/** Adds a text unless it is there already. */
export function addText(texts: string[], text: string | undefined): void {
  if (text !== undefined && text !== '' && !texts.includes(text)) texts.push(text)
}

/** Entries of one kind, found by key, else by title. */
class Register<E extends Entry> {
  readonly all: E[] = []
  private readonly byKey = new Map<string, E>()
  private readonly byTitle = new Map<string, E>()
  private readonly ids = new Ids()

  constructor(private readonly make: (entry: Entry) => E) {}

  find(key: string): E | undefined {
    return this.byKey.get(key) ?? this.byKey.get(`~${squeeze(key)}`) ?? this.byTitle.get(squeeze(key))
  }

  ensure(key: string): E {
    const known = this.find(key)
    if (known) return known
    const entry = this.make({ id: this.ids.take(key), key, title: undefined, texts: [] })
    this.all.push(entry)
    this.byKey.set(key, entry)
    if (squeeze(key) !== '') this.byKey.set(`~${squeeze(key)}`, entry)
    return entry
  }

  retitle(entry: E, title: string | undefined): void {
    if (title === undefined || entry.title !== undefined) return
    entry.title = title
    if (squeeze(title) !== '' && !this.byTitle.has(squeeze(title))) this.byTitle.set(squeeze(title), entry)
  }
}

export class Draft {
  readonly tracks = new Register<Entry>((entry) => entry)
  readonly areas = new Register<Entry>((entry) => entry)
  readonly competencies = new Register<CompetencyEntry>((entry) => ({
    ...entry,
    area: undefined,
    scale: [],
    behaviours: [],
  }))
  readonly roles = new Register<RoleEntry>((entry) => ({
    ...entry,
    ...{
      tracks: [],
      aliases: [],
      facts: [],
      experience: [],
      duties: [],
      grades: [],
      expectations: new Map(),
    },
  }))
  readonly scale: LevelEntry[]
  readonly sources: { id: string; title: string; url?: string; notes: string[] }[] = []
  readonly texts: string[] = []
  readonly scoring: DraftScoring
  /** What the person should know of what was left unsaid or out. */
  readonly notes: string[] = []
  title: string | undefined
  private readonly words = new Map<string, number>()
  private readonly behaviourIds = new Set<string>()

  constructor(private readonly recipe: Recipe) {
    this.scoring = new DraftScoring(recipe.scoring)
    this.scale = recipe.scale.map(({ level, title, description }) => ({
      level,
      key: title,
      title,
      texts: description === undefined ? [] : [description],
    }))
    for (const { level, title, aliases } of recipe.scale)
      for (const word of [title, ...aliases]) this.words.set(squeeze(word), level)
    addText(this.texts, recipe.framework.description)
  }

  /** The level on a scale (a competency's own, or the framework's) that `key` names; made in order of appearance. */
  ensureLevel(scale: LevelEntry[], key: string, level?: number): LevelEntry {
    const known =
      scale.find((entry) => entry.level === level) ??
      (level === undefined ? scale.find((entry) => squeeze(entry.key) === squeeze(key)) : undefined)
    if (known) return known
    const entry: LevelEntry = {
      level: level ?? scale.reduce((most, { level: used }) => Math.max(most, used), 0) + 1,
      key,
      title: undefined,
      texts: [],
    }
    scale.push(entry)
    return entry
  }

  /** The number of a level by its word or number; undefined where it is on no scale. 0 is "nothing expected". */
  findLevel(competency: CompetencyEntry | undefined, word: string): number | undefined {
    const name = squeeze(word)
    const match = (entry: LevelEntry) =>
      name !== '' && (squeeze(entry.key) === name || squeeze(entry.title ?? '') === name)
    const found =
      competency?.scale.find(match) ?? (competency?.scale.length ? undefined : this.scale.find(match))
    if (found) return found.level
    const known = this.words.get(name)
    if (known !== undefined) return known
    if (!/^\d{1,2}$/.test(word.trim())) return undefined
    const number = Number(word)
    return number <= 20 ? number : undefined
  }

  /** The one competency whose own scale has a level of this name: how ladders name an axis value by its bold word. */
  findByLevelName(word: string): CompetencyEntry | undefined {
    const hits = this.competencies.all.filter(({ scale }) =>
      scale.some(({ title, key }) => squeeze(title ?? key) === squeeze(word)),
    )
    return hits.length === 1 ? hits[0] : undefined
  }

  addBehaviour(competency: CompetencyEntry, level: number, text: string, note: string | undefined): string {
    const known = competency.behaviours.find(
      (behaviour) => behaviour.level === level && behaviour.text === text,
    )
    if (known) {
      addText(known.notes, note)
      return known.id
    }
    const wanted = `${competency.id.slice(0, 60)}.${level}.${fingerprint(text)}`
    let id = wanted
    for (let count = 2; this.behaviourIds.has(id); count++) id = `${wanted}-${count}`
    this.behaviourIds.add(id)
    competency.behaviours.push({ level, text, notes: note === undefined ? [] : [note], id })
    return id
  }

  /** The draft as a framework document, with what its model asks for and the ladder leaves unsaid filled in. */
  toInput(): FrameworkInput {
    const { framework, track, area } = this.recipe
    if (this.roles.all.length === 0 && this.recipe.role) {
      const role = this.roles.ensure(this.recipe.role.id)
      this.roles.retitle(role, this.recipe.role.title)
      addText(role.texts, this.recipe.role.summary)
    }
    for (const role of this.roles.all)
      if (role.tracks.length === 0) role.tracks.push(this.entry(this.tracks, track))
    if (this.tracks.all.length === 0) this.entry(this.tracks, track)
    for (const competency of this.competencies.all) competency.area ??= this.entry(this.areas, area)
    const scoring = this.scoring.toInput(
      {
        competencies: this.competencies.all.length,
        competency: (name) => this.competencies.find(name)?.id,
        role: (name) => this.roles.find(name)?.id,
      },
      (message) => this.notes.push(message),
    )
    const source = framework.source ?? { id: 'ladder', title: framework.title }
    const described = (entry: Entry) => ({
      id: entry.id,
      title: entry.title ?? entry.key,
      ...joined('description', entry.texts),
    })
    return {
      rungs: 1,
      id: framework.id,
      version: framework.version,
      title: this.title ?? framework.title,
      ...joined('description', this.texts),
      ...(framework.license === undefined ? {} : { license: framework.license }),
      languages: framework.languages,
      sources: [source, ...this.sources.map(({ notes, ...rest }) => ({ ...rest, ...joined('note', notes) }))],
      tracks: this.tracks.all.map(described),
      scale: { levels: scaleLevels(this.scale, this.mostUsed()) },
      areas: this.areas.all.map(described),
      competencies: this.competencies.all.map((competency) => {
        const highest = competency.behaviours.reduce((most, { level }) => Math.max(most, level), 0)
        return {
          ...described(competency),
          area: competency.area!.id,
          ...(competency.scale.length === 0
            ? {}
            : { scale: { levels: scaleLevels(competency.scale, highest) } }),
          behaviours: groupByLevel(
            competency.behaviours.map(({ notes, ...rest }) => ({ ...rest, ...joined('note', notes) })),
          ),
        }
      }),
      roles: this.roles.all.map((role) => this.roleInput(role, source.id)),
      ...(scoring === undefined ? {} : { scoring }),
    }
  }

  private entry(
    register: Register<Entry>,
    { id, title, description }: { id: string; title: string; description?: string | undefined },
  ): Entry {
    const entry = register.ensure(id)
    register.retitle(entry, title)
    addText(entry.texts, description)
    return entry
  }

  private roleInput(role: RoleEntry, source: string) {
    const dutyIds = new Ids()
    return {
      id: role.id,
      title: role.title ?? role.key,
      ...(role.aliases.length === 0 ? {} : { aliases: role.aliases }),
      tracks: role.tracks.map(({ id }) => id),
      ...joined('summary', role.texts),
      facts: role.facts.map((text) => ({ text, source })),
      experience: role.experience.map((text) => ({ years: yearsIn(text), text, source })),
      grades: role.grades.map(({ key, title, notes }) => ({
        id: slug(key) || `x-${fingerprint(key)}`,
        ...(title === undefined ? {} : { title }),
        ...joined('note', notes),
      })),
      expectations: Object.fromEntries(role.expectations),
      duties: role.duties.map(({ title, texts, competencies }) => ({
        id: dutyIds.take(title),
        title,
        ...joined('text', texts),
        competencies: [...competencies],
        source,
      })),
    }
  }

  private mostUsed(): number {
    return this.competencies.all
      .filter(({ scale }) => scale.length === 0)
      .reduce((most, { id, behaviours }) => {
        const asked = this.roles.all.map(({ expectations }) => expectations.get(id)?.level ?? 0)
        return Math.max(most, ...asked, ...behaviours.map(({ level }) => level))
      }, 1)
  }
}

/** Years of experience in a text: `5+ years`, `3-5 ans`; from 0 where it gives none. */
function yearsIn(text: string): { min: number; max?: number } {
  const match = /(\d{1,2})\s*(?:[-–—]|to)\s*(\d{1,2})|(\d{1,2})/.exec(text)
  if (!match) return { min: 0 }
  return match[3] === undefined ? { min: Number(match[1]), max: Number(match[2]) } : { min: Number(match[3]) }
}

const joined = <K extends string>(key: K, texts: readonly string[]): Partial<Record<K, string>> =>
  texts.length === 0 ? {} : ({ [key]: texts.join('\n') } as Partial<Record<K, string>>)

/** Levels 1 to the highest that is named or used, in order; one without a name is called by its number. */
function scaleLevels(entries: readonly LevelEntry[], most: number) {
  const highest = entries.reduce((high, { level }) => Math.max(high, level), most)
  return Array.from({ length: Math.min(Math.max(highest, 1), 20) }, (_, index) => {
    const entry = entries.find(({ level }) => level === index + 1)
    return {
      level: index + 1,
      title: entry?.title ?? entry?.key ?? String(index + 1),
      ...joined('description', entry?.texts ?? []),
    }
  })
}

function groupByLevel<B extends { level: number }>(
  behaviours: readonly B[],
): Record<string, Omit<B, 'level'>[]> {
  const levels: Record<string, Omit<B, 'level'>[]> = {}
  for (const { level, ...behaviour } of behaviours) (levels[level] ??= []).push(behaviour)
  return levels
}
