// A command for the person to run next, as a shell takes it.
import type { Language } from './speech.ts'

/** `rungs VERB ARGUMENTS`, with the framework and language that were asked for. */
export function nextCommand(
  verb: string,
  args: readonly string[],
  { framework, language }: { framework?: string | undefined; language: Language },
): string {
  const options = [
    ...(framework === undefined ? [] : ['--framework', framework]),
    ...(language === 'en' ? [] : ['--language', language]),
  ]
  return ['rungs', verb, ...[...args, ...options].map(quoted)].join(' ')
}

const quoted = (argument: string): string =>
  /^[\w./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", `'\\''`)}'`
