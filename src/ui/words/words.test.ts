// Every language says everything: the same keys, the same arguments, well-formed messages.
import { createTranslator } from 'use-intl/core'
import { expect, test } from 'vitest'
import { en } from './en.ts'
import { zhHans } from './zh-hans.ts'
import { REFUSALS_EN } from '../../core/refusals/words-en.ts'
import { REFUSALS_ZH_HANS } from '../../core/refusals/words-zh-hans.ts'

type Tree = { readonly [key: string]: string | Tree }

function flat(tree: Tree, prefix = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[prefix + key, value] as [string, string]] : flat(value, `${prefix}${key}.`),
  )
}

/** The argument and tag names of an ICU message, at any depth. */
function argumentsOf(message: string): string[] {
  const names = [...message.matchAll(/\{(\w+)(?=[,}])/g)].map((match) => match[1] ?? '')
  const tags = [...message.matchAll(/<(\w+)>/g)].map((match) => `<${match[1]}>`)
  return [...new Set([...names.filter((name) => !/^\d+$/.test(name)), ...tags])].toSorted()
}

const WORDS = {
  en: { ...en, refusal: REFUSALS_EN },
  'zh-Hans': { ...zhHans, refusal: REFUSALS_ZH_HANS },
} as const
const languages = { en: flat(WORDS.en), 'zh-Hans': flat(WORDS['zh-Hans']) }

test('both languages have the same keys in the same order', () => {
  expect(languages['zh-Hans'].map(([key]) => key)).toEqual(languages.en.map(([key]) => key))
})

test('both languages use the same arguments', () => {
  const chinese = new Map(languages['zh-Hans'])
  for (const [key, message] of languages.en)
    expect(argumentsOf(chinese.get(key) ?? ''), key).toEqual(argumentsOf(message))
})

test('every message is well formed and leaves no argument open', () => {
  for (const locale of ['en', 'zh-Hans'] as const) {
    const messages = languages[locale]
    const faults: string[] = []
    const words = createTranslator({
      locale,
      messages: WORDS[locale] as unknown as Record<string, never>,
      onError: (error) => faults.push(error.message),
    }) as unknown as { rich: (key: string, values: Record<string, unknown>) => unknown }
    for (const [key, message] of messages) {
      const values = Object.fromEntries(
        argumentsOf(message).map((name) =>
          name.startsWith('<')
            ? [name.slice(1, -1), () => 'x']
            : [name, /, (plural|select)/.test(message) ? 2 : '2'],
        ),
      )
      words.rich(key, values)
    }
    expect(faults, locale).toEqual([])
  }
})

test('Chinese is Chinese: no message is left in English', () => {
  const english = new Map(languages.en)
  const names = new Set(['app.name', 'standing.markdown', 'standing.json', 'standing.csv'])
  const left = languages['zh-Hans'].filter(
    ([key, message]) =>
      /[a-z]{2}/.test(message.replaceAll(/\{[^{}]*\}/g, '')) &&
      !names.has(key) &&
      message === english.get(key),
  )
  expect(left).toEqual([])
})
