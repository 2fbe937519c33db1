// The places of a person over time: as they are known now, with what was put right, or as they were known on a day.
import { Button, Checkbox } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { addDays, isDay } from '../../../core/org/day.ts'
import { Loading, TroublePage } from '../../../ui/components/states.tsx'
import { WideTable } from '../../../ui/components/wide-table.tsx'
import { useFigures } from '../../../ui/words/use-figures.ts'
import { peopleApi } from './people-api.ts'
import { dayIn, noonOf } from './address.ts'
import classes from './people.module.css'

const KINDS = {
  employment: 'employment',
  unit: 'unit',
  manager: 'managerKind',
  dotted: 'dottedKind',
  position: 'positionKind',
  grade: 'gradeKind',
} as const

export function PersonHistory({ id, day }: { readonly id: string; readonly day: string | undefined }) {
  const t = useTranslations('person')
  const { date } = useFigures()
  const [corrected, setCorrected] = useState(false)
  const [knownAt, setKnownAt] = useState('')
  const summary = useQuery(peopleApi.summary.queryOptions())
  const known = isDay(knownAt) ? knownAt : undefined
  const history = useQuery({
    ...peopleApi.history.queryOptions({ input: { id, ...(known === undefined ? {} : { knownAt: known }) } }),
    placeholderData: keepPreviousData,
  })
  if (history.error) return <TroublePage error={history.error} retry={() => void history.refetch()} />
  if (!history.data) return <Loading />
  // What was believed on a day was not yet corrected then, whatever became of it.
  const then = known !== undefined
  const entries = history.data.entries.filter(({ correctedAt }) => then || corrected || correctedAt === null)
  const some = history.data.entries.some(({ correctedAt }) => correctedAt !== null)
  return (
    <>
      <div className={classes['bar']}>
        <label htmlFor="known-at">{t('knownAt')}</label>
        <input
          id="known-at"
          type="date"
          className={classes['field']}
          max={summary.data?.today}
          value={knownAt}
          onChange={(event) => setKnownAt(event.currentTarget.value)}
        />
        {then ? (
          <Button size="compact-sm" variant="subtle" onClick={() => setKnownAt('')}>
            {t('knownNow')}
          </Button>
        ) : (
          some && (
            <Checkbox
              label={t('showCorrected')}
              checked={corrected}
              onChange={(event) => setCorrected(event.currentTarget.checked)}
            />
          )
        )}
      </div>
      <p role="status" className={then ? classes['notice'] : 'visually-hidden'}>
        {then && t('believed', { day: noonOf(known), count: entries.length })}
      </p>
      <WideTable label={t('history')}>
        <thead>
          <tr>
            <th scope="col">{t('from')}</th>
            <th scope="col">{t('to')}</th>
            <th scope="col">{t('kind')}</th>
            <th scope="col">{t('what')}</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry, index) => (
            <tr key={index} className={then || entry.correctedAt === null ? undefined : classes['corrected']}>
              <td className={classes['day']} data-label={t('from')}>
                {date(`${entry.from}T12:00`)}
              </td>
              <td className={classes['day']} data-label={t('to')}>
                {entry.to === null ? t('open') : date(`${addDays(entry.to, -1)}T12:00`)}
              </td>
              <td data-label={t('kind')}>{t(KINDS[entry.kind])}</td>
              <td data-label={entry.what === null ? undefined : t('what')}>
                {entry.id === null ? (
                  entry.what
                ) : entry.kind === 'unit' ? (
                  <Link to="/units/$unit" params={{ unit: entry.id }} search={dayIn(day)}>
                    {entry.what}
                  </Link>
                ) : (
                  <Link to="/people/$person" params={{ person: entry.id }} search={dayIn(day)}>
                    {entry.what}
                  </Link>
                )}{' '}
                {entry.correctedAt !== null && (
                  <span className={classes['quiet']}>
                    {t(then ? 'correctedLater' : 'corrected', { at: new Date(entry.correctedAt) })}
                  </span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </WideTable>
    </>
  )
}
