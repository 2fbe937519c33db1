// What this Rungs is: for the foot of the screens, for fault reports and for monitoring.
import { oc } from '@orpc/contract'
import { z } from 'zod'

export const aboutContract = {
  get: oc
    .route({
      method: 'GET',
      path: '/about',
      tags: ['About'],
      summary: 'Tell the versions and the mode of this server',
    })
    .output(
      z.object({
        version: z.string().describe('The version of Rungs.'),
        mode: z
          .enum(['local', 'team'])
          .describe('local: one person at this machine, without sign-in; team: many people, with accounts.'),
        postgres: z.string().describe('The version of the database server.'),
        now: z.string().describe("ISO 8601: the server's clock."),
      }),
    ),
}
