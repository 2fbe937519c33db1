// A ladder's own answer to "which level?": each scoring model on the same answers, as a range while answers are missing.
import type { Competency, Framework, Role, Text } from '../../framework/model.ts'
import type { Band, Count, Scoring, ScoringOf } from '../../framework/scoring.ts'
import type { Response } from '../answers.ts'
import { competencyLevel, scoredAnswers, type Range } from './competency-level.ts'

export interface BandAnswer {
  readonly series: string
  /** The title at the low and at the high end; the same text when the missing answers cannot change it. */
  readonly low: Text | undefined
  readonly high: Text | undefined
}

/** One value on the ladder's own scale: points, or a weighted mean of levels. */
export interface ValueAnswer {
  readonly kind: 'value'
  /** The set of weights (a track of the ladder), where it has several. */
  readonly set?: { readonly id: string; readonly title: Text }
  readonly value: Range
  readonly bands: readonly BandAnswer[]
  /** Each competency's level and what it adds to the value, so that the sum can be followed. */
  readonly parts: readonly {
    readonly competency: string
    readonly level: Range
    readonly weight: number
    readonly adds: Range
  }[]
  /** Bands whose value is reached for certain but which a gate holds shut for certain. */
  readonly heldBack: readonly { readonly title: Text; readonly gates: Band['gates'] }[]
}

/** Whether a role is reached by the ladder's rule: for certain, not, or still open. */
export interface RoleAnswer {
  readonly kind: 'role'
  readonly role: string
  readonly reached: 'yes' | 'no' | 'open'
  /** Each thing that the rule asks, how far it is met and how far it could be. */
  readonly conditions: readonly {
    /** A competency's level; how many competencies are at `level`; or how many behaviours are shown. */
    readonly asks: 'level' | 'competencies' | 'behaviours'
    readonly competency?: string
    /** Of these competencies; of all where absent. */
    readonly of?: readonly string[]
    readonly level?: number
    readonly needed: number
    readonly got: Range
    /** Conditions of one number stand for each other: one of them is enough. Where absent it must hold itself. */
    readonly either?: number
  }[]
}

export interface LadderAnswer {
  readonly model: Scoring['model']
  readonly levels: Readonly<Record<string, Range>>
  readonly answers: readonly (ValueAnswer | RoleAnswer)[]
}

type Levels = ReadonlyMap<string, Range>

/** Rounds away the dust of binary fractions, so that 3 x 0.25 + … prints as people compute it. */
const tidy = (value: number) => Math.round(value * 1e9) / 1e9

const isOpen = (band: Band, levels: Levels, end: keyof Range) =>
  band.gates.every(({ competency, level }) => (levels.get(competency)?.[end] ?? 0) >= level)

function bandsOf(bands: readonly Band[], value: Range, levels: Levels): BandAnswer[] {
  const titleAt = (series: string, end: keyof Range) =>
    bands
      .filter((band) => band.series === series && band.from <= value[end] && isOpen(band, levels, end))
      .toSorted((a, b) => b.from - a.from)[0]?.title
  return [...new Set(bands.map(({ series }) => series))].map((series) => ({
    series,
    low: titleAt(series, 'low'),
    high: titleAt(series, 'high'),
  }))
}

function valueAnswer(
  levels: Levels,
  weights: readonly (readonly [string, number])[],
  pointsOf: (level: number) => number,
  bands: readonly Band[],
): ValueAnswer {
  const parts = weights.map(([competency, weight]) => {
    const level = levels.get(competency) ?? { low: 0, high: 0 }
    const adds = { low: tidy(weight * pointsOf(level.low)), high: tidy(weight * pointsOf(level.high)) }
    return { competency, level, weight, adds }
  })
  const sumOf = (end: keyof Range) => tidy(parts.reduce((sum, part) => sum + part.adds[end], 0))
  const value = { low: sumOf('low'), high: sumOf('high') }
  const heldBack = bands
    .filter((band) => band.from <= value.low && !isOpen(band, levels, 'high'))
    .map(({ title, gates }) => ({ title, gates }))
  return { kind: 'value', value, bands: bandsOf(bands, value, levels), parts, heldBack }
}

function pointsAnswers(framework: Framework, scoring: ScoringOf<'points'>, levels: Levels): ValueAnswer[] {
  const last = scoring.levelPoints.length - 1
  const weights = framework.competencies.map(({ id }) => [id, scoring.weights[id] ?? 1] as const)
  return [valueAnswer(levels, weights, (level) => scoring.levelPoints[Math.min(level, last)]!, scoring.bands)]
}

function weightedMeanAnswers(scoring: ScoringOf<'weighted-mean'>, levels: Levels): ValueAnswer[] {
  return scoring.sets.map(({ id, title, weights, bands }) => {
    const total = Object.values(weights).reduce((sum, weight) => sum + weight, 0)
    const shares = Object.entries(weights).map(
      ([competency, weight]) => [competency, weight / total] as const,
    )
    return { ...valueAnswer(levels, shares, (level) => level, bands), set: { id, title } }
  })
}

