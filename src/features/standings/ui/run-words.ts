// How one of several assessments is named where they are to be told apart: when, in which mode, how many answers.
import { useTranslations } from 'use-intl'
import { useFigures } from '../../../ui/words/use-figures.ts'
import type { standingsClient } from './standings-api.ts'

export type Run = Awaited<ReturnType<typeof standingsClient.current>>['choices'][number]

export function useModeWords(): (mode: Run['mode']) => string {
  const t = useTranslations('assess')
  const words = {
    quick: t('quick'),
    adaptive: t('adaptive'),
    'whole-bank': t('wholeBank'),
    target: t('target'),
  }
  return (mode) => words[mode]
}

export function useRunWords(): (run: Pick<Run, 'assessedAt' | 'mode' | 'answered' | 'finished'>) => string {
  const t = useTranslations('history')
  const figures = useFigures()
  const modeWord = useModeWords()
  return ({ assessedAt, mode, answered, finished }) =>
    [
      figures.dateTime(assessedAt),
      modeWord(mode),
      t('answersCount', { count: answered }),
      finished ? '' : t('running'),
    ]
      .filter(Boolean)
      .join(' · ')
}

/** "Newer, but with too few answers to take its place: ...", or with doubtful ones; empty where nothing was passed over. */
export function usePassedOver(newer: readonly (Run & { readonly doubtful: boolean })[]): string {
  const t = useTranslations('standing')
  const figures = useFigures()
  const runWords = useRunWords()
  const said = (doubtful: boolean): string => {
    const runs = newer.filter((each) => each.doubtful === doubtful)
    if (runs.length === 0) return ''
    return t(doubtful ? 'passedOverDoubtful' : 'passedOver', { list: figures.list(runs.map(runWords)) })
  }
  return figures.sentences(said(false), said(true))
}
