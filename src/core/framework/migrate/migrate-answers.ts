// Moves the answers of one person along a migration: an answer follows its statement, and nothing is invented.
import type { Framework } from '../model.ts'
import { newCompetencies, oldCompetencies, type Migration } from './migration.ts'

export interface MovedAnswers<Answered> {
  /** Answers under the new version's behaviour ids, in their old order. */
  readonly answers: readonly Answered[]
  /** Answers that stay behind with the old result, and why. */
  readonly leftBehind: readonly {
    readonly answer: Answered
    readonly reason: 'split' | 'dropped' | 'not the same statement'
  }[]
  /** New competencies of which nothing is known, and why. */
  readonly notKnown: readonly {
    readonly competency: string
    readonly reason: 'split' | 'new' | 'no answer moved'
  }[]
}

/** Pure and total: answers to behaviours that the old version does not have are left behind, never thrown away. */
export function migrateAnswers<Answered extends { readonly item: string }>(
  migration: Migration,
  before: Framework,
  after: Framework,
  answers: readonly Answered[],
): MovedAnswers<Answered> {
  const oldHome = new Map(
    before.competencies.flatMap((competency) =>
      competency.behaviours.map(({ id }) => [id, competency.id] as const),
    ),
  )
  const newHome = new Map(
    after.competencies.flatMap((competency) =>
      competency.behaviours.map(({ id }) => [id, competency.id] as const),
    ),
  )
  const mappingOf = new Map(
    migration.competencies.flatMap((mapping) =>
      oldCompetencies(mapping).map((from) => [from, mapping] as const),
    ),
  )
  const moved: Answered[] = []
  const leftBehind: MovedAnswers<Answered>['leftBehind'][number][] = []
  const reached = new Set<string>()
  for (const answer of answers) {
    const mapping = mappingOf.get(oldHome.get(answer.item) ?? '')
    if (mapping?.kind === 'split' || mapping?.kind === 'dropped') {
      leftBehind.push({ answer, reason: mapping.kind })
      continue
    }
    const to = migration.behaviours[answer.item]
    const competency = to === undefined ? undefined : newHome.get(to)
    // A statement that stands elsewhere now than its competency went is evidence of something else.
    if (
      !mapping ||
      to === undefined ||
      competency === undefined ||
      !newCompetencies(mapping).includes(competency)
    ) {
      leftBehind.push({ answer, reason: 'not the same statement' })
      continue
    }
    moved.push({ ...answer, item: to })
    reached.add(competency)
  }
  const fromSplit = new Set(
    migration.competencies.flatMap((mapping) => (mapping.kind === 'split' ? mapping.to : [])),
  )
  const fromAny = new Set(migration.competencies.flatMap(newCompetencies))
  const notKnown = after.competencies
    .filter(({ id }) => !reached.has(id))
    .map(({ id }) => ({
      competency: id,
      reason: fromSplit.has(id)
        ? ('split' as const)
        : fromAny.has(id)
          ? ('no answer moved' as const)
          : ('new' as const),
    }))
  return { answers: moved, leftBehind, notKnown }
}
