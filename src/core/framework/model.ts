// The framework model: one zod schema from which types, validation and the published JSON Schema derive.
// The input side is what people write (short forms allowed); the output side is the normalised model.
import { z } from 'zod'
import { idSchema, languageSchema, textSchema } from './id-and-text.ts'
import { scoringSchema } from './scoring.ts'

/** Years since entry into the profession: totals that overlap between roles. `max` absent means open-ended. */
export const yearsSchema = z
  .strictObject({ min: z.number().min(0).max(60), max: z.number().min(0).max(60).optional() })
  .meta({ id: 'years', description: 'Years: the least and, unless open-ended, the most.' })

export const sourceSchema = z.strictObject({
  id: idSchema,
  title: textSchema,
  author: z.string().optional(),
  publisher: z.string().optional(),
  url: z.string().optional(),
  date: z.string().optional(),
  note: textSchema.optional(),
})

export const trackSchema = z.strictObject({
  id: idSchema,
  title: textSchema,
  description: textSchema.optional(),
})

/** A grading scheme of another organisation that roles are mapped onto, for example Alibaba's P grades. */
export const gradeSchemeSchema = z.strictObject({
  id: idSchema,
  title: textSchema,
  official: z
    .boolean()
    .default(false)
    .describe('Whether the other organisation itself publishes the mapping.'),
  note: textSchema.optional(),
  source: idSchema.optional(),
})

/** A finer band inside a role; `scheme` is absent for the framework's own grades. */
export const gradeSchema = z.strictObject({
  id: idSchema,
  title: textSchema.optional(),
  scheme: idSchema.optional(),
  note: textSchema.optional(),
})

export const expectationKindSchema = z.enum(['must', 'should'])
const levelSchema = z.number().int().min(0).max(20)

/** Written `security: 3` for a must at level 3, or `security: { level: 3, kind: should }`. */
export const expectationSchema = z
  .union([
    levelSchema,
    z.strictObject({
      level: levelSchema,
      kind: expectationKindSchema.default('must'),
      note: textSchema.optional(),
    }),
  ])
  .transform((value) => (typeof value === 'number' ? { level: value, kind: 'must' as const } : value))

/** What a source says of a role, in our words. */
export const factSchema = z.strictObject({ text: textSchema, source: idSchema })

/** Where sources disagree: both claims stand, and screens say so. */
export const disagreementSchema = z.strictObject({
  about: textSchema,
  claims: z.array(z.strictObject({ text: textSchema, source: idSchema })).min(2),
})

/** Years that a source gives for a role; without `source` the figure is the framework author's own estimate. */
export const experienceSchema = z.strictObject({
  years: yearsSchema,
  text: textSchema.optional(),
  source: idSchema.optional(),
})

/** What a role does; `competencies` are those that it exercises. Without `source` it is the framework author's own. */
export const dutySchema = z.strictObject({
  id: idSchema,
  title: textSchema,
  text: textSchema.optional(),
  competencies: z.array(idSchema).default([]),
  source: idSchema.optional(),
})

/** One role in another setting (the US or the Chinese CTO): its own facts and duties, expectations over the role's. */
export const variantSchema = z.strictObject({
  id: idSchema,
  title: textSchema,
  summary: textSchema.optional(),
  facts: z.array(factSchema).default([]),
  expectations: z.record(idSchema, expectationSchema).default({}),
  duties: z.array(dutySchema).default([]),
})

export const roleSchema = z.strictObject({
  id: idSchema,
  title: textSchema,
  aliases: z.array(textSchema).default([]),
  tracks: z
    .array(idSchema)
    .min(1)
    .describe('The tracks that the role is on; the order of roles is the order of rise.'),
  summary: textSchema.optional(),
  facts: z.array(factSchema).default([]).describe('What sources say of the role, in our words.'),
  experience: z
    .array(experienceSchema)
    .default([])
    .describe('Years since entry into the profession, as each source gives them.'),
  disagreements: z
    .array(disagreementSchema)
    .default([])
    .describe('Where sources differ; both claims are shown.'),
  grades: z.array(gradeSchema).default([]).describe('Finer bands inside of the role.'),
  expectations: z
    .record(idSchema, expectationSchema)
    .default({})
    .describe('The bar: competency -> level, a must unless written { level, kind: should }.'),
  duties: z
    .array(dutySchema)
    .default([])
    .describe('What the role does, with the competencies that each duty exercises.'),
  variants: z
    .array(variantSchema)
    .default([])
    .describe('The role in other settings; expectations over its own.'),
})

export const areaSchema = z.strictObject({
  id: idSchema,
  title: textSchema,
  description: textSchema.optional(),
})

/** Proficiency levels 1..n in order; level 0 ("not shown yet") always exists and is not written. */
export const scaleSchema = z.strictObject({
  levels: z
    .array(
      z.strictObject({
        level: z.number().int().min(1).max(20),
        title: textSchema,
        description: textSchema.optional(),
      }),
    )
    .min(1),
})

/** `note` holds what a ladder adds to a statement: examples of it, or a remark. */
export const behaviourSchema = z.strictObject({
  id: idSchema,
  text: textSchema,
  note: textSchema.optional(),
  source: idSchema.optional(),
})

