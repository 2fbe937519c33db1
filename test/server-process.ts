// Starts the built program as its users do, on a data folder of its own, and talks to it over its address.
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { packageRoot } from '../src/platform/package-root.ts'

export interface ServerProcess {
  /** http://127.0.0.1:PORT */
  url: string
  pid: number
  /** All that it wrote so far. */
  output(): string
  /** Sends the signal and waits for the end; resolves with the exit code, or the signal that ended it. */
  end(signal?: NodeJS.Signals): Promise<number | string>
}

export interface Ended {
  code: number | string
  stdout: string
  stderr: string
  milliseconds: number
}

const PROGRAM = join(packageRoot, 'dist/start.js')

/** A new temporary folder for data. */
export function makeDataFolder(): string {
  return mkdtempSync(join(tmpdir(), 'rungs-data-'))
}

export function removeDataFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true })
}

/** Starts on `port` (a free one) and resolves when it is ready; rejects with its output when it ends before. */
export async function startServerProcess(
  dataFolder: string,
  env: NodeJS.ProcessEnv = {},
  port = '0',
): Promise<ServerProcess> {
  const child = launch(['--port', port], { RUNGS_DATA: dataFolder, ...env })
  const ended = whenEnded(child)
  let output = ''
  const url = await new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += chunk.toString()
      const found = /Rungs is ready: (http:\S+)/.exec(output)
      if (found?.[1] !== undefined) resolve(found[1])
    }
    child.stdout?.on('data', read)
    child.stderr?.on('data', read)
    void ended.then((code) => reject(new Error(`Rungs ended with ${code} before it was ready: ${output}`)))
  })
  const end = (signal: NodeJS.Signals = 'SIGTERM') => {
    child.kill(signal)
    return ended
  }
  return { url, pid: child.pid ?? 0, output: () => output, end }
}

/** Runs the program until it ends by itself, at most 60 s. */
export async function runToEnd(args: readonly string[], env: NodeJS.ProcessEnv): Promise<Ended> {
  const started = Date.now()
  const child = launch(args, env)
  let stdout = ''
  let stderr = ''
  child.stdout?.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  const timer = setTimeout(() => child.kill('SIGKILL'), 60_000)
  const code = await whenEnded(child)
  clearTimeout(timer)
  return { code, stdout, stderr, milliseconds: Date.now() - started }
}

function launch(args: readonly string[], env: NodeJS.ProcessEnv): ChildProcess {
  const { DATABASE_URL: _url, RUNGS_PORT: _port, RUNGS_DATA: _data, ...rest } = process.env
  return spawn(process.execPath, [PROGRAM, ...args], {
    cwd: packageRoot,
    env: { ...rest, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

function whenEnded(child: ChildProcess): Promise<number | string> {
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => resolve(code ?? signal ?? 'unknown'))
  })
}
