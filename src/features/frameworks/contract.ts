// The framework endpoints: what goes in and what comes out.
import { oc } from '@orpc/contract'
import { z } from 'zod'
import {
  behaviourSchema,
  competencySchema,
  frameworkSchema,
  idSchema,
  roleSchema,
  textSchema,
} from '../../core/framework/model.ts'
import { roleCompareSchema } from '../../core/growth/compare-model.ts'

/** The normalised model as it travels: behaviours are a list in which each carries its level. */
export const frameworkModelSchema = frameworkSchema.extend({
  competencies: z.array(
    competencySchema.extend({ behaviours: z.array(behaviourSchema.extend({ level: z.number().int() })) }),
  ),
})

export const versionHashSchema = z
  .string()
  .regex(/^[0-9a-f]{64}$/, 'expected 64 hexadecimal digits')
  .describe('SHA-256 of the content: what an assessment is pinned to.')

/** Who did something; the system where Rungs did it by itself. */
export const authorSchema = z.object({
  kind: z.enum(['person', 'system']),
  id: z.uuid().nullable().describe('Person id; null for the system.'),
  name: z.string().nullable(),
  you: z.boolean(),
})

/** Whether the words of a reason are those that the audit knows by their fingerprint. */
export const reasonCheckSchema = z
  .enum(['matches', 'differs', 'absent'])
  .describe(
    'matches: the words are those that were given when it was done; differs: they were changed since; absent: the ' +
      'audit has no fingerprint of them, or the words were erased.',
  )

/** One stored version of a framework. */
export const storedVersionSchema = z.object({
  version: z.string(),
  hash: versionHashSchema,
  storedAt: z.string().describe('ISO 8601.'),
  author: authorSchema,
  reason: z
    .string()
    .nullable()
    .describe('Why it was published; null where it came with Rungs or the words were erased.'),
  audited: reasonCheckSchema,
  newest: z.boolean(),
  assessments: z.number().int().describe('Assessments that are pinned to it and were not moved on.'),
})

/** Which version of a framework is meant. */
export const wantedVersionSchema = frameworkSchema.shape.version
  .max(80)
  .optional()
  .describe('Framework version such as 1.2.0; the newest where absent.')
const frameworkInput = { framework: idSchema.describe('Framework id.'), version: wantedVersionSchema }

export const frameworkSummarySchema = z.object({
  id: idSchema,
  version: z.string(),
  hash: z.string().describe('SHA-256 of the content: what an assessment is pinned to.'),
  title: textSchema,
  description: textSchema.nullable(),
  languages: z.array(z.string()),
  roles: z.number().int(),
  competencies: z.number().int(),
  behaviours: z.number().int(),
  builtIn: z.boolean(),
  storedAt: z.string().describe('ISO 8601: when this version was stored.'),
})

/** A hit of the search; `path` says where it leads: role, competency, or the competency or role that holds it. */
export const searchHitSchema = z.object({
  kind: z.enum(['role', 'competency', 'behaviour', 'duty']),
  id: idSchema,
  parent: idSchema.nullable().describe('The competency of a behaviour, the role of a duty; otherwise null.'),
  title: textSchema,
  context: textSchema.nullable().describe('The title of the parent.'),
  level: z.number().int().nullable().describe("A behaviour's proficiency level."),
})

const tags = ['Frameworks']

export const frameworksContract = {
  list: oc
    .route({
      method: 'GET',
      path: '/frameworks',
      tags,
      summary: 'List the frameworks, each in its newest version',
    })
    .output(z.object({ frameworks: z.array(frameworkSummarySchema) })),

  get: oc
    .route({ method: 'GET', path: '/frameworks/{framework}', tags, summary: 'Get a whole framework' })
    .input(
      z.object({
        ...frameworkInput,
        hash: versionHashSchema.optional().describe('Exactly this content, whatever its version number.'),
      }),
    )
    .output(
      z.object({
        summary: frameworkSummarySchema,
        versions: z.array(z.object({ version: z.string(), hash: z.string(), storedAt: z.string() })),
        framework: frameworkModelSchema,
        can: z.object({ assess: z.boolean() }),
      }),
    ),

  versions: oc
    .route({
      method: 'GET',
      path: '/frameworks/{framework}/versions',
      tags,
      summary: 'List every version that was ever stored, newest first',
    })
    .input(z.object({ framework: idSchema }))
    .output(
      z.object({
        versions: z.array(storedVersionSchema),
        can: z.object({ publish: z.boolean(), migrate: z.boolean() }),
      }),
    ),

  role: oc
    .route({ method: 'GET', path: '/frameworks/{framework}/roles/{role}', tags, summary: 'Get one role' })
    .input(z.object({ ...frameworkInput, role: idSchema }))
    .output(z.object({ summary: frameworkSummarySchema, role: roleSchema })),

  compare: oc
    .route({ method: 'GET', path: '/frameworks/{framework}/compare', tags, summary: 'Compare two roles' })
    .input(
      z.object({
        ...frameworkInput,
        a: idSchema.describe('First role.'),
        aVariant: idSchema.optional(),
        b: idSchema.describe('Second role.'),
        bVariant: idSchema.optional(),
      }),
    )
    .output(roleCompareSchema),

  search: oc
    .route({
      method: 'GET',
      path: '/frameworks/{framework}/search',
      tags,
      summary: 'Search roles, competencies, behaviours and duties in every language',
    })
    .input(
      z.object({
        ...frameworkInput,
        q: z.string().max(200).describe('Words to look for; all must occur.'),
        limit: z.coerce.number().int().min(1).max(100).default(30),
      }),
    )
    .output(z.object({ hits: z.array(searchHitSchema), total: z.number().int() })),
}
