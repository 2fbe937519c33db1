// The assessment endpoints. They are blind: no role's bar and no expected level is in any answer of theirs.
import { oc } from '@orpc/contract'
import { z } from 'zod'
import { idSchema, textSchema } from '../../core/framework/model.ts'
import { roleRefSchema } from '../../core/growth/model.ts'
import { wantedVersionSchema } from '../frameworks/contract.ts'

export const assessmentIdSchema = z.uuid().describe('Assessment id.')
export const answerSchema = z
  .enum(['not-yet', 'with-help', 'on-my-own', 'lead-others', 'set-how', 'no-opportunity'])
  .describe('"no-opportunity" is an answer and never counts as a zero.')
export const modeSchema = z
  .enum(['quick', 'adaptive', 'whole-bank', 'target'])
  .describe(
    "quick: about 15 items over the areas; adaptive: until the nearest bars are decided; target: only one role's bar.",
  )
export const stopReasonSchema = z
  .enum(['bars-decided', 'cannot-tell', 'bank-exhausted', 'item-limit', 'no-opportunity', 'person-stopped'])
  .describe(
    'Why the questions ended: every bar is decided; no item left would tell enough; every item was asked; as many were ' +
      'asked as the mode asks; what is left would only be skipped, by the answers so far; the person finished.',
  )

/** A link to real work: http or https only. What is kept is its normal form, percent-encoded. */
export const evidenceSchema = z
  .string()
  .max(2000, 'expected a link of at most 2,000 characters')
  .transform((value, context) => {
    const url = URL.canParse(value) ? new URL(value) : undefined
    const isWeb = url?.protocol === 'https:' || url?.protocol === 'http:'
    if (url && isWeb && url.username === '' && url.password === '' && url.href.length <= 2000) return url.href
    const message =
      'expected a link of at most 2,000 characters that starts with https:// or http:// and holds no password'
    context.addIssue({ code: 'custom', message })
    return z.NEVER
  })

/** What to go on with after the end: one role's bar, one competency, everything, or the nearest bars. */
export const continuationSchema = z
  .union([
    z.strictObject({ role: idSchema, variant: idSchema.optional() }),
    z.strictObject({ competency: idSchema }),
    z.literal('whole-bank'),
    z.literal('adaptive'),
  ])
  .describe('{ role } asks about that bar, { competency } asks every behaviour left of it.')

const keySchema = z
  .uuid()
  .describe(
    'A fresh random id for each intended write: sending it again changes nothing and gives the same result.',
  )

/** What a person says of themselves; nothing of it enters the measure. */
export const selfSchema = z.object({
  role: idSchema.optional().describe("Today's role."),
  variant: idSchema.optional(),
  years: z.number().min(0).max(60).optional().describe('Years since entry into the profession.'),
})

export const assessmentSchema = z.object({
  id: assessmentIdSchema,
  framework: z.object({ id: idSchema, version: z.string(), hash: z.string(), title: textSchema }),
  mode: modeSchema,
  target: roleRefSchema.nullable(),
  asking: z
    .union([z.object({ role: roleRefSchema }), z.object({ competency: idSchema })])
    .nullable()
    .describe('What it was gone on with, beside its mode; null where the mode decides what is asked.'),
  self: z.object({ role: roleRefSchema.nullable(), years: z.number().nullable() }),
  status: z.enum(['running', 'finished']),
  startedAt: z.string().describe('ISO 8601.'),
  lastAnsweredAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
  answered: z.number().int().describe('Scored answers, those carried from earlier ones included.'),
  noOpportunity: z.number().int(),
  carried: z
    .number()
    .int()
    .describe('Scored answers that were given in earlier assessments and count on here.'),
  carriedNoOpportunity: z.number().int().describe('The same of "no opportunity".'),
  stopReason: stopReasonSchema.nullable(),
  place: z
    .enum(['current', 'superseded', 'withdrawn'])
    .describe(
      'superseded: a migration made a copy that stands in its place; withdrawn: a copy whose migration was undone. Both ' +
        'are kept to be read.',
    ),
  supersededBy: assessmentIdSchema.nullable().describe('The copy that stands in its place.'),
  copiedFrom: z
    .object({ assessment: assessmentIdSchema, migration: z.uuid() })
    .nullable()
    .describe('For a copy: what it was made from, and by which migration.'),
  can: z.object({
    answer: z.boolean(),
    undo: z.boolean(),
    finish: z.boolean(),
    reopen: z.boolean(),
    delete: z.boolean(),
  }),
})

