// What became of a change: done, or refused and why.
import { useTranslations } from 'use-intl'
import { Refused } from '../../../ui/components/refused.tsx'
import type { Change } from './use-change.ts'
import classes from './administration.module.css'

export function Said({ change }: { readonly change: Change }) {
  const t = useTranslations('administration')
  if (change.error !== undefined) return <Refused error={change.error} className={classes['problem']} />
  return (
    <p role="status" className={change.done ? classes['done'] : 'visually-hidden'}>
      {change.done && t('done')}
    </p>
  )
}
