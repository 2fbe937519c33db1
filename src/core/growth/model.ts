// The result model: what a person's answers say, as one set of schemas that web, terminal, exports and API share.
import { z } from 'zod'
import { expectationKindSchema, idSchema, textSchema, transitionKindSchema } from '../framework/model.ts'
import { ladderStandingSchema } from './ladder-model.ts'

/** A probability, 0-1. */
export const probabilitySchema = z.number().min(0).max(1)
export const intervalSchema = z.tuple([z.number(), z.number()])

/** The answers to a behaviour that a result may quote; `null` where the behaviour was not asked. */
export const answerSchema = z.enum([
  'not-yet',
  'with-help',
  'on-my-own',
  'lead-others',
  'set-how',
  'no-opportunity',
])

/** A role, or one variant of it. */
export const roleRefSchema = z.object({
  role: idSchema.describe('Role id.'),
  variant: idSchema.nullable().describe('Variant id, or null for the role itself.'),
})

/** Where a person is on one competency, always with its uncertainty. */
export const locationSchema = z.object({
  level: z
    .number()
    .describe('Position on the proficiency scale; 0 = nothing shown yet, 3.4 = past level 3. Continuous.'),
  interval50: intervalSchema.describe('50 % interval of the position, on the proficiency scale.'),
  interval90: intervalSchema.describe('90 % interval of the position, on the proficiency scale.'),
  mean: z.number().describe('The same location in logits.'),
  sd: z.number().min(0).describe('Its standard error in logits.'),
})

/** A competency relative to the person's own mean over all competencies. */
export const relativeSchema = z.enum(['above', 'around', 'below', 'not-known'])

export const competencyStandingSchema = z.object({
  competency: idSchema,
  area: idSchema,
  known: z.boolean().describe('False where no scored answer was given: draw an open ring, never a zero.'),
  basis: z.enum(['answers', 'general level']).describe('What the location rests on.'),
  ownShare: probabilitySchema.describe(
    'Share of the uncertainty (variance) that its own answers removed, beyond what all other answers say of it.',
  ),
  restsOn: z
    .enum(['own-answers', 'general-level'])
    .describe("general-level where ownShare is under a half: it rests mostly on the person's general level."),
  location: locationSchema,
  answered: z.number().int().describe('Scored answers given.'),
  noOpportunity: z.number().int().describe('Answers "no opportunity to show it".'),
  shown: z.number().int().describe('Behaviours answered "on my own" or more.'),
  behaviours: z.number().int().describe('Behaviours that the framework has for this competency.'),
  aboveOwnMean: probabilitySchema.describe(
    "Probability that this competency is above the person's own mean.",
  ),
  relative: relativeSchema,
  levels: z
    .array(z.object({ level: z.number().int(), probability: probabilitySchema }))
    .describe('For each proficiency level, the probability of being at it or above.'),
})

export const areaStandingSchema = z.object({
  area: idSchema,
  competencies: z.number().int(),
  known: z.number().int().describe('Competencies with at least one scored answer.'),
  answered: z.number().int(),
  noOpportunity: z.number().int(),
})

/** Expectations counted by state. The same counts stand on standing, gap, paths and exports. */
export const stateCountsSchema = z.object({
  met: z.number().int(),
  likely: z.number().int(),
  open: z.number().int(),
  notKnown: z.number().int(),
})

/** Why there is no readiness: fewer than half of the role's musts have an answer of their own. */
export const tooLittleKnownSchema = z.object({
  answered: z.number().int().describe('Musts whose competency has a scored answer of its own.'),
  musts: z.number().int().describe("All of the role's musts."),
})

const readinessNumber = {
  readiness: probabilitySchema
    .nullable()
    .describe(
      'Joint probability that every must is met; null where too little is known (see tooLittleKnown).',
    ),
  tooLittleKnown: tooLittleKnownSchema
    .nullable()
    .describe('Set where fewer than half of the musts have an answer of their own: say so, show no number.'),
}

/** Where a person stands to one bar: the counts first, then readiness where enough is known. */
export const barStandingSchema = z.object({
  role: roleRefSchema,
  musts: stateCountsSchema,
  shoulds: stateCountsSchema,
  ...readinessNumber,
})

export const nextBarSchema = barStandingSchema.extend({
  own: z.boolean().describe('True where it is the role that the person said they are in.'),
  tracks: z.array(idSchema),
  heldBackBy: z
    .array(idSchema)
    .describe('Up to three musts that are open, then not known; never likely ones.'),
  notKnown: z.number().int().describe('Musts of its bar that are not known yet.'),
  meets: z
    .array(z.object({ competency: idSchema, level: z.number().int(), probability: probabilitySchema }))
    .describe('Strengths against this next bar: its expectations that are met already, surest first.'),
})

