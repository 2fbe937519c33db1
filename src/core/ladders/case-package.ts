// The parts of a CASE package (1EdTech Competencies and Academic Standards Exchange, 1.0 and 1.1) that Rungs reads and writes.
import { z } from 'zod'

const linkSchema = z.object({ title: z.string(), identifier: z.string(), uri: z.string().optional() })
const nodeSchema = z.union([linkSchema, z.string()])
const extensionsSchema = z.record(z.string(), z.unknown())

export const caseItemSchema = z.object({
  identifier: z.string(),
  uri: z.string().optional(),
  fullStatement: z.string(),
  abbreviatedStatement: z.string().nullish(),
  alternativeLabel: z.string().nullish(),
  humanCodingScheme: z.string().nullish(),
  listEnumeration: z.string().nullish(),
  CFItemType: z.string().nullish(),
  notes: z.string().nullish(),
  language: z.string().nullish(),
  conceptKeywords: z.array(z.string()).nullish(),
  educationLevel: z.array(z.string()).nullish(),
  lastChangeDateTime: z.string().optional(),
  extensions: extensionsSchema.optional(),
})

export const caseAssociationSchema = z.object({
  identifier: z.string(),
  uri: z.string().optional(),
  associationType: z.string(),
  sequenceNumber: z.union([z.number(), z.string()]).nullish(),
  originNodeURI: nodeSchema,
  destinationNodeURI: nodeSchema,
  notes: z.string().nullish(),
  lastChangeDateTime: z.string().optional(),
  extensions: extensionsSchema.optional(),
})

/** Reading is tolerant of fields that we do not use; what they hold is reported by the importer. */
export const casePackageSchema = z.object({
  CFDocument: z.object({
    identifier: z.string(),
    uri: z.string().optional(),
    caseVersion: z.string().nullish(),
    creator: z.string().nullish(),
    title: z.string(),
    publisher: z.string().nullish(),
    description: z.string().nullish(),
    officialSourceURL: z.string().nullish(),
    language: z.string().nullish(),
    version: z.string().nullish(),
    notes: z.string().nullish(),
    lastChangeDateTime: z.string().optional(),
    extensions: extensionsSchema.optional(),
  }),
  CFItems: z.array(caseItemSchema).default([]),
  CFAssociations: z.array(caseAssociationSchema).default([]),
})

export type CaseItem = z.output<typeof caseItemSchema>
export type CaseAssociation = z.output<typeof caseAssociationSchema>
export type CasePackage = z.output<typeof casePackageSchema>

/** The identifier of either form of a link. */
export const linked = (node: CaseAssociation['originNodeURI']) =>
  typeof node === 'string' ? node : node.identifier

/** Kinds of items that Rungs writes, as `CFItemType`. */
export const CASE_TYPES = [
  'Track',
  'Role',
  'Duty',
  'Area',
  'Competency',
  'Behaviour',
  'Proficiency level',
] as const
export type CaseType = (typeof CASE_TYPES)[number]
