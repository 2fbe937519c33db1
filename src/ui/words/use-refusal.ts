// Says in the language of the screen what was refused and why, or that it failed.
import { ORPCError } from '@orpc/client'
import { useCallback, useEffect, useState } from 'react'
import { createTranslator, useFormatter, useTranslations } from 'use-intl'
import type { RefusalCode, RefusalValues, RefusalWords } from '../../core/refusals/words-en.ts'
import { troubleOf } from '../rpc-link.ts'
import type { Language } from './language.ts'
import { useLanguage } from './words-provider.tsx'

/** Fetched once something is refused, not with the page. */
async function loadRefusals(language: Language): Promise<RefusalWords> {
  return language === 'zh-Hans'
    ? (await import('../../core/refusals/words-zh-hans.ts')).REFUSALS_ZH_HANS
    : (await import('../../core/refusals/words-en.ts')).REFUSALS_EN
}

const DAY = /^\d{4}-\d{2}-\d{2}$/

type Say = (code: RefusalCode, values: RefusalValues) => string | undefined

/** `say` answers undefined until the words are `settled`, and for a code that they lack. */
export function useRefusalWords(needed: boolean): { say: Say; settled: boolean } {
  const { language } = useLanguage()
  const format = useFormatter()
  const [loaded, setLoaded] = useState<{ language: Language; words: RefusalWords | undefined }>()
  const current = loaded?.language === language ? loaded : undefined
  useEffect(() => {
    if (!needed || current !== undefined) return
    let wanted = true
    void loadRefusals(language)
      .catch(() => undefined)
      .then((words) => wanted && setLoaded({ language, words }))
    return () => {
      wanted = false
    }
  }, [needed, current, language])
  const say = useCallback<Say>(
    (code, values) => {
      const words: Record<string, string> | undefined = current?.words
      if (words?.[code] === undefined) return undefined
      const shown = Object.entries(values).map(([name, value]) => [
        name,
        typeof value === 'string' && DAY.test(value)
          ? format.dateTime(new Date(`${value}T00:00`), { year: 'numeric', month: 'short', day: 'numeric' })
          : value,
      ])
      const translate: (key: string, told: RefusalValues) => string = createTranslator({
        locale: language,
        messages: words,
      })
      return translate(code, Object.fromEntries(shown))
    },
    [current, language, format],
  )
  return { say, settled: current !== undefined }
}

/** What an action ended with, in words; empty while there is nothing, or its words are on their way. */
export function useRefusal(error: unknown): string {
  const t = useTranslations('states')
  const refusal = refusalOf(error)
  const { say, settled } = useRefusalWords(refusal !== undefined)
  if (error === undefined || error === null) return ''
  const trouble = troubleOf(error)
  if (trouble === 'no-answer') return t('offline')
  const said = refusal && say(refusal.code, refusal.values)
  if (said !== undefined || (refusal && !settled)) return said ?? ''
  return t(trouble === 'broken' ? 'failed' : 'refused')
}

/** The code and what it tells, where the server refused on purpose. */
function refusalOf(error: unknown): { code: RefusalCode; values: RefusalValues } | undefined {
  if (!(error instanceof ORPCError)) return undefined
  const data: { refusal?: unknown; values?: unknown } | null | undefined = error.data
  if (typeof data?.refusal !== 'string') return undefined
  return { code: data.refusal as RefusalCode, values: (data.values ?? {}) as RefusalValues }
}