const relativeSpot = z.object({ competency: idSchema, probability: probabilitySchema })

/** The data of the opening sentences: where you stand, what carries you, what is weak, what is nearest. */
export const openingSchema = z.object({
  own: barStandingSchema
    .nullable()
    .describe('The role that the person said they are in, to be said first; null where none was said.'),
  stands: z
    .object({
      role: roleRefSchema,
      readiness: probabilitySchema,
      musts: stateCountsSchema,
      certain: z.boolean().describe('True from 90 % on, false from 50 % on.'),
    })
    .nullable()
    .describe('The highest bar that is probably met and of which enough is known, or null where none is.'),
  carries: z.array(relativeSpot).describe('Up to three strengths, surest first.'),
  weak: z
    .array(relativeSpot)
    .describe("Up to three competencies below the person's own mean with 80 % or more, surest first."),
  nearest: nextBarSchema
    .nullable()
    .describe(
      "The nearest bar that is not probably met: the own role's and those one promotion or lateral step on, by the share " +
        'of musts met or likely, then by readiness. Null where every bar is met.',
    ),
  next: z
    .array(z.object({ track: idSchema, bar: nextBarSchema }))
    .describe(
      "The nearest of each track among those steps, the own role left out, in the framework's order.",
    ),
})

export const standingSchema = z.object({
  general: z.object({ mean: z.number(), sd: z.number() }).describe('The general level, in logits.'),
  competencies: z.array(competencyStandingSchema),
  areas: z.array(areaStandingSchema),
  opening: openingSchema,
  notKnown: z.array(idSchema).describe('Competencies of which nothing is known yet.'),
})

/** `met` and `likely` are at or above; `open` is below; `not-known` says that too little was answered to tell. */
export const expectationStateSchema = z.enum(['met', 'likely', 'open', 'not-known'])

/** What to do about one behaviour that would show an expectation. */
export const actionSchema = z.enum([
  'answer-first',
  'find-opportunity',
  'try-with-support',
  'do-on-your-own',
  'lead-others',
  'record-evidence',
])

export const toShowSchema = z.object({
  behaviour: idSchema,
  level: z.number().int(),
  text: textSchema,
  answer: answerSchema.nullable(),
  evidence: z.string().nullable(),
  action: actionSchema,
})

export const expectationGapSchema = z.object({
  competency: idSchema,
  area: idSchema,
  level: z.number().int().describe('The expected proficiency level.'),
  kind: expectationKindSchema,
  probability: probabilitySchema.describe('Probability of being at the expected level or above.'),
  state: expectationStateSchema,
  known: z.boolean(),
  location: locationSchema,
  missing: z
    .number()
    .min(0)
    .describe('Proficiency levels between the location and the expected level; 0 where at or above.'),
  readinessWithout: probabilitySchema
    .nullable()
    .describe('Readiness if this must were not in the bar; null for a should and where too little is known.'),
  gain: z
    .number()
    .min(0)
    .nullable()
    .describe(
      'How much readiness would rise if this must were not in the bar; null where readinessWithout is.',
    ),
  wereItCertain: probabilitySchema
    .nullable()
    .describe('The same readiness, only where it changes the shown number (whole percent); else null.'),
  duties: z.array(idSchema).describe('Duties of the role that exercise this competency.'),
  shown: z
    .array(toShowSchema)
    .describe('Behaviours of the levels up to the expected one that were answered "on my own" or more.'),
  toShow: z
    .array(toShowSchema)
    .describe('Behaviours that would show the expected level, nearest first, each with an action.'),
})

/** A role's readiness without its details. */
export const roleReadinessSchema = z.object({
  role: roleRefSchema,
  title: textSchema,
  tracks: z.array(idSchema),
  ...readinessNumber,
  shoulds: probabilitySchema
    .nullable()
    .describe('Joint probability that every should is met; null where there is none.'),
  certainty: z
    .enum(['answered', 'partly', 'not-known'])
    .describe('Whether all, some or none of the musts rest on answers.'),
  musts: stateCountsSchema,
  shouldStates: stateCountsSchema,
  heldBackBy: z
    .array(idSchema)
    .describe(
      'Musts that hold it back, at most three: the open ones, the least probable given the rest first, then those ' +
        'not known. Likely and met ones never do.',
    ),
  bar: z
    .number()
    .describe(
      'Expected levels of the musts, summed over the competencies and divided by their number: orders roles along a track.',
    ),
})

export const gapSchema = roleReadinessSchema.extend({
  expectations: z
    .array(expectationGapSchema)
    .describe("Every expectation of the role, in the framework's order."),
})

/** A figure's origin: a source of the framework, the framework author's own estimate, ours, or what the person said. */
export const originSchema = z.object({
  label: z.enum(['source', 'framework', 'ours', 'yours']),
  source: idSchema.nullable().describe('The source id where the label is "source".'),
})

