// Runs the rungs command as its users do: a process with its input, output and exit code.
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { join } from 'node:path'
import { packageRoot } from '../src/platform/package-root.ts'

export interface Run {
  code: number | null
  out: string
  err: string
}

export interface RunOptions {
  input?: string
  cwd?: string
  env?: NodeJS.ProcessEnv
}

/** Runs it to its end, at most 60 s; input and output are pipes, so it sees no terminal. */
export function runRungs(args: readonly string[], { input = '', ...options }: RunOptions = {}): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = spawnRungs(args, options)
    let [out, err] = ['', '']
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (out += chunk))
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (err += chunk))
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, out, err }))
    // A process that ends before it has read everything closes its input.
    child.stdin.on('error', () => undefined)
    child.stdin.end(input)
  })
}

/** The running process, ended after 60 s at the latest. */
export function spawnRungs(
  args: readonly string[],
  { cwd = packageRoot, env = {} }: Omit<RunOptions, 'input'> = {},
): ChildProcessWithoutNullStreams {
  return spawn(process.execPath, rungsArguments(args), {
    cwd,
    env: { ...process.env, ...env },
    timeout: 180_000,
  })
}

/** What Node is started with to run the command from its sources. */
export function rungsArguments(args: readonly string[]): string[] {
  return ['--import', import.meta.resolve('tsx'), join(packageRoot, 'src/main/cli/rungs.ts'), ...args]
}
