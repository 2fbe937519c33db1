// npm run dev: the server restarts and the page reloads when a file changes. Vite's address is the one to open.
import { spawn, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { packageRoot } from '../src/platform/package-root.ts'

const BACKEND_PORT = process.env['RUNGS_BACKEND_PORT'] ?? '7475'

function start(script: string, args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [join(packageRoot, 'node_modules', script), ...args], {
    cwd: packageRoot,
    stdio: 'inherit',
    env: { ...process.env, RUNGS_LOG: process.env['RUNGS_LOG'] ?? 'info', RUNGS_BACKEND_PORT: BACKEND_PORT },
  })
}

const children = [
  start('tsx/dist/cli.mjs', ['watch', '--clear-screen=false', 'src/main/start.ts', '--port', BACKEND_PORT]),
  start('vite/bin/vite.js', process.argv.slice(2)),
]

// One that ends takes the other with it; a Ctrl-C reaches both by itself.
for (const child of children) {
  child.on('exit', () => {
    for (const other of children) if (other.exitCode === null) other.kill('SIGTERM')
  })
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => children.forEach((child) => child.kill(signal)))
}
