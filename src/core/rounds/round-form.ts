// Chooses the behaviours that a person is rated on: around the bar of their role, overlapping with everybody else's form.
import type { Framework } from '../framework/model.ts'

/** Competencies on a form, and how many of them everybody in the round shares. */
const COMPETENCIES = 8
const SHARED = 4
/** Behaviours of each: at the bar, below it and above it. */
const EACH = 3

export interface FormSubject {
  readonly person: string
  /** The bar of the role: competency, level from 1, must or should; empty where no role is known. */
  readonly bar: readonly {
    readonly competency: string
    readonly level: number
    readonly kind: 'must' | 'should'
  }[]
}

/**
 * A form of at most 28 behaviours for each subject, as ids. Eight competencies: the four that most bars in the round
 * ask for, and four of the own bar (musts first, then the highest levels, then the framework's order). Of each, three
 * behaviours at the levels nearest to the bar, so that below, at and above it are asked alike and the form does not
 * show where the bar lies; of the four shared ones also the behaviour at the round's middle bar, the same for
 * everybody. Somebody without a role is asked around the middle bars. The order within a form follows the competencies,
 * and in each a scrambling of the ids, never the level. Every rater of a subject gets the same form.
 */
export function formsOf(framework: Framework, subjects: readonly FormSubject[]): Map<string, string[]> {
  const known = framework.competencies.filter(({ behaviours }) => behaviours.length > 0)
  const order = new Map(known.map(({ id }, at) => [id, at]))
  const levels = new Map<string, number[]>()
  for (const { bar } of subjects)
    for (const { competency, level } of bar) {
      if (!order.has(competency)) continue
      const list = levels.get(competency)
      if (list) list.push(level)
      else levels.set(competency, [level])
    }
  const middleOf = (competency: string): number => {
    const asked = (levels.get(competency) ?? []).toSorted((a, b) => a - b)
    const found = known[order.get(competency)!]!
    const top = (found.scale ?? framework.scale).levels.length
    return asked[Math.floor((asked.length - 1) / 2)] ?? Math.ceil(top / 2)
  }
  const ranked = known
    .map(({ id }) => id)
    .sort(
      (a, b) => (levels.get(b)?.length ?? 0) - (levels.get(a)?.length ?? 0) || order.get(a)! - order.get(b)!,
    )
  const shared = ranked.slice(0, SHARED)
  return new Map(
    subjects.map(({ person, bar }) => {
      const own = new Map(
        bar.filter(({ competency }) => order.has(competency)).map((one) => [one.competency, one]),
      )
      const wanted = [...own.values()]
        .filter(({ competency }) => !shared.includes(competency))
        .sort(
          (a, b) =>
            Number(b.kind === 'must') - Number(a.kind === 'must') ||
            b.level - a.level ||
            order.get(a.competency)! - order.get(b.competency)!,
        )
        .map(({ competency }) => competency)
      const chosen = [...new Set([...shared, ...wanted, ...ranked])].slice(0, COMPETENCIES)
      const form = chosen
        .sort((a, b) => order.get(a)! - order.get(b)!)
        .flatMap((competency) => {
          const middle = middleOf(competency)
          const items = aroundLevel(known[order.get(competency)!]!, own.get(competency)?.level ?? middle)
          if (shared.includes(competency))
            items.push(...aroundLevel(known[order.get(competency)!]!, middle, 1))
          return [...new Set(items)].sort((a, b) => scrambled(a) - scrambled(b) || (a < b ? -1 : 1))
        })
      return [person, form] as const
    }),
  )
}

/** Behaviours at the levels nearest to `level`, one a level first, the lower of two equally near ones first. */
function aroundLevel(
  { behaviours }: Framework['competencies'][number],
  level: number,
  most = EACH,
): string[] {
  const byLevel = new Map<number, string[]>()
  for (const { id, level: at } of behaviours) {
    const list = byLevel.get(at)
    if (list) list.push(id)
    else byLevel.set(at, [id])
  }
  const near = [...byLevel.keys()].sort((a, b) => Math.abs(a - level) - Math.abs(b - level) || a - b)
  const taken: string[] = []
  for (let turn = 0; taken.length < most; turn++) {
    const round = near.flatMap((at) => byLevel.get(at)![turn] ?? [])
    if (round.length === 0) break
    taken.push(...round.slice(0, most - taken.length))
  }
  return taken
}

/** A fixed order that has nothing to do with levels: FNV-1a, 32 bits. */
function scrambled(id: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < id.length; at++) hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193) >>> 0
  return hash
}
