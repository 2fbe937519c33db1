// Who works here on a day: search, team, day, and what can be done where nobody is here yet.
import { Button } from '@mantine/core'
import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Choice } from '../../../ui/components/choice.tsx'
import { Page } from '../../../ui/components/page.tsx'
import { Loading, TroublePage } from '../../../ui/components/states.tsx'
import { useLive } from '../../../ui/live.ts'
import { AsOf } from './as-of.tsx'
import { JoinPerson } from './join-person.tsx'
import { NobodyYet, RemoveSample } from './sample-offer.tsx'
import { peopleApi } from './people-api.ts'
import { dayIn, noonOf, withText } from './address.ts'
import { PeopleTable } from './people-table.tsx'
import classes from './people.module.css'

const TYPING_MS = 200

export function PeopleScreen() {
  const t = useTranslations('people')
  const place = useTranslations('place')
  const [joining, setJoining] = useState(false)
  const search = useSearch({ from: '/people' })
  const navigate = useNavigate({ from: '/people' })
  const summary = useQuery(peopleApi.summary.queryOptions())
  const queries = useQueryClient()
  useLive('people', () => void queries.invalidateQueries({ queryKey: peopleApi.key() }))
  const [typed, setTyped] = useState(search.q ?? '')
  useEffect(() => {
    const timer = setTimeout(() => {
      if (typed !== (search.q ?? ''))
        void navigate({
          search: (was) => withText(was, 'q', typed === '' ? undefined : typed),
          replace: true,
        })
    }, TYPING_MS)
    return () => clearTimeout(timer)
  }, [typed, search.q, navigate])
  const { day, q, unit } = search
  const wanted = {
    ...(day === undefined ? {} : { asOf: day }),
    ...(q === undefined ? {} : { search: q }),
    ...(unit === undefined ? {} : { unit }),
  }
  const units = useQuery(peopleApi.units.queryOptions({ input: day === undefined ? {} : { asOf: day } }))
  const list = useInfiniteQuery({
    ...peopleApi.list.infiniteOptions({
      input: (after: string | undefined) => ({ ...wanted, ...(after === undefined ? {} : { after }) }),
      initialPageParam: undefined,
      getNextPageParam: (page) => page.next ?? undefined,
    }),
    placeholderData: keepPreviousData,
  })
  const error = list.error ?? summary.error
  if (error) return <TroublePage error={error} retry={() => void list.refetch()} />
  if (!list.data || !summary.data) return <Loading />
  const { people: count, first, can, sample } = summary.data
  if (count === 0 && first === null)
    return (
      <Page title={t('title')}>
        <NobodyYet can={can} />
      </Page>
    )
  const people = list.data.pages.flatMap((page) => page.people)
  const { total, day: shownDay } = list.data.pages[0]!
  const options = [
    { value: '', label: t('allUnits') },
    ...(units.data?.units ?? []).map(({ id, name }) => ({ value: id, label: name })),
  ]
  return (
    <Page
      title={t('title')}
      lead={
        total === null
          ? t('leadMany', { day: noonOf(shownDay) })
          : t('lead', { count: total, day: noonOf(shownDay) })
      }
      actions={
        <>
          <Button
            variant="default"
            renderRoot={(props) => <Link to="/org-chart" search={dayIn(day)} {...props} />}
          >
            {t('chart')}
          </Button>
          {can.add && (
            <Button variant="default" aria-expanded={joining} onClick={() => setJoining(!joining)}>
              {place('join')}
            </Button>
          )}
          {can.import && (
            <Button component={Link} to="/people/import" variant="default">
              {t('import')}
            </Button>
          )}
          {can.sample && sample > 0 && <RemoveSample count={sample} />}
        </>
      }
    >
      {can.add && joining && <JoinPerson today={summary.data.today} cancel={() => setJoining(false)} />}
      <div className={classes['bar']}>
        <input
          type="search"
          className={`${classes['field']} ${classes['search']}`}
          aria-label={t('searchLabel')}
          placeholder={t('searchHint')}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Choice
          label={t('unitFilter')}
          hideLabel
          value={unit ?? ''}
          options={options}
          onChange={(value) =>
            void navigate({ search: (was) => withText(was, 'unit', value === '' ? undefined : value) })
          }
        />
        <div className={classes['push']}>
          <AsOf
            day={day}
            choose={(next) => void navigate({ search: (was) => withText(was, 'day', next), replace: true })}
          />
        </div>
      </div>
      {day !== undefined && <p className={classes['notice']}>{t('notToday', { day: noonOf(day) })}</p>}
      {people.length === 0 ? (
        <p role="status">{t('nobody', { query: q ?? '' })}</p>
      ) : (
        <PeopleTable people={people} day={day} />
      )}
      <div className={classes['more']}>
        {list.hasNextPage && (
          <Button
            variant="default"
            loading={list.isFetchingNextPage}
            onClick={() => void list.fetchNextPage()}
          >
            {t('more')}
          </Button>
        )}
        {people.length > 0 && (
          <span className={classes['quiet']}>
            {total === null
              ? t('shownFirst', { shown: people.length })
              : t('shown', { shown: people.length, total })}
          </span>
        )}
      </div>
    </Page>
  )
}
