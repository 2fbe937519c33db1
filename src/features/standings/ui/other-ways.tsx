// The ways that are not among the good ones, each with the reason why.
import { useTranslations } from 'use-intl'
import type { Paths } from '../../../core/growth/path-model.ts'
import { useFigures } from '../../../ui/words/use-figures.ts'
import type { FrameworkView } from '../../frameworks/ui/use-framework.ts'
import classes from './paths-screen.module.css'

interface Props {
  readonly view: FrameworkView
  readonly paths: Paths
}

export function OtherWays({ view, paths }: Props) {
  const t = useTranslations('paths')
  const figures = useFigures()
  return (
    <ul role="list" className={classes['others']}>
      {paths.alternatives.map(({ path, because, dominatedBy }) => {
        const better = paths.paths.findIndex((each) => each.id === dominatedBy)
        return (
          <li key={path.id}>
            <strong>
              {path.roles
                .slice(1)
                .map((role) => view.roleTitle(role))
                .join(' → ')}
            </strong>{' '}
            <span className={classes['meta']}>
              {figures.years(path.years)} · {t('levels', { count: Math.round(path.gap.levels * 10) / 10 })} ·{' '}
              {t('open', { open: path.gap.musts.open, unknown: path.gap.musts.notKnown })}
            </span>
            <br />
            {because === 'dominated'
              ? t('dominated', {
                  number: better + 1,
                  named: better >= 0 && paths.paths.length > 1 ? 'yes' : 'no',
                })
              : because === 'goes-back'
                ? t('goesBack')
                : t('passesTarget', { role: view.roleTitle(paths.to.role, paths.to.variant) })}
          </li>
        )
      })}
    </ul>
  )
}