function roleAnswer(role: string, conditions: RoleAnswer['conditions']): RoleAnswer {
  type One = RoleAnswer['conditions'][number]
  const all = (end: keyof Range) => {
    const holds = ({ got, needed }: One) => got[end] >= needed
    const other = ({ either }: One) =>
      either !== undefined && conditions.some((one) => one.either === either && holds(one))
    return conditions.every((one) => holds(one) || other(one))
  }
  return { kind: 'role', role, reached: all('low') ? 'yes' : all('high') ? 'open' : 'no', conditions }
}

function minimumVectorAnswers(framework: Framework, levels: Levels): RoleAnswer[] {
  return framework.roles.map((role) =>
    roleAnswer(
      role.id,
      mustsOf(role).map(([competency, level]) => ({
        asks: 'level',
        competency,
        needed: level,
        got: levels.get(competency) ?? { low: 0, high: 0 },
      })),
    ),
  )
}

const mustsOf = (role: Role): [string, number][] =>
  Object.entries(role.expectations)
    .filter(([, { kind }]) => kind === 'must')
    .map(([competency, { level }]) => [competency, level])

function kOfNAnswers(framework: Framework, scoring: ScoringOf<'k-of-n'>, levels: Levels): RoleAnswer[] {
  const every = framework.competencies.map(({ id }) => id)
  return framework.roles
    .filter(({ id }) => scoring.roles[id])
    .map(({ id }) =>
      roleAnswer(
        id,
        scoring.roles[id]!.flatMap((condition, at) =>
          'anyOf' in condition
            ? condition.anyOf.map((one) => ({ ...countOf(one, every, levels), either: at }))
            : [countOf(condition, every, levels)],
        ),
      ),
    )
}

/** How many competencies are at the level; of a single one, its level itself. */
function countOf(
  { level, k, of }: Count,
  every: readonly string[],
  levels: Levels,
): RoleAnswer['conditions'][number] {
  const counted = of ?? every
  const levelOf = (id: string) => levels.get(id) ?? { low: 0, high: 0 }
  const [only] = counted
  if (of && only !== undefined && counted.length === 1)
    return { asks: 'level', competency: only, needed: level, got: levelOf(only) }
  const count = (end: keyof Range) => counted.filter((id) => levelOf(id)[end] >= level).length
  const needed = k === 'all' ? counted.length : k
  const got = { low: count('low'), high: count('high') }
  return { asks: 'competencies', level, needed, got, ...(of ? { of } : {}) }
}

function checklistAnswers(
  framework: Framework,
  scoring: ScoringOf<'checklist'>,
  answers: ReadonlyMap<string, number>,
): RoleAnswer[] {
  const { answerPoints } = scoring.levelRule
  return framework.roles.map((role) => {
    const listed =
      scoring.roles[role.id] ??
      framework.competencies.flatMap((competency) => behavioursUpTo(competency, role))
    const shown = listed.filter((id) => answers.has(id) && answerPoints[answers.get(id)!]! >= 1).length
    const missing = listed.filter((id) => !answers.has(id)).length
    return roleAnswer(role.id, [
      {
        asks: 'behaviours',
        needed: Math.ceil(tidy(scoring.share * listed.length)),
        got: { low: shown, high: shown + missing },
      },
    ])
  })
}

function behavioursUpTo(competency: Competency, role: Role): string[] {
  const expectation = role.expectations[competency.id]
  if (!expectation || expectation.kind !== 'must') return []
  return competency.behaviours.filter(({ level }) => level <= expectation.level).map(({ id }) => id)
}

/**
 * What the ladder itself says of these answers. Every model is monotone, so the two ends of each range are exact:
 * no completion of the missing answers leaves it.
 */
export function ladderAnswer(
  framework: Framework,
  scoring: Scoring,
  responses: readonly Response[],
): LadderAnswer {
  const answers = scoredAnswers(responses)
  const levels = new Map(
    framework.competencies.map((competency) => [
      competency.id,
      competencyLevel(competency, answers, scoring.levelRule),
    ]),
  )
  const results =
    scoring.model === 'points'
      ? pointsAnswers(framework, scoring, levels)
      : scoring.model === 'weighted-mean'
        ? weightedMeanAnswers(scoring, levels)
        : scoring.model === 'minimum-vector'
          ? minimumVectorAnswers(framework, levels)
          : scoring.model === 'k-of-n'
            ? kOfNAnswers(framework, scoring, levels)
            : checklistAnswers(framework, scoring, answers)
  return { model: scoring.model, levels: Object.fromEntries(levels), answers: results }
}
