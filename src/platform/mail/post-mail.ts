// Posts a mail: a row in the outbox, written in the transaction of what it tells of, so that it is neither lost nor early.
import { sql, type Kysely } from 'kysely'
import type { MailWords } from './mail-words.ts'

/** Stands in a mail's words for the public address of the instance, which only the sending process knows. */
export const PUBLIC_ADDRESS = '{url}'

export interface Mail extends MailWords {
  /** What the mail is, for the log and for retention: invitation, password-reset … */
  kind: string
  /** One mailbox address. */
  to: string
  /** A mail with a key that was posted before is not posted again. */
  key?: string
  /** Whom it concerns, for erasure: UUIDs. */
  organisation?: string
  person?: string
  /** Not sent before; now without it. */
  due?: Date
}

/** Adds the mail to the outbox, in the transaction given. A worker of any process sends it. */
export async function postMail(db: Kysely<never>, mail: Mail): Promise<void> {
  const { kind, to, subject, body, key, organisation, person, due } = mail
  await sql`
    INSERT INTO mail.outbox (key, organisation_id, person_id, kind, to_address, subject, body, due_at)
    VALUES (${key ?? null}, ${organisation ?? null}, ${person ?? null}, ${kind}, ${to}, ${subject}, ${body},
      coalesce(${due ?? null}::timestamptz, now()))
    ON CONFLICT DO NOTHING`.execute(db)
}
