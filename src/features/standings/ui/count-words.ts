// How many expectations of a bar are met, likely, open and not known, in words; the same words on every screen.
import { useTranslations } from 'use-intl'
import type { RoleReadiness } from '../../../core/growth/model.ts'
import { useFigures } from '../../../ui/words/use-figures.ts'

type Counts = RoleReadiness['musts']

export const sumOf = (counts: Counts): number => counts.met + counts.likely + counts.open + counts.notKnown

interface HeldWords {
  /** "Design and Testing": what was answered and holds readiness back; empty where there is none. */
  readonly open: readonly string[]
  /** "Not known: Influence; answer these first." with a space before it; empty where all of them are known. */
  readonly unknown: string
}

/** What holds a bar back, apart from what was never answered: of that nothing can be said but that it is not known. */
export function useHeldWords(
  titleOf: (competency: string) => string,
): (heldBackBy: readonly string[], notKnown: readonly string[]) => HeldWords {
  const t = useTranslations('standing')
  const figures = useFigures()
  return (heldBackBy, notKnown) => {
    const unknown = heldBackBy.filter((each) => notKnown.includes(each))
    return {
      open: heldBackBy.filter((each) => !notKnown.includes(each)),
      unknown: unknown.length > 0 ? ` ${t('answerFirst', { list: figures.list(unknown.map(titleOf)) })}` : '',
    }
  }
}

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
