// The standing endpoints: everything that the answers of one assessment say.
import { oc } from '@orpc/contract'
import { z } from 'zod'
import { idSchema } from '../../core/framework/model.ts'
import { historyChangeSchema } from '../../core/growth/change-model.ts'
import {
  aboutSchema,
  gapSchema,
  pathsSchema,
  roleReadinessSchema,
  standingReportSchema,
} from '../../core/growth/model.ts'
import { whySchema } from '../../core/growth/why-model.ts'
import { assessmentIdSchema } from '../assessments/contract.ts'

const assessment = { assessment: assessmentIdSchema }
const roleInput = {
  role: idSchema.describe('Role id.'),
  variant: idSchema.optional().describe('Variant of the role.'),
}
const tags = ['Standings']

export const standingsContract = {
  get: oc
    .route({
      method: 'GET',
      path: '/standings/{assessment}',
      tags,
      summary: 'Get the whole result of an assessment',
    })
    .input(z.object(assessment))
    .output(standingReportSchema),

  readiness: oc
    .route({
      method: 'GET',
      path: '/standings/{assessment}/readiness',
      tags,
      summary: 'Get the readiness for every role on every track',
    })
    .input(z.object(assessment))
    .output(z.object({ about: aboutSchema, roles: z.array(roleReadinessSchema) })),

  gap: oc
    .route({
      method: 'GET',
      path: '/standings/{assessment}/gaps/{role}',
      tags,
      summary: 'Get the gap to a role',
    })
    .input(z.object({ ...assessment, ...roleInput }))
    .output(z.object({ about: aboutSchema, gap: gapSchema })),

  paths: oc
    .route({
      method: 'GET',
      path: '/standings/{assessment}/paths',
      tags,
      summary: 'Find the good paths to a role',
    })
    .input(
      z.object({
        ...assessment,
        to: idSchema.describe('Target role.'),
        toVariant: idSchema.optional(),
        from: idSchema.optional().describe("Today's role; what the person said at the start where absent."),
        fromVariant: idSchema.optional(),
        years: z.coerce
          .number()
          .min(0)
          .max(60)
          .optional()
          .describe('Years since entry; what the person said where absent.'),
      }),
    )
    .output(z.object({ about: aboutSchema, paths: pathsSchema })),

  why: oc
    .route({
      method: 'GET',
      path: '/standings/{assessment}/competencies/{competency}/why',
      tags,
      summary: 'Explain a number',
    })
    .input(z.object({ ...assessment, competency: idSchema }))
    .output(whySchema),

  changes: oc
    .route({
      method: 'GET',
      path: '/standings/{assessment}/changes',
      tags,
      summary: 'Compare with an earlier assessment',
    })
    .input(
      z.object({
        ...assessment,
        since: assessmentIdSchema.optional().describe('The one before where absent.'),
      }),
    )
    .output(
      z.object({ change: historyChangeSchema.nullable().describe('Null where there is no earlier one.') }),
    ),

  export: oc
    .route({ method: 'GET', path: '/standings/{assessment}/export', tags, summary: 'Take the result away' })
    .input(
      z.object({
        ...assessment,
        format: z.enum(['markdown', 'json', 'csv']),
        language: z.string().max(20).default('en').describe('en or zh-Hans.'),
        role: idSchema.optional().describe('Focus on the gap to this role.'),
        variant: idSchema.optional(),
      }),
    )
    .output(
      z.object({
        filename: z.string(),
        mediaType: z.string(),
        text: z.string().describe('The file as text, UTF-8.'),
      }),
    ),
}