/** One question: a behaviour without its level, and a reason that names no level either: it would be the bar's. */
export const questionSchema = z.object({
  item: idSchema.describe('Behaviour id.'),
  competency: idSchema,
  competencyTitle: textSchema,
  area: idSchema,
  areaTitle: textSchema,
  text: textSchema,
  reason: z
    .object({
      aim: z
        .enum(['bar', 'outline'])
        .describe(
          'bar: it would tell most about a bar that is not decided; outline: about where the person is.',
        ),
      answered: z
        .number()
        .int()
        .describe('Answers given so far about the same competency, skips among them.'),
      follows: z.boolean().describe('True where the answer before was about the same competency.'),
    })
    .describe('Why it is asked. The levels that it tells apart are kept back: they would give the bar away.'),
})

export const progressSchema = z.object({
  areas: z.array(
    z.object({
      area: idSchema,
      title: textSchema,
      filled: z
        .number()
        .min(0)
        .max(1)
        .describe(
          'How much of what this mode wants to know of the area is known: decided / bars where it wants bars.',
        ),
      bars: z
        .number()
        .int()
        .nullable()
        .describe('Bars that it wants decided in the area; null for a mode that wants none.'),
      decided: z
        .number()
        .int()
        .nullable()
        .describe('Those of them that own scored answers decide: the same while answering and at the end.'),
      answered: z.number().int().describe('Scored answers.'),
      noOpportunity: z.number().int(),
    }),
  ),
  filled: z.number().min(0).max(1),
  asked: z.number().int().describe('Questions answered so far, "no opportunity" included.'),
  atMost: z.number().int().describe('The most that this mode asks in all, those answered included.'),
  minutesLeft: z
    .object({ min: z.number().int(), max: z.number().int() })
    .nullable()
    .describe(
      'At 20 to 30 seconds a question; min is 0 where the answers decide how many there are, and max is for the most ' +
        'that can come. Null where there is no question left.',
    ),
})

/** Where an assessment is: its next question, or why there is none. */
export const assessmentStateSchema = z.object({
  assessment: assessmentSchema,
  question: questionSchema.nullable(),
  progress: progressSchema,
  step: z
    .number()
    .int()
    .describe('Position of the last write: sent back as "after", it lets no window write over another one.'),
  lastAnswer: z
    .object({ item: idSchema, answer: answerSchema })
    .nullable()
    .describe('What undo would take back.'),
  outcome: z
    .array(
      z.object({
        competency: idSchema,
        area: idSchema,
        level: z.number().int(),
        kind: z.enum(['must', 'should']),
        decision: z.enum(['above', 'below', 'cannot tell']),
        decided: z.boolean().describe('Sure enough, by own scored answers: as counted in the progress.'),
        known: z.boolean().describe('False where the competency has no scored answer.'),
        left: z
          .number()
          .int()
          .describe('Behaviours of the competency, up to the level, that were not asked.'),
      }),
    )
    .nullable()
    .describe(
      'The bars that were asked about, as they stand at the end. Null before it, and where none were.',
    ),
  fullyAsked: z
    .array(idSchema)
    .describe('Competencies whose every behaviour was answered: there is nothing left to ask of them.'),
})

export const givenAnswerSchema = z.object({
  item: idSchema,
  competency: idSchema,
  area: idSchema,
  text: textSchema,
  answer: answerSchema,
  evidence: z.string().nullable(),
  answeredAt: z.string(),
  carriedFrom: assessmentIdSchema
    .nullable()
    .describe('The earlier assessment that it was given in; null where it was given in this one.'),
  position: z.number().int().describe('1 for the first answer.'),
})

export const carryOverSchema = z.object({
  answered: z.number().int().describe('Scored answers.'),
  noOpportunity: z.number().int(),
  oldest: z.string().nullable().describe('When the oldest of them was given, ISO 8601.'),
  newest: z.string().nullable(),
  days: z.number().int().describe('How many days an answer counts on.'),
  asksOn: z.boolean().describe('False where they leave this mode nothing to ask: only afresh it would ask.'),
})

const after = z
  .number()
  .int()
  .min(0)
  .optional()
  .describe('The "step" of the state that the write is meant for; another one since then is a conflict.')

const tags = ['Assessments']
const one = z.object({ id: assessmentIdSchema })

