// Events of work that runs by itself, for somebody who reads them, perhaps slowly, perhaps no more.

/**
 * Begins the work at once and gives its events as they come, then what it ended with; throws what it threw. The work goes
 * on to its end whether or not somebody still reads. Of several kinds of progress in a row the newest stands for all.
 */
export async function* eventsOf<Event extends { kind: string }>(
  work: (push: (event: Event) => void) => Promise<Event>,
): AsyncGenerator<Event, void> {
  const waiting: Event[] = []
  let wake = (): void => undefined
  let over = false
  let failure: { error: unknown } | undefined
  const push = (event: Event): void => {
    if (event.kind === 'progress' && waiting.at(-1)?.kind === 'progress') waiting.pop()
    waiting.push(event)
    wake()
  }
  const done = work(push).then(
    (last) => {
      push(last)
      over = true
    },
    (error: unknown) => {
      failure = { error }
      wake()
    },
  )
  for (;;) {
    const next = waiting.shift()
    if (next) yield next
    else if (failure) throw failure.error
    else if (over) break
    else await new Promise<void>((resolve) => (wake = resolve))
  }
  await done
}
