// The standing endpoints: everything that the answers of one assessment say.
import { oc } from '@orpc/contract'
import { z } from 'zod'
import { idSchema, textSchema } from '../../core/framework/model.ts'
import { historyChangeSchema } from '../../core/growth/change-model.ts'
import { aboutSchema, gapSchema, roleReadinessSchema, roleRefSchema } from '../../core/growth/model.ts'
import { fitSchema, standingReportSchema } from '../../core/growth/report-model.ts'
import { pathsSchema } from '../../core/growth/path-model.ts'
import { whySchema } from '../../core/growth/why-model.ts'
import { assessmentIdSchema, modeSchema, stopReasonSchema } from '../assessments/contract.ts'

const assessment = { assessment: assessmentIdSchema }
const roleInput = {
  role: idSchema.describe('Role id.'),
  variant: idSchema.optional().describe('Variant of the role.'),
}
const tags = ['Standings']

/** One of the person's assessments as a choice of standing. */
export const standingChoiceSchema = z.object({
  assessment: assessmentIdSchema,
  framework: z.object({ id: idSchema, version: z.string(), title: textSchema }),
  mode: modeSchema,
  target: roleRefSchema.nullable(),
  startedAt: z.string().describe('ISO 8601, with the time of day.'),
  assessedAt: z
    .string()
    .describe('ISO 8601, with the time of day: finished, or last answered where it is not.'),
  finished: z.boolean(),
  stopReason: stopReasonSchema.nullable(),
  answered: z.number().int().describe('Scored answers.'),
  noOpportunity: z.number().int(),
  throwaway: z
    .boolean()
    .describe(
      'True where it was stopped early with fewer answers than an earlier finished one of the framework.',
    ),
})

/** An earlier assessment that another one can be compared with. */
export const comparedRunSchema = standingChoiceSchema.extend({
  comparable: z.boolean().describe('Offered by default.'),
  reason: z
    .enum(['unfinished', 'other-mode', 'other-target', 'throwaway'])
    .nullable()
    .describe('Why it is not comparable: it can still be compared by naming it.'),
})

export const standingsContract = {
  current: oc
    .route({
      method: 'GET',
      path: '/standings/current',
      tags,
      summary: 'Find the assessment that is my current standing, with the others to choose from',
    })
    .input(z.object({ framework: idSchema.optional().describe('The one last assessed where absent.') }))
    .output(
      z.object({
        current: standingChoiceSchema
          .nullable()
          .describe(
            'The latest finished assessment of the framework that is no throwaway, whose answers fit together, and that has at ' +
              'least half of the scored answers of the best known of twelve months; where the answers of none fit together, ' +
              'the latest. Null where there is none.',
          ),
        passedOver: z
          .array(
            standingChoiceSchema.extend({
              doubtful: z
                .boolean()
                .describe('True where its answers do not fit together, or are all the same.'),
            }),
          )
          .describe('Newer ones with too few answers, or doubtful ones, newest first: say so beside it.'),
        choices: z
          .array(standingChoiceSchema)
          .describe('All with an answer, of the same framework, newest first.'),
      }),
    ),

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
    .output(z.object({ about: aboutSchema, fit: fitSchema, roles: z.array(roleReadinessSchema) })),

  gap: oc
    .route({
      method: 'GET',
      path: '/standings/{assessment}/gaps/{role}',
      tags,
      summary: 'Get the gap to a role',
    })
    .input(z.object({ ...assessment, ...roleInput }))
    .output(z.object({ about: aboutSchema, fit: fitSchema, gap: gapSchema })),

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
    .output(z.object({ about: aboutSchema, fit: fitSchema, paths: pathsSchema })),

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
        since: assessmentIdSchema
          .optional()
          .describe('The latest earlier one that is comparable where absent.'),
      }),
    )
    .output(
      z.object({
        change: historyChangeSchema
          .nullable()
          .describe('Null where there is no earlier one that is comparable and none was named.'),
        fit: fitSchema.describe('Of the answers of the assessment asked about.'),
        after: z
          .enum(['unfinished', 'throwaway'])
          .nullable()
          .describe('Why the assessment asked about itself is comparable with none.'),
        before: comparedRunSchema.nullable().describe('The one compared with.'),
        runs: z.array(comparedRunSchema).describe('Earlier ones of the same framework, newest first.'),
      }),
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
