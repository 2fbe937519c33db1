// The round endpoints: keeping a round, rating on a sheet, and reading results. Sheets are blind: no level, no role, no bar.
import { eventIterator, oc } from '@orpc/contract'
import { z } from 'zod'
import { idSchema, textSchema } from '../../core/framework/model.ts'
import { DECLINE_REASONS } from '../../core/rounds/round-state.ts'
import { answerSchema } from '../assessments/contract.ts'
import { daySchema, personRefSchema, unitRefSchema } from '../people/contract.ts'

const tags = ['Rounds']
/** 90 % intervals of three quarters of a level to each side, on scales of up to five levels. */
export const SE_LIMIT = 1.03
const roundId = z.uuid().describe('Round id.')
const sheetId = z.uuid().describe('Sheet id.')
const personId = z.uuid().describe('Person id.')
export const roundStateSchema = z.enum(['preparing', 'running', 'closing', 'closed', 'cancelled'])
export const sheetKindSchema = z.enum(['self', 'manager', 'peer', 'report'])
export const sheetStateSchema = z.enum(['proposed', 'open', 'submitted', 'declined', 'removed', 'lapsed'])

/** Published with the round and never changed. */
export const ruleSchema = z.object({
  minimumGroup: z.number().int().min(5).max(100).describe('Fewest raters who are ever shown together.'),
  managerNamed: z.boolean().describe("True: the line manager's ratings are shown as theirs."),
  opensToManager: z.boolean().describe('Whether the line manager of the day reads the result.'),
  opensToPartner: z.boolean().describe('Whether people partners of the unit read the result.'),
  seLimit: z
    .number()
    .min(0.1)
    .max(5)
    .default(SE_LIMIT)
    .describe('The largest standard error in logits with which others than the person are shown a measure.'),
})

export const roundHeadSchema = z.object({
  id: roundId,
  name: z.string(),
  unit: unitRefSchema.nullable().describe('Null where the unit is no more.'),
  framework: z.object({ id: idSchema, title: textSchema, version: z.string() }),
  rule: ruleSchema,
  state: roundStateSchema,
  closesOn: daySchema.describe('The first day on which nothing can be given any more.'),
  closedAt: z.date().nullable(),
})

const progressSchema = z.object({
  subjects: z.number().int(),
  asked: z
    .number()
    .int()
    .describe('Sheets that raters have or had: declined ones too, not those taken back.'),
  submitted: z.number().int(),
  declined: z.number().int(),
})

const boardSheetSchema = z.object({
  id: sheetId,
  rater: personRefSchema.omit({ title: true }),
  kind: sheetKindSchema,
  state: sheetStateSchema,
  reason: z.enum(DECLINE_REASONS).nullable(),
  employed: z.boolean().describe('False where the rater works here no more.'),
})

export const boardSchema = z.object({
  round: roundHeadSchema,
  progress: progressSchema,
  subjects: z.array(
    z.object({
      person: personRefSchema.omit({ title: true }),
      role: z.string().nullable().describe('The role whose bar the form was made around.'),
      state: z.enum(['rated', 'withdrawn', 'left']),
      manager: personRefSchema
        .omit({ title: true })
        .nullable()
        .describe('The line manager of today, who reads the result if the rule opens it.'),
      behaviours: z.number().int().describe('How many behaviours are asked about.'),
      sheets: z.array(boardSheetSchema),
      enough: z.boolean().describe('Whether as many others are asked as an anonymous group needs.'),
      groupSubmitted: z
        .number()
        .int()
        .describe('Others who have submitted and are shown in groups: fewer than the minimum are not shown.'),
      connected: z
        .boolean()
        .describe(
          'Whether shared raters link this person with most of the round; else others are shown nothing.',
        ),
    }),
  ),
  can: z.object({
    changeRaters: z.boolean(),
    start: z.boolean(),
    extend: z.boolean(),
    remind: z.boolean(),
    close: z.boolean(),
    cancel: z.boolean(),
  }),
})

const sheetRowSchema = z.object({
  id: sheetId,
  round: roundHeadSchema.pick({ id: true, name: true, closesOn: true }),
  subject: personRefSchema.omit({ title: true }),
  kind: sheetKindSchema,
  state: sheetStateSchema,
  behaviours: z.number().int(),
  answered: z.number().int(),
})

