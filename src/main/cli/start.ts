// rungs start: starts the server, as npm start does.
import { Command } from 'commander'

import { EXIT, finish } from './exit.ts'
import { printJson } from './output.ts'

export function startVerb(): Command {
  return new Command('start')
    .description(
      'start the server on this machine and print its address; Ctrl-C stops it (exit code 2 when it cannot start)',
    )
    .option(
      '--port <number>',
      'the port on 127.0.0.1; 0 lets the system choose (default: RUNGS_PORT, else 7474)',
    )
    .option(
      '--data <folder>',
      'the folder of the database (default: RUNGS_DATA, else data beside the program)',
    )
    .option('--json', 'print the address as JSON: { url }')
    .action(start)
}

async function start({ port, data, json }: { port?: string; data?: string; json?: boolean }): Promise<void> {
  const { runServer } = await import('../run-server.ts')
  const argv = [
    ...(port === undefined ? [] : [`--port=${port}`]),
    ...(data === undefined ? [] : [`--data=${data}`]),
  ]
  const code = await runServer(argv, process.env, json ? (url) => printJson({ url }) : undefined)
  finish(code === 0 ? EXIT.fine : EXIT.bad)
}