export const competencySchema = z.strictObject({
  id: idSchema,
  area: idSchema,
  title: textSchema,
  description: textSchema.optional(),
  /** Only where a competency's levels differ from the framework's own scale. */
  scale: scaleSchema.optional().describe('Only where the levels differ from those of the framework.'),
  /** Written by level: `1: [{ id, text }, …]`. */
  behaviours: z
    .record(z.string().regex(/^\d{1,2}$/, 'expected a proficiency level'), z.array(behaviourSchema))
    .default({})
    .describe('Observable statements by level: `1: [{ id, text }]`. One statement each.')
    .transform((byLevel) =>
      Object.entries(byLevel)
        .map(([level, list]) => ({ level: Number(level), list }))
        .toSorted((a, b) => a.level - b.level)
        .flatMap(({ level, list }) => list.map((behaviour) => ({ ...behaviour, level }))),
    ),
})

/** `promotion` rises, `lateral` changes track at about the same height, `return` goes back to an earlier role. */
export const transitionKindSchema = z.enum(['promotion', 'lateral', 'return'])

/** Without `source` the transition, or the year figure, is the framework author's own and is shown as such. */
export const transitionSchema = z.strictObject({
  from: idSchema,
  to: idSchema,
  kind: transitionKindSchema.default('promotion'),
  years: yearsSchema.optional(),
  changes: textSchema.optional(),
  source: idSchema.optional(),
})

/** Tells when an organisation needs a role: every condition holds -> the roles asked for. Numbers are meant to be edited. */
export const orgRuleSchema = z.strictObject({
  id: idSchema,
  title: textSchema,
  text: textSchema.optional(),
  when: z
    .array(
      z.strictObject({
        measure: z.enum(['developers', 'product-lines', 'teams', 'people-per-manager', 'managers']),
        over: z.number().min(0).optional(),
        atLeast: z.number().min(0).optional(),
        under: z.number().min(0).optional(),
      }),
    )
    .min(1),
  asks: z.strictObject({
    role: idSchema,
    atLeast: z.number().int().min(0).optional(),
    atMost: z.number().int().min(0).optional(),
  }),
  source: idSchema.optional(),
})

/** Switches of the linter: rules that this framework turns off, by id. */
export const lintSwitchesSchema = z.strictObject({ off: z.array(z.string()).default([]) })

/** A whole framework, inheritance already resolved. */
export const frameworkSchema = z.strictObject({
  rungs: z.literal(1).describe('The version of this format.'),
  id: idSchema,
  version: z
    .string()
    .regex(/^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/, 'expected a version such as 1.2.0')
    .describe('The version of this framework; raise it with every published change.'),
  title: textSchema,
  description: textSchema.optional(),
  license: z.string().optional(),
  /** The first is the one that plain strings are in; lint asks for a translation into each of the others. */
  languages: z
    .array(languageSchema)
    .min(1)
    .default(['en'])
    .describe('The languages of this framework; plain strings are in the first.'),
  sources: z.array(sourceSchema).default([]).describe('Where facts and figures come from.'),
  tracks: z.array(trackSchema).min(1).describe('Lines of roles, for example technical and management.'),
  gradeSchemes: z
    .array(gradeSchemeSchema)
    .default([])
    .describe('Grades of other organisations that roles are mapped onto.'),
  scale: scaleSchema,
  areas: z.array(areaSchema).min(1).describe('Groups of competencies.'),
  competencies: z
    .array(competencySchema)
    .min(1)
    .describe('What people can be good at, with behaviours by level.'),
  roles: z
    .array(roleSchema)
    .default([])
    .describe('The rungs, from the first to the highest; none where a framework only lists competencies.'),
  transitions: z
    .array(transitionSchema)
    .default([])
    .describe('Who can move where: promotion, lateral or return.'),
  orgRules: z
    .array(orgRuleSchema)
    .default([])
    .describe('When an organisation needs a role; numbers are meant to be edited.'),
  scoring: scoringSchema
    .optional()
    .describe("The ladder's own rule for deciding a level, shown beside the measured standing."),
  lint: lintSwitchesSchema.optional().describe('Rules of the linter that this framework turns off.'),
})

export type Years = z.output<typeof yearsSchema>
export type Source = z.output<typeof sourceSchema>
export type Track = z.output<typeof trackSchema>
export type Grade = z.output<typeof gradeSchema>
export type Expectation = z.output<typeof expectationSchema>
export type Duty = z.output<typeof dutySchema>
export type Variant = z.output<typeof variantSchema>
export type Role = z.output<typeof roleSchema>
export type Area = z.output<typeof areaSchema>
export type Scale = z.output<typeof scaleSchema>
export type Competency = z.output<typeof competencySchema>
export type Behaviour = Competency['behaviours'][number]
export type Transition = z.output<typeof transitionSchema>
export type OrgRule = z.output<typeof orgRuleSchema>
export type Framework = z.output<typeof frameworkSchema>
/** What people write: short forms allowed. */
export type FrameworkInput = z.input<typeof frameworkSchema>

export { idSchema, textSchema, type Text } from './id-and-text.ts'
export { textIn } from './text-in.ts'
