// The mark of what a passage became: a colour that colour-blind people can tell apart, and always a word.
import { useTranslations } from 'use-intl'
import classes from './became.module.css'
import { BECAME, type Became } from './meanings.ts'

export function BecameMark({ became, count }: { readonly became: Became; readonly count?: number }) {
  const t = useTranslations('import')
  return (
    <span className={classes['mark']} data-became={became}>
      {t(`became.${became}`)}
      {count !== undefined && ` ${count}`}
    </span>
  )
}

export function BecameLegend() {
  const t = useTranslations('import')
  return (
    <ul role="list" className={classes['legend']} aria-label={t('legend')}>
      {BECAME.map((became) => (
        <li key={became}>
          <BecameMark became={became} />
        </li>
      ))}
    </ul>
  )
}
