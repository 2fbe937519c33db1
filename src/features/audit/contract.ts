// The audit endpoints: its rows by filter, the state of its chain, and verifying it.
import { oc } from '@orpc/contract'
import { z } from 'zod'
import type { Finding } from '../../core/audit/verify.ts'

export const auditRowSchema = z.object({
  position: z.number().int(),
  at: z.string(),
  actor: z
    .object({ id: z.string(), name: z.string().nullable() })
    .nullable()
    .describe('Null for Rungs itself.'),
  action: z.string(),
  object: z.object({ kind: z.string(), id: z.string() }),
  subject: z.object({ id: z.string(), name: z.string().nullable() }).nullable(),
  subjects: z.number().int().describe('How many persons the row is about.'),
  reason: z.string().nullable(),
  sequence: z.number().int().nullable().describe('Its place in the chain; null for some seconds.'),
})

const stateSchema = z.object({
  linked: z.number().int().describe('Rows in the chain.'),
  checkpoint: z
    .object({ sequence: z.number().int(), at: z.string() })
    .nullable()
    .describe('The last one that this server keeps outside of the database.'),
})

const tags = ['Audit']

/** What a verification may find, as core/audit tells it. */
const FINDINGS = [
  ...(['link-missing', 'row-missing', 'row-differs', 'checkpoint-differs', 'cut-off'] as const),
  ...(['not-linked', 'backdated', 'no-checkpoint', 'checkpoint-unreadable'] as const),
] as const satisfies readonly Finding['kind'][]

export const auditContract = {
  list: oc
    .route({ method: 'GET', path: '/audit', tags, summary: 'Rows of the audit, newest first' })
    .input(
      z.object({
        action: z.string().max(80).optional().describe('An action, or how it begins: assessment.'),
        object: z.string().max(200).optional().describe('The id of what it was done to.'),
        person: z.uuid().optional().describe('Who did it or whom it concerns.'),
        from: z.iso.date().optional().describe('First day, in UTC.'),
        to: z.iso.date().optional().describe('Last day, in UTC.'),
        before: z.coerce.number().int().optional().describe('Rows before this position.'),
      }),
    )
    .output(z.object({ rows: z.array(auditRowSchema), more: z.boolean(), actions: z.array(z.string()) })),

  state: oc
    .route({
      method: 'GET',
      path: '/audit/state',
      tags,
      summary: 'How far the chain goes, and its last checkpoint',
    })
    .output(stateSchema),

  verify: oc
    .route({
      ...{ method: 'POST', path: '/audit/verifications', tags },
      summary: 'Compute every hash of the chain anew and hold it against its checkpoints',
    })
    .output(
      z.object({
        verified: z.number().int(),
        waiting: z.number().int(),
        agreed: z.object({ sequence: z.number().int(), at: z.string() }).nullable(),
        finding: z
          .object({
            kind: z.enum(FINDINGS),
            position: z.number().int().nullable(),
            values: z.record(z.string(), z.union([z.string(), z.number()])).describe('What the text tells.'),
            text: z.string().describe('In English.'),
          })
          .nullable()
          .describe('The first thing that is wrong; null where the chain is whole.'),
      }),
    ),
}
