// What changes elsewhere while a screen is open: one stream for all tabs of a browser, told to whoever shows it.
import { useEffect, useRef } from 'react'

/** People or units changed; this round changed; or something may have been missed, so look at everything again. */
type Told = 'people' | `round ${string}` | 'missed'
type Listener = (told: Told) => void

const NAME = 'rungs live'
const FIRST_WAIT = 1_000
const LONGEST_WAIT = 60_000
const listeners = new Set<Listener>()
let leave: (() => void) | undefined

/**
 * Calls `look` when what the screen shows may have changed: `wanted` happened, or something was missed. A server that
 * cannot be reached is asked again, more and more seldom; the screen then shows what it showed.
 */
export function useLive(wanted: 'people' | `round ${string}`, look: () => void): void {
  const latest = useRef(look)
  useEffect(() => {
    latest.current = look
  })
  useEffect(
    () =>
      listen((told) => {
        if (told === wanted || told === 'missed') latest.current()
      }),
    [wanted],
  )
}

function listen(listener: Listener): () => void {
  listeners.add(listener)
  leave ??= join()
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    leave?.()
    leave = undefined
  }
}

/**
 * A browser keeps few connections to one server, so the tabs share a stream: whoever holds the lock has it and passes on
 * what it hears. Where there are no locks, as without HTTPS on another machine, each tab has its own.
 */
function join(): () => void {
  const channel = new BroadcastChannel(NAME)
  const over = new AbortController()
  const tell = (told: Told) => {
    for (const listener of listeners) listener(told)
  }
  channel.addEventListener('message', ({ data }: MessageEvent<Told>) => tell(data))
  const hold = () =>
    stream((told) => {
      tell(told)
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- A channel is of one origin.
      channel.postMessage(told)
    }, over.signal)
  // The types promise locks; browsers have them only where the connection is secure.
  const locks = navigator.locks as LockManager | undefined
  const work = locks === undefined ? hold() : locks.request(NAME, { signal: over.signal }, hold)
  // Left while waiting for the lock.
  work.catch(() => undefined)
  return () => {
    over.abort()
    channel.close()
  }
}

/** Reads the stream until `signal`, however often it breaks. */
async function stream(tell: Listener, signal: AbortSignal): Promise<void> {
  let wait = FIRST_WAIT
  // What the page asks for to be shown goes first.
  await pause(wait, signal)
  while (!signal.aborted) {
    const source = new EventSource('/live')
    await new Promise<void>((resolve) => {
      const end = () => {
        source.close()
        resolve()
      }
      signal.addEventListener('abort', end, { once: true })
      source.addEventListener('open', () => {
        wait = FIRST_WAIT
        // What happened since the page asked, or since the stream before, is not known.
        tell('missed')
      })
      source.addEventListener('message', ({ data }: MessageEvent<Told>) => tell(data))
      source.addEventListener('error', () => {
        signal.removeEventListener('abort', end)
        end()
      })
    })
    if (!signal.aborted) await pause(wait, signal)
    wait = Math.min(LONGEST_WAIT, wait * 2)
  }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}
