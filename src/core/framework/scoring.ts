// How a ladder itself decides a level: the five scoring models and their parameters, as a framework names them.
import { z } from 'zod'
import { idSchema, textSchema } from './id-and-text.ts'

/** Ladder points for the answers not-yet, with-help, on-my-own, lead-others and set-how, in that order. */
const answerPointsSchema = z
  .tuple([z.number(), z.number(), z.number(), z.number(), z.number()])
  .refine(
    (points) => points.every((value, index) => index === 0 || value >= points[index - 1]!),
    'expected points that never fall from one answer to the next',
  )

/**
 * When a competency's level counts as reached: every lower level reached, no behaviour under `noneBelow` points and
 * a mean of the level's behaviours above `meanAbove` (or at least `meanAtLeast`). Left out: each behaviour shown.
 */
export const levelRuleSchema = z.strictObject({
  answerPoints: answerPointsSchema.default([0, 0, 1, 1, 1]),
  noneBelow: z.number().optional(),
  meanAbove: z.number().optional(),
  meanAtLeast: z.number().optional(),
})

/** A competency level without which a band stays shut, whatever the value. */
const gateSchema = z.strictObject({ competency: idSchema, level: z.number().int().min(1) })

/** A title on the ladder's own scale: the highest band whose `from` is reached and whose gates are open. */
const bandSchema = z.strictObject({
  title: textSchema,
  from: z.number(),
  role: idSchema.optional(),
  gates: z.array(gateSchema).default([]),
  /** Bands with the same name form one series (for example job titles beside pay levels). */
  series: z.string().default('title'),
})

const weightsSchema = z.record(idSchema, z.number().min(0))

const common = { levelRule: levelRuleSchema.prefault({}), note: textSchema.optional() }

export const scoringSchema = z.discriminatedUnion('model', [
  z.strictObject({
    ...common,
    model: z.literal('points'),
    /** Points for level 0, 1, 2… of any competency; need not be even steps. */
    levelPoints: z.array(z.number().min(0)).min(2),
    weights: weightsSchema.default({}),
    bands: z.array(bandSchema).default([]),
  }),
  z.strictObject({
    ...common,
    model: z.literal('weighted-mean'),
    /** One set of weights and bands for each of the ladder's tracks or role families. */
    sets: z
      .array(
        z.strictObject({
          id: idSchema,
          title: textSchema,
          weights: weightsSchema.refine(
            (weights) => Object.values(weights).some((weight) => weight > 0),
            'expected a weight above 0',
          ),
          gates: z.array(gateSchema).default([]),
          bands: z.array(bandSchema).default([]),
        }),
      )
      .min(1),
  }),
  z.strictObject({ ...common, model: z.literal('minimum-vector') }),
  z.strictObject({
    ...common,
    model: z.literal('k-of-n'),
    /** A role is reached when each of its conditions holds: at least `k` of the named competencies (or of all) at a level. */
    roles: z.record(
      idSchema,
      z.array(
        z.strictObject({
          k: z.number().int().min(0),
          level: z.number().int().min(1),
          of: z.array(idSchema).optional(),
        }),
      ),
    ),
  }),
  z.strictObject({
    ...common,
    model: z.literal('checklist'),
    /** Share of a role's behaviours (those up to its expected levels, or the ones listed) that must be shown, 0 to 1. */
    share: z.number().min(0).max(1).default(1),
    roles: z.record(idSchema, z.array(idSchema)).default({}),
  }),
])

export type Band = z.output<typeof bandSchema>
export type LevelRule = z.output<typeof levelRuleSchema>
export type Scoring = z.output<typeof scoringSchema>
export type ScoringOf<Model extends Scoring['model']> = Extract<Scoring, { model: Model }>
