// The migration endpoints: propose a mapping between two versions, review what it does, apply it, undo it.
import { oc } from '@orpc/contract'
import { z } from 'zod'
import { migrationSchema } from '../../core/framework/migrate/migration.ts'
import { idSchema, textSchema } from '../../core/framework/model.ts'
import { beyondIntervalSchema, readinessNumber } from '../../core/growth/model.ts'
import { assessmentIdSchema } from '../assessments/contract.ts'
import { authorSchema, reasonCheckSchema, versionHashSchema } from '../frameworks/contract.ts'

/** A fault of a mapping, with its path in the mapping. */
export const mappingFaultSchema = z.object({
  path: z.string().describe('Where in the mapping: competencies[2].to.'),
  message: z.string(),
})

/** One competency before or after, in short. */
const sideSchema = z.object({
  competency: idSchema,
  title: textSchema,
  known: z.boolean().describe('False where no answer is scored: draw an open ring, never a zero.'),
  level: z.number().describe('Position on the proficiency scale.'),
  interval90: z.tuple([z.number(), z.number()]),
  beyond90: beyondIntervalSchema.describe("Past which end of the scale the interval's ends lie."),
})

const readinessSideSchema = z.object({ role: idSchema, title: textSchema, ...readinessNumber })

/** What a migration would make of one assessment. */
export const movedAssessmentSchema = z.object({
  assessment: assessmentIdSchema,
  startedAt: z.string(),
  finished: z.boolean(),
  answers: z.object({
    total: z.number().int(),
    moved: z.number().int().describe('Answers that follow their statement into the new version.'),
    leftBehind: z.number().int().describe('Answers that stay with the old assessment.'),
  }),
  leftBehind: z
    .array(
      z.object({
        item: idSchema.describe('Behaviour id in the old version.'),
        competency: idSchema.describe('Competency id in the old version.'),
        reason: z.enum(['split', 'dropped', 'not the same statement']),
      }),
    )
    .describe('Answers that do not move, with the reason.'),
  notKnown: z
    .array(
      z.object({
        competency: idSchema,
        title: textSchema,
        reason: z.enum(['split', 'new', 'no answer moved']),
      }),
    )
    .describe('Competencies of the new version of which nothing would be known.'),
  competencies: z
    .array(
      z.object({
        kind: z.enum(['same', 'renamed', 'merged', 'split', 'dropped', 'new']),
        before: z.array(sideSchema),
        after: z.array(sideSchema),
      }),
    )
    .describe('The standing before and after, one entry for each mapping and for each new competency.'),
  readiness: z
    .array(z.object({ before: readinessSideSchema.nullable(), after: readinessSideSchema.nullable() }))
    .describe('Readiness before and after, by role; null where the role is in one version only.'),
})

/** Who is affected by a mapping, and how. */
export const migrationPreviewSchema = z.object({
  faults: z
    .array(mappingFaultSchema)
    .describe('All faults of the mapping; with any of them nothing can be applied.'),
  people: z.number().int().describe('People whose assessments would move.'),
  assessments: z.number().int().describe('Assessments pinned to the old version that would move.'),
  details: z
    .array(movedAssessmentSchema)
    .describe(
      'The assessments that you may read, newest first, at most 50; empty while the mapping has faults.',
    ),
})

/** What stands in the way of an undo, as the code of a refusal, and in how many assessments. */
const undoBlockedSchema = z.object({ code: z.enum(['moved-on-later', 'answered-since']), count: z.int() })
export type UndoBlocked = z.output<typeof undoBlockedSchema>

export const migrationRecordSchema = z.object({
  id: z.uuid(),
  framework: idSchema,
  from: z.object({ hash: versionHashSchema, version: z.string() }),
  to: z.object({ hash: versionHashSchema, version: z.string() }),
  reason: z.string().nullable().describe('Why it was applied; null where the words were erased.'),
  audited: reasonCheckSchema,
  appliedAt: z.string(),
  appliedBy: authorSchema,
  assessments: z.number().int().describe('Assessments that were moved and are still there.'),
  answers: z.object({ moved: z.number().int(), leftBehind: z.number().int() }),
  undone: z
    .object({
      at: z.string(),
      by: authorSchema,
      reason: z.string().nullable(),
      audited: reasonCheckSchema,
    })
    .nullable(),
  can: z.object({ undo: z.boolean() }),
  undoBlockedBy: undoBlockedSchema.nullable().describe('Why it cannot be undone; null where it can be.'),
})

const reasonSchema = z
  .string()
  .trim()
  .min(1)
  .max(1000)
  .describe('Why, in a sentence; kept with the migration.')
const between = {
  from: versionHashSchema.describe('The old version.'),
  to: versionHashSchema.describe('The new version.'),
}
const tags = ['Migrations']
const one = z.object({ id: z.uuid().describe('Migration id.') })

export const migrationsContract = {
  propose: oc
    .route({
      method: 'GET',
      path: '/frameworks/{framework}/migration-proposal',
      tags,
      summary: 'Propose what becomes of each competency, behaviour and role between two versions',
    })
    .input(z.object({ framework: idSchema, ...between }))
    .output(z.object({ mapping: migrationSchema, preview: migrationPreviewSchema })),

  preview: oc
    .route({
      method: 'POST',
      path: '/frameworks/{framework}/migration-preview',
      tags,
      summary: 'Check a mapping and show what it would do to each assessment; nothing is stored',
    })
    .input(z.object({ framework: idSchema, ...between, mapping: migrationSchema }))
    .output(migrationPreviewSchema),

  apply: oc
    .route({
      method: 'POST',
      path: '/frameworks/{framework}/migrations',
      tags,
      summary: 'Apply a reviewed mapping: each assessment gets a copy pinned to the new version',
      successStatus: 201,
    })
    .input(
      z.object({
        framework: idSchema,
        ...between,
        key: z
          .uuid()
          .describe('A fresh random id for each intended migration; sent again it changes nothing.'),
        mapping: migrationSchema,
        reason: reasonSchema,
      }),
    )
    .output(z.object({ migration: migrationRecordSchema })),

  list: oc
    .route({
      method: 'GET',
      path: '/frameworks/{framework}/migrations',
      tags,
      summary: 'List the migrations of a framework, newest first',
    })
    .input(z.object({ framework: idSchema }))
    .output(z.object({ migrations: z.array(migrationRecordSchema) })),

  get: oc
    .route({ method: 'GET', path: '/migrations/{id}', tags, summary: 'Get a migration with its mapping' })
    .input(one)
    .output(
      z.object({
        migration: migrationRecordSchema,
        mapping: migrationSchema,
        assessments: z
          .array(
            z.object({
              from: assessmentIdSchema,
              to: assessmentIdSchema,
              moved: z.number().int(),
              leftBehind: z.number().int(),
            }),
          )
          .describe('Those that you may read.'),
      }),
    ),

  undo: oc
    .route({
      method: 'POST',
      path: '/migrations/{id}/undo',
      tags,
      summary:
        'Withdraw the copies and restore the old assessments; refused where a copy was answered further',
    })
    .input(one.extend({ reason: reasonSchema }))
    .output(z.object({ migration: migrationRecordSchema })),
}
