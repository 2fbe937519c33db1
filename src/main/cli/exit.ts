// Runs a program of verbs and maps every outcome to an exit code, in this one place.
import { CommanderError, type Command } from 'commander'

/** 0: fine; 1: findings (something to look at); 2: bad usage or input; 70: a defect of ours. */
export const EXIT = { fine: 0, findings: 1, bad: 2, defect: 70 } as const
export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** Bad usage or input, told to the user as it is; nothing was changed. */
export class BadInput extends Error {
  override name = 'BadInput'
}

/** Shown at the end of every --help. */
export const EXIT_HELP = '\nExit codes: 0 fine, 1 findings, 2 bad usage or input (nothing is changed).'

/** Runs the program on `argv` (without node and script) and returns its exit code; verbs return theirs by `finish`. */
export async function runProgram(program: Command, argv: readonly string[]): Promise<ExitCode> {
  prepare(program)
  ended = EXIT.fine
  try {
    await program.parseAsync([...argv], { from: 'user' })
    return ended
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.fine : EXIT.bad
    if (error instanceof BadInput) {
      process.stderr.write(`${error.message}\n`)
      return EXIT.bad
    }
    process.stderr.write(
      `A defect in rungs, please report it: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    )
    return EXIT.defect
  }
}

let ended: ExitCode = EXIT.fine

/** A verb ends with this code once it is done. */
export function finish(code: ExitCode): void {
  ended = code
}

function prepare(command: Command): void {
  command.exitOverride().showHelpAfterError('(--help tells more)').addHelpText('after', EXIT_HELP)
  for (const verb of command.commands) prepare(verb)
}
