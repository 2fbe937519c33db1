// What a migration would make of one assessment: answers that move, competencies not known any more, the standing beside.
import type { Response } from '../assess/answers.ts'
import type { Instrument } from '../assess/instrument.ts'
import { estimateProfile } from '../assess/profile.ts'
import { migrateAnswers, type MovedAnswers } from '../framework/migrate/migrate-answers.ts'
import {
  newCompetencies,
  oldCompetencies,
  type CompetencyMapping,
  type Migration,
} from '../framework/migrate/migration.ts'
import type { Framework, Text } from '../framework/model.ts'
import { barStanding } from './gap.ts'
import type { BarStanding, Location } from './model.ts'
import { findRole, titleOf } from './roles.ts'
import { competencyStandings } from './standing.ts'

/** A framework version with its instrument. */
export interface Measurable {
  readonly framework: Framework
  readonly instrument: Instrument
}

/** One competency on one side, in short. */
export interface MovedSide {
  competency: string
  title: Text
  known: boolean
  level: number
  interval90: [number, number]
  /** Past which end of the scale the interval's ends lie. */
  beyond90: Location['beyond']['interval90']
}

interface ReadinessSide extends Pick<BarStanding, 'readiness' | 'ofKnown' | 'tooLittleKnown'> {
  role: string
  title: Text
}

export interface MovedStanding {
  answers: { total: number; moved: number; leftBehind: number }
  leftBehind: {
    item: string
    competency: string
    reason: MovedAnswers<Response>['leftBehind'][number]['reason']
  }[]
  notKnown: {
    competency: string
    title: Text
    reason: MovedAnswers<Response>['notKnown'][number]['reason']
  }[]
  competencies: { kind: CompetencyMapping['kind'] | 'new'; before: MovedSide[]; after: MovedSide[] }[]
  readiness: { before: ReadinessSide | null; after: ReadinessSide | null }[]
}

/** The responses may be in any order, one for each item. The migration must be without faults. */
export function movedStanding(
  migration: Migration,
  before: Measurable,
  after: Measurable,
  responses: readonly Response[],
): MovedStanding {
  const moved = migrateAnswers(migration, before.framework, after.framework, responses)
  const old = measured(before, responses)
  const fresh = measured(after, moved.answers)
  const homes = new Map(before.instrument.items.map(({ id, competency }) => [id, competency]))
  const titles = new Map(after.framework.competencies.map(({ id, title }) => [id, title]))
  const mapped = new Set(migration.competencies.flatMap(newCompetencies))
  const newRoles = new Set(Object.values(migration.roles))
  return {
    answers: { total: responses.length, moved: moved.answers.length, leftBehind: moved.leftBehind.length },
    leftBehind: moved.leftBehind.map(({ answer: { item }, reason }) => ({
      item,
      competency: homes.get(item) ?? item,
      reason,
    })),
    notKnown: moved.notKnown.map(({ competency, reason }) => ({
      competency,
      title: titles.get(competency) ?? competency,
      reason,
    })),
    competencies: [
      ...migration.competencies.map((mapping) => ({
        kind: mapping.kind,
        before: oldCompetencies(mapping).flatMap(old.side),
        after: newCompetencies(mapping).flatMap(fresh.side),
      })),
      ...after.framework.competencies
        .filter(({ id }) => !mapped.has(id))
        .map(({ id }) => ({ kind: 'new' as const, before: [], after: fresh.side(id) })),
    ],
    readiness: [
      ...Object.entries(migration.roles).map(([from, to]) => ({
        before: old.readiness(from),
        after: to === null ? null : fresh.readiness(to),
      })),
      ...after.framework.roles
        .filter(({ id }) => !newRoles.has(id))
        .map(({ id }) => ({ before: null, after: fresh.readiness(id) })),
    ],
  }
}

function measured({ framework, instrument }: Measurable, responses: readonly Response[]) {
  const profile = estimateProfile(instrument, responses)
  const standings = new Map(
    competencyStandings(instrument, profile, responses).map((standing) => [standing.competency, standing]),
  )
  const titles = new Map(framework.competencies.map(({ id, title }) => [id, title]))
  return {
    side: (id: string): MovedSide[] => {
      const standing = standings.get(id)
      if (!standing) return []
      const { known, location } = standing
      const [low, high] = location.interval90
      return [
        {
          competency: id,
          title: titles.get(id) ?? id,
          known,
          level: location.level,
          interval90: [low, high],
          beyond90: location.beyond.interval90,
        },
      ]
    },
    readiness: (id: string): ReadinessSide | null => {
      const choice = findRole(framework, { role: id })
      if (!choice) return null
      const { readiness, ofKnown, tooLittleKnown } = barStanding(framework, profile, choice)
      return { role: id, title: titleOf(choice), readiness, ofKnown, tooLittleKnown }
    },
  }
}
