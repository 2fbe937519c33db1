// The result of comparing two roles, as a schema that web, terminal and API share.
import { z } from 'zod'
import { expectationKindSchema, idSchema, textSchema } from '../framework/model.ts'
import { roleRefSchema } from './model.ts'

export const roleCompareSchema = z.object({
  a: roleRefSchema,
  b: roleRefSchema,
  expectations: z.array(
    z.object({
      competency: idSchema,
      area: idSchema,
      a: z.object({ level: z.number().int(), kind: expectationKindSchema }).nullable(),
      b: z.object({ level: z.number().int(), kind: expectationKindSchema }).nullable(),
      change: z.enum(['same', 'new', 'dropped', 'raised', 'lowered', 'stricter', 'looser']),
      difference: z
        .number()
        .int()
        .describe('Level in b minus level in a; a missing expectation counts as 0.'),
    }),
  ),
  duties: z.array(
    z.object({
      duty: idSchema,
      title: textSchema,
      in: z.enum(['a', 'b', 'both']),
      competencies: z.array(idSchema),
      carried: z
        .array(idSchema)
        .describe("For a duty only in b: its competencies that a's bar already asks at b's level."),
      source: idSchema.nullable(),
    }),
  ),
  counts: z.object({
    same: z.number().int(),
    new: z.number().int(),
    changed: z.number().int(),
    dropped: z.number().int(),
  }),
})

export type RoleCompare = z.output<typeof roleCompareSchema>
