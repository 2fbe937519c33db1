// Readiness for every role, along the tracks, with what holds each back.
import { Link } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import type { RoleReadiness } from '../../../core/growth/model.ts'
import { Ring } from '../../../ui/charts/ring.tsx'
import { useFigures } from '../../../ui/words/use-figures.ts'
import type { FrameworkView } from '../../frameworks/ui/use-framework.ts'
import { useCountWords, useHeldWords, useReadinessWords } from './count-words.ts'
import classes from './readiness-list.module.css'

interface Props {
  readonly view: FrameworkView
  readonly roles: readonly RoleReadiness[]
  readonly assessment: string
}

export function ReadinessList({ view, roles, assessment }: Props) {
  const t = useTranslations('standing')
  const figures = useFigures()
  const counts = useCountWords()
  const readinessWords = useReadinessWords()
  const heldWords = useHeldWords(view.competencyTitle)
  return (
    <ul role="list" className={classes['list']}>
      {roles.map((each) => {
        const title = view.roleTitle(each.role.role, each.role.variant)
        const held = heldWords(each)
        return (
          <li key={`${each.role.role}~${each.role.variant ?? ''}`} data-variant={each.role.variant !== null}>
            <svg width="32" height="32" viewBox="0 0 32 32" aria-hidden="true" className={classes['ring']}>
              <Ring cx={16} cy={16} r={11} share={each.readiness ?? undefined} />
            </svg>
            <span>
              <Link
                to="/standings/$assessment/gaps/$role"
                params={{ assessment, role: each.role.role }}
                search={each.role.variant ? { variant: each.role.variant } : {}}
                className={classes['role']}
              >
                {title}
              </Link>
              <span className={classes['counts']}>
                {counts.first(each.musts)}
                {counts.rest(each.musts) && ` · ${counts.rest(each.musts)}`}
              </span>
              <span className={classes['held']}>
                {readinessWords(each)}
                {each.tooLittleKnown === null && held.open.length > 0 && (
                  <> {t('heldBack', { list: figures.list(held.open.map(view.competencyTitle)) })}</>
                )}
                {held.unknown}
              </span>
            </span>
          </li>
        )
      })}
    </ul>
  )
}
