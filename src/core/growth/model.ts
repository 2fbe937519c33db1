// The standing model: where answers put a person, and how far the bars are; schemas that web, terminal and API share.
import { z } from 'zod'
import { expectationKindSchema, idSchema, textSchema } from '../framework/model.ts'

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

/** Past which end of the proficiency scale something lies: there the figure beside it is the scale's end. */
export const beyondSchema = z.enum(['below', 'above']).nullable()
export const beyondIntervalSchema = z.tuple([beyondSchema, beyondSchema])

/** Where a person is on one competency, always with its uncertainty. */
export const locationSchema = z.object({
  level: z
    .number()
    .describe('Position on the proficiency scale; 0 = nothing shown yet, 3.4 = past level 3. Continuous.'),
  interval50: intervalSchema.describe('50 % interval of the position, on the proficiency scale.'),
  interval90: intervalSchema.describe('90 % interval of the position, on the proficiency scale.'),
  beyond: z
    .object({ level: beyondSchema, interval50: beyondIntervalSchema, interval90: beyondIntervalSchema })
    .describe(
      'Which of these lie past an end of the scale ("5 or above", "0 or below"): how far past cannot be said in levels.',
    ),
  mean: z.number().describe('The same location in logits.'),
  sd: z.number().min(0).describe('Its standard error in logits.'),
})

/** A competency relative to the person's own mean over all competencies. */
export const relativeSchema = z.enum(['above', 'around', 'below', 'not-known'])

/** How much a place rests on answers of its own: one that mostly does not is drawn as inferred. */
const ownAnswers = {
  ownShare: probabilitySchema.describe(
    'Share of the uncertainty (variance) that its own answers removed, beyond what all other answers say of it.',
  ),
  restsOn: z
    .enum(['own-answers', 'general-level'])
    .describe("general-level where ownShare is under a half: it rests mostly on the person's general level."),
}

