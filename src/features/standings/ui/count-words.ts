// How many expectations of a bar are met, likely, open and not known, in words; the same words on every screen.
import { useTranslations } from 'use-intl'
import type { RoleReadiness } from '../../../core/growth/model.ts'
import { useFigures } from '../../../ui/words/use-figures.ts'

type Counts = RoleReadiness['musts']

export const sumOf = (counts: Counts): number => counts.met + counts.likely + counts.open + counts.notKnown

/** So many competencies are named; of the others it is said how many they are. */
const NAMED = 3

interface HeldWords {
  /** "Design and Testing": what is open and holds readiness back; empty where there is none. */
  readonly open: readonly string[]
  /** "Not known: Influence; answer these first." with a space before it; empty where all of them are known. */
  readonly unknown: string
}

/** What holds a bar back, apart from what is not known: of that nothing can be said but that it is not known. */
export function useHeldWords(
  titleOf: (competency: string) => string,
): (bar: Pick<RoleReadiness, 'heldBackBy' | 'answerFirst' | 'withoutOpportunity' | 'musts'>) => HeldWords {
  const t = useTranslations('standing')
  const figures = useFigures()
  const named = (ids: readonly string[]): string => figures.list(ids.slice(0, NAMED).map(titleOf))
  return ({ heldBackBy, answerFirst, withoutOpportunity, musts }) => {
    const asked = musts.notKnown - withoutOpportunity.length
    return {
      open: heldBackBy,
      unknown: [
        answerFirst.length > 0
          ? figures.gap + t('answerFirst', { list: named(answerFirst), more: asked - answerFirst.length })
          : '',
        withoutOpportunity.length > 0
          ? figures.gap +
            t('withoutOpportunity', {
              list: named(withoutOpportunity),
              more: Math.max(0, withoutOpportunity.length - NAMED),
            })
          : '',
      ].join(''),
    }
  }
}

/** Readiness in words: a percentage of all musts, of those that are known with how many are not, or too little known. */
export function useReadinessWords(): (
  bar: Pick<RoleReadiness, 'readiness' | 'ofKnown' | 'tooLittleKnown'>,
  /** Says also why it is lower than each must alone. */
  why?: boolean,
) => string {
  const t = useTranslations('standing')
  const figures = useFigures()
  return ({ readiness, ofKnown, tooLittleKnown }, why = false) => {
    if (readiness !== null)
      return t(why ? 'allAtOnceWhy' : 'allAtOnce', { percent: figures.percent(readiness) })
    if (ofKnown)
      return t('ofKnown', {
        percent: figures.percent(ofKnown.probability),
        musts: ofKnown.musts,
        unknown: ofKnown.notKnown,
      })
    return t('tooLittle', {
      answered: tooLittleKnown?.answered ?? 0,
      musts: tooLittleKnown?.musts ?? 0,
    })
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
