// How many expectations of a bar are met, likely, open and not known, in words; the same words on every screen.
import { useTranslations } from 'use-intl'
import type { RoleReadiness } from '../../../core/growth/model.ts'

type Counts = RoleReadiness['musts']

export const sumOf = (counts: Counts): number => counts.met + counts.likely + counts.open + counts.notKnown

interface CountWords {
  /** "7 of 9 musts met or likely" */
  readonly first: (counts: Counts) => string
  /** "1 open, 1 not known"; empty where there is neither. */
  readonly rest: (counts: Counts) => string
}

export function useCountWords(): CountWords {
  const t = useTranslations('standing')
  return {
    first: (counts) => t('mustsGood', { good: counts.met + counts.likely, musts: sumOf(counts) }),
    rest: ({ open, notKnown }) =>
      [
        open > 0 ? t('countOpen', { count: open }) : '',
        notKnown > 0 ? t('countUnknown', { count: notKnown }) : '',
      ]
        .filter(Boolean)
        .join(t('comma')),
  }
}
