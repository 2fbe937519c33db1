// Tells on standard error what a long computation is doing, from its second second on, although it blocks the process.
import { Worker } from 'node:worker_threads'

/** Stage words are shared through this many bytes. */
const MOST_STAGE = 120

// The ticker has a thread of its own; the stage is read from shared memory, so that no message has to get through.
const TICKER = `
const { workerData } = require('node:worker_threads')
const { writeSync } = require('node:fs')
const { stage, started, terminal } = workerData
const words = new Uint8Array(stage)
let said = ''
setInterval(() => {
  const seconds = Math.floor((Date.now() - started) / 1000)
  const end = words.indexOf(0)
  const now = Buffer.from(words.subarray(0, end < 0 ? words.length : end)).toString()
  if (!terminal && now === said && seconds % 10 !== 0) return
  said = now
  try { writeSync(2, terminal ? '\\r\\u001B[2Krungs: ' + now + ' … ' + seconds + ' s' : 'rungs: ' + now + ' … ' + seconds + ' s\\n') } catch {}
}, 1000)
`

export interface Progress {
  readonly stage: (words: string) => void
  readonly end: () => void
}

/** Starts to tell; nothing is written where all is done within a second. */
export function tellProgress(): Progress {
  const shared = new SharedArrayBuffer(MOST_STAGE)
  const words = new Uint8Array(shared)
  const terminal = process.stderr.isTTY === true
  const started = Date.now()
  const worker = new Worker(TICKER, { eval: true, workerData: { stage: shared, started, terminal } })
  worker.unref()
  return {
    stage: (text) => {
      words.fill(0)
      words.set(new TextEncoder().encode(text).subarray(0, MOST_STAGE - 1))
    },
    end: () => {
      void worker.terminate()
      if (terminal && Date.now() - started > 1000) process.stderr.write('\r\u001B[2K')
    },
  }
}
