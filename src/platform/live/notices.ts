// One listening connection for each process: what the database tells, and when something may have been missed.
import type { Notification, PoolClient } from 'pg'
import type { Connection } from '../../db/connect.ts'
import { errorCodeOf } from '../errors.ts'
import type { Log } from '../log.ts'

/** What changed in an organisation: people and units, or one round. */
export type Notice =
  | { readonly kind: 'people'; readonly organisation: string }
  | { readonly kind: 'round'; readonly organisation: string; readonly round: string }

export interface Notices {
  /** Ends the connection; safe to call twice. */
  stop(): Promise<void>
}

const LISTEN = 'listen rungs_live'
/** A connection that says nothing may be dead: it is asked from time to time. */
const ASKED_EVERY = 20_000
const PATIENCE = 5_000
const LONGEST_WAIT = 10_000

/**
 * Listens until it is stopped, and again after each loss, at first after half a second. `missed` is called whenever it
 * listens anew: what was told in between is lost, so whoever shows something looks again.
 */
export function listenForNotices(
  { pool }: Pick<Connection, 'pool'>,
  log: Log,
  heard: (notice: Notice) => void,
  missed: () => void,
): Notices {
  let isOver = false
  let end = () => {}
  const over = new Promise<void>((resolve) => (end = resolve))
  const pause = (milliseconds: number) => {
    let timer: NodeJS.Timeout | undefined
    const elapsed = new Promise<void>((resolve) => (timer = setTimeout(resolve, milliseconds)))
    return Promise.race([elapsed, over]).finally(() => clearTimeout(timer))
  }
  const work = (async () => {
    let wait = 500
    for (let turn = 0; !isOver; turn += 1) {
      if (turn > 0) await pause(wait)
      if (isOver) return
      try {
        const client = await pool.connect()
        try {
          await hear(client, heard, async () => {
            wait = 500
            if (turn > 0) missed()
            while (!isOver) {
              await pause(ASKED_EVERY)
              if (!isOver) await answered(client)
            }
          })
        } finally {
          client.release(true)
        }
      } catch (error) {
        wait = Math.min(LONGEST_WAIT, wait * 2)
        if (!isOver) log.warn('live updates lost their connection', { reason: errorCodeOf(error) })
      }
    }
  })()
  return {
    stop: async () => {
      isOver = true
      end()
      await work
    },
  }
}

/** Runs `while_` as long as the connection stands; rejects when it is lost. */
async function hear(
  client: PoolClient,
  heard: (notice: Notice) => void,
  during: () => Promise<void>,
): Promise<void> {
  const onNotice = ({ payload = '' }: Notification) => {
    const notice = parseNotice(payload)
    if (notice) heard(notice)
  }
  let lose: ((error: Error) => void) | undefined
  const lost = new Promise<never>((_, reject) => (lose = reject))
  lost.catch(() => undefined)
  const onError = (error: Error) => lose?.(error)
  const onEnd = () => lose?.(new Error('the connection ended'))
  client.on('notification', onNotice).on('error', onError).on('end', onEnd)
  try {
    await client.query(LISTEN)
    await Promise.race([during(), lost])
  } finally {
    client.off('notification', onNotice).off('error', onError).off('end', onEnd)
    // A connection that is thrown away may still complain.
    client.on('error', () => undefined)
  }
}

async function answered(client: PoolClient): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the connection does not answer')), PATIENCE)
  })
  try {
    // To listen twice is to listen once.
    await Promise.race([client.query(LISTEN), late])
  } finally {
    clearTimeout(timer)
  }
}

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'
const PEOPLE = new RegExp(`^people (${UUID})$`)
const ROUND = new RegExp(`^round (${UUID}) (${UUID})$`)

/** What a line of the channel says; undefined for anything else. */
export function parseNotice(text: string): Notice | undefined {
  const people = PEOPLE.exec(text)
  if (people?.[1]) return { kind: 'people', organisation: people[1] }
  const round = ROUND.exec(text)
  if (round?.[1] && round[2]) return { kind: 'round', organisation: round[1], round: round[2] }
  return undefined
}
