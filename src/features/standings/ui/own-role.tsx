// Where the target is today's own role: no way leads there, so what it asks and is not met yet stands instead.
import { Link } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import type { RoleRef } from '../../../core/growth/model.ts'
import type { Paths } from '../../../core/growth/path-model.ts'
import type { FrameworkView } from '../../frameworks/ui/use-framework.ts'
import { useCountWords } from './count-words.ts'
import { Asks, useAsksWords } from './path-asks.tsx'
import classes from './paths-screen.module.css'

interface Props {
  readonly view: FrameworkView
  readonly own: NonNullable<Paths['ownRole']>
  readonly assessment: string
  readonly role: RoleRef
}

export function OwnRole({ view, own, assessment, role }: Props) {
  const t = useTranslations('paths')
  const counts = useCountWords()
  const signs = useTranslations('level')
  const asksWords = useAsksWords()
  return (
    <section className={classes['own']}>
      <p>
        <strong>{t('ownRole', { role: view.roleTitle(role.role, role.variant) })}</strong>{' '}
        {counts.first(own.musts)}
        {counts.rest(own.musts) && ` · ${counts.rest(own.musts)}`}
        {signs('stop')}{' '}
        <Link
          to="/standings/$assessment/gaps/$role"
          params={{ assessment, role: role.role }}
          search={role.variant ? { variant: role.variant } : {}}
        >
          {t('ownGap')}
        </Link>
      </p>
      {own.asks.length > 0 && <h2>{asksWords(own.asks)}</h2>}
      <Asks view={view} asks={own.asks} />
    </section>
  )
}
