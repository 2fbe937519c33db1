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

type Area = AssessmentState['progress']['areas'][number]

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
  const share = ({ bars, decided, filled }: Area): string => {
    if (bars === null) return t('wanted', { percent: figures.percent(filled) })
    return bars === 0 ? t('noBars') : t('decidedBars', { decided: decided!, bars })
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
              <span style={{ width: `${area.filled * 100}%` }} />
            </span>
            <span className={classes['share']}>{share(area)}</span>
            {(never || without) && (
              <span className={classes['unknown']}>
                {figures.sentences(
                  never && t('neverAsked', { list: never }),
                  without && t('withoutOpportunity', { list: without }),
                )}
              </span>
            )}
          </li>
        )
      })}
    </ul>
  )
}
