// The places of a person over time; what was put right can be shown as it was.
import { Checkbox } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Loading, TroublePage } from '../../../ui/components/states.tsx'
import { peopleApi } from './people-api.ts'
import { dayIn } from './address.ts'
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
  const [corrected, setCorrected] = useState(false)
  const history = useQuery(peopleApi.history.queryOptions({ input: { id } }))
  if (history.error) return <TroublePage error={history.error} retry={() => void history.refetch()} />
  if (!history.data) return <Loading />
  const entries = history.data.entries.filter(({ correctedAt }) => corrected || correctedAt === null)
  const some = history.data.entries.some(({ correctedAt }) => correctedAt !== null)
  return (
    <>
      {some && (
        <Checkbox
          label={t('showCorrected')}
          checked={corrected}
          onChange={(event) => setCorrected(event.currentTarget.checked)}
          mb="md"
        />
      )}
      <div className={classes['wide']} tabIndex={0} role="region" aria-label={t('history')}>
        <table>
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
              <tr key={index} className={entry.correctedAt === null ? undefined : classes['corrected']}>
                <td className={classes['day']}>{entry.from}</td>
                <td className={classes['day']}>{entry.to ?? t('open')}</td>
                <td>{t(KINDS[entry.kind])}</td>
                <td>
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
                      {t('corrected', { at: new Date(entry.correctedAt) })}
                    </span>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}
