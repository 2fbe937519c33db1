// The administration endpoints: who may come in, who holds which role, who acts for whom, how one signs in.
import { oc } from '@orpc/contract'
import { z } from 'zod'

const tags = ['Administration']
const dayRule = z.iso.date().describe('A day, YYYY-MM-DD.')
const key = z.uuid().describe('A fresh random id for what is made; the same id again makes nothing more.')

export const roleSchema = z.enum(['owner', 'people-partner', 'framework-editor', 'auditor'])
export const showSchema = z.enum(['everybody', 'account', 'invited', 'none', 'role'])

const personSchema = z.object({ id: z.uuid(), name: z.string().nullable() })
const unitSchema = z.object({ id: z.uuid(), name: z.string().nullable() })

export const memberSchema = z.object({
  person: personSchema,
  externalId: z.string().nullable(),
  employed: z.boolean().describe('Works here today.'),
  account: z.object({ id: z.string(), joinedAt: z.date() }).nullable(),
  invitation: z.object({ id: z.uuid(), expiresAt: z.date() }).nullable().describe('One that is open.'),
  roles: z.array(z.object({ role: roleSchema, unit: unitSchema.nullable() })),
  can: z.object({ invite: z.boolean(), withdraw: z.boolean(), end: z.boolean(), endSessions: z.boolean() }),
})

export const grantSchema = z.object({
  id: z.uuid(),
  person: personSchema,
  role: roleSchema,
  unit: unitSchema.nullable().describe('With all units below it; null for the whole organisation.'),
  grantedAt: z.date(),
  grantedBy: personSchema.nullable(),
  until: z.date().nullable(),
  lastDay: dayRule.nullable().describe('The day before that moment, where the organisation is.'),
  ended: z.enum(['revoked', 'over']).nullable(),
  can: z.object({ revoke: z.boolean() }),
})

export const delegationSchema = z.object({
  id: z.uuid(),
  from: personSchema,
  to: personSchema,
  starts: dayRule,
  lastDay: dayRule.describe('The last day on which it holds.'),
  state: z.enum(['ahead', 'running', 'over', 'taken back']),
  can: z.object({ takeBack: z.boolean() }),
})

const idInput = z.object({ id: z.uuid() })

