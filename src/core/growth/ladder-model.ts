// The ladder's own answer as it travels: what its rule says of the answers, as ranges while answers are missing.
import { z } from 'zod'
import { idSchema, textSchema } from '../framework/id-and-text.ts'

/** Both ends are exact: no completion of the missing answers leaves the range. */
export const rangeSchema = z.object({
  low: z.number().describe('If every missing answer were the lowest.'),
  high: z.number().describe('If every missing answer were the highest.'),
})

const ladderBandSchema = z.object({
  series: z
    .string()
    .describe('Bands of one series belong together, for example job titles beside pay levels.'),
  low: textSchema.nullable().describe('The title at the low end; null below the first band.'),
  high: textSchema
    .nullable()
    .describe('The title at the high end; the same where missing answers cannot change it.'),
})

/** Points or a weighted mean of levels, with the titles that they earn. */
export const ladderValueSchema = z.object({
  kind: z.literal('value'),
  set: z
    .object({ id: idSchema, title: textSchema })
    .nullable()
    .describe('The set of weights, where there are several.'),
  value: rangeSchema,
  bands: z.array(ladderBandSchema),
  parts: z
    .array(z.object({ competency: idSchema, level: rangeSchema, weight: z.number(), adds: rangeSchema }))
    .describe('What each competency adds: the value is their sum.'),
  heldBack: z
    .array(
      z.object({
        title: textSchema,
        gates: z.array(z.object({ competency: idSchema, level: z.number().int() })),
      }),
    )
    .describe('Titles whose value is reached for certain while a gate is shut for certain.'),
})

/** Whether a role is reached by the rule. */
export const ladderRoleSchema = z.object({
  kind: z.literal('role'),
  role: idSchema,
  reached: z.enum(['yes', 'no', 'open']).describe('open: the missing answers decide.'),
  conditions: z.array(
    z.object({
      asks: z
        .enum(['level', 'competencies', 'behaviours'])
        .describe(
          "A competency's level; how many competencies are at a level; how many behaviours are shown.",
        ),
      competency: idSchema.nullable(),
      of: z
        .array(idSchema)
        .nullable()
        .describe('The competencies that are counted; null where all of them are.'),
      level: z.number().int().nullable(),
      needed: z.number().int(),
      got: rangeSchema,
      either: z
        .number()
        .int()
        .nullable()
        .describe('Conditions of one number stand for each other: one is enough; null: it must hold itself.'),
    }),
  ),
})

export const ladderStandingSchema = z.object({
  model: z.enum(['points', 'weighted-mean', 'minimum-vector', 'k-of-n', 'checklist']),
  note: textSchema.nullable().describe("The framework author's remark on the rule."),
  complete: z.boolean().describe('True where no missing answer could change what the rule says.'),
  missing: z.number().int().describe('Behaviours without a scored answer.'),
  levels: z.record(idSchema, rangeSchema).describe("Each competency's level by the ladder's own rule."),
  answers: z.array(z.discriminatedUnion('kind', [ladderValueSchema, ladderRoleSchema])),
  differs: z
    .array(z.object({ role: idSchema, reached: z.enum(['yes', 'no']), readiness: z.number().min(0).max(1) }))
    .describe(
      'Roles on which the two disagree: reached with a readiness under 50 %, or not reached with 90 % or more.',
    ),
  explanation: z
    .object({
      rule: textSchema.describe('How the ladder decides.'),
      missing: textSchema.describe('What its missing answers do.'),
      measured: textSchema.describe('How the measured standing decides, and why the two can differ.'),
    })
    .describe('In English and Simplified Chinese.'),
})

export type LadderValue = z.output<typeof ladderValueSchema>
export type LadderRole = z.output<typeof ladderRoleSchema>
export type LadderStanding = z.output<typeof ladderStandingSchema>
