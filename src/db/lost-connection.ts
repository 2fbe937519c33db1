// Tells a database that is away, for now or for good, from a statement that was wrong.
import { errorCodeOf } from '../platform/errors.ts'

/** Ended by its administrator, crashed, starting up; too many connections (PostgreSQL's appendix A). */
const AWAY = new Set(['57P01', '57P02', '57P03', '57P05', '53300'])
const SOCKET = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH'])
/** The driver gives these no code. */
const WORDS =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Cannot use a pool after calling end)/

/** True where sending the same again later may work. What was sent may have been done or not: writes carry keys. */
export function isConnectionLost(error: unknown): boolean {
  const code = errorCodeOf(error)
  if (code !== undefined && (AWAY.has(code) || SOCKET.has(code) || code.startsWith('08'))) return true
  if (!(error instanceof Error)) return false
  // The socket file of an embedded database is gone with it.
  if (code === 'ENOENT' && (error as NodeJS.ErrnoException).syscall === 'connect') return true
  return code === undefined && WORDS.test(error.message)
}
