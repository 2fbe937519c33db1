// The org chart of a day, with a search that jumps to a person.
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Page } from '../../../ui/components/page.tsx'
import { Loading, TroublePage } from '../../../ui/components/states.tsx'
import { AsOf } from './as-of.tsx'
import { OrgChart, type ChartControls } from './org-chart.tsx'
import { peopleApi } from './people-api.ts'
import { dayIn, noonOf, withText } from './address.ts'
import { NobodyYet } from './sample-offer.tsx'
import { placesNotKnown } from './chart-view.ts'
import { useChart } from './use-chart.ts'
import people from './people.module.css'
import classes from './org-chart.module.css'

export function OrgChartScreen() {
  const t = useTranslations('chart')
  const words = useTranslations('people')
  const { day, person } = useSearch({ from: '/org-chart' })
  const navigate = useNavigate({ from: '/org-chart' })
  const summary = useQuery(peopleApi.summary.queryOptions())
  const chart = useChart(day, person)
  const controls = useRef<ChartControls>(null)
  const { toggle, reveal } = chart
  const fold = useCallback((id: string) => void toggle(id), [toggle])
  if (chart.error) return <TroublePage error={chart.error} retry={chart.retry} />
  if (!chart.ready || !summary.data) return <Loading />
  const { can, first } = summary.data
  const unknown = placesNotKnown(chart.chart)
  const name = (id: string) => chart.chart.nodes.get(id)?.name ?? words('unnamed')
  return (
    <Page
      title={t('title')}
      actions={
        <Button
          variant="default"
          renderRoot={(props) => <Link to="/people" search={dayIn(day)} {...props} />}
        >
          {t('asList')}
        </Button>
      }
    >
      {first === null ? (
        <NobodyYet can={can} />
      ) : (
        <>
          <div className={people['bar']}>
            <Finder day={day} choose={(id) => void reveal(id)} />
            <Button size="compact-sm" variant="default" onClick={() => void chart.unfoldAll()}>
              {t('all')}
            </Button>
            <Button size="compact-sm" variant="default" onClick={chart.fold}>
              {t('fold')}
            </Button>
            <Button size="compact-sm" variant="default" onClick={() => controls.current?.fit()}>
              {t('fit')}
            </Button>
            <Button
              size="compact-sm"
              variant="default"
              aria-label={t('further')}
              onClick={() => controls.current?.zoom(0.8)}
            >
              −
            </Button>
            <Button
              size="compact-sm"
              variant="default"
              aria-label={t('closer')}
              onClick={() => controls.current?.zoom(1.25)}
            >
              +
            </Button>
            <div className={people['push']}>
              <AsOf
                day={day}
                choose={(next) =>
                  void navigate({ search: (was) => withText(was, 'day', next), replace: true })
                }
              />
            </div>
          </div>
          {day !== undefined && <p className={people['notice']}>{words('notToday', { day: noonOf(day) })}</p>}
          {unknown && (
            <p role="status" className={people['notice']}>
              {t('notKnown', { count: unknown.people, day: noonOf(unknown.from) })}
            </p>
          )}
          {chart.circles.map((circle) => (
            <p key={circle.join()} role="alert" className={people['problem']}>
              {t('circle', { names: circle.map(name).join(' → ') })}
            </p>
          ))}
          {chart.chart.nodes.size === 0 ? (
            <p role="status">{t('empty')}</p>
          ) : unknown?.people === chart.chart.nodes.size ? null : (
            <OrgChart
              chart={chart.chart}
              unfolded={chart.unfolded}
              here={chart.here}
              isWanted={person !== undefined}
              day={day}
              toggle={fold}
              look={chart.look}
              controls={controls}
            />
          )}
          <p className={people['quiet']}>{t('drag')}</p>
        </>
      )}
    </Page>
  )
}

const TYPING_MS = 180

/** Finds a person of the day by a part of the name and jumps to them. */
function Finder({
  day,
  choose,
}: {
  readonly day: string | undefined
  readonly choose: (id: string) => void
}) {
  const t = useTranslations('chart')
  const [typed, setTyped] = useState('')
  const [query, setQuery] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => setQuery(typed.trim()), TYPING_MS)
    return () => clearTimeout(timer)
  }, [typed])
  const hits = useQuery({
    ...peopleApi.list.queryOptions({
      input: { search: query, limit: 8, ...(day === undefined ? {} : { asOf: day }) },
    }),
    enabled: query !== '',
  })
  const found = typed.trim() === '' ? [] : (hits.data?.people ?? [])
  const take = (id: string) => {
    choose(id)
    setTyped('')
    setQuery('')
  }
  return (
    <div className={classes['finder']}>
      <input
        type="search"
        className={people['field']}
        aria-label={t('find')}
        placeholder={t('find')}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={({ key }) => {
          if (key === 'Enter' && found[0]) take(found[0].id)
          else if (key === 'Escape') setTyped('')
        }}
      />
      {found.length > 0 && (
        <ul className={classes['hits']}>
          {found.map(({ id, name, title, units }) => (
            <li key={id}>
              <button type="button" onClick={() => take(id)}>
                {name}
                <small>{[title, units[0]?.name].filter(Boolean).join(' · ')}</small>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
