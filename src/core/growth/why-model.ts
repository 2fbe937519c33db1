// Why a competency's number is what it is: the answers that it rests on, and what one more would change.
import { z } from 'zod'
import { idSchema, textSchema } from '../framework/model.ts'
import {
  answerSchema,
  beyondIntervalSchema,
  beyondSchema,
  carriedSchema,
  intervalSchema,
  locationSchema,
  probabilitySchema,
} from './model.ts'

/** How an answer is read: "on my own", "lead others" and "set how" alike show the behaviour, and move a level alike. */
export const countsAsSchema = z
  .enum(['not-yet', 'with-help', 'shown'])
  .nullable()
  .describe('What the answer counts as; leading others and setting how count as shown. Null: no opportunity.')

/** What one competency's number rests on. */
export const whySchema = z.object({
  competency: idSchema,
  location: locationSchema,
  basis: z.enum(['answers', 'general level']),
  answers: z
    .array(
      z.object({
        behaviour: idSchema,
        level: z.number().int(),
        text: textSchema,
        answer: answerSchema,
        countsAs: countsAsSchema,
        evidence: z.string().nullable(),
        carried: carriedSchema,
        levelWithout: z
          .number()
          .nullable()
          .describe('Where the location would be without this answer; null for "no opportunity".'),
        beyondWithout: beyondSchema.describe('Past which end of the scale levelWithout lies.'),
        shift: z.number().describe('Levels by which the answer moves the location; 0 for "no opportunity".'),
      }),
    )
    .describe("The person's own answers in this competency."),
  generalLevel: z
    .object({ level: z.number(), beyond: beyondSchema, sd: z.number() })
    .describe('What the answers in all other competencies suggest.'),
  ownShare: probabilitySchema.describe(
    "Share of the uncertainty (variance) that this competency's own answers removed.",
  ),
  oneMore: z
    .object({
      behaviour: idSchema,
      level: z.number().int(),
      text: textSchema,
      expectedSd: z.number().describe('Standard error in logits to expect after it.'),
      outcomes: z.array(
        z.object({
          answer: answerSchema,
          countsAs: countsAsSchema,
          probability: probabilitySchema,
          level: z.number(),
          beyondLevel: beyondSchema,
          interval90: intervalSchema,
          beyond90: beyondIntervalSchema.describe("Past which end of the scale the interval's ends lie."),
        }),
      ),
    })
    .nullable()
    .describe(
      'What one more answer would change, "no opportunity" included (nothing); null where noMore says why.',
    ),
  noMore: z
    .enum(['all-answered', 'no-opportunity'])
    .nullable()
    .describe(
      'Why there is no one more: every behaviour was answered, or by the answers so far what is left would most likely be ' +
        'skipped for want of an opportunity.',
    ),
  bars: z
    .array(z.object({ level: z.number().int(), logits: z.number() }))
    .describe(
      "The bars of the competency's levels in logits, so that a probability can be worked out again.",
    ),
  anchors: z
    .object({ calibrated: z.boolean(), sd: z.number() })
    .describe("Where the levels sit: expert-set until an organisation's data move them."),
})

export type Why = z.output<typeof whySchema>
