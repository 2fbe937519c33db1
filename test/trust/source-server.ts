// A server process on an address that stays the same over its restarts, to be killed and started again.
import { spawn, type ChildProcess } from 'node:child_process'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { packageRoot } from '../../src/platform/package-root.ts'

export interface SourceServer {
  port: number
  /** Of the process that runs now. */
  pid(): number
  /** Resolves with the seconds until it answered that it is ready; rejects with its output where it ends before. */
  start(): Promise<number>
  /** kill -9; resolves when it is gone. */
  kill(): Promise<void>
  /** SIGTERM; resolves with its exit code. */
  stop(): Promise<number | null>
  /** Resolves when the process that runs now has ended. */
  ended(): Promise<void>
  output(): string
}

/** A port of this machine that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** A machine that is busy with others is slow, not wrong. */
const PATIENCE = 180_000
const PROGRAMS = {
  sources: ['--import', import.meta.resolve('tsx'), join(packageRoot, 'src/main/start.ts')],
  built: [join(packageRoot, 'dist/start.js')],
}

/** From the sources, or the built program as its users run it: whoever asks for that has seen to the build. */
export async function sourceServer(
  env: NodeJS.ProcessEnv,
  program: keyof typeof PROGRAMS = 'sources',
): Promise<SourceServer> {
  const port = await freePort()
  let child: ChildProcess | undefined
  let ended: Promise<void> = Promise.resolve()
  let code: number | null = null
  let output = ''
  const isReady = async () => {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined)
    await answer?.arrayBuffer()
    return answer?.status === 200
  }
  const end = async (signal: NodeJS.Signals) => {
    child?.kill(signal)
    await ended
  }
  return {
    port,
    pid: () => child?.pid ?? 0,
    output: () => output,
    ended: () => ended,
    start: async () => {
      const started = performance.now()
      const { DATABASE_URL: _url, RUNGS_PORT: _port, RUNGS_DATA: _data, ...rest } = process.env
      const running = spawn(process.execPath, [...PROGRAMS[program], '--port', String(port)], {
        cwd: packageRoot,
        env: { ...rest, ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      child = running
      for (const stream of [running.stdout, running.stderr])
        stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
      let isOver = false
      ended = new Promise((resolve) => {
        running.once('close', (exit) => {
          code = exit
          isOver = true
          resolve()
        })
      })
      while (!(await isReady())) {
        if (isOver || performance.now() - started > PATIENCE)
          throw new Error(`the server did not become ready: ${output.slice(-2000)}`)
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
      return (performance.now() - started) / 1000
    },
    kill: () => end('SIGKILL'),
    stop: async () => {
      await end('SIGTERM')
      return code
    },
  }
}
