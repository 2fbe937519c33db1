// What a preview of a people file tells, as it goes over the wire.
import { z } from 'zod'

const dayRule = z.iso.date()

export const importChangeSchema = z.object({
  kind: z.string(),
  row: z.number().int().nullable(),
  person: z.string().nullable().describe('Name and id, as people read them.'),
  from: dayRule.nullable(),
  before: z.string().nullable(),
  after: z.string().nullable(),
})

export const importFaultSchema = z.object({
  code: z.string(),
  file: z.string(),
  row: z.number().int().nullable(),
  column: z.string().nullable(),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
  message: z.string(),
})

export const importPreviewSchema = z.object({
  hash: z.string().describe('Stands for exactly this plan: apply wants it.'),
  faults: z.array(importFaultSchema).describe('All of them; with any of them nothing can be applied.'),
  notices: z
    .array(
      z.object({
        kind: z.string(),
        row: z.number().int().nullable(),
        values: z.record(z.string(), z.string()),
      }),
    )
    .describe('The first 100 of what is no fault but should be seen.'),
  noticeCount: z.number().int(),
  placesFrom: z
    .object({
      people: z.number().int(),
      day: dayRule,
      first: dayRule.describe('The earliest first day among them.'),
    })
    .nullable()
    .describe(
      'Newcomers whose first day is before the day from which the file holds: of where they were until then nothing would be known. Null where there are none.',
    ),
  counts: z
    .record(z.string(), z.number().int())
    .describe('Changes by kind; with faults, those of the rows without any.'),
  unchanged: z.number().int(),
  changes: z.array(importChangeSchema).describe('At most 200 of each kind; counts has all.'),
})
