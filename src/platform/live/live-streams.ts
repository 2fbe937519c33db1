// The open screens of this process: each is told what changed, as far as its person may know, until it is closed.
import type { Connection } from '../../db/connect.ts'
import { sql } from 'kysely'
import { messageOf } from '../errors.ts'
import type { Log } from '../log.ts'
import type { Context } from '../procedure.ts'
import { listenForNotices, type Notice } from './notices.ts'
import { refused } from '../refused.ts'

/** What a stream tells: look at people again, at this round, or at everything, because something may have been missed. */
export type LiveEvent = 'people' | `round ${string}` | 'missed'

export interface Live {
  /**
   * A stream for whoever `enter` says it is, as server-sent events. `enter` is asked again at each heartbeat: where it
   * throws, such as after signing out, the stream ends. Throws `tooMany` where the account has its streams already.
   */
  open(enter: () => Promise<Context>): Promise<ReadableStream<Uint8Array>>
  /** How many streams are open. */
  count(): number
  /** Ends all streams and the listening connection; safe to call twice. */
  stop(): Promise<void>
}

export interface LiveOptions {
  /** A connection of the role of requests that nothing else uses. */
  listening: Pick<Connection, 'pool'>
  log: Log
  /** Milliseconds between heartbeats, 10,000 where nothing is given. */
  heartbeat?: number
}

/** Changes come in bursts: what happens within this many milliseconds is told once. */
const GATHERED = 200
const MOST_OF_ACCOUNT = 10
const MOST = 2_000
/** A reader who takes nothing is told to look at everything instead of a long list. */
const MOST_WAITING = 50

export function startLive({ listening, log, heartbeat = 10_000 }: LiveOptions): Live {
  const streams = new Set<Stream>()
  let isOver = false
  const tell = (notice: Notice) => {
    for (const stream of streams)
      if (stream.context.actor.organisation === notice.organisation) stream.hear(notice)
  }
  const notices = listenForNotices(listening, log, tell, () => {
    for (const stream of streams) stream.add('missed')
  })
  const holds = (account: string) =>
    [...streams].filter((stream) => accountOf(stream.context) === account).length
  return {
    count: () => streams.size,
    open: async (enter) => {
      const context = await enter()
      if (isOver) throw refused('unavailable', 'server-stopping')
      if (streams.size >= MOST || holds(accountOf(context)) >= MOST_OF_ACCOUNT)
        throw refused('tooMany', 'enough-live-screens')
      const stream = new Stream(context, enter, heartbeat, (error) => {
        streams.delete(stream)
        if (error !== undefined) log.info('live stream ended', { reason: messageOf(error) })
      })
      streams.add(stream)
      return stream.body
    },
    stop: async () => {
      isOver = true
      for (const stream of streams) stream.end()
      await notices.stop()
    },
  }
}

/** The one person at this machine has no account. */
const accountOf = ({ actor }: Context): string => actor.account ?? actor.person

class Stream {
  readonly body: ReadableStream<Uint8Array>
  readonly #encoder = new TextEncoder()
  readonly #waiting = new Set<LiveEvent>()
  readonly #beat: NodeJS.Timeout
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined
  #gathering: NodeJS.Timeout | undefined
  /** Whether the person keeps a round, as was found since the last heartbeat. */
  #keeps = new Map<string, Promise<boolean>>()

  constructor(
    public context: Context,
    private readonly enter: () => Promise<Context>,
    heartbeat: number,
    private readonly ended: (error?: unknown) => void,
  ) {
    this.body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        this.#controller = controller
        // The browser asks again so soon after a loss.
        this.#write('retry: 2000\n\n')
      },
      pull: () => this.#flush(),
      cancel: () => this.end(),
    })
    this.#beat = setInterval(() => void this.#check(), heartbeat)
  }

  /** A notice of this person's organisation: passed on where the person may know. */
  hear(notice: Notice): void {
    if (notice.kind === 'people') return this.add('people')
    const { round } = notice
    if (!mayKeepRounds(this.context)) return
    let keeps = this.#keeps.get(round)
    if (keeps === undefined) this.#keeps.set(round, (keeps = keepsRound(this.context, round)))
    void keeps.then(
      (does) => does && this.add(`round ${round}`),
      // Not known: the heartbeat asks again.
      () => this.#keeps.delete(round),
    )
  }

  add(event: LiveEvent): void {
    const isMuch = event === 'missed' || this.#waiting.size >= MOST_WAITING
    if (isMuch) this.#waiting.clear()
    if (!this.#waiting.has('missed')) this.#waiting.add(isMuch ? 'missed' : event)
    this.#gathering ??= setTimeout(() => {
      this.#gathering = undefined
      this.#flush()
    }, GATHERED)
  }

  #flush(): void {
    if (this.#gathering !== undefined || this.#waiting.size === 0) return
    if ((this.#controller?.desiredSize ?? 0) <= 0) return
    const text = [...this.#waiting].map((event) => `data: ${event}\n\n`).join('')
    this.#waiting.clear()
    this.#write(text)
  }

  #write(text: string): void {
    this.#controller?.enqueue(this.#encoder.encode(text))
  }

  async #check(): Promise<void> {
    try {
      const context = await this.enter()
      const { organisation, person } = this.context.actor
      if (context.actor.organisation !== organisation || context.actor.person !== person)
        throw refused('unauthenticated', 'somebody-else-signed-in')
      this.context = context
      this.#keeps = new Map()
      if ((this.#controller?.desiredSize ?? 0) > 0) this.#write(':\n\n')
    } catch (error) {
      this.end(error)
    }
  }

  end(error?: unknown): void {
    if (this.#controller === undefined) return
    const controller = this.#controller
    this.#controller = undefined
    clearInterval(this.#beat)
    clearTimeout(this.#gathering)
    try {
      controller.close()
    } catch {
      // The reader has gone: there is nothing left to close.
    }
    this.ended(error)
  }
}

const mayKeepRounds = ({ actor }: Context): boolean =>
  actor.grants.some(({ role }) => role === 'owner' || role === 'people-partner')

/** The database's own word: the round is there for the person, who keeps those of its unit. */
async function keepsRound({ db, actor }: Context, round: string): Promise<boolean> {
  const { rows } = await sql<{ keeps: boolean }>`select keeps_rounds_of(unit_id) as keeps from round
    where organisation_id = ${actor.organisation} and id = ${round}`.execute(db)
  return rows[0]?.keeps === true
}
