// One unit on a day: where it hangs, what is below it, and who belongs to it.
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { Fragment } from 'react'
import { useTranslations } from 'use-intl'
import { Page, Section } from '../../../ui/components/page.tsx'
import { Loading, TroublePage } from '../../../ui/components/states.tsx'
import { AsOf } from './as-of.tsx'
import { KeepUnit } from './keep-unit.tsx'
import { peopleApi } from './people-api.ts'
import { dayIn, noonOf } from './address.ts'
import { PeopleTable } from './people-table.tsx'
import classes from './people.module.css'

const KINDS = { department: 'department', team: 'team', 'product-line': 'productLine' } as const

export function UnitScreen() {
  const t = useTranslations('team')
  const people = useTranslations('people')
  const { unit: id } = useParams({ from: '/units/$unit' })
  const { day } = useSearch({ from: '/units/$unit' })
  const navigate = useNavigate({ from: '/units/$unit' })
  const found = useQuery(
    peopleApi.unit.queryOptions({ input: { id, ...(day === undefined ? {} : { asOf: day }) } }),
  )
  if (found.error) return <TroublePage error={found.error} retry={() => void found.refetch()} />
  if (!found.data) return <Loading />
  const { unit, path, below, members, allPeople, can } = found.data
  return (
    <Page
      title={unit.name}
      above={
        <>
          {t(KINDS[unit.kind])}
          {path.map((one) => (
            <Fragment key={one.id}>
              {' · '}
              <Link to="/units/$unit" params={{ unit: one.id }} search={dayIn(day)}>
                {one.name}
              </Link>
            </Fragment>
          ))}
        </>
      }
      lead={t('lead', { own: unit.people, all: allPeople })}
      actions={
        <AsOf day={day} choose={(next) => void navigate({ search: () => dayIn(next), replace: true })} />
      }
    >
      {day !== undefined && <p className={classes['notice']}>{people('notToday', { day: noonOf(day) })}</p>}
      {day === undefined && can.keep && <KeepUnit key={`${unit.id} ${unit.name}`} unit={unit} />}
      {below.length > 0 && (
        <Section title={t('below')}>
          <ul className={classes['people']}>
            {below.map((one) => (
              <li key={one.id}>
                <Link to="/units/$unit" params={{ unit: one.id }} search={dayIn(day)}>
                  {one.name}
                </Link>
                <small>
                  {t(KINDS[one.kind])} · {t('people', { count: one.people })}
                </small>
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Section title={t('members')}>
        {members.length === 0 ? <p>{t('noMembers')}</p> : <PeopleTable people={members} day={day} />}
      </Section>
    </Page>
  )
}
