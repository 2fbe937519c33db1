// The account endpoints of an organisation: who is invited and who has an account here.
import { oc } from '@orpc/contract'
import { z } from 'zod'

const tags = ['Accounts']

export const invitationSchema = z.object({
  id: z.uuid(),
  person: z.uuid(),
  personName: z.string().nullable(),
  email: z.string(),
  madeAt: z.date(),
  expiresAt: z.date(),
  state: z.enum(['open', 'used', 'withdrawn', 'expired']),
  can: z.object({ withdraw: z.boolean() }),
})

export const memberSchema = z.object({
  account: z.string().describe('The id of the account; an account may belong to several organisations.'),
  person: z.uuid(),
  personName: z.string().nullable(),
  joinedAt: z.date(),
  endedAt: z.date().nullable(),
  can: z.object({ end: z.boolean() }),
})

export const accountsContract = {
  invitations: oc
    .route({
      method: 'GET',
      path: '/accounts/invitations',
      tags,
      summary: 'List the invitations that you may see',
    })
    .output(z.array(invitationSchema)),
  invite: oc
    .route({
      method: 'POST',
      path: '/accounts/invitations',
      tags,
      summary: 'Invite a person by mail; an older open invitation of theirs is withdrawn',
    })
    .input(
      z.object({
        person: z.uuid(),
        email: z.email().max(320).optional().describe("Where to; the person's own address without it."),
        language: z.enum(['en', 'zh-Hans']).default('en').describe('The language of the mail.'),
      }),
    )
    .output(z.object({ id: z.uuid(), expiresAt: z.date() })),
  withdraw: oc
    .route({
      method: 'POST',
      path: '/accounts/invitations/{id}/withdraw',
      tags,
      summary: 'Withdraw an open invitation: its link lets nobody in any more',
    })
    .input(z.object({ id: z.uuid() }))
    .output(z.object({ withdrawn: z.boolean() })),
  members: oc
    .route({
      method: 'GET',
      path: '/accounts/members',
      tags,
      summary: 'List the accounts that have a place here',
    })
    .output(z.array(memberSchema)),
  end: oc
    .route({
      method: 'POST',
      path: '/accounts/members/{account}/end',
      tags,
      summary: "End an account's place here, at once; the person and what is theirs stay",
    })
    .input(z.object({ account: z.string().min(1).max(200) }))
    .output(z.object({ ended: z.boolean() })),
}
