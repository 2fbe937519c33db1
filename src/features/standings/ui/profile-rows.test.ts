// A profile's order says what the reader asked for, and what is not known never counts as low.
import { expect, test } from 'vitest'
import { frameworkSchema } from '../../../core/framework/model.ts'
import type { CompetencyStanding, Standing } from '../../../core/growth/model.ts'
import { viewOf } from '../../frameworks/ui/use-framework.ts'
import { profileGroups } from './profile-rows.ts'

const view = viewOf(
  frameworkSchema.parse({
    rungs: 1,
    id: 'f',
    version: '1.0.0',
    title: 'F',
    tracks: [{ id: 't', title: 'T' }],
    scale: { levels: [{ level: 1, title: 'One' }] },
    areas: [
      { id: 'x', title: 'X' },
      { id: 'y', title: 'Y' },
    ],
    competencies: ['low', 'high', 'dark'].map((id, at) => ({ id, area: at === 0 ? 'y' : 'x', title: id })),
    roles: [{ id: 'r', title: 'R', tracks: ['t'] }],
  }),
  'en',
)

function standingOf(
  competency: string,
  area: string,
  known: boolean,
  level: number,
  sd: number,
): CompetencyStanding {
  return {
    competency,
    area,
    known,
    basis: known ? 'answers' : 'general level',
    ownShare: known ? 0.7 : 0,
    restsOn: known ? 'own-answers' : 'general-level',
    location: {
      level,
      interval50: [level, level],
      interval90: [level, level],
      beyond: { level: null, interval50: [null, null], interval90: [null, null] },
      mean: 0,
      sd,
    },
    answered: 0,
    noOpportunity: 0,
    shown: 0,
    behaviours: 0,
    aboveOwnMean: 0.5,
    relative: 'around',
    levels: [],
  }
}

const standing = {
  competencies: [
    standingOf('low', 'y', true, 1, 0.3),
    standingOf('high', 'x', true, 3, 0.5),
    standingOf('dark', 'x', false, 0.2, 2),
  ],
} as unknown as Standing
const order = (sort: 'area' | 'gap' | 'strength' | 'unknown') =>
  profileGroups(
    view,
    standing,
    sort,
    { low: { level: 3 }, high: { level: 3 }, dark: { level: 5 } },
    new Map(),
  ).flatMap((group) => group.rows.map((row) => row.standing.competency))

test('areas come in the order of the framework', () => expect(order('area')).toEqual(['high', 'dark', 'low']))
test('the widest gap comes first, what is not known last', () =>
  expect(order('gap')).toEqual(['low', 'high', 'dark']))
test('the strongest comes first, what is not known last', () =>
  expect(order('strength')).toEqual(['high', 'low', 'dark']))
test('what is not known comes first, then what is least sure', () =>
  expect(order('unknown')).toEqual(['dark', 'high', 'low']))
