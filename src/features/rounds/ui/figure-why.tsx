// Why a figure of a round is what it is: what it rests on, what moved it, what it leans on, and what its interval means.
import { useTranslations } from 'use-intl'
import { useFigures } from '../../../ui/words/use-figures.ts'
import type { RoundResult } from './rounds-api.ts'
import classes from './rounds.module.css'

type Competency = RoundResult['competencies'][number]
type Others = Competency['others'][number]
type Figure = NonNullable<Competency['self']> & Partial<Pick<Others, 'raters' | 'raw'>>

interface Props {
  readonly figure: Figure
  readonly who: string
  readonly competency: string
  readonly from: 'self' | 'one' | 'group'
  /** Whether the reader is the person. */
  readonly own: boolean
  readonly rawHidden: boolean
}

export function FigureWhy({ figure, who, competency, from, own, rawHidden }: Props) {
  const t = useTranslations('roundWhy')
  const figures = useFigures()
  const { answers, answered, leansShare, raters = 1, raw } = figure
  const [low, high] = [figures.level(figure.low), figures.level(figure.high)]
  const rests =
    answers === null
      ? t('restsBefore')
      : from === 'self'
        ? t('restsSelf', { answers })
        : t('rests', { answers, raters })
  const said =
    from === 'self'
      ? answered && t('answered', { not: answered[0]!, help: answered[1]!, own: answered[2]! })
      : t(from === 'one' ? 'saidOne' : 'saidGroup')
  const severity = (): string => {
    if (from !== 'group') return t(from === 'self' ? 'severitySelf' : 'severityOne')
    if (!raw) return t(!own ? 'severityOthers' : rawHidden ? 'severityHidden' : 'severityNot')
    const values = { raw: figures.level(raw.level), by: figures.level(Math.abs(figure.level - raw.level)) }
    return t(raw.severity > 0 ? 'severityHarsh' : 'severityMild', values)
  }
  const lean =
    leansShare !== null
      ? t('leansShare', { share: figures.percent(leansShare), rest: figures.percent(1 - leansShare) })
      : t('leansBefore')
  return (
    <details className={classes['why']}>
      <summary aria-label={t('of', { who, competency })}>{t('why')}</summary>
      <ul className={classes['reasons']}>
        <li data-why="rests">{figures.sentences(rests, said)}</li>
        <li data-why="severity">{severity()}</li>
        <li data-why="leans">{figures.sentences(lean, t('leansWhy'))}</li>
        <li data-why="interval">{t('interval', { low, high })}</li>
        {figure.misplaced && <li data-why="places">{t('misplaced')}</li>}
        {figure.disagree && <li data-why="disagree">{t('disagree')}</li>}
      </ul>
    </details>
  )
}
