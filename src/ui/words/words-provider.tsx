// Gives the words of the chosen language to every screen; the language can change at any time.
import { createContext, useContext, useEffect, useMemo, useState } from 'react'
import type { ReactNode } from 'react'
import { IntlProvider } from 'use-intl'
import type { Words } from './en.ts'
import { cookieFor, languageFor, type Language } from './language.ts'

declare module 'use-intl' {
  interface AppConfig {
    Messages: Words
    Locale: Language
  }
}

export function initialLanguage(): Language {
  return languageFor({
    search: window.location.search,
    cookies: document.cookie,
    browser: navigator.language,
  })
}

/** Fetches one language's words; each language is a file of its own, so that only what is read is loaded. */
export async function loadWords(language: Language): Promise<Words> {
  return language === 'zh-Hans' ? (await import('./zh-hans.ts')).zhHans : (await import('./en.ts')).en
}

interface LanguageChoice {
  readonly language: Language
  readonly choose: (language: Language) => void
}

const LanguageContext = createContext<LanguageChoice>({ language: 'en', choose: () => {} })
export const useLanguage = (): LanguageChoice => useContext(LanguageContext)

interface Props {
  readonly first: { readonly language: Language; readonly words: Words }
  readonly children: ReactNode
}

export function WordsProvider({ first, children }: Props) {
  const [current, setCurrent] = useState(first)
  const choice = useMemo<LanguageChoice>(
    () => ({
      language: current.language,
      choose: (language) => {
        document.cookie = cookieFor(language)
        void loadWords(language).then((words) => setCurrent({ language, words }))
      },
    }),
    [current.language],
  )
  useEffect(() => {
    document.documentElement.lang = current.language
  }, [current.language])
  return (
    <LanguageContext value={choice}>
      <IntlProvider
        locale={current.language}
        messages={current.words}
        timeZone={Intl.DateTimeFormat().resolvedOptions().timeZone}
      >
        {children}
      </IntlProvider>
    </LanguageContext>
  )
}
