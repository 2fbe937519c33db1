// The model of paths: ways from a role to another, their years and where each figure is from.
import { z } from 'zod'
import { expectationKindSchema, idSchema, textSchema, transitionKindSchema } from '../framework/model.ts'
import {
  barStandingSchema,
  expectationStateSchema,
  probabilitySchema,
  readinessNumber,
  roleRefSchema,
  stateCountsSchema,
  tooLittleKnownSchema,
  toShowSchema,
} from './model.ts'

/** A figure's origin: a source of the framework, the framework author's own estimate, ours, or what the person said. */
export const originSchema = z.object({
  label: z.enum(['source', 'framework', 'ours', 'yours']),
  source: idSchema.nullable().describe('The source id where the label is "source".'),
})

/** Years as a range; `max` null is open-ended. */
export const yearRangeSchema = z.object({ min: z.number().min(0), max: z.number().min(0).nullable() })

const climbRangeSchema = z.object({
  least: z
    .number()
    .min(0)
    .describe('By the optimistic end of each 50 % interval; of a must that is not known by its estimate.'),
  most: z
    .number()
    .min(0)
    .describe(
      'By the cautious end; of a must that is not known by that of its 90 % interval, at least one level.',
    ),
})

/** One figure that a step's time was made from. */
export const timeFigureSchema = z.object({
  about: z
    .enum(['transition', 'role-total', 'own-years', 'difference', 'gap', 'nothing-lacking'])
    .describe(
      "Years of the transition; total years since entry for the role; the person's own; a difference of totals; from the gap.",
    ),
  role: idSchema.nullable(),
  years: yearRangeSchema,
  origin: originSchema,
  levels: z
    .object({
      longest: climbRangeSchema,
      together: climbRangeSchema,
      unknown: z.number().int().describe('How many of the climbs are of musts that are not known.'),
    })
    .nullable()
    .describe('For "gap": the longest climb of one competency, and all climbs added up, in levels.'),
})

/** What set an end of a range of years. */
export const setBySchema = z
  .enum(['gap', 'sources', 'both', 'nothing'])
  .describe(
    "gap: our estimate from the levels still to climb, alone; sources: a role's total years less the person's own; " +
      'both: one in some steps, the other in others; nothing: there is nothing to wait for.',
  )
const setByEnds = z.object({ min: setBySchema, max: setBySchema })

/** Our rule for the years of a gap, stated so that it can be said beside them. */
export const gapYearsRuleSchema = z.object({
  yearsPerLevel: z.object({ min: z.number(), max: z.number() }).describe('Years that one whole level takes.'),
  atOnce: z.number().int().describe('Competencies that grow side by side.'),
  origin: originSchema,
})

export const pathExpectationSchema = z.object({
  competency: idSchema,
  kind: expectationKindSchema,
  level: z.number().int(),
  before: z
    .number()
    .int()
    .nullable()
    .describe('What the bars before it on this path already ask; null where they ask nothing.'),
  probability: probabilitySchema,
  state: expectationStateSchema,
  missing: z.number().min(0),
  toShow: z.array(toShowSchema),
})

export const pathStepSchema = z.object({
  from: roleRefSchema,
  to: roleRefSchema,
  kind: transitionKindSchema,
  origin: originSchema.describe('Who names this transition.'),
  changes: textSchema.nullable(),
  years: yearRangeSchema.describe(
    'Time that this step takes, from the step before; these ranges hang together and do not add up: show fromToday first.',
  ),
  fromToday: yearRangeSchema.describe(
    'Time from today until this step is done; that of the last is the whole.',
  ),
  setBy: setByEnds,
  figures: z.array(timeFigureSchema).describe('Every figure the years were made from.'),
  ...readinessNumber,
  musts: stateCountsSchema.describe("The musts of the step's role today: the same counts as its gap."),
  shoulds: stateCountsSchema,
  asks: z
    .array(pathExpectationSchema)
    .describe('What this step asks beyond the steps before it and that is not met yet.'),
  usesStrengths: z.array(idSchema).describe("Strengths of the person that the step's bar asks for."),
})

/** In what a way is better than others, by what is shown of it. */
export const criterionSchema = z
  .enum(['time', 'earliest', 'latest', 'gap', 'strengths'])
  .describe(
    'time: neither end of its years is later and one is earlier; earliest, latest: only that end is earlier; gap: fewer levels ' +
      'to climb; strengths: a larger share of its bars asks for one.',
  )

