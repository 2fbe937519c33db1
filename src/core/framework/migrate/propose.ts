// Proposes a migration between two versions of a framework, for a person to review.
import { textIn, type Behaviour, type Competency, type Framework, type Text } from '../model.ts'
import type { CompetencyMapping, Migration } from './migration.ts'

/** The same words, whatever their case, spacing or closing full stop. */
function sameWords(framework: Framework, text: Text): string {
  const language = framework.languages[0] ?? 'en'
  return textIn(text, language, language)
    .toLowerCase()
    .replaceAll(/\s+/g, ' ')
    .replace(/[.。]$/, '')
    .trim()
}

/** Old behaviour to new: the same statement under the same id, else the same statement anywhere. Reworded is not same. */
function sameStatements(before: Framework, after: Framework): Map<string, string> {
  const byId = new Map<string, string>()
  const byWords = new Map<string, string[]>()
  for (const behaviour of behavioursOf(after)) {
    const words = sameWords(after, behaviour.text)
    byId.set(behaviour.id, words)
    byWords.set(words, [...(byWords.get(words) ?? []), behaviour.id])
  }
  const pairs = new Map<string, string>()
  const taken = new Set<string>()
  const take = (from: string, to: string | undefined) => {
    if (to === undefined || taken.has(to) || pairs.has(from)) return
    pairs.set(from, to)
    taken.add(to)
  }
  const old = behavioursOf(before)
  for (const { id, text } of old) if (byId.get(id) === sameWords(before, text)) take(id, id)
  for (const { id, text } of old)
    take(
      id,
      byWords.get(sameWords(before, text))?.find((candidate) => !taken.has(candidate)),
    )
  return pairs
}

const behavioursOf = (framework: Framework): Behaviour[] =>
  framework.competencies.flatMap(({ behaviours }) => behaviours)

/** Where most of a level's statements went decides the new level; a level without a trace keeps its place, capped. */
function levelsBetween(
  source: Competency,
  target: Competency,
  before: Framework,
  after: Framework,
  pairs: ReadonlyMap<string, string>,
): Record<string, number> {
  const newLevel = new Map(target.behaviours.map(({ id, level }) => [id, level]))
  const highest = Math.max(...(target.scale ?? after.scale).levels.map(({ level }) => level))
  const levels: Record<string, number> = {}
  let last = 0
  for (const { level } of (source.scale ?? before.scale).levels) {
    const votes = source.behaviours
      .filter((behaviour) => behaviour.level === level)
      .flatMap(({ id }) => newLevel.get(pairs.get(id) ?? '') ?? [])
    const counted =
      votes.toSorted((a, b) => a - b)[Math.floor((votes.length - 1) / 2)] ?? Math.min(level, highest)
    last = Math.max(last, counted)
    levels[String(level)] = last
  }
  return levels
}

/**
 * Proposes what becomes of each competency and role of `before` in `after`: same id stays, identical statements lead
 * to renamed, merged and split competencies, the rest is dropped. The result is valid and meant to be reviewed.
 */
export function proposeMigration(before: Framework, after: Framework): Migration {
  const pairs = sameStatements(before, after)
  const home = new Map(
    after.competencies.flatMap((competency) =>
      competency.behaviours.map(({ id }) => [id, competency.id] as const),
    ),
  )
  const newOnes = new Map(after.competencies.map((competency) => [competency.id, competency]))
  const wayOf = new Map<string, string[]>()
  for (const competency of before.competencies) {
    if (newOnes.has(competency.id)) {
      wayOf.set(competency.id, [competency.id])
      continue
    }
    const counts = new Map<string, number>()
    for (const { id } of competency.behaviours) {
      const to = home.get(pairs.get(id) ?? '')
      if (to !== undefined) counts.set(to, (counts.get(to) ?? 0) + 1)
    }
    const sameTitle = after.competencies.find(
      (candidate) => sameWords(after, candidate.title) === sameWords(before, competency.title),
    )
    const reached = [...counts].toSorted((a, b) => b[1] - a[1]).map(([to]) => to)
    wayOf.set(competency.id, reached.length > 0 ? reached : sameTitle ? [sameTitle.id] : [])
  }
  const arrivals = new Map<string, string[]>()
  for (const [from, ways] of wayOf)
    if (ways.length === 1) arrivals.set(ways[0]!, [...(arrivals.get(ways[0]!) ?? []), from])

  const competencies: CompetencyMapping[] = []
  const merged = new Set<string>()
  for (const competency of before.competencies) {
    const ways = wayOf.get(competency.id)!
    if (ways.length === 0) competencies.push({ kind: 'dropped', from: competency.id })
    else if (ways.length > 1) competencies.push({ kind: 'split', from: competency.id, to: ways })
    else {
      const to = ways[0]!
      const together = arrivals.get(to)!
      if (together.length > 1) {
        if (!merged.has(to)) competencies.push({ kind: 'merged', from: together, to })
        merged.add(to)
      } else {
        const levels = levelsBetween(competency, newOnes.get(to)!, before, after, pairs)
        competencies.push({
          kind: to === competency.id ? 'same' : 'renamed',
          from: competency.id,
          to,
          levels,
        })
      }
    }
  }
  const roles = Object.fromEntries(
    before.roles.map((role) => {
      const kept =
        after.roles.find(({ id }) => id === role.id) ??
        after.roles.find(({ title }) => sameWords(after, title) === sameWords(before, role.title))
      return [role.id, kept?.id ?? null]
    }),
  )
  return {
    framework: before.id,
    from: before.version,
    to: after.version,
    competencies,
    behaviours: Object.fromEntries(pairs),
    roles,
  }
}
