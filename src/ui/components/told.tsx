// One sentence about what was just done, where the screen that did it is gone: told in a corner, and to whoever listens.
import { useSyncExternalStore } from 'react'
import classes from './told.module.css'

const LONG_ENOUGH = 8000

let told = ''
let timer: ReturnType<typeof setTimeout> | undefined
const listeners = new Set<() => void>()

/** Shows `text` on whatever page is open, for 8 s. */
export function tell(text: string): void {
  told = text
  clearTimeout(timer)
  if (text !== '') timer = setTimeout(() => tell(''), LONG_ENOUGH)
  for (const each of listeners) each()
}

function listen(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The place of that sentence, once in the frame of every page. */
export function Told() {
  const text = useSyncExternalStore(
    listen,
    () => told,
    () => '',
  )
  return (
    <p aria-live="polite" aria-atomic className={classes['told']} data-told={text !== ''}>
      {text}
    </p>
  )
}
