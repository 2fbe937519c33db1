// How a share is said: which standing it is of, and people who have no name.
import { useTranslations } from 'use-intl'
import { textIn } from '../../../core/framework/text-in.ts'
import { useFigures } from '../../../ui/words/use-figures.ts'
import { useLanguage } from '../../../ui/words/words-provider.tsx'
import type { ReceivedShare } from './shares-api.ts'

export function useShareWords() {
  const t = useTranslations('shares')
  const figures = useFigures()
  const { language } = useLanguage()
  return {
    what: ({ framework, startedAt }: Pick<ReceivedShare, 'framework' | 'startedAt'>): string =>
      t('whatOf', {
        framework: textIn(framework.title, language),
        version: framework.version,
        date: figures.date(startedAt),
      }),
    name: ({ name }: { readonly name: string | null }): string => name ?? t('unnamed'),
    day: (day: string): string => figures.date(`${day}T12:00:00`),
  }
}
