// The publication endpoints: what publishing a framework would change, and publishing it.
import { oc } from '@orpc/contract'
import { z } from 'zod'
import { frameworkSchema, idSchema } from '../../core/framework/model.ts'
import { migrationSchema } from '../../core/framework/migrate/migration.ts'
import { frameworkSummarySchema, versionHashSchema } from '../frameworks/contract.ts'
import { migrationPreviewSchema } from '../migrations/contract.ts'

/** A change between two versions; see the semantic diff. */
export const changeSchema = z.object({
  kind: z.enum([
    'added',
    'removed',
    'renamed',
    'reworded',
    'moved',
    'raised',
    'lowered',
    'changed',
    'reordered',
  ]),
  section: z.enum(['Framework', 'Roles', 'Competencies', 'Behaviours', 'Transitions', 'Org rules']),
  path: z.array(z.string()),
  message: z.string().describe('One sentence: Architect now asks Security 4, was 3.'),
})

/** A fault of a framework document, with its path. */
export const documentFaultSchema = z.object({
  path: z.string().describe('Where in the document: roles[2].expectations.security.'),
  message: z.string().describe('What was expected and what was got.'),
})

const candidate = {
  document: z
    .looseObject({})
    .describe(
      'A framework document as JSON, inheritance and translations already in it. YAML, spreadsheets and ladders are read ' +
        'where the files are, in the browser or the terminal; everything in the document is checked again here.',
    ),
  version: frameworkSchema.shape.version
    .max(80)
    .optional()
    .describe('Publish it under this version number instead of the one in the document.'),
}

const versionRef = z.object({ hash: versionHashSchema, version: z.string() })

export const publicationPreviewSchema = z.object({
  outcome: z
    .enum(['faulty', 'unchanged', 'new-framework', 'new-version', 'version-taken', 'built-in'])
    .describe(
      'faulty: see faults; unchanged: the same content is stored already, nothing would be done; version-taken: this ' +
        'version number has other content; built-in: this id belongs to a framework that comes with Rungs, use another.',
    ),
  faults: z.array(documentFaultSchema),
  candidate: z
    .object({
      id: idSchema,
      version: z.string(),
      hash: versionHashSchema,
      competencies: z.number().int(),
      behaviours: z.number().int(),
      roles: z.number().int(),
    })
    .nullable()
    .describe('What would be stored; null where the document is faulty.'),
  same: versionRef.nullable().describe('For "unchanged": the version that has this content.'),
  newest: versionRef
    .nullable()
    .describe('The newest stored version; null for a new framework. Send its hash as basedOn.'),
  suggestedVersion: z
    .string()
    .nullable()
    .describe(
      'A free version number: major where something is taken away or a bar moves, minor where added, else patch.',
    ),
  changes: z.array(changeSchema).describe('Semantic diff against the newest version.'),
  proposal: migrationSchema
    .nullable()
    .describe('A mapping from the newest version to this one; for review after publishing.'),
  affected: migrationPreviewSchema
    .nullable()
    .describe(
      'Assessments pinned to the newest version and what the proposed mapping would do to them. They stay as they are ' +
        'until somebody applies a migration.',
    ),
})

const tags = ['Publications']

export const publicationsContract = {
  preview: oc
    .route({
      method: 'POST',
      path: '/publications/preview',
      tags,
      summary: 'Show what publishing a framework would change and for whom; nothing is stored',
    })
    .input(z.object(candidate))
    .output(publicationPreviewSchema),

  publish: oc
    .route({
      method: 'POST',
      path: '/publications',
      tags,
      summary: 'Store a framework as a new one, or as a new version of one that is there',
    })
    .input(
      z.object({
        ...candidate,
        basedOn: versionHashSchema
          .nullable()
          .describe(
            'The newest version as the preview showed it, null for a new framework; refused when outdated.',
          ),
        reason: z
          .string()
          .trim()
          .min(1)
          .max(1000)
          .describe('Why, in a sentence; shown in the list of versions.'),
      }),
    )
    .output(
      z.object({
        outcome: z.enum(['published', 'unchanged']),
        summary: frameworkSummarySchema,
      }),
    ),
}
