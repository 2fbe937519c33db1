// Structured logs: one JSON line per event on standard error. Events carry counts, ids and times, never personal data.

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]
type Fields = Record<string, string | number | boolean | null | undefined>

export interface Log {
  debug(event: string, fields?: Fields): void
  info(event: string, fields?: Fields): void
  warn(event: string, fields?: Fields): void
  error(event: string, fields?: Fields): void
}

/** A log that drops what is below `level`. `event` names what happened in a few fixed words. */
export function createLog(level: LogLevel, write: (line: string) => void = writeLine): Log {
  const at =
    (name: LogLevel) =>
    (event: string, fields: Fields = {}) => {
      if (LOG_LEVELS.indexOf(name) < LOG_LEVELS.indexOf(level)) return
      write(JSON.stringify({ time: new Date().toISOString(), level: name, event, ...fields }))
    }
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
}

function writeLine(line: string): void {
  process.stderr.write(`${line}\n`)
}
