// Runs the server as a program: reads its configuration, prints its address, obeys signals, ends with an exit code.
import { parseConfig } from '../platform/config.ts'
import { readSettingsFile } from '../platform/settings-file.ts'
import { messageOf } from '../platform/errors.ts'
import { createLog } from '../platform/log.ts'
import { startServer } from './server.ts'

const SIGNALS: NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP']

/**
 * Resolves with the exit code when it has stopped: 0 after a signal, 1 when it could not start or go on. `announce` is
 * told the address once it serves.
 */
export async function runServer(
  argv: readonly string[],
  env: NodeJS.ProcessEnv,
  announce: (url: string) => void = (url) => void process.stdout.write(`Rungs is ready: ${url}\n`),
): Promise<number> {
  const file = readSettingsFile(env)
  if (file !== undefined && 'problem' in file) {
    complain(`${file.name}: ${file.problem}.`)
    return 1
  }
  const parsed = parseConfig(argv, env, file)
  if (!parsed.ok) {
    for (const { path, message } of parsed.faults) complain(`${path}: ${message}.`)
    return 1
  }
  const asked = waitForSignal()
  try {
    const server = await startServer(parsed.config, createLog(parsed.config.logLevel))
    announce(server.url)
    if (server.ownerLink !== undefined) inviteOwner(server.ownerLink)
    const cause = await Promise.race([asked, server.databaseEnded.then(() => 'database' as const)])
    if (cause === 'database')
      complain('The embedded database ended by itself; its log is in the data folder.')
    await server.stop()
    return cause === 'database' ? 1 : 0
  } catch (error) {
    complain(messageOf(error))
    return 1
  }
}

/** A second signal ends the process at once; the watchdog of the database then stops the database. */
function waitForSignal(): Promise<'signal'> {
  return new Promise((resolve) => {
    let count = 0
    for (const signal of SIGNALS) {
      process.on(signal, () => {
        count += 1
        if (count > 2) process.exit(130)
        resolve('signal')
      })
    }
  })
}

/** On the console alone, never in a log: whoever opens it owns the instance. */
function inviteOwner(link: string): void {
  process.stdout.write(
    `Nobody owns this instance yet. Whoever opens this link first, within 24 hours, becomes its owner:\n${link}\n`,
  )
}

function complain(sentence: string): void {
  process.stderr.write(`rungs: ${sentence}\n`)
}