export const sheetSchema = sheetRowSchema.extend({
  round: roundHeadSchema.pick({ id: true, name: true, closesOn: true, closedAt: true }),
  rule: ruleSchema,
  items: z.array(
    z.object({
      id: z.string().describe('Its place on the form: a behaviour’s own id often says its level.'),
      text: textSchema,
      competency: z.object({ id: idSchema, title: textSchema }),
      answer: answerSchema.nullable(),
      evidence: z.string().nullable().describe('Your own note; nobody else reads it.'),
    }),
  ),
  can: z.object({ rate: z.boolean(), submit: z.boolean(), decline: z.boolean() }),
})

const ONLY_SUBJECT = ['self-assessed', 'too-few-raters', 'too-uncertain', 'not-connected'] as const

const figureSchema = z.object({
  measure: z.number().describe('Logits, on the scale on which the levels lie.'),
  se: z.number(),
  level: z.number().describe('The same in levels: 2.5 lies half-way between the bars of levels 2 and 3.'),
  low: z.number().describe('Lower end of the 90 % interval, in levels.'),
  high: z.number(),
  leans: z.boolean().describe('True where the other competencies say at least half of it.'),
  disagree: z.boolean().describe('True where these raters differ more than chance lets expect.'),
  misplaced: z
    .boolean()
    .describe("True where the round's answers do not fit the expert-set places of these behaviours."),
  answers: z.number().int().nullable().describe('Answers that it rests on; null in rounds of before.'),
  leansShare: z
    .number()
    .nullable()
    .describe('The share of it, 0 to 1, that the other competencies say; null in rounds of before.'),
  answered: z
    .array(z.number().int())
    .nullable()
    .describe(
      'How often the person said of themselves: not yet, with help, on their own or more. Null for everybody else.',
    ),
  onlySubject: z
    .enum(ONLY_SUBJECT)
    .nullable()
    .describe('Why nobody but the person is shown it; null where the rule decides.'),
})

export const resultSchema = z.object({
  round: roundHeadSchema,
  subject: personRefSchema.omit({ title: true }),
  competencies: z.array(
    z.object({
      id: idSchema,
      title: textSchema,
      levels: z.number().int(),
      self: figureSchema.nullable(),
      others: z.array(
        figureSchema.extend({
          kinds: z.array(sheetKindSchema),
          raters: z.number().int(),
          raw: z
            .object({
              level: z.number().describe('Where these raters put the person before severity was taken out.'),
              severity: z.number().describe('Their mean severity in logits; positive is harsh.'),
              se: z.number(),
            })
            .nullable()
            .describe('Null where it could give a rater away, or the reader is not the person.'),
        }),
      ),
      refusal: z.string().nullable().describe('Why (more) is not shown, as a code; null where all is.'),
    }),
  ),
  rawHidden: z
    .boolean()
    .describe(
      'True where the person reads results of others in this round too: the two could be put together.',
    ),
  left: z.boolean().describe('True where the person left before the close: nothing was measured.'),
})

export const noteSchema = z.object({
  round: roundHeadSchema.pick({ id: true, name: true, closedAt: true }),
  subjects: z.number().int().describe('People whom you rated and whose ratings were measured.'),
  severity: z
    .object({ measure: z.number().describe('Logits; positive is harsher than the others.'), se: z.number() })
    .nullable(),
  refusal: z.string().nullable(),
})

const sampleEventSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('progress'),
    step: z.enum(['assessments', 'first-round', 'second-round']),
    share: z.number().min(0).max(1).describe('How much of this step is done.'),
    done: z.number().int(),
    total: z.number().int(),
  }),
  z.object({
    kind: z.literal('loaded'),
    assessments: z.number().int(),
    rounds: z.number().int(),
    ratings: z.number().int(),
  }),
])

const board = { output: boardSchema }
const act = (path: `/${string}`, summary: string) =>
  oc.route({ method: 'POST', path: `/rounds/{id}/${path.slice(1)}`, tags, summary })

