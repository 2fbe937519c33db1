// The ways that are not among the good ones, each with the reason why.
import { useTranslations } from 'use-intl'
import type { Path, Paths } from '../../../core/growth/path-model.ts'
import type { FrameworkView } from '../../frameworks/ui/use-framework.ts'
import classes from './paths-screen.module.css'
import { useWayWords } from './use-way-words.ts'

interface Props {
  readonly view: FrameworkView
  readonly paths: Paths
}

export function OtherWays({ view, paths }: Props) {
  const t = useTranslations('paths')
  const way = useWayWords(view)
  const backOf = ({ steps }: Path, end: 'from' | 'to'): string => {
    const back = steps.find(({ kind }) => kind === 'return')?.[end]
    return back ? view.roleTitle(back.role, back.variant) : ''
  }
  return (
    <ul role="list" className={classes['others']}>
      {paths.alternatives.map(({ path, because, dominatedBy }) => {
        const better = paths.paths.findIndex((each) => each.id === dominatedBy)
        return (
          <li key={path.id}>
            <strong>{way.title(path)}</strong>{' '}
            <span className={classes['meta']}>
              {way.timeAndClimb(path)} · {way.musts(path)}
            </span>
            <br />
            {because === 'dominated'
              ? t('dominated', {
                  number: better + 1,
                  named: better >= 0 && paths.paths.length > 1 ? 'yes' : 'no',
                })
              : because === 'goes-back'
                ? t('goesBack', {
                    from: backOf(path, 'from'),
                    to: backOf(path, 'to'),
                    role: view.roleTitle(paths.to.role, paths.to.variant),
                  })
                : t('passesTarget', { role: view.roleTitle(paths.to.role, paths.to.variant) })}
          </li>
        )
      })}
    </ul>
  )
}
