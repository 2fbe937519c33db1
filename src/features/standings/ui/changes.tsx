// What changed between an assessment and the one before: competencies, readiness, answers.
import { useSuspenseQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import type { StandingChange } from '../../../core/growth/change-model.ts'
import { Ruler } from '../../../ui/charts/ruler.tsx'
import { useFigures } from '../../../ui/words/use-figures.ts'
import classes from './history-screen.module.css'
import { standingsApi } from './standings-api.ts'
import { useReport } from './use-report.ts'

const CLEAR: readonly StandingChange['verdict'][] = [
  'risen',
  'fallen',
  'newly-known',
  'no-longer-known',
  'not-comparable',
]

export function Changes({ assessment }: { readonly assessment: string }) {
  const t = useTranslations('history')
  const standing = useTranslations('standing')
  const figures = useFigures()
  const { view } = useReport(assessment)
  const { data } = useSuspenseQuery(standingsApi.changes.queryOptions({ input: { assessment } }))
  const { change } = data
  if (!change) return <p className={classes['quiet']}>{t('noEarlier')}</p>
  const verdicts = {
    risen: t('risen'),
    fallen: t('fallen'),
    'no-clear-change': t('noClearChange'),
    'newly-known': t('newlyKnown'),
    'no-longer-known': t('noLongerKnown'),
    'not-known': t('notKnown'),
    'not-comparable': t('notComparable'),
  }
  const clear = change.competencies.filter((each) => CLEAR.includes(each.verdict))
  return (
    <>
      <p>{t('since', { date: figures.date(change.before) })}</p>
      {!change.sameVersion && <p className={classes['quiet']}>{t('otherVersion')}</p>}
      <p className={classes['quiet']}>{t('answersChanged', { count: change.answersChanged.length })}</p>
      {clear.length === 0 && <p>{t('nothingChanged')}</p>}
      <ul role="list" className={classes['changes']}>
        {clear.map((each) => (
          <li key={each.competency}>
            <span>{view.competencyTitle(each.competency)}</span>
            <Ruler
              levels={view.scaleOf(each.competency).levels.length}
              mark={each.verdict === 'no-longer-known' ? undefined : (each.after ?? undefined)}
              faint={each.after ?? undefined}
              ghost={each.verdict === 'newly-known' ? undefined : each.before?.level}
              label={`${view.competencyTitle(each.competency)}: ${t('before')} ${each.before ? figures.level(each.before.level) : t('notKnown')}, ${t('after')} ${each.after ? figures.level(each.after.level) : t('notKnown')}`}
            />
            <span className={classes['verdict']}>
              {verdicts[each.verdict]}
              {each.probabilityRisen !== null && (
                <span className={classes['quiet']}>
                  {' '}
                  {t('probability', { percent: figures.percent(each.probabilityRisen) })}
                </span>
              )}
            </span>
          </li>
        ))}
      </ul>
      <table className={classes['roles']}>
        <thead>
          <tr>
            <th scope="col">{standing('roles')}</th>
            <th scope="col">{t('before')}</th>
            <th scope="col">{t('after')}</th>
          </tr>
        </thead>
        <tbody>
          {change.roles.map((each) => (
            <tr key={`${each.role.role}~${each.role.variant ?? ''}`}>
              <th scope="row">{view.roleTitle(each.role.role, each.role.variant)}</th>
              <td>{each.before === null ? t('notKnown') : figures.percent(each.before)}</td>
              <td>{each.after === null ? t('notKnown') : figures.percent(each.after)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}
