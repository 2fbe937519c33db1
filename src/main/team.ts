// What an instance for many people runs beside the requests: signing in, who a request comes from, mail, the owner's link.
import { createHmac } from 'node:crypto'
import type { Databases } from '../db/open-databases.ts'
import { LOCAL_ORGANISATION, LOCAL_PERSON } from '../platform/actor.ts'
import { loadActorAt, type Asking } from '../platform/load-actor.ts'
import type { Log } from '../platform/log.ts'
import { startMailWorker } from '../platform/mail/send-mails.ts'
import { folderTransport, smtpTransport } from '../platform/mail/transport.ts'
import type { SignInMount } from '../platform/http/sign-in-routes.ts'
import { makeOwnerLink } from '../platform/sign-in/owner-link.ts'
import { listPlaces, placeFor } from '../platform/sign-in/places.ts'
import { signInDesk } from '../platform/sign-in/sign-in-desk.ts'
import { createSignIn } from '../platform/sign-in/sign-in.ts'
import type { TeamSettings } from '../platform/team-settings.ts'
import { refused } from '../platform/refused.ts'

export interface Team {
  mount: SignInMount
  authenticate: (request: Request, now: Date) => Promise<Asking>
  /** Where the first owner comes in; undefined once there is one. */
  ownerLink: string | undefined
  stop(): Promise<void>
}

export async function startTeam(
  settings: TeamSettings,
  databases: Databases,
  secret: string,
  log: Log,
): Promise<Team> {
  const { url, proxies, oidc, mail } = settings
  const signIn = createSignIn({
    ...{ pool: databases.signIn.pool, url, oidc, log },
    secret: createHmac('sha256', secret).update('sign-in').digest('hex'),
    now: () => new Date(),
  })
  const place = { organisation: LOCAL_ORGANISATION, person: LOCAL_PERSON }
  const ownerLink = await makeOwnerLink(databases.owner.pool, place, url, new Date())
  const transport =
    mail.smtp === undefined ? folderTransport(mail.folder, mail.from) : smtpTransport(mail.smtp, mail.from)
  const worker = startMailWorker(databases.job.pool, transport, log, { url })
  return {
    mount: { signIn, url, proxies, desk: signInDesk(settings) },
    ownerLink,
    authenticate: async ({ headers }, now) => {
      const proven = await signIn.findSignedIn(headers)
      const asking = proven === undefined ? undefined : await findAsking(databases, proven, headers, now)
      if (asking === undefined) throw refused('unauthenticated', 'sign-in-first')
      return asking
    },
    stop: () => worker.stop(),
  }
}

async function findAsking(
  databases: Databases,
  proven: { account: string },
  headers: Headers,
  now: Date,
): Promise<Asking | undefined> {
  const place = placeFor(await listPlaces(databases.signIn.pool, proven.account, now), headers)
  return place && loadActorAt(databases, proven, place, now)
}
