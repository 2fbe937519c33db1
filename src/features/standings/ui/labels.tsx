// What every result says of itself: self-assessed, and whether the levels were calibrated by data.
import { useTranslations } from 'use-intl'
import type { About } from '../../../core/growth/model.ts'
import { Tag } from '../../../ui/components/tag.tsx'
import classes from './labels.module.css'

export function ResultLabels({ about }: { readonly about: About }) {
  const t = useTranslations('standing')
  return (
    <details className={classes['labels']}>
      <summary>
        <Tag>{t('selfAssessed')}</Tag> {!about.calibrated && <Tag tone="dashed">{t('uncalibrated')}</Tag>}
      </summary>
      <p>{t('selfAssessedWhy')}</p>
      {!about.calibrated && <p>{t('uncalibratedWhy')}</p>}
    </details>
  )
}
