// The rungs command: runs its verbs on the process's arguments.
import { runProgram } from './exit.ts'
import { rungsProgram } from './program.ts'

// A reader such as `head` may close the pipe early; that is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 70))
process.exitCode = await runProgram(rungsProgram(), process.argv.slice(2))