export const administrationContract = {
  rights: oc
    .route({ method: 'GET', path: '/administration', tags, summary: 'What of the administration is yours' })
    .output(
      z.object({
        me: z.uuid(),
        today: dayRule,
        organisation: z.object({
          name: z.string().nullable().describe('Null until the owner names it.'),
          timeZone: z.string().describe('The IANA name of the time zone in which its days begin.'),
          minimumGroup: z
            .number()
            .int()
            .describe('Fewest raters shown together that a new round may publish.'),
        }),
        alone: z
          .boolean()
          .describe('Told to the owner of an instance with accounts: nobody else works here.'),
        mailIsSent: z.boolean().describe('False while mails lie in a folder because no mail server is set.'),
        can: z.object({
          nameOrganisation: z.boolean(),
          setOrganisation: z.boolean(),
          seeMembers: z.boolean(),
          grant: z.boolean(),
          delegateForOthers: z.boolean(),
          seeSignIn: z.boolean(),
          seeAudit: z.boolean(),
          seeKeeping: z.boolean().describe('Retention, legal holds and erasures.'),
        }),
      }),
    ),

  nameOrganisation: oc
    .route({
      method: 'POST',
      path: '/administration/organisation/name',
      tags,
      summary: 'Give the organisation its name, or another one',
    })
    .input(
      z.object({
        name: z.string().trim().min(1).max(100).describe('One line, without control characters.'),
      }),
    )
    .output(z.object({ named: z.boolean().describe('False where it had this name already.') })),

  setOrganisation: oc
    .route({
      method: 'POST',
      path: '/administration/organisation/settings',
      tags,
      summary:
        'Set the time zone of the organisation, and the fewest raters that its new rounds show together',
    })
    .input(
      z.object({
        timeZone: z
          .string()
          .min(1)
          .max(64)
          .optional()
          .describe('An IANA name, such as Europe/Berlin. It holds from the next request on.'),
        minimumGroup: z.number().int().min(5).max(100).optional().describe('For rounds opened from now on.'),
      }),
    )
    .output(z.object({ changed: z.boolean().describe('False where all of it was so already.') })),

  members: oc
    .route({
      method: 'GET',
      path: '/administration/members',
      tags,
      summary: 'List people with their account, their invitation and their roles',
    })
    .input(
      z.object({
        search: z.string().trim().max(200).optional().describe('Part of a name or an id.'),
        show: showSchema.default('everybody'),
        after: z.string().max(400).optional().describe('`next` of the page before.'),
        limit: z.coerce.number().int().min(1).max(200).default(50),
      }),
    )
    .output(
      z.object({ members: z.array(memberSchema), total: z.number().int(), next: z.string().nullable() }),
    ),

  sessions: oc
    .route({
      method: 'GET',
      path: '/administration/members/{account}/sessions',
      tags,
      summary: 'List where an account is signed in: since when and with what, neither tokens nor addresses',
    })
    .input(z.object({ account: z.string().min(1).max(200) }))
    .output(
      z.object({
        sessions: z.array(
          z.object({
            begun: z.date(),
            seen: z.date().describe('When it was last renewed: at most a day before it was last used.'),
            device: z.string().nullable().describe('Browser and system, for example "Firefox, Linux".'),
          }),
        ),
      }),
    ),

  endSessions: oc
    .route({
      method: 'POST',
      path: '/administration/members/{account}/end-sessions',
      tags,
      summary: 'Sign an account out everywhere, at once; it may sign in again',
    })
    .input(z.object({ account: z.string().min(1).max(200) }))
    .output(z.object({ ended: z.number().int() })),

  roles: oc
    .route({ method: 'GET', path: '/administration/roles', tags, summary: 'List who holds which role' })
    .input(z.object({ ended: z.coerce.boolean().default(false).describe('Those that ended as well.') }))
    .output(z.object({ grants: z.array(grantSchema) })),

  grant: oc
    .route({
      method: 'POST',
      path: '/administration/roles',
      tags,
      summary: 'Give somebody a role',
      successStatus: 201,
    })
    .input(
      z.object({
        key,
        person: z.uuid(),
        role: roleSchema,
        unit: z.uuid().nullable().default(null).describe('For people partners alone.'),
        lastDay: dayRule
          .nullable()
          .default(null)
          .describe('The last day on which it holds; null for no end.'),
      }),
    )
    .output(z.object({ id: z.uuid() })),

  revoke: oc
    .route({
      method: 'POST',
      path: '/administration/roles/{id}/revoke',
      tags,
      summary: 'Take a role away, from this moment on',
    })
    .input(idInput)
    .output(z.object({ revoked: z.boolean() })),

  delegations: oc
    .route({
      method: 'GET',
      path: '/administration/delegations',
      tags,
      summary: 'List who acts in whose place: your own, and all of them for the owner and auditors',
    })
    .output(z.object({ delegations: z.array(delegationSchema) })),

  delegate: oc
    .route({
      method: 'POST',
      path: '/administration/delegations',
      tags,
      summary: "Give a manager's rights into another's hands for some days",
      successStatus: 201,
    })
    .input(z.object({ key, from: z.uuid(), to: z.uuid(), starts: dayRule, lastDay: dayRule }))
    .output(z.object({ id: z.uuid() })),

  takeBack: oc
    .route({
      method: 'POST',
      path: '/administration/delegations/{id}/take-back',
      tags,
      summary: 'Take a delegation back, from this moment on',
    })
    .input(idInput)
    .output(z.object({ takenBack: z.boolean() })),

  signIn: oc
    .route({
      method: 'GET',
      path: '/administration/sign-in',
      tags,
      summary: 'How signing in and mail are configured; secrets are not told',
    })
    .output(
      z.object({
        accounts: z.boolean().describe('False on an instance for one person.'),
        url: z.string().nullable(),
        host: z.string().nullable(),
        proxies: z.array(z.string()),
        oidc: z.object({ name: z.string(), issuer: z.string(), clientId: z.string() }).nullable(),
        mail: z.object({ from: z.string(), server: z.string().nullable() }).nullable(),
      }),
    ),
}
