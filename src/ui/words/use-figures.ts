// Writes figures the same way everywhere: shares, levels, years, dates.
import { useFormatter, useTranslations } from 'use-intl'
import { listText } from '../../core/growth/list-text.ts'
import { percentText, percentTextInChinese } from '../../core/growth/percent-text.ts'
import { useLanguage } from './words-provider.tsx'

interface Figures {
  /** A probability 0 to 1 as a whole percentage; never 0 % or 100 %, which nothing here can be sure of. */
  readonly percent: (share: number) => string
  /** A position on the scale with one decimal. */
  readonly level: (value: number) => string
  /** A standard error or standard deviation with two decimals. */
  readonly sd: (value: number) => string
  readonly years: (range: { readonly min: number; readonly max?: number | null | undefined }) => string
  readonly date: (iso: string) => string
  readonly dateTime: (iso: string) => string
  readonly list: (items: readonly string[]) => string
  /** What stands between two sentences: Chinese leaves no space after its full stop. */
  readonly gap: string
  /** Sentences one after the other, as the language sets them; what is empty is left out. */
  readonly sentences: (...all: readonly (string | false | null | undefined)[]) => string
}

export function useFigures(): Figures {
  const format = useFormatter()
  const { language } = useLanguage()
  const t = useTranslations('years')
  const gap = language === 'zh-Hans' ? '' : ' '
  const short = (value: number): string => format.number(value, { maximumFractionDigits: 1 })
  return {
    percent: language === 'en' ? percentText : percentTextInChinese,
    level: (value) => format.number(value, { minimumFractionDigits: 1, maximumFractionDigits: 1 }),
    sd: (value) => format.number(value, { minimumFractionDigits: 2, maximumFractionDigits: 2 }),
    years: ({ min, max }) => {
      if (max === null || max === undefined) return t('from', { min: short(min) })
      return max === min ? t('exact', { min }) : t('range', { min: short(min), max: short(max) })
    },
    date: (iso) => format.dateTime(new Date(iso), { year: 'numeric', month: 'short', day: 'numeric' }),
    dateTime: (iso) =>
      format.dateTime(new Date(iso), {
        year: 'numeric',
        month: 'short',
        day: 'numeric',
        hour: '2-digit',
        minute: '2-digit',
      }),
    list: (items) => listText(language, items),
    gap,
    sentences: (...all) => all.filter(Boolean).join(gap),
  }
}