export const assessmentsContract = {
  start: oc
    .route({ method: 'POST', path: '/assessments', tags, summary: 'Start an assessment', successStatus: 201 })
    .input(
      z.object({
        key: keySchema,
        framework: idSchema,
        version: wantedVersionSchema.describe('The newest where absent. The assessment stays pinned to it.'),
        mode: modeSchema,
        target: z
          .object({ role: idSchema, variant: idSchema.optional() })
          .optional()
          .describe('Needed in mode "target".'),
        self: selfSchema.default({}),
        afresh: z
          .boolean()
          .default(false)
          .describe('True to ask everything anew; else answers of earlier ones count on: see carryOver.'),
      }),
    )
    .output(assessmentStateSchema),

  list: oc
    .route({ method: 'GET', path: '/assessments', tags, summary: 'List my assessments, newest first' })
    .output(z.object({ assessments: z.array(assessmentSchema) })),

  current: oc
    .route({
      method: 'GET',
      path: '/assessments/current',
      tags,
      summary: 'Get my unfinished assessment, if there is one',
    })
    .output(z.object({ current: assessmentStateSchema.nullable() })),

  carryOver: oc
    .route({
      method: 'GET',
      path: '/assessments/carry-over',
      tags,
      summary: 'Count the answers that would count on in an assessment started now',
      description:
        'The latest answer to each behaviour from my finished assessments of the same framework version, where it is no ' +
        'older than the days given. Assessments whose answers do not fit together hand none on.',
    })
    .input(
      z.object({
        framework: idSchema,
        version: wantedVersionSchema,
        mode: modeSchema,
        target: idSchema.optional(),
        targetVariant: idSchema.optional(),
      }),
    )
    .output(carryOverSchema),

  get: oc
    .route({
      method: 'GET',
      path: '/assessments/{id}',
      tags,
      summary: 'Get an assessment with its next question',
    })
    .input(one)
    .output(assessmentStateSchema),

  answer: oc
    .route({
      method: 'POST',
      path: '/assessments/{id}/answers',
      tags,
      summary: 'Answer a behaviour; saved before it is acknowledged',
    })
    .input(
      z.object({
        id: assessmentIdSchema,
        key: keySchema,
        item: idSchema,
        answer: answerSchema,
        evidence: evidenceSchema.optional(),
        after,
      }),
    )
    .output(assessmentStateSchema),

  undo: oc
    .route({
      method: 'POST',
      path: '/assessments/{id}/undo',
      tags,
      summary: 'Take back the last answer and ask it again',
    })
    .input(z.object({ id: assessmentIdSchema, key: keySchema, after }))
    .output(assessmentStateSchema),

  setEvidence: oc
    .route({
      method: 'PUT',
      path: '/assessments/{id}/answers/{item}/evidence',
      tags,
      summary: 'Set or remove the link of an answer',
    })
    .input(z.object({ id: assessmentIdSchema, item: idSchema, evidence: evidenceSchema.nullable() }))
    .output(z.object({ answer: givenAnswerSchema })),

  answers: oc
    .route({ method: 'GET', path: '/assessments/{id}/answers', tags, summary: 'List the answers given' })
    .input(one)
    .output(z.object({ answers: z.array(givenAnswerSchema) })),

  finish: oc
    .route({ method: 'POST', path: '/assessments/{id}/finish', tags, summary: 'Finish now' })
    .input(one)
    .output(assessmentStateSchema),

  reopen: oc
    .route({
      method: 'POST',
      path: '/assessments/{id}/reopen',
      tags,
      summary: 'Go on with a finished assessment: change answers, or ask on in another mode',
    })
    .input(
      z.object({ id: assessmentIdSchema, mode: modeSchema.optional().describe('Go on in another mode.') }),
    )
    .output(assessmentStateSchema),

  continue: oc
    .route({
      method: 'POST',
      path: '/assessments/{id}/continue',
      tags,
      summary: 'Go on after the end with a goal: a role, a competency, the whole bank or the nearest bars',
      description:
        'A running one goes on itself. A finished one stays finished and current: a new one is started that counts on its ' +
        'answers, and its state is given; where nothing is left to ask, the state of the finished one: see fullyAsked.',
    })
    .input(z.object({ id: assessmentIdSchema, goal: continuationSchema }))
    .output(assessmentStateSchema),

  delete: oc
    .route({
      method: 'DELETE',
      path: '/assessments/{id}',
      tags,
      summary: 'Delete an assessment with all its answers; those that later ones count on stay in them',
    })
    .input(one)
    .output(z.object({ deleted: z.literal(true) })),
}
