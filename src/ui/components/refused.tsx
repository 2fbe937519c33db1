// What an action was refused with, in the language of the screen, told to whoever listens as well.
import type { RefusalCode } from '../../core/refusals/words-en.ts'
import { useRefusal, useRefusalWords } from '../words/use-refusal.ts'

/** Nothing where there is no error. */
export function Refused({
  error,
  className,
}: {
  readonly error: unknown
  readonly className?: string | undefined
}) {
  const text = useRefusal(error)
  if (text === '') return null
  return (
    <p role="alert" className={className}>
      {text}
    </p>
  )
}

/** The words of a refusal that is known beforehand. */
export function RefusalText({ code, count }: { readonly code: RefusalCode; readonly count: number }) {
  return <>{useRefusalWords(true).say(code, { count })}</>
}
