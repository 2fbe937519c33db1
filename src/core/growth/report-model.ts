// The whole result: what it is about, standing, gap and paths, as one schema that web, terminal, exports and API share.
import { z } from 'zod'
import { ladderStandingSchema } from './ladder-model.ts'
import { idSchema, textSchema } from '../framework/model.ts'
import {
  aboutSchema,
  answerSchema,
  carriedSchema,
  gapSchema,
  probabilitySchema,
  roleReadinessSchema,
  standingSchema,
} from './model.ts'
import { pathsSchema } from './path-model.ts'

/** Whether the answers fit together; where they do not, every figure of the result is in doubt. */
export const fitSchema = z.object({
  state: z
    .enum(['fits', 'does-not-fit', 'too-few'])
    .describe('does-not-fit: say so beside the result. too-few: fewer than 20 scored answers tell nothing.'),
  answered: z.number().int().describe('Scored answers that it rests on.'),
  sameAnswer: answerSchema
    .nullable()
    .describe(
      'The answer that eight or more scored answers have in common, where all are the same: say so beside the result.',
    ),
  bayesFactor: z
    .number()
    .nullable()
    .describe(
      'How many times as probable the answers are if drawn at random as they are under the model; null for too-few.',
    ),
  surprising: z
    .array(
      z.object({
        behaviour: idSchema,
        competency: idSchema,
        level: z.number().int(),
        text: textSchema,
        answer: answerSchema,
        probability: probabilitySchema.describe('Probability of such an answer, given all other answers.'),
        expected: z
          .enum(['not-yet', 'with-help', 'shown'])
          .describe('The most probable one, given all others.'),
      }),
    )
    .describe('Up to three answers that the others make improbable, the least probable first.'),
})

/** The whole result that web, terminal and exports render. */
export const standingReportSchema = z.object({
  about: aboutSchema,
  fit: fitSchema,
  standing: standingSchema,
  readiness: z.array(roleReadinessSchema).describe("Every role and variant, in the framework's order."),
  focus: gapSchema
    .nullable()
    .describe('The gap to the target role, or to the nearest one where no target was chosen.'),
  paths: pathsSchema.nullable().describe("From today's role to the focus, where today's role is known."),
  answers: z
    .array(
      z.object({
        ...{ item: idSchema, answer: answerSchema, evidence: z.string().nullable() },
        at: z.string().nullable().describe('When it was given here, ISO 8601; null where that is not known.'),
        carried: carriedSchema.optional(),
      }),
    )
    .describe("The person's own answers, in the order given: the terminal reads a report back from them."),
  ladder: ladderStandingSchema
    .nullable()
    .describe("The ladder's own answer beside the measured one; null where the framework names no rule."),
})

export type Fit = z.output<typeof fitSchema>
export type StandingReport = z.output<typeof standingReportSchema>
