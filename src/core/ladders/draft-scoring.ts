// The scoring of a framework while it is being made: what the recipe writes, and weights and bands read from the source.
import type { FrameworkInput } from '../framework/model.ts'
import { DEFAULT_SERIES, type Band, type Condition, type Count } from '../framework/scoring.ts'
import type { Recipe } from './recipe.ts'
import { slug, squeeze } from './stable-id.ts'

type Written = NonNullable<Recipe['scoring']>
type WeightedSet = Extract<Written, { model: 'weighted-mean' }>['sets'][number]
/** A band as a rule reads it; `role` is a name. */
export interface ReadBand {
  from: number
  title: string
  series?: string
  role?: string
}

interface ReadSet {
  readonly title: string
  readonly weights: { readonly competency: string; readonly weight: number }[]
  readonly bands: Band[]
}

/** The ids that names lead to; undefined where the source has no such entry. */
export interface ScoringNames {
  /** How many competencies there are. */
  readonly competencies: number
  competency(name: string): string | undefined
  role(name: string): string | undefined
}

/** Collects weights and bands; what they name is looked up at the end, when every entry is known. */
export class DraftScoring {
  /** The set without a name is the points model's. */
  private readonly sets = new Map<string, ReadSet>()

  constructor(private readonly written: Written | undefined) {}

  /** Whether the recipe's model has weights or bands to read; without one, what rules read of them goes nowhere. */
  get takesFigures(): boolean {
    return this.written?.model === 'points' || this.written?.model === 'weighted-mean'
  }

  private set(title: string): ReadSet {
    const key = squeeze(title)
    let set = this.sets.get(key)
    if (!set) this.sets.set(key, (set = { title, weights: [], bands: [] }))
    return set
  }

  addWeight(set: string, competency: string, weight: number): void {
    const { weights } = this.set(set)
    if (!weights.some((known) => known.competency === competency)) weights.push({ competency, weight })
  }

  addBand(set: string, { series = DEFAULT_SERIES, ...band }: ReadBand): void {
    const { bands } = this.set(set)
    if (!bands.some((one) => one.series === series && one.from === band.from))
      bands.push({ ...band, series, gates: [] })
  }

  /**
   * The scoring as the framework has it. What the source gives takes the place of what the recipe writes; a rule that
   * asks for a competency or role which the source does not have is left out whole, and `note` is told.
   */
  toInput(names: ScoringNames, note: (message: string) => void): FrameworkInput['scoring'] {
    const written = this.written
    if (!written) return undefined
    const resolve = new Resolver(names, note)
    if (written.model === 'points') {
      const read = this.sets.get('')
      const weights = resolve.weights('points', { ...written.weights, ...weightsOf(read) })
      const bands = resolve.bands('points', read && read.bands.length > 0 ? read.bands : written.bands)
      return weights && bands && { ...written, weights, bands }
    }
    if (written.model === 'weighted-mean') {
      const sets = this.weightedSets(written.sets).flatMap((set) => {
        const weights = resolve.weights(set.id, set.weights)
        const bands = weights && resolve.bands(set.id, set.bands)
        return bands ? [{ ...set, weights, bands }] : []
      })
      return sets.length === 0 ? undefined : { ...written, sets }
    }
    if (written.model === 'k-of-n') {
      const roles = Object.entries(written.roles).flatMap(([name, conditions]) => {
        const role = resolve.role(name)
        const found = role === undefined ? undefined : resolve.conditions(name, conditions)
        return role !== undefined && found ? [[role, found] as const] : []
      })
      return roles.length === 0 ? undefined : { ...written, roles: Object.fromEntries(roles) }
    }
    return written
  }

  private weightedSets(written: readonly WeightedSet[]): WeightedSet[] {
    const read = [...this.sets.values()].filter(({ weights }) => weights.some(({ weight }) => weight > 0))
    if (read.length === 0) return [...written]
    return read.map((set) => ({
      id: slug(set.title) || 'ladder',
      title: set.title || 'Ladder',
      weights: weightsOf(set),
      bands: set.bands,
    }))
  }
}

const weightsOf = (set: ReadSet | undefined) =>
  Object.fromEntries((set?.weights ?? []).map(({ competency, weight }) => [competency, weight]))

/** Looks up the names in a scoring; each answer is undefined where one of them leads nowhere. */
class Resolver {
  constructor(
    private readonly names: ScoringNames,
    private readonly note: (message: string) => void,
  ) {}

  role(name: string): string | undefined {
    const id = this.names.role(name)
    if (id === undefined) this.note(`the scoring of "${name}" is left out: the ladder has no such role`)
    return id
  }

  private ids(what: string, competencies: readonly string[]): string[] | undefined {
    const ids: string[] = []
    for (const name of competencies) {
      const id = this.names.competency(name)
      if (id === undefined) {
        this.note(`the scoring of "${what}" is left out: the ladder has no competency "${name}"`)
        return undefined
      }
      ids.push(id)
    }
    return ids
  }

  weights(what: string, weights: Readonly<Record<string, number>>): Record<string, number> | undefined {
    const ids = this.ids(what, Object.keys(weights))
    const values = Object.values(weights)
    return ids && Object.fromEntries(ids.map((id, index) => [id, values[index]!]))
  }

  /** A band keeps its place without its role, but not without its gates. */
  bands(what: string, bands: readonly Band[]): Band[] | undefined {
    const found = bands.map(({ role, gates, ...band }) => {
      const id = role === undefined ? undefined : this.names.role(role)
      const ids = this.ids(
        what,
        gates.map(({ competency }) => competency),
      )
      const open = ids && gates.map(({ level }, index) => ({ level, competency: ids[index]! }))
      return open && { ...band, gates: open, ...(id === undefined ? {} : { role: id }) }
    })
    return found.every((band) => band !== undefined) ? found : undefined
  }

  conditions(what: string, conditions: readonly Condition[]): Condition[] | undefined {
    const found = conditions.map((condition) => {
      if (!('anyOf' in condition)) return this.count(what, condition)
      const anyOf = condition.anyOf.map((one) => this.count(what, one))
      return anyOf.every((one) => one !== undefined) ? { anyOf } : undefined
    })
    return found.every((condition) => condition !== undefined) ? found : undefined
  }

  private count(what: string, { of, ...count }: Count): Count | undefined {
    const ids = of && this.ids(what, of)
    if (of && !ids) return undefined
    const counted = ids?.length ?? this.names.competencies
    if (count.k !== 'all' && count.k > counted) {
      this.note(`the scoring of "${what}" is left out: it asks for ${count.k} competencies of ${counted}`)
      return undefined
    }
    return { ...count, ...(ids ? { of: ids } : {}) }
  }
}
