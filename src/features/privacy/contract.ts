// The privacy endpoints: what is held about me, who looked, taking it away; holds, erasures and retention.
import { oc } from '@orpc/contract'
import { z } from 'zod'

const personSchema = z.uuid().describe('Person id.')
const wordsSchema = z.object({ en: z.string(), 'zh-Hans': z.string() })

export const heldTableSchema = z.object({
  table: z.string().describe('The table, as the data model calls it.'),
  kind: wordsSchema.describe('What it is called.'),
  rows: z.number().int().describe('How many rows there are about you.'),
  wrote: z.number().int().describe('How many more only say that you wrote or changed them.'),
  purpose: wordsSchema,
  retention: wordsSchema,
  columns: z.array(z.object({ column: z.string(), export: wordsSchema, erasure: wordsSchema })),
})

export const traceSchema = z.object({
  position: z.number().int(),
  at: z.string(),
  action: z.string().describe('Noun and verb: assessment.answer.'),
  reason: z.string().nullable(),
  by: z
    .object({ id: z.string(), name: z.string().nullable() })
    .nullable()
    .describe('Who did it; null where Rungs did it by itself.'),
  self: z.boolean().describe('True where it was you.'),
  inPlaceOf: z
    .object({ id: z.string(), name: z.string().nullable() })
    .nullable()
    .describe('Whose rights they used, where those were handed to them.'),
})

export const RETENTION_KINDS = ['assessments', 'leavers', 'invitations', 'mail'] as const
const retentionKindSchema = z.enum(RETENTION_KINDS)
export const ERASURE_REASONS = ['asked', 'left', 'mistake'] as const

const personRefSchema = z.object({ id: personSchema, name: z.string().nullable() })
export const keepingSchema = z.object({
  rules: z.array(
    z.object({ kind: retentionKindSchema, days: z.number().int().nullable().describe('Null for no end.') }),
  ),
  holds: z.array(
    z.object({
      id: z.uuid(),
      person: personRefSchema,
      reason: z.string().nullable(),
      placedAt: z.string(),
      liftedAt: z.string().nullable(),
    }),
  ),
  erasures: z.array(
    z.object({
      person: personSchema,
      reason: z.string(),
      orderedAt: z.string(),
      doneAt: z.string().nullable().describe('Null until nothing is left.'),
      held: z.boolean().describe('True where a legal hold keeps the person from being erased.'),
    }),
  ),
  can: z.object({ set: z.boolean() }),
})

const tags = ['Privacy']

export const privacyContract = {
  held: oc
    .route({ method: 'GET', path: '/privacy/held', tags, summary: 'What is held about you, and what for' })
    .output(
      z.object({
        tables: z.array(heldTableSchema),
        held: z.boolean().describe('Under a legal hold.'),
        dataFolder: z
          .string()
          .nullable()
          .describe(
            'Where all of it lies, for the one person at this machine; null with a database of your own.',
          ),
        can: z.object({
          keep: z.boolean().describe('Read and order holds, erasures and retention.'),
          audit: z.boolean(),
        }),
      }),
    ),

  trace: oc
    .route({ method: 'GET', path: '/privacy/trace', tags, summary: 'Who looked at or changed what is yours' })
    .input(
      z.object({
        before: z.coerce.number().int().optional().describe('Rows before this position.'),
        others: z.coerce.boolean().default(true).describe('True for what others did alone.'),
      }),
    )
    .output(z.object({ rows: z.array(traceSchema), more: z.boolean() })),

  export: oc
    .route({
      ...{ method: 'POST', path: '/privacy/export', tags },
      summary: 'Everything about you as a zip of JSON and Markdown; others are not named in it',
    })
    .input(z.object({ language: z.enum(['en', 'zh-Hans']).default('en') }))
    .output(z.file()),

  keeping: oc
    .route({ method: 'GET', path: '/privacy/keeping', tags, summary: 'Rules of retention, holds, erasures' })
    .output(keepingSchema),

  person: oc
    .route({
      ...{ method: 'GET', path: '/privacy/people/{person}', tags },
      summary: 'What may be ordered about somebody’s data, and what stands',
    })
    .input(z.object({ person: personSchema }))
    .output(
      z.object({
        held: z.boolean(),
        ordered: z.boolean(),
        can: z.object({ erase: z.boolean(), hold: z.boolean() }),
      }),
    ),

  setRetention: oc
    .route({ method: 'PUT', path: '/privacy/retention/{kind}', tags, summary: 'Say how long a kind is kept' })
    .input(
      z.object({
        kind: retentionKindSchema,
        days: z.int().min(1).max(36_500).nullable().describe('Days after it ended; null for no end.'),
      }),
    )
    .output(keepingSchema),

  placeHold: oc
    .route({
      method: 'POST',
      path: '/privacy/holds',
      tags,
      summary: 'Keep somebody’s data for a matter of law',
    })
    .input(
      z.object({
        key: z.uuid().describe('A random id: the same wish sent twice places one hold.'),
        person: personSchema,
        reason: z.string().trim().min(1).max(1000).describe('Why; the person may read it.'),
      }),
    )
    .output(keepingSchema),

  liftHold: oc
    .route({ method: 'POST', path: '/privacy/holds/{id}/lift', tags, summary: 'Lift a hold' })
    .input(z.object({ id: z.uuid() }))
    .output(keepingSchema),

  erase: oc
    .route({
      ...{ method: 'POST', path: '/privacy/erasures', tags },
      summary: 'Have somebody erased, within a minute and for good',
    })
    .input(z.object({ person: personSchema, reason: z.enum(ERASURE_REASONS) }))
    .output(keepingSchema),
}
