// Asks at the terminal: with keys and colour where a person sits at one, line by line where input is piped.
import { createInterface } from 'node:readline'

import { bold, dim, print } from './output.ts'
import { pageWidth, wrap } from './layout.ts'
import type { Speech } from './speech.ts'

export interface AskedQuestion {
  /** Area and competency. */
  readonly place: string
  readonly text: string
  /** Why it is asked. */
  readonly reason: string
  /** How far the assessment is. */
  readonly progress: string
}

export const KEYS = ['1', '2', '3', '4', '5', 'n', 'u', 'e', 'q'] as const
export type Key = (typeof KEYS)[number]

export interface Asker {
  /** The key pressed; q where the person leaves in any way, the end of the input included. */
  ask(question: AskedQuestion): Promise<Key>
  /** A line of text, '' for none; undefined where the person leaves. */
  askText(message: string): Promise<string | undefined>
  /** One of the options; undefined where the person leaves. */
  choose(message: string, options: readonly { value: string; label: string }[]): Promise<string | undefined>
  tell(message: string): void
  end(): void
}

/** What each key says, in the order in which it is shown. */
function optionsOf({ question }: Speech): { value: Key; label: string; hint: string }[] {
  return [
    { value: '1', label: question('notYet'), hint: question('notYetHint') },
    { value: '2', label: question('withHelp'), hint: question('withHelpHint') },
    { value: '3', label: question('onMyOwn'), hint: question('onMyOwnHint') },
    { value: '4', label: question('leadOthers'), hint: question('leadOthersHint') },
    { value: '5', label: question('setHow'), hint: question('setHowHint') },
    { value: 'n', label: question('noOpportunity'), hint: question('noOpportunityHint') },
    { value: 'u', label: question('undo'), hint: '' },
    { value: 'e', label: question('evidence'), hint: '' },
    { value: 'q', label: question('leave'), hint: '' },
  ]
}

/** An asker for this process's input and output. */
export async function createAsker(speech: Speech): Promise<Asker> {
  return process.stdin.isTTY && process.stdout.isTTY ? keyAsker(speech) : lineAsker(speech)
}

async function keyAsker(speech: Speech): Promise<Asker> {
  const { isCancel, log, S_BAR, select, selectKey, text } = await import('@clack/prompts')
  const options = optionsOf(speech).map(({ hint, ...option }) => (hint === '' ? option : { ...option, hint }))
  const indent = `\n${dim(S_BAR)}  `
  return {
    async ask({ place, text, reason, progress }) {
      const width = pageWidth() - 4
      const message = [
        ...wrap(place, width).map((line) => dim(line)),
        '',
        ...wrap(text, width).map((line) => bold(line)),
        '',
        ...wrap(`${reason}${progress}`, width).map((line) => dim(line)),
      ].join(indent)
      const key = await selectKey({ message, options })
      return isCancel(key) ? 'q' : key
    },
    async askText(message) {
      const line = await text({ message, placeholder: '' })
      return isCancel(line) ? undefined : (line ?? '').trim()
    },
    async choose(message, choices) {
      const value = await select({ message, options: choices.map(({ value, label }) => ({ value, label })) })
      return isCancel(value) ? undefined : value
    },
    tell: (message) => log.message(wrap(message, pageWidth() - 4).join('\n')),
    end: () => undefined,
  }
}

/** Reads answers line by line, so that a script or a screen reader can give them. */
function lineAsker(speech: Speech): Asker {
  const reader = createInterface({ input: process.stdin, terminal: false })
  const lines = reader[Symbol.asyncIterator]()
  const next = async (prompt: string): Promise<string | undefined> => {
    process.stdout.write(prompt)
    const line = await lines.next()
    process.stdout.write('\n')
    return line.done === true ? undefined : line.value.trim()
  }
  return {
    async ask({ place, text, reason, progress }) {
      const width = pageWidth()
      const parts = [place, text, `${reason}${progress}`].flatMap((part) => wrap(part, width))
      const options = optionsOf(speech).map(
        ({ value, label, hint }) => `  ${value}  ${label}${hint === '' ? '' : ` (${hint})`}`,
      )
      print([...parts, ...options].join('\n'))
      const keys = KEYS.join(' ')
      for (;;) {
        const line = await next(speech.terminal.key(keys))
        if (line === undefined) return 'q'
        const key = KEYS.find((one) => one === line.toLowerCase())
        if (key !== undefined) return key
        print(speech.terminal.keyFault(keys))
      }
    },
    askText: (message) => next(`${message} `),
    // A choice is offered only to a person at a terminal: scripts give the option.
    choose: () => Promise.resolve(''),
    tell: (message) => print(wrap(message, pageWidth()).join('\n')),
    end: () => reader.close(),
  }
}
