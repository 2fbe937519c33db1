// Sends what is in the outbox: each mail by one process, again when it failed, until it is out or a day and a half is over.
import type { Pool } from 'pg'
import { errorCodeOf } from '../errors.ts'
import type { Log } from '../log.ts'
import { PUBLIC_ADDRESS } from './post-mail.ts'
import type { MailTransport } from './transport.ts'

/** Minutes until the next try, after the first, the second … failure; after the last one it is given up. */
const WAITS = [1, 5, 15, 60, 240, 720, 1080]

export interface MailWorker {
  /** Resolves when the mail that is being sent is out. */
  stop(): Promise<void>
}

/**
 * Looks for mails every `every` milliseconds, as the role rungs_job; `url` is the public address that their links begin with. Any number of processes may run one: a mail that is
 * being sent is locked, and a process that dies lets go of it.
 */
export function startMailWorker(
  pool: Pool,
  transport: MailTransport,
  log: Log,
  { url = '', every = 3000 } = {},
): MailWorker {
  let stopped = false
  let wake = (): void => undefined
  const run = async (): Promise<void> => {
    while (!stopped) {
      try {
        while (!stopped && (await sendNext(pool, transport, log, url)));
      } catch (error) {
        log.error('outbox failed', { code: errorCodeOf(error) })
      }
      if (stopped) break
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, every)
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
  }
  const done = run()
  return {
    stop: async () => {
      stopped = true
      wake()
      await done
      transport.close()
    },
  }
}

interface Due {
  id: string
  kind: string
  to_address: string
  subject: string
  body: string
  tries: number
}

/**
 * Sends one due mail and resolves with whether there was one. It is sent inside of the transaction that holds its row: if
 * the process dies after the server took the mail and before the commit, the mail goes out again with the same
 * Message-ID. Doubled in that moment rather than lost.
 */
export async function sendNext(pool: Pool, transport: MailTransport, log: Log, url = ''): Promise<boolean> {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    await client.query('BEGIN')
    const { rows } = await client.query<Due>(
      `SELECT id, kind, to_address, subject, body, tries FROM mail.outbox
       WHERE sent_at IS NULL AND given_up_at IS NULL AND due_at <= now()
       ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED`,
    )
    const mail = rows[0]
    if (mail !== undefined) {
      const body = mail.body.replaceAll(PUBLIC_ADDRESS, url)
      const trouble = await trySending(transport, { ...mail, body })
      if (trouble === undefined) {
        await client.query(
          `UPDATE mail.outbox SET sent_at = now(), tries = tries + 1, trouble = NULL, to_address = NULL, subject = NULL,
             body = NULL WHERE id = $1`,
          [mail.id],
        )
        log.info('mail sent', { kind: mail.kind, id: mail.id })
      } else {
        const wait = WAITS[mail.tries]
        await client.query(
          `UPDATE mail.outbox SET tries = tries + 1, trouble = $2,
             due_at = now() + make_interval(mins => coalesce($3, 0)),
             given_up_at = CASE WHEN $3::int IS NULL THEN now() END WHERE id = $1`,
          [mail.id, trouble, wait ?? null],
        )
        const fields = { kind: mail.kind, id: mail.id, trouble, tries: mail.tries + 1 }
        if (wait === undefined) log.error('mail given up', fields)
        else log.warn('mail not sent', { ...fields, nextInMinutes: wait })
      }
    }
    await client.query('COMMIT')
    return mail !== undefined
  } catch (error) {
    await client.query('ROLLBACK').catch((reason: Error) => (broken = reason))
    throw error
  } finally {
    client.release(broken)
  }
}

/** Undefined when it is out, else a code: what a server answers may name the recipient. */
async function trySending(transport: MailTransport, mail: Due): Promise<string | undefined> {
  try {
    await transport.send({ id: mail.id, to: mail.to_address, subject: mail.subject, body: mail.body })
    return undefined
  } catch (error) {
    const answered = (error as { responseCode?: unknown }).responseCode
    return `${errorCodeOf(error) ?? 'unknown'}${typeof answered === 'number' ? ` ${answered}` : ''}`
  }
}
