// What changed between two assessments, as schemas that web, terminal and API share.
import { z } from 'zod'
import { idSchema } from '../framework/model.ts'
import { answerSchema, locationSchema, probabilitySchema, roleRefSchema } from './model.ts'

export const standingChangeSchema = z.object({
  competency: idSchema,
  before: locationSchema.nullable(),
  after: locationSchema.nullable(),
  difference: z
    .number()
    .nullable()
    .describe('Proficiency levels, after minus before; null where either is not known.'),
  probabilityRisen: probabilitySchema.nullable(),
  verdict: z.enum([
    'risen',
    'fallen',
    'no-clear-change',
    'newly-known',
    'no-longer-known',
    'not-known',
    'not-comparable',
  ]),
})

export const historyChangeSchema = z.object({
  before: z.string().describe('Date of the earlier assessment, ISO 8601.'),
  after: z.string().describe('Date of the later assessment, ISO 8601.'),
  sameVersion: z.boolean().describe('False where the two were made on different framework versions.'),
  competencies: z.array(standingChangeSchema),
  roles: z.array(
    z.object({
      role: roleRefSchema,
      before: probabilitySchema.nullable(),
      after: probabilitySchema.nullable(),
    }),
  ),
  answersChanged: z.array(
    z.object({ behaviour: idSchema, before: answerSchema.nullable(), after: answerSchema.nullable() }),
  ),
})

export type StandingChange = z.output<typeof standingChangeSchema>
export type HistoryChange = z.output<typeof historyChangeSchema>
