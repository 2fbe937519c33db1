// What changed between two assessments, as schemas that web, terminal and API share.
import { z } from 'zod'
import { idSchema } from '../framework/model.ts'
import { answerSchema, locationSchema, probabilitySchema, readinessNumber, roleRefSchema } from './model.ts'

const restsOnSchema = z
  .enum(['own-answers', 'general-level'])
  .nullable()
  .describe('What the place mostly rests on, as in a standing; null where it is not known.')

export const standingChangeSchema = z.object({
  competency: idSchema,
  before: locationSchema.nullable(),
  after: locationSchema.nullable(),
  beforeRestsOn: restsOnSchema,
  afterRestsOn: restsOnSchema,
  difference: z
    .number()
    .nullable()
    .describe(
      'Proficiency levels by which other answers to the same behaviours moved it, after minus before; else null.',
    ),
  probabilityRisen: probabilitySchema.nullable(),
  direction: z
    .object({ word: z.enum(['rose', 'fell']), probability: probabilitySchema })
    .nullable()
    .describe('The likelier direction with its probability, 0.5-1; null where either side is not known.'),
  verdict: z
    .enum([
      'risen',
      'fallen',
      'no-clear-change',
      'newly-known',
      'not-asked-this-time',
      'no-opportunity',
      'other-questions',
      'not-known',
      'not-comparable',
    ])
    .describe(
      'no-opportunity: asked, and nothing but that was said; other-questions: no behaviour was answered in both; ' +
        'not-known: neither asked about it.',
    ),
})

const asked = { behaviour: idSchema, competency: idSchema }

export const historyChangeSchema = z.object({
  before: z.string().describe('Date of the earlier assessment, ISO 8601.'),
  after: z.string().describe('Date of the later assessment, ISO 8601.'),
  sameVersion: z.boolean().describe('False where the two were made on different framework versions.'),
  competencies: z.array(standingChangeSchema),
  roles: z.array(
    z.object({
      role: roleRefSchema,
      before: z.object(readinessNumber).nullable().describe('Null where that version lacks the role.'),
      after: z.object(readinessNumber).nullable(),
    }),
  ),
  countOn: z
    .number()
    .int()
    .describe(
      'Answers that the later one took over and that the earlier one holds: given in both, and the same.',
    ),
  answersChanged: z
    .array(z.object({ ...asked, before: answerSchema, after: answerSchema }))
    .describe('The same behaviour, another answer.'),
  newlyAsked: z
    .array(z.object({ ...asked, after: answerSchema }))
    .describe('Answered only in the later one.'),
  notAskedThisTime: z
    .array(z.object({ ...asked, before: answerSchema }))
    .describe('Answered only in the earlier one.'),
  leftOut: z
    .array(idSchema)
    .describe('Competencies of which neither says anything: the changes say nothing of them.'),
})

export type StandingChange = z.output<typeof standingChangeSchema>
export type HistoryChange = z.output<typeof historyChangeSchema>
