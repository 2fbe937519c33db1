// What is sent with a people file, and what comes back while it is planned and written.
import { z } from 'zod'
import { idSchema } from '../../framework/model.ts'
import { PEOPLE_FIELDS } from './fields.ts'
import { importPreviewSchema } from './preview-model.ts'
import { MOST_PEOPLE_ROWS } from './table.ts'

const mappingSchema = z
  .object(
    Object.fromEntries(
      PEOPLE_FIELDS.map((field) => [field, z.number().int().min(0).max(999).optional()]),
    ) as {
      [F in (typeof PEOPLE_FIELDS)[number]]: z.ZodOptional<z.ZodNumber>
    },
  )
  .describe('For each meaning the index of its column, from 0.')

export const peopleFileSchema = z.object({
  table: z.object({
    file: z.string().min(1).max(300),
    workbook: z.boolean(),
    headings: z.array(z.string().max(2000)).max(1000),
    rows: z
      .array(z.object({ row: z.number().int().min(1), cells: z.array(z.string().max(2000)).max(1000) }))
      .max(MOST_PEOPLE_ROWS),
  }),
  mapping: mappingSchema,
  day: z.iso.date().describe('The day from which what the file says holds.'),
  missing: z
    .enum(['stay', 'leave'])
    .default('stay')
    .describe('What becomes of people who are not in the file.'),
  framework: idSchema
    .optional()
    .describe('The framework that the roles in the file are of; left out, the first that there is.'),
})

export const importEventSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('progress'),
    step: z.enum(['plan', 'write']),
    done: z.number(),
    total: z.number(),
  }),
  z.object({ kind: z.literal('preview'), preview: importPreviewSchema }),
  z.object({ kind: z.literal('applied'), changes: z.number().int(), people: z.number().int() }),
])
