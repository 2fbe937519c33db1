// At the end: how much of each area is known, and beside it the competencies of which nothing is.
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { textIn } from '../../../core/framework/text-in.ts'
import { useFigures } from '../../../ui/words/use-figures.ts'
import { useLanguage } from '../../../ui/words/words-provider.tsx'
import type { FrameworkView } from '../../frameworks/ui/use-framework.ts'
import { standingsApi } from '../../standings/ui/standings-api.ts'
import type { AssessmentState } from './assessments-api.ts'
import classes from './areas-known.module.css'

interface Props {
  readonly state: AssessmentState
  readonly view: FrameworkView
}

export function AreasKnown({ state, view }: Props) {
  const t = useTranslations('question')
  const figures = useFigures()
  const { language } = useLanguage()
  const { assessment, progress } = state
  const { data } = useQuery({
    ...standingsApi.get.queryOptions({ input: { assessment: assessment.id } }),
    enabled: assessment.answered > 0,
  })
  const unknown = (data?.standing.competencies ?? []).filter((each) => !each.known)
  const named = (area: string, without: boolean): string =>
    figures.list(
      unknown
        .filter((each) => each.area === area && each.noOpportunity > 0 === without)
        .map((each) => view.competencyTitle(each.competency)),
    )
  // At the end it is told what was decided; "how much is known" would stand against "that is all".
  const barsOf = (area: string) => (state.outcome ?? []).filter((bar) => bar.area === area)
  const decidedOf = (area: string) => barsOf(area).filter(({ decision }) => decision !== 'cannot tell').length
  const filled = (area: string, known: number): number => {
    const bars = barsOf(area).length
    return state.outcome === null ? known : bars === 0 ? 0 : decidedOf(area) / bars
  }
  const share = (area: string, known: number): string => {
    if (state.outcome === null) return t('wanted', { percent: figures.percent(known) })
    const bars = barsOf(area).length
    return bars === 0 ? t('noBars') : t('decidedBars', { decided: decidedOf(area), bars })
  }
  return (
    <ul role="list" className={classes['areas']} aria-label={t('progress')}>
      {progress.areas.map((area) => {
        const never = named(area.area, false)
        const without = named(area.area, true)
        return (
          <li key={area.area}>
            <span className={classes['title']}>{textIn(area.title, language)}</span>
            <span className={classes['track']} aria-hidden="true">
              <span style={{ width: `${filled(area.area, area.filled) * 100}%` }} />
            </span>
            <span className={classes['share']}>{share(area.area, area.filled)}</span>
            {(never || without) && (
              <span className={classes['unknown']}>
                {never && t('neverAsked', { list: never })}{' '}
                {without && t('withoutOpportunity', { list: without })}
              </span>
            )}
          </li>
        )
      })}
    </ul>
  )
}
