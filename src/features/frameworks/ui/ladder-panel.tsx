// Beside the map: what the station or line under the pointer says, in words.
import { Link } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { Tag } from '../../../ui/components/tag.tsx'
import { useFigures } from '../../../ui/words/use-figures.ts'
import type { LadderFocus } from './ladder-map.tsx'
import { growthOf, yearsOf } from './ladder-map-text.ts'
import classes from './ladder-panel.module.css'
import type { Place } from './place.ts'
import type { FrameworkView } from './use-framework.ts'

interface Props {
  readonly view: FrameworkView
  readonly focus: LadderFocus
  readonly place: Pick<Place, 'readiness' | 'musts'>
}

export function LadderPanel({ view, focus, place }: Props) {
  const t = useTranslations('ladder')
  const years = useTranslations('years')
  const figures = useFigures()
  if (!focus) return <p className={classes['hint']}>{t('hint')}</p>
  if ('role' in focus) {
    const role = view.role(focus.role)
    if (!role) return null
    const share = place.readiness.get(role.id)
    const counted = place.musts.get(role.id)
    return (
      <div className={classes['panel']}>
        <h2>{view.say(role.title)}</h2>
        <p className={classes['meta']}>
          {view.trackTitles(role)}
          {' · '}
          {share === undefined
            ? t(counted ? 'stationPartly' : 'stationUnknown', { count: counted?.unknown ?? 0 })
            : t('stationReady', { percent: figures.percent(share) })}
        </p>
        {role.summary && <p>{view.say(role.summary)}</p>}
      </div>
    )
  }
  const { line } = focus
  const claims = yearsOf(view.framework, line)
  const { raised, added } = growthOf(view.framework, line)
  return (
    <div className={classes['panel']}>
      <h2>{t('between', { from: view.roleTitle(line.from), to: view.roleTitle(line.to) })}</h2>
      <p className={classes['meta']}>
        {t(line.kind)}
        {' · '}
        {claims.length === 0 && t('noYears')}
        {claims.map((each, index) => (
          <span key={index}>
            {index > 0 && ' · '}
            {figures.years(each.years)} {years('sinceEntry')}{' '}
            <Tag tone={each.source ? 'plain' : 'dashed'}>
              {each.source ? years('source', { title: view.sourceTitle(each.source) }) : years('framework')}
            </Tag>
          </span>
        ))}
      </p>
      {line.changes && <p>{view.say(line.changes)}</p>}
      <p className={classes['grows']}>
        {raised + added > 0
          ? t('barGrows', { raised, added, both: raised > 0 && added > 0 ? 'yes' : 'no' })
          : t('barSame')}{' '}
        <Link
          to="/frameworks/$framework/compare"
          params={{ framework: view.framework.id }}
          search={{ a: line.from, b: line.to }}
        >
          {t('openCompare')}
        </Link>
      </p>
    </div>
  )
}
