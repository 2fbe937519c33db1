// What Rungs refuses: a stable code with what it tells, which screens say in their language, and its message in English.
import { createTranslator } from 'use-intl/core'
import {
  REFUSALS_EN,
  type RefusalArgument,
  type RefusalCode,
  type RefusalValues,
} from '../core/refusals/words-en.ts'
import { RungsError, type ErrorKind, type Fault } from './errors.ts'

interface Extra {
  readonly faults?: readonly Fault[]
  readonly cause?: unknown
}

/** The values that the message of a code names, and no others. */
type Told<Code extends RefusalCode> = [RefusalArgument<Code>] extends [never]
  ? [values?: Record<string, never>, extra?: Extra]
  : [values: Readonly<Record<RefusalArgument<Code>, string | number>>, extra?: Extra]

/** `throw refused('conflict', 'version-taken', { id, version })`. */
export function refused<Code extends RefusalCode>(
  kind: ErrorKind,
  code: Code,
  ...[values = {}, extra = {}]: Told<Code>
): RungsError {
  return new RungsError(kind, messageOfRefusal(code, values), { ...extra, refusal: { code, values } })
}

/** A field that is not as it was expected: `throw invalid('closesOn', 'after-today')`. */
export function invalid<Code extends RefusalCode>(
  path: string,
  code: Code,
  ...[values = {}, { cause } = {}]: Told<Code>
): RungsError {
  const message = messageOfRefusal(code, values)
  const faults = [{ path, message }]
  return new RungsError('invalid', `${path}: ${message}`, { faults, cause, refusal: { code, values } })
}

/** What may be missing: each has its own words. */
type Thing =
  Extract<RefusalCode, `no-${string}`> extends `no-${infer What}`
    ? Exclude<What, 'accounts' | 'address-yet' | 'unit-then'>
    : never

/** The error for a thing that is not there, or that the actor may not know of: `throw notFound('framework', 'x')`. */
export function notFound(what: Thing, id: string): RungsError {
  const message = `There is no ${what.replaceAll('-', ' ')} ${JSON.stringify(id)}.`
  return new RungsError('notFound', message, { refusal: { code: `no-${what}`, values: {} } })
}

/** The message in English. */
export function messageOfRefusal(code: RefusalCode, values: RefusalValues): string {
  const message = REFUSALS_EN[code]
  if (!message.includes('{')) return message
  const words: Record<string, string> = { [code]: message }
  const say: (key: string, values: RefusalValues) => string = createTranslator({
    locale: 'en',
    messages: words,
  })
  return say(code, values)
}