export const competencyStandingSchema = z.object({
  competency: idSchema,
  area: idSchema,
  known: z.boolean().describe('False where no scored answer was given: draw an open ring, never a zero.'),
  basis: z.enum(['answers', 'general level']).describe('What the location rests on.'),
  ...ownAnswers,
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

/** Why there is no readiness: of fewer than half of the role's musts an answer near the bar speaks. */
export const tooLittleKnownSchema = z.object({
  answered: z
    .number()
    .int()
    .describe('Musts that own answers near their bar speak of: those met, likely or open.'),
  musts: z.number().int().describe("All of the role's musts."),
})

/** What can be said where some musts are not known: never a percentage without how many it leaves out. */
export const ofKnownSchema = z.object({
  probability: probabilitySchema.describe('Joint probability that the musts that are known are all met.'),
  musts: z.number().int().describe('How many musts are known: met, likely or open.'),
  notKnown: z.number().int().describe('How many are not, of which this says nothing.'),
})

export const readinessNumber = {
  readiness: probabilitySchema
    .nullable()
    .describe(
      'Joint probability that every must is met; null where a must is not known (see ofKnown, tooLittleKnown).',
    ),
  ofKnown: ofKnownSchema
    .nullable()
    .describe('Set in place of readiness where at least half of the musts, but not all, are known.'),
  tooLittleKnown: tooLittleKnownSchema
    .nullable()
    .describe('Set where fewer than half of the musts are known: say so, show no number.'),
}

/** Where a person stands to one bar: the counts first, then readiness where enough is known. */
export const barStandingSchema = z.object({
  role: roleRefSchema,
  musts: stateCountsSchema,
  shoulds: stateCountsSchema,
  ...readinessNumber,
})

const holding = {
  heldBackBy: z
    .array(idSchema)
    .describe(
      'Musts that hold it back, at most three: only open ones, the least probable given the other known musts first.',
    ),
  answerFirst: z
    .array(idSchema)
    .describe(
      'Up to three musts that are not known and can be answered: they hold nothing back, nothing can be said of them yet.',
    ),
  withoutOpportunity: z
    .array(idSchema)
    .describe(
      'Musts that are not known because every answer to them was "no opportunity": asking again helps nothing yet.',
    ),
}

export const nextBarSchema = barStandingSchema.extend({
  own: z.boolean().describe('True where it is the role that the person said they are in.'),
  tracks: z.array(idSchema),
  ...holding,
  notKnown: z.number().int().describe('Musts of its bar that are not known yet.'),
  meets: z
    .array(z.object({ competency: idSchema, level: z.number().int(), probability: probabilitySchema }))
    .describe('Strengths against this next bar: its expectations that are met already, surest first.'),
})

const relativeSpot = z.object({ competency: idSchema, probability: probabilitySchema })

/** What keeps a list of up to three from being read as a ranking. */
const tieSchema = z.object({
  tied: z
    .boolean()
    .describe(
      'True where not each can be told from the next, with 80 % or more: then the order says nothing.',
    ),
  more: z.number().int().describe('How many more there are that are not listed.'),
})

/** The data of the opening sentences: where you stand, what carries you, what is weak, what is nearest. */
export const openingSchema = z.object({
  own: barStandingSchema
    .nullable()
    .describe('The role that the person said they are in, to be said first; null where none was said.'),
  verdict: z
    .enum(['very-probably', 'probably', 'partly', 'none', 'unknown'])
    .describe(
      'What may be said of `stands`: met with 90 % or more, with 50 % or more; of a bar that could be met not every must ' +
        'is known (partly); no bar is probably met; or of no role is enough known to say. Every surface says the same ' +
        'word for it.',
    ),
  stands: z
    .object({
      role: roleRefSchema,
      readiness: probabilitySchema,
      musts: stateCountsSchema,
      certain: z.boolean().describe('True from 90 % on, false from 50 % on.'),
    })
    .nullable()
    .describe('The highest bar that is probably met and whose musts are all known, or null where none is.'),
  carries: z
    .array(
      relativeSpot.extend({
        stillBelow: z
          .object({ role: roleRefSchema, level: z.number().int() })
          .nullable()
          .describe(
            'The bar named in this opening that it holds back all the same, being open, and the level asked.',
          ),
      }),
    )
    .describe("Up to three strengths, surest first; in the framework's order where they are tied."),
  carriesTie: tieSchema,
  weak: z
    .array(relativeSpot)
    .describe("Up to three competencies below the person's own mean with 80 % or more, ordered alike."),
  weakTie: tieSchema,
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
  'record-evidence',
  'nothing-more',
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
  inferred: z
    .boolean()
    .describe(
      'True where it is met or likely by the measure although no behaviour of its level or above was shown: say "inferred".',
    ),
  ...ownAnswers,
  location: locationSchema,
  missing: z
    .number()
    .min(0)
    .describe('Proficiency levels between the location and the expected level; 0 where at or above.'),
  readinessWithout: probabilitySchema
    .nullable()
    .describe(
      'The joint probability of the other known musts; null for a should, for what is not known itself and where too ' +
        'little is known.',
    ),
  gain: z
    .number()
    .min(0)
    .nullable()
    .describe(
      'How much the joint probability of the known musts would rise without it; null where readinessWithout is.',
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
    .describe('Joint probability that every should is met; null where there is none, or one is not known.'),
  certainty: z
    .enum(['answered', 'partly', 'not-known'])
    .describe('Whether all, some or none of the musts rest on answers.'),
  musts: stateCountsSchema,
  shouldStates: stateCountsSchema,
  ...holding,
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

/** What a result is about: framework version, date and what the person said of themselves. */
/** Where an answer counts on from an earlier assessment: which one, and when it was given there. */
export const carriedSchema = z
  .object({ from: z.string().describe('The earlier assessment.'), givenAt: z.string().describe('ISO 8601.') })
  .nullable()
  .describe('Null for an answer that was given in this assessment.')

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
  carried: z
    .number()
    .int()
    .describe('How many of the scored answers were given in earlier assessments and count on here.'),
  carriedNoOpportunity: z.number().int().describe('The same of "no opportunity".'),
  answering: z
    .object({
      from: z.string().describe('When the first answer was given here, ISO 8601.'),
      to: z.string().describe('When the last one was.'),
      minutes: z
        .number()
        .int()
        .describe('Between the answers, pauses of over ten minutes left out; at least 1.'),
    })
    .nullable()
    .describe('When the answers that are not carried were given; null where no time of theirs is known.'),
  selfAssessed: z.literal(true).describe("Every figure rests on the person's own answers."),
  calibrated: z.boolean().describe("False while the levels' locations are expert-set."),
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
export type About = z.output<typeof aboutSchema>