/** Years as a range; `max` null is open-ended. */
export const yearRangeSchema = z.object({ min: z.number().min(0), max: z.number().min(0).nullable() })

const climbRangeSchema = z.object({
  least: z.number().min(0).describe('By the optimistic end of each 50 % interval.'),
  most: z.number().min(0).describe('By the cautious end.'),
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
    .object({ longest: climbRangeSchema, together: climbRangeSchema })
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
  years: yearRangeSchema.describe('Time that this step takes, from the step before.'),
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

export const pathSchema = z.object({
  id: z.string().describe('The role ids joined by ">": stable and fit for a URL.'),
  roles: z.array(idSchema),
  steps: z.array(pathStepSchema),
  years: yearRangeSchema,
  setBy: setByEnds,
  gap: z.object({
    levels: z
      .number()
      .min(0)
      .describe('Expected proficiency levels still to climb over the whole path, musts only.'),
    open: z.number().int().describe('Musts open: musts.open.'),
    notKnown: z.number().int().describe('Musts not known: musts.notKnown.'),
    musts: stateCountsSchema.describe(
      'Musts of all bars on the way, each competency once with the highest level asked of it.',
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
    .array(z.enum(['time', 'gap', 'strengths']))
    .describe('In what this path is the best of the good ones and the alternatives; may be empty.'),
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
      'The good ways, at most four, by time: only those that no other one beats in every respect, that neither go ' +
        'back nor pass the target (unless every way does).',
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

/** What a result is about: framework version, date and what the person said of themselves. */
export const aboutSchema = z.object({
  framework: z.object({ id: idSchema, version: z.string(), hash: z.string().nullable(), title: textSchema }),
  assessedAt: z
    .string()
    .describe('ISO 8601: when the assessment was finished, or its last answer where it is not.'),
  finished: z.boolean(),
  mode: z.enum(['quick', 'adaptive', 'whole-bank', 'target']),
  target: roleRefSchema.nullable(),
  self: z.object({
    name: z.string().nullable(),
    role: roleRefSchema.nullable().describe("Today's role, as the person said."),
    years: z.number().nullable().describe('Years since entry into the profession, as the person said.'),
  }),
  answered: z.number().int(),
  noOpportunity: z.number().int(),
  selfAssessed: z.literal(true).describe("Every figure rests on the person's own answers."),
  calibrated: z.boolean().describe("False while the levels' locations are expert-set."),
})

/** The whole result that web, terminal and exports render. */
export const standingReportSchema = z.object({
  about: aboutSchema,
  standing: standingSchema,
  readiness: z.array(roleReadinessSchema).describe("Every role and variant, in the framework's order."),
  focus: gapSchema
    .nullable()
    .describe('The gap to the target role, or to the nearest one where no target was chosen.'),
  paths: pathsSchema.nullable().describe("From today's role to the focus, where today's role is known."),
  ladder: ladderStandingSchema
    .nullable()
    .describe("The ladder's own answer beside the measured one; null where the framework names no rule."),
})

export type RoleRef = z.output<typeof roleRefSchema>
export type Location = z.output<typeof locationSchema>
export type CompetencyStanding = z.output<typeof competencyStandingSchema>
export type AreaStanding = z.output<typeof areaStandingSchema>
export type Opening = z.output<typeof openingSchema>
export type Standing = z.output<typeof standingSchema>
export type ExpectationState = z.output<typeof expectationStateSchema>
export type Action = z.output<typeof actionSchema>
export type ToShow = z.output<typeof toShowSchema>
export type ExpectationGap = z.output<typeof expectationGapSchema>
export type StateCounts = z.output<typeof stateCountsSchema>
export type TooLittleKnown = z.output<typeof tooLittleKnownSchema>
export type BarStanding = z.output<typeof barStandingSchema>
export type NextBar = z.output<typeof nextBarSchema>
export type RoleReadiness = z.output<typeof roleReadinessSchema>
export type Gap = z.output<typeof gapSchema>
export type Origin = z.output<typeof originSchema>
export type YearRange = z.output<typeof yearRangeSchema>
export type TimeFigure = z.output<typeof timeFigureSchema>
export type SetBy = z.output<typeof setBySchema>
export type AlternativePath = z.output<typeof alternativePathSchema>
export type OwnRole = z.output<typeof ownRoleSchema>
export type PathExpectation = z.output<typeof pathExpectationSchema>
export type PathStep = z.output<typeof pathStepSchema>
export type Path = z.output<typeof pathSchema>
export type NoPath = z.output<typeof noPathSchema>
export type Paths = z.output<typeof pathsSchema>
export type About = z.output<typeof aboutSchema>
export type StandingReport = z.output<typeof standingReportSchema>
