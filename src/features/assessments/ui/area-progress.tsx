// How much is known by now, as areas that fill; never a count of questions.
import { useTranslations } from 'use-intl'
import { textIn } from '../../../core/framework/text-in.ts'
import { useFigures } from '../../../ui/words/use-figures.ts'
import { useLanguage } from '../../../ui/words/words-provider.tsx'
import type { AssessmentState } from './assessments-api.ts'
import classes from './question-screen.module.css'

export function AreaProgress({ progress }: { readonly progress: AssessmentState['progress'] }) {
  const t = useTranslations('question')
  const figures = useFigures()
  const { language } = useLanguage()
  const left = progress.minutesLeft
  return (
    <div className={classes['progress']}>
      <ul role="list" className={classes['areas']} aria-label={t('progress')}>
        {progress.areas
          .filter(({ bars }) => bars !== 0)
          .map((area) => {
            const title = textIn(area.title, language)
            return (
              <li key={area.area} title={title}>
                <span className={classes['track']} aria-hidden="true">
                  <span style={{ width: `${area.filled * 100}%` }} />
                </span>
                <span className={classes['areaTitle']} aria-hidden="true">
                  {title}
                </span>
                <span className="visually-hidden">
                  {area.bars === null
                    ? t('areaProgress', { area: title, percent: figures.percent(area.filled) })
                    : t('areaBars', { area: title, decided: area.decided!, bars: area.bars })}
                </span>
              </li>
            )
          })}
      </ul>
      <p className={classes['left']}>
        {left &&
          (left.min === left.max
            ? t('minutesLeftOne', { max: left.max })
            : left.min === 0
              ? t('minutesAtMost', { max: left.max })
              : t('minutesLeft', { min: left.min, max: left.max }))}
      </p>
    </div>
  )
}
