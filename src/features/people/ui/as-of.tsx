// Chooses the day that a screen shows: a slider over all days that are known, the day itself, and back to today.
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import { addDays, daysBetween, isDay } from '../../../core/org/day.ts'
import { peopleApi } from './people-api.ts'
import classes from './people.module.css'

/** Longer histories begin with this many days before today on the slider; the field beside it reaches all days. */
const MOST_DAYS = 365 * 5
/** What is dragged over need not be asked for. */
const QUIET_MS = 160

interface Props {
  /** Undefined for today. */
  readonly day: string | undefined
  readonly choose: (day: string | undefined) => void
}

export function AsOf({ day, choose }: Props) {
  const t = useTranslations('people')
  const summary = useQuery(peopleApi.summary.queryOptions())
  const today = summary.data?.today
  const [dragged, setDragged] = useState<string>()
  useEffect(() => {
    if (dragged === undefined) return
    const timer = setTimeout(() => {
      choose(dragged === today ? undefined : dragged)
      setDragged(undefined)
    }, QUIET_MS)
    return () => clearTimeout(timer)
  }, [dragged, today, choose])
  if (today === undefined || !summary.data?.first) return null
  const first = summary.data.first
  const span = Math.min(MOST_DAYS, Math.max(1, daysBetween(first, today)))
  const start = addDays(today, -span)
  const shown = dragged ?? day ?? today
  return (
    <div className={classes['asOf']}>
      <label htmlFor="as-of">{t('asOf')}</label>
      <input
        type="range"
        aria-label={t('asOf')}
        aria-valuetext={shown}
        min={0}
        max={span}
        value={Math.max(0, Math.min(span, daysBetween(start, shown)))}
        onChange={(event) => setDragged(addDays(start, Number(event.currentTarget.value)))}
      />
      <input
        id="as-of"
        type="date"
        value={shown}
        onChange={({ currentTarget: { value } }) =>
          isDay(value) && choose(value === today ? undefined : value)
        }
      />
      <Button
        size="compact-sm"
        variant="subtle"
        disabled={day === undefined}
        onClick={() => choose(undefined)}
      >
        {t('today')}
      </Button>
    </div>
  )
}