export const roundsContract = {
  list: oc
    .route({
      method: 'GET',
      path: '/rounds',
      tags,
      summary: 'Rounds that you keep, your ratings to give, your results and notes',
    })
    .output(
      z.object({
        keep: z.array(roundHeadSchema.extend({ progress: progressSchema })),
        sheets: z.array(sheetRowSchema),
        results: z.array(roundHeadSchema),
        notes: z.array(noteSchema),
        me: personId,
        can: z.object({ open: z.boolean() }),
        opensFor: z
          .union([z.literal('all'), z.array(z.uuid())])
          .describe('Units that you may open a round for.'),
      }),
    ),
  get: oc
    .route({ method: 'GET', path: '/rounds/{id}', tags, summary: 'A round that you keep, with its raters' })
    .input(z.object({ id: roundId }))
    .output(board.output),
  open: oc
    .route({
      method: 'POST',
      path: '/rounds',
      tags,
      summary: 'Open a round for a unit: its people become subjects, raters are proposed from the org chart',
    })
    .input(
      z.object({
        key: z.uuid().describe('Random: the same wish sent twice opens one round.'),
        unit: z.uuid(),
        name: z.string().trim().min(1).max(120),
        framework: idSchema,
        version: z.string().optional(),
        rule: ruleSchema,
        closesOn: daySchema,
        askManager: z.boolean().default(true),
        mostPeers: z.number().int().min(0).max(20).default(6),
        mostReports: z.number().int().min(0).max(20).default(8),
      }),
    )
    .output(board.output),
  addRater: act('/raters', 'Ask somebody more to rate a subject')
    .input(
      z.object({
        id: roundId,
        subject: personId,
        rater: personId,
        kind: z.enum(['manager', 'peer', 'report']),
      }),
    )
    .output(board.output),
  removeRater: act('/raters/remove', 'Take back a sheet that was not submitted')
    .input(z.object({ id: roundId, sheet: sheetId }))
    .output(board.output),
  withdrawSubject: act('/subjects/withdraw', 'Take a subject out: nothing about them is measured')
    .input(z.object({ id: roundId, subject: personId }))
    .output(board.output),
  start: act('/start', 'Start: raters are agreed and invited')
    .input(z.object({ id: roundId }))
    .output(board.output),
  extend: act('/extend', 'Move the day of the close')
    .input(z.object({ id: roundId, closesOn: daySchema }))
    .output(board.output),
  remind: act('/remind', 'Mail those who have not submitted, at most once a day')
    .input(z.object({ id: roundId }))
    .output(z.object({ mails: z.number().int() })),
  close: act('/close', 'Close now: measure and publish')
    .input(z.object({ id: roundId }))
    .output(board.output),
  cancel: act('/cancel', 'Cancel: nothing is measured')
    .input(z.object({ id: roundId }))
    .output(board.output),
  sheet: oc
    .route({ method: 'GET', path: '/rounds/sheets/{sheet}', tags, summary: 'One of your own sheets' })
    .input(z.object({ sheet: sheetId }))
    .output(sheetSchema),
  rate: oc
    .route({
      method: 'POST',
      path: '/rounds/sheets/{sheet}/ratings',
      tags,
      summary: 'Save what you say of one behaviour; the last one holds',
    })
    .input(
      z.object({
        sheet: sheetId,
        key: z.uuid().describe('Random: the same write sent twice is stored once.'),
        item: z.string().min(1).max(200).describe('A behaviour of the sheet, as the sheet calls it.'),
        answer: answerSchema,
        evidence: z.string().trim().min(1).max(2000).nullable().default(null),
      }),
    )
    .output(
      z.object({
        item: z.string(),
        answered: z.number().int().describe('Behaviours of the sheet with an answer.'),
      }),
    ),
  submit: oc
    .route({ method: 'POST', path: '/rounds/sheets/{sheet}/submit', tags, summary: 'Submit a sheet' })
    .input(z.object({ sheet: sheetId }))
    .output(sheetSchema),
  decline: oc
    .route({ method: 'POST', path: '/rounds/sheets/{sheet}/decline', tags, summary: 'Decline to rate' })
    .input(z.object({ sheet: sheetId, reason: z.enum(DECLINE_REASONS) }))
    .output(sheetSchema),
  results: oc
    .route({
      method: 'GET',
      path: '/rounds/results/{person}',
      tags,
      summary: 'Closed rounds of a person whose results you may read, newest first',
    })
    .input(z.object({ person: personId }))
    .output(
      z.object({
        rounds: z.array(roundHeadSchema),
        rated: z
          .array(roundHeadSchema)
          .describe(
            'Rounds that would be open to you, had you not rated the person in them as one of a group.',
          ),
      }),
    ),
  result: oc
    .route({
      method: 'GET',
      path: '/rounds/{id}/results/{subject}',
      tags,
      summary:
        'What a round says of a person: self beside others, with intervals, and what is not shown and why',
    })
    .input(z.object({ id: roundId, subject: personId }))
    .output(resultSchema),
  loadSample: oc
    .route({
      method: 'POST',
      path: '/rounds/sample',
      tags,
      summary: 'Give the sample organisation its assessments and two closed rounds; events as it goes on',
    })
    .output(eventIterator(sampleEventSchema)),
}
