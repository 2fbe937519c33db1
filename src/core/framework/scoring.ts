// How a ladder itself decides a level: the five scoring models and their parameters, as a framework names them.
import { z } from 'zod'
import { idSchema, textSchema } from './id-and-text.ts'

/** Every model must be monotone, or the two ends of a range would not be its ends. */
function neverFalls(points: readonly number[]): boolean {
  return points.every((value, index) => index === 0 || value >= points[index - 1]!)
}

/** When a competency's level counts as reached, in ladder points; left out: each behaviour shown on one's own. */
export const levelRuleSchema = z
  .strictObject({
    answerPoints: z
      .array(z.number())
      .length(5)
      .refine(neverFalls, 'expected points that never fall from one answer to the next')
      .default([0, 0, 1, 1, 1])
      .describe('Points for not-yet, with-help, on-my-own, lead-others and set-how, in this order.'),
    noneBelow: z.number().optional().describe('No behaviour of the level has fewer points.'),
    meanAbove: z.number().optional().describe("The mean of the level's behaviours is above this."),
    meanAtLeast: z.number().optional().describe("The mean of the level's behaviours is at least this."),
  })
  .describe('A level is reached with all below it; left out, each of its behaviours has at least 1 point.')

/** A competency level without which a band stays shut, whatever the value. */
const gateSchema = z.strictObject({ level: z.number().int().min(1), competency: idSchema })

/** The series of a band that names none. */
export const DEFAULT_SERIES = 'title'

const bandSchema = z
  .strictObject({
    from: z.number().describe('The value from which it holds.'),
    title: textSchema,
    role: idSchema.optional().describe('The role that it stands for.'),
    series: z
      .string()
      .min(1)
      .default(DEFAULT_SERIES)
      .describe('Bands of one name form one series, for example job titles beside pay levels.'),
    gates: z.array(gateSchema).default([]).describe('Levels without which it stays shut.'),
  })
  .describe('A title: the highest band whose value is reached and whose gates are open.')

/** So many of the competencies at a level; `all` counts with the ladder, however many it has. */
const countSchema = z.strictObject({
  level: z.number().int().min(1).describe('At this level or above.'),
  k: z.union([z.number().int().min(1), z.literal('all')]).describe('How many, or all of them.'),
  of: z.array(idSchema).min(1).optional().describe('Of these competencies; of all where absent.'),
})

/**
 * A condition of a role. A list of conditions, each of which may be met in several ways, can say every rule in which
 * more is never worse: "a, or b and c" is "a or b" and "a or c".
 */
const conditionSchema = z.union([
  countSchema,
  z.strictObject({ anyOf: z.array(countSchema).min(2).describe('One of these is enough.') }),
])

const weightsSchema = z.record(idSchema, z.number().min(0))
const bandsSchema = z.array(bandSchema).default([])
const note = textSchema.optional()
const levelRule = levelRuleSchema.prefault({})

export const scoringSchema = z.discriminatedUnion('model', [
  z.strictObject({
    model: z.literal('points'),
    note,
    levelRule,
    levelPoints: z
      .array(z.number().min(0))
      .min(2)
      .refine(neverFalls, 'expected points that never fall from one level to the next')
      .describe('Points for level 0, 1, 2 … of any competency; the last stands for all above it.'),
    weights: weightsSchema.default({}).describe('Weight of a competency; 1 where it has none.'),
    bands: bandsSchema,
  }),
  z.strictObject({
    model: z.literal('weighted-mean'),
    note,
    levelRule,
    sets: z
      .array(
        z.strictObject({
          id: idSchema,
          title: textSchema,
          weights: weightsSchema.refine(
            (weights) => Object.values(weights).some((weight) => weight > 0),
            'expected a weight above 0',
          ),
          bands: bandsSchema,
        }),
      )
      .min(1)
      .describe("Weights and bands for each of the ladder's tracks or role families."),
  }),
  z.strictObject({ model: z.literal('minimum-vector'), note, levelRule }),
  z.strictObject({
    model: z.literal('k-of-n'),
    note,
    roles: z
      .record(idSchema, z.array(conditionSchema).min(1))
      .refine((roles) => Object.keys(roles).length > 0, 'expected at least one role')
      .describe('A role is reached when each of its conditions holds.'),
    levelRule,
  }),
  z.strictObject({
    model: z.literal('checklist'),
    note,
    roles: z
      .record(idSchema, z.array(idSchema).min(1))
      .default({})
      .describe("Behaviours by role; without a list, those up to the role's expected levels (musts)."),
    levelRule,
    share: z.number().min(0).max(1).default(1).describe("Share of a role's behaviours that must be shown."),
  }),
])

export type Band = z.output<typeof bandSchema>
export type LevelRule = z.output<typeof levelRuleSchema>
export type Count = z.output<typeof countSchema>
export type Condition = z.output<typeof conditionSchema>
export type Scoring = z.output<typeof scoringSchema>
export type ScoringOf<Model extends Scoring['model']> = Extract<Scoring, { model: Model }>
