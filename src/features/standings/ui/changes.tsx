// What changed between an assessment and the one before: competencies, readiness, answers.
import { useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import type { StandingChange } from '../../../core/growth/change-model.ts'
import { readinessText } from '../../../core/growth/readiness-text.ts'
import { wordsIn } from '../../../core/growth/words.ts'
import { Ruler } from '../../../ui/charts/ruler.tsx'
import { Choice } from '../../../ui/components/choice.tsx'
import { useFigures } from '../../../ui/words/use-figures.ts'
import { useLanguage } from '../../../ui/words/words-provider.tsx'
import { DoubtNotice } from './doubt-notice.tsx'
import classes from './history-screen.module.css'
import { useRunWords } from './run-words.ts'
import { standingsApi } from './standings-api.ts'
import { useLocationWords } from './use-location-words.ts'
import { useReport } from './use-report.ts'

const CLEAR: readonly StandingChange['verdict'][] = [
  'risen',
  'fallen',
  'newly-known',
  'not-asked-this-time',
  'no-opportunity',
  'other-questions',
  'not-comparable',
]

const REASONS = {
  unfinished: 'reasonUnfinished',
  'other-mode': 'reasonMode',
  'other-target': 'reasonTarget',
  throwaway: 'reasonThrowaway',
} as const

export function Changes({ assessment }: { readonly assessment: string }) {
  const t = useTranslations('history')
  const standing = useTranslations('standing')
  const figures = useFigures()
  const runWords = useRunWords()
  const { words } = wordsIn(useLanguage().language)
  const { place } = useLocationWords()
  const { view } = useReport(assessment)
  const search = useSearch({ from: '/assessments' })
  const navigate = useNavigate({ from: '/assessments' })
  const { data } = useSuspenseQuery(
    standingsApi.changes.queryOptions({
      input: { assessment, ...(search.since ? { since: search.since } : {}) },
    }),
  )
  const { change, before, runs, fit, after } = data
  const compareWith = runs.length > 0 && (
    <Choice
      label={t('compareWith')}
      value={before?.assessment ?? ''}
      options={[
        ...(before ? [] : [{ value: '', label: '…' }]),
        ...runs.map((each) => ({
          value: each.assessment,
          label: each.reason ? `${runWords(each)} (${t(REASONS[each.reason])})` : runWords(each),
        })),
      ]}
      onChange={(since) =>
        void navigate({ search: { ...search, of: assessment, since }, resetScroll: false })
      }
    />
  )
  if (!change)
    return (
      <>
        <p className={classes['quiet']}>
          {t(
            runs.length === 0
              ? 'noEarlier'
              : after
                ? ({ unfinished: 'thisUnfinished', throwaway: 'thisThrowaway' } as const)[after]
                : 'noneComparable',
          )}
        </p>
        {compareWith}
      </>
    )
  const saidOf = (each: StandingChange): string => {
    if (each.direction && (each.verdict === 'risen' || each.verdict === 'fallen'))
      return t(each.direction.word, { percent: figures.percent(each.direction.probability) })
    return {
      risen: t('risen'),
      fallen: t('fallen'),
      'no-clear-change': t('noClearChange'),
      'newly-known': t('newlyKnown'),
      'not-asked-this-time': t('notAskedThisTime'),
      'no-opportunity': t('noOpportunityThisTime'),
      'other-questions': t('otherQuestions'),
      'not-known': t('notKnown'),
      'not-comparable': t('notComparable'),
    }[each.verdict]
  }
  const clear = change.competencies.filter((each) => CLEAR.includes(each.verdict))
  const even = change.competencies.filter((each) => each.verdict === 'no-clear-change')
  const placed = (location: StandingChange['after'], restsOn: StandingChange['afterRestsOn']): string => {
    if (!location || restsOn === null) return t('notKnown')
    return restsOn === 'general-level'
      ? `${place(location)} (${standing('inferredLegend')})`
      : place(location)
  }
  const names = (ids: readonly string[]): string => figures.list(ids.map(view.competencyTitle))
  return (
    <>
      {compareWith}
      <DoubtNotice fit={fit} view={view} short />
      {!change.sameVersion && <p className={classes['quiet']}>{t('otherVersion')}</p>}
      <p className={classes['quiet']}>
        {t('answersChanged', { count: change.answersChanged.length })} ·{' '}
        {t('newlyAsked', { count: change.newlyAsked.length })} ·{' '}
        {t('notAskedCount', { count: change.notAskedThisTime.length })}
        {change.countOn > 0 && ` · ${t('countOn', { count: change.countOn })}`}
      </p>
      {clear.length === 0 && <p>{t('nothingChanged')}</p>}
      {clear.length > 0 && (
        <p className={classes['legend']}>
          <span>
            <svg width="14" height="16" viewBox="0 0 14 16" aria-hidden="true">
              <circle cx="7" cy="8" r="5" className={classes['ghost']} />
            </svg>
            {t('legendBefore')}
          </span>
          <span>
            <svg width="44" height="16" viewBox="0 0 44 16" aria-hidden="true">
              <path d="M2 8h40" className={classes['thin']} />
              <circle cx="22" cy="8" r="5" className={classes['dot']} />
            </svg>
            {t('legendAfter')}
          </span>
          {clear.some(({ afterRestsOn }) => afterRestsOn === 'general-level') && (
            <span>
              <svg width="44" height="16" viewBox="0 0 44 16" aria-hidden="true">
                <path d="M2 8h40" className={classes['thin']} strokeDasharray="3 3" />
                <circle cx="22" cy="8" r="5" className={classes['open']} />
              </svg>
              {standing('inferredLegend')}
            </span>
          )}
          {clear.some(({ afterRestsOn }) => afterRestsOn === null) && (
            <span>
              <svg width="14" height="16" viewBox="0 0 14 16" aria-hidden="true">
                <circle cx="7" cy="8" r="5" className={classes['open']} />
              </svg>
              {standing('notKnown')}
            </span>
          )}
        </p>
      )}
      <ul role="list" className={classes['changes']}>
        {clear.map((each) => (
          <li key={each.competency}>
            <span>{view.competencyTitle(each.competency)}</span>
            <Ruler
              levels={view.scaleOf(each.competency).levels.length}
              mark={each.afterRestsOn === null ? undefined : (each.after ?? undefined)}
              inferred={each.afterRestsOn === 'general-level'}
              faint={each.after ?? undefined}
              ghost={each.beforeRestsOn === null ? undefined : each.before?.level}
              label={`${view.competencyTitle(each.competency)}: ${t('before')} ${placed(each.before, each.beforeRestsOn)}, ${t('after')} ${placed(each.after, each.afterRestsOn)}`}
            />
            <span className={classes['verdict']}>{saidOf(each)}</span>
          </li>
        ))}
      </ul>
      {even.length > 0 && (
        <p className={classes['quiet']}>{t('even', { list: names(even.map((each) => each.competency)) })}</p>
      )}
      {change.leftOut.length > 0 && (
        <p className={classes['quiet']}>{t('leftOut', { list: names(change.leftOut) })}</p>
      )}
      <div className={classes['wide']}>
        <table className={classes['roles']}>
          <thead>
            <tr>
              <th scope="col">{t('allAtOnce')}</th>
              <th scope="col">{t('before')}</th>
              <th scope="col">{t('after')}</th>
            </tr>
          </thead>
          <tbody>
            {change.roles.map((each) => (
              <tr key={`${each.role.role}~${each.role.variant ?? ''}`}>
                <th scope="row">{view.roleTitle(each.role.role, each.role.variant)}</th>
                <td>{each.before === null ? t('notKnown') : readinessText(each.before, words)}</td>
                <td>{each.after === null ? t('notKnown') : readinessText(each.after, words)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}
