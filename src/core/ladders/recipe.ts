// The recipe: a small declarative document that says how a source's nodes become a framework.
import { z } from 'zod'
import { idSchema, scaleSchema, sourceSchema } from '../framework/model.ts'
import { scoringSchema } from '../framework/scoring.ts'

const path = z.string().min(1)

/** Reads a value: where from, then narrowed by `match` (its first group), then by `map`; `else` when nothing is found. */
export interface ValueObject {
  from?: string | undefined
  template?: string | undefined
  text?: string | number | undefined
  match?: string | undefined
  map?: Record<string, string | number> | undefined
  fill?: 'down' | undefined
  find?: { file?: string | undefined; at: string; where: string; is: Value; take: string } | undefined
  split?: string | undefined
  else?: Value | undefined
}
/**
 * `.`, `./title`, `^h2` (the nearest above), `^row/Skill`, `.@lead` read from the source; other words stand for
 * themselves.
 */
export type Value = string | number | ValueObject

export const valueSchema: z.ZodType<Value> = z.lazy(() =>
  z.union([
    z.string().min(1),
    z.number(),
    z.strictObject({
      from: path.optional().meta({ description: 'a path such as . or ./title or ^h2 or .@lead' }),
      template: z
        .string()
        .optional()
        .meta({ description: 'a text with {paths} in it; empty when one of them finds nothing' }),
      text: z
        .union([z.string(), z.number()])
        .optional()
        .meta({ description: 'a text that stands for itself' }),
      match: z
        .string()
        .optional()
        .meta({ description: 'a regular expression; its first group, or all that matches, is the value' }),
      map: z
        .record(z.string(), z.union([z.string(), z.number()]))
        .optional()
        .meta({
          description:
            'from the value read to the value meant; * stands for any other, the meaning . for the value as it is',
        }),
      fill: z
        .literal('down')
        .optional()
        .meta({ description: 'an empty cell has the value of the nearest row above it' }),
      find: z
        .strictObject({ file: z.string().optional(), at: path, where: path, is: valueSchema, take: path })
        .optional()
        .meta({
          description:
            'looks up the node at "at" whose "where" equals "is", and reads "take" from it; file "same" is its own file',
        }),
      split: z
        .string()
        .optional()
        .meta({ description: 'a regular expression between several values in one text' }),
      else: valueSchema.optional(),
    }),
  ]),
)

const common = {
  /** Which files, as a pattern of their paths; all when left out. */
  file: z.string().min(1).optional(),
  /** Which nodes: a selector. */
  at: path,
  /** Nodes that it passes over, although `at` selects them. */
  except: z.array(z.strictObject({ file: z.string().min(1).optional(), at: path })).optional(),
  /** Only nodes that no rule before has used. */
  unused: z.boolean().optional(),
  /** Makes one entry for each line of the text, without its bullet; lines matching the pattern are skipped. */
  lines: z.boolean().optional(),
  /** Only where this value is there. */
  when: valueSchema.optional(),
}
const value = valueSchema
const optional = valueSchema.optional()

export const ruleSchema = z.discriminatedUnion('make', [
  z.strictObject({ ...common, make: z.literal('framework'), title: optional, description: optional }),
  z.strictObject({
    ...common,
    make: z.literal('source'),
    key: optional,
    title: value,
    url: optional,
    note: optional,
  }),
  z.strictObject({
    ...common,
    make: z.literal('track'),
    key: optional,
    title: optional,
    description: optional,
  }),
  z.strictObject({
    ...common,
    make: z.literal('area'),
    key: optional,
    title: optional,
    description: optional,
  }),
  z.strictObject({
    ...common,
    make: z.literal('level'),
    competency: optional,
    key: optional,
    level: optional,
    title: optional,
    description: optional,
  }),
  z.strictObject({
    ...common,
    make: z.literal('competency'),
    key: optional,
    title: optional,
    area: optional,
    description: optional,
  }),
  z.strictObject({
    ...common,
    make: z.literal('behaviour'),
    competency: value,
    level: value,
    text: value,
    note: optional,
    role: optional,
  }),
  z.strictObject({
    ...common,
    make: z.literal('role'),
    key: optional,
    title: optional,
    track: optional,
    summary: optional,
    alias: optional,
  }),
  z.strictObject({
    ...common,
    make: z.literal('expectation'),
    role: value,
    competency: optional,
    level: value,
    kind: optional,
    note: optional,
  }),
  z.strictObject({
    ...common,
    make: z.literal('duty'),
    role: value,
    title: value,
    text: optional,
    competency: optional,
  }),
  z.strictObject({ ...common, make: z.literal('fact'), role: value, text: value }),
  z.strictObject({
    ...common,
    make: z.literal('grade'),
    role: value,
    key: value,
    title: optional,
    note: optional,
  }),
  z.strictObject({ ...common, make: z.literal('experience'), role: value, text: value }),
  z.strictObject({ ...common, make: z.literal('weight'), set: optional, competency: value, weight: value }),
  z.strictObject({
    ...common,
    make: z.literal('band'),
    set: optional,
    from: value,
    title: value,
    series: optional,
    role: optional,
  }),
])

