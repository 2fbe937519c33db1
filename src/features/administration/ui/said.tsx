// What became of a change: done, or refused and why.
import { useTranslations } from 'use-intl'
import type { Change } from './use-change.ts'
import classes from './administration.module.css'

export function Said({ change }: { readonly change: Change }) {
  const t = useTranslations('administration')
  if (change.error !== undefined)
    return (
      <p role="alert" className={classes['problem']}>
        {change.error}
      </p>
    )
  return (
    <p role="status" className={change.done ? classes['done'] : 'visually-hidden'}>
      {change.done && t('done')}
    </p>
  )
}
