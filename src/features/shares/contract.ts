// The endpoints of sharing: letting a named person read one's standing until a day, and reading what others shared.
import { oc } from '@orpc/contract'
import { z } from 'zod'
import { textSchema } from '../../core/framework/model.ts'
import { standingReportSchema } from '../../core/growth/report-model.ts'
import { assessmentIdSchema } from '../assessments/contract.ts'

const dayRule = z.iso.date().describe('A day, YYYY-MM-DD.')
const personSchema = z.object({ id: z.uuid(), name: z.string().nullable() })

const shareSchema = z.object({
  id: z.uuid(),
  assessment: assessmentIdSchema,
  framework: z.object({ id: z.string(), version: z.string(), title: textSchema }),
  startedAt: z.string().describe('When the assessment was begun, ISO 8601.'),
  lastDay: dayRule.describe('The last day on which it may be read.'),
})

export const givenShareSchema = shareSchema.extend({
  with: personSchema,
  state: z.enum(['open', 'over', 'taken back']),
  can: z.object({ takeBack: z.boolean() }),
})

export const receivedShareSchema = shareSchema.extend({ of: personSchema })

const tags = ['Shares']

export const sharesContract = {
  list: oc
    .route({
      method: 'GET',
      path: '/shares',
      tags,
      summary: 'What you share, and what is shared with you now',
    })
    .output(
      z.object({
        today: dayRule,
        can: z.object({ share: z.boolean().describe('False on an instance for one person.') }),
        given: z.array(givenShareSchema),
        received: z.array(receivedShareSchema),
      }),
    ),

  share: oc
    .route({
      ...{ method: 'POST', path: '/shares', tags, successStatus: 201 },
      summary: 'Let a named person read the standing of one of your assessments until a day',
    })
    .input(
      z.object({
        key: z.uuid().describe('A random id: the same wish sent twice shares once.'),
        assessment: assessmentIdSchema,
        person: z.uuid().describe('Who may read it.'),
        lastDay: dayRule.describe('The last day on which they may, at most a year ahead.'),
      }),
    )
    .output(z.object({ id: z.uuid() })),

  takeBack: oc
    .route({
      method: 'POST',
      path: '/shares/{id}/take-back',
      tags,
      summary: 'Take a share back, from this moment on',
    })
    .input(z.object({ id: z.uuid() }))
    .output(z.object({ takenBack: z.boolean() })),

  read: oc
    .route({
      ...{ method: 'GET', path: '/shares/{id}/standing', tags },
      summary: 'Read a standing that was shared with you; its person sees that you did',
    })
    .input(z.object({ id: z.uuid() }))
    .output(z.object({ share: receivedShareSchema, report: standingReportSchema })),
}
