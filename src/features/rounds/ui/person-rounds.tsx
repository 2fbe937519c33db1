// The rounds part of a person's page: closed rounds whose results the reader may open.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { Refused } from '../../../ui/components/refused.tsx'
import { roundsApi } from './rounds-api.ts'
import classes from './rounds.module.css'

export function PersonRounds({ person, empty }: { readonly person: string; readonly empty: string }) {
  const t = useTranslations('rounds')
  const found = useQuery(roundsApi.results.queryOptions({ input: { person } }))
  if (found.error) return <Refused error={found.error} />
  if (!found.data) return null
  const { rounds, rated } = found.data
  return (
    <>
      {rounds.length === 0 ? (
        <p>{empty}</p>
      ) : (
        <ul role="list" className={classes['rows']}>
          {rounds.map(({ id, name, closedAt }) => (
            <li key={id}>
              <span className={classes['grow']}>{name}</span>
              {closedAt && <span className={classes['quiet']}>{t('closedOn', { at: closedAt })}</span>}
              <Link to="/rounds/$round/results/$person" params={{ round: id, person }}>
                {t('read')}
              </Link>
            </li>
          ))}
        </ul>
      )}
      {rated.map(({ id, name }) => (
        <p key={id} className={classes['quiet']} data-rated={id}>
          {t('ratedThem', { round: name })}
        </p>
      ))}
      <p>
        <Link to="/rounds">{t('title')}</Link>
      </p>
    </>
  )
}