const [points, weightedMean, minimumVector, kOfN, checklist] = scoringSchema.options
/** The ladder's scoring as the framework has it, but that sets of weights may also come from rules. */
const writtenScoringSchema = z.discriminatedUnion('model', [
  points,
  weightedMean.extend({ sets: weightedMean.shape.sets.element.array().default([]) }),
  minimumVector,
  kOfN,
  checklist,
])

export const leaveOutSchema = z.strictObject({
  file: z.string().min(1).optional(),
  at: path.optional(),
  /** Only lines that match this regular expression (or, after a `!`, do not); the rest of the text stays. */
  lines: z.string().optional(),
  reason: z.string().min(1),
})

const named = z.strictObject({ id: idSchema, title: z.string().min(1), description: z.string().optional() })

export const recipeSchema = z.strictObject({
  recipe: z.literal(1),
  /** What is constant: the framework's own id and title, where it comes from, its languages. */
  framework: z.strictObject({
    id: idSchema,
    title: z.string().min(1),
    version: z.string().default('1.0.0'),
    description: z.string().optional(),
    license: z.string().optional(),
    languages: z.array(z.string()).min(1).default(['en']),
    source: sourceSchema.optional(),
  }),
  shape: z.enum(['table', 'tree', 'headings']).optional(),
  /** The scale in order; without it levels are as many as are used. `aliases` are other words for the level. */
  scale: z
    .array(
      z.strictObject({
        ...scaleSchema.shape.levels.element.shape,
        title: z.string().min(1),
        description: z.string().optional(),
        aliases: z.array(z.string()).default([]),
      }),
    )
    .default([]),
  /** For roles and competencies that no rule places, and, where the ladder has none of its own, to stand for them. */
  track: named.prefault({ id: 'ladder', title: 'Ladder' }),
  area: named.prefault({ id: 'competencies', title: 'Competencies' }),
  /** A role to stand for all, where the ladder names none. */
  role: z.strictObject({ id: idSchema, title: z.string().min(1), summary: z.string().optional() }).optional(),
  /** Values that several rules read, by name: `$family` wherever a path may stand. */
  let: z.record(z.string().regex(/^[a-z][A-Za-z]*$/), valueSchema).default({}),
  /** Which row heads a table, counted from 1 (0: none), where it is not the first row of at least two texts. */
  tables: z
    .array(
      z.strictObject({
        file: z.string().min(1).optional(),
        at: path.optional(),
        header: z.number().int().min(0).max(1_000_000),
      }),
    )
    .default([]),
  rules: z.array(ruleSchema).min(1),
  /** What is left out by name: it is no part of the ladder, and the reason says why. */
  leaveOut: z.array(leaveOutSchema).default([]),
  /** How the ladder decides a level; weights and bands that rules read take the place of those written here. */
  scoring: writtenScoringSchema.optional(),
  /** More of the framework in its own format, set over what the rules make. */
  add: z.record(z.string(), z.unknown()).optional(),
})

export type Recipe = z.output<typeof recipeSchema>
export type RecipeInput = z.input<typeof recipeSchema>
export type Rule = z.output<typeof ruleSchema>
export type LeaveOut = z.output<typeof leaveOutSchema>

/** The published JSON Schema of recipes, by which editors complete and check them. */
export function recipeJsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(recipeSchema, { io: 'input', target: 'draft-2020-12' })
  return { $schema: schema.$schema, title: 'A Rungs import recipe', ...schema }
}