export const pathSchema = z.object({
  id: z.string().describe('The role ids joined by ">": stable and fit for a URL.'),
  roles: z.array(idSchema),
  steps: z.array(pathStepSchema),
  years: yearRangeSchema,
  tooLittleKnown: tooLittleKnownSchema
    .nullable()
    .describe(
      'Set where fewer than half of the musts on the way have an answer that tells of them: say this in place of years and ' +
        'levels, which would be a guess. Null where enough is known.',
    ),
  setBy: setByEnds,
  gap: z.object({
    levels: z
      .number()
      .min(0)
      .describe('Expected proficiency levels still to climb over the whole path, musts only.'),
    open: z.number().int().describe('Musts open: musts.open.'),
    notKnown: z.number().int().describe('Musts not known: musts.notKnown.'),
    musts: stateCountsSchema.describe(
      'Musts of all bars on the way, each competency once, in the least known and least met state of its bars: a longer way ' +
        'never has fewer that are not known.',
    ),
    shoulds: stateCountsSchema.describe('Shoulds of all bars on the way that no must asks for as high.'),
  }),
  strengths: z.object({
    used: z.array(idSchema),
    share: probabilitySchema
      .nullable()
      .describe('Share of the bars on the way that ask for a strength; null without known strengths.'),
  }),
  best: z
    .array(criterionSchema)
    .describe(
      'In what no way shown is better and another good one (of a single good one: an alternative) is worse; may be empty.',
    ),
  better: z
    .array(
      z.object({ than: z.string().describe('The id of another good path.'), in: z.array(criterionSchema) }),
    )
    .describe('Of a good path that is best in nothing: than which other good one it is better, and in what.'),
})

/** A way that is not among the good ones, and why. */
export const alternativePathSchema = z.object({
  path: pathSchema,
  because: z
    .enum(['dominated', 'goes-back', 'passes-target'])
    .describe(
      'dominated: another path is at least as good in time, gap and strengths; goes-back: it takes a return transition; ' +
        'passes-target: it goes over a role that lies beyond the target.',
    ),
  dominatedBy: z
    .string()
    .nullable()
    .describe('The id of the good path that is at least as good in everything.'),
})

/** The answer where the target is today's role: not a way, but what it asks that is not met yet. */
export const ownRoleSchema = barStandingSchema.extend({
  asks: z.array(pathExpectationSchema).describe('What the role asks and that is not met yet.'),
})

export const noPathSchema = z.object({
  code: z.enum([
    'unknown-role',
    'unknown-variant',
    'no-transition-from',
    'no-transition-to',
    'not-connected',
  ]),
  text: textSchema,
  reachable: z.array(idSchema).describe("Roles that can be reached from today's role."),
})

export const pathsSchema = z.object({
  from: roleRefSchema,
  to: roleRefSchema,
  ownYears: z.number().nullable().describe('Years since entry into the profession, as the person gave them.'),
  paths: z
    .array(pathSchema)
    .describe(
      'The good ways, at most four, by time: only those that are better than each other one in something that is shown, and ' +
        'that neither go back nor pass the target (unless every way does).',
    ),
  alternatives: z
    .array(alternativePathSchema)
    .describe('Up to three other ways, each with why it is not among them.'),
  bestInEverything: z
    .string()
    .nullable()
    .describe(
      'The id of the path that is at least as good as every other in everything, where others exist.',
    ),
  ownRole: ownRoleSchema
    .nullable()
    .describe("Set where the target is today's role: then there is no way to show."),
  rule: gapYearsRuleSchema,
  considered: z.number().int().describe('How many ways were looked at.'),
  complete: z.boolean().describe('False where there were more ways than were looked at.'),
  shared: z.array(z.string()).describe('Steps ("from>to") that every path has.'),
  none: noPathSchema.nullable().describe('Why there is no path, where there is none.'),
})

export type Origin = z.output<typeof originSchema>
export type YearRange = z.output<typeof yearRangeSchema>
export type TimeFigure = z.output<typeof timeFigureSchema>
export type Criterion = z.output<typeof criterionSchema>
export type SetBy = z.output<typeof setBySchema>
export type AlternativePath = z.output<typeof alternativePathSchema>
export type PathExpectation = z.output<typeof pathExpectationSchema>
export type PathStep = z.output<typeof pathStepSchema>
export type Path = z.output<typeof pathSchema>
export type NoPath = z.output<typeof noPathSchema>
export type Paths = z.output<typeof pathsSchema>
