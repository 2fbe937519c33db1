// My assessments, newest first, and what changed between two of them.
import { Button, Modal } from '@mantine/core'
import { useMutation, useQueries, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { textIn } from '../../../core/framework/text-in.ts'
import { Page, Section } from '../../../ui/components/page.tsx'
import { Empty } from '../../../ui/components/states.tsx'
import { Refused } from '../../../ui/components/refused.tsx'
import { tell } from '../../../ui/components/told.tsx'
import { useFigures } from '../../../ui/words/use-figures.ts'
import { useLanguage } from '../../../ui/words/words-provider.tsx'
import { assessmentsApi, assessmentsClient } from '../../assessments/ui/assessments-api.ts'
import type { Assessment } from '../../assessments/ui/assessments-api.ts'
import { Changes } from './changes.tsx'
import classes from './history-screen.module.css'
import { useModeWords } from './run-words.ts'
import { standingsApi } from './standings-api.ts'

export function HistoryScreen() {
  const t = useTranslations('history')
  const ladder = useTranslations('ladder')
  const assess = useTranslations('assess')
  const standing = useTranslations('standing')
  const figures = useFigures()
  const modeWord = useModeWords()
  const { language } = useLanguage()
  const search = useSearch({ from: '/assessments' })
  const navigate = useNavigate({ from: '/assessments' })
  const queries = useQueryClient()
  const { data } = useSuspenseQuery({ ...assessmentsApi.list.queryOptions(), staleTime: 0 })
  const [doomed, setDoomed] = useState<Assessment>()
  const remove = useMutation({
    mutationFn: (id: string) => assessmentsClient.delete({ id }),
    onSuccess: (_gone, id) => {
      setDoomed(undefined)
      tell(t('deleted'))
      // The list loses it and the address forgets it before anything is asked again, so that nobody asks for it.
      queries.setQueryData(assessmentsApi.list.queryKey(), (known) =>
        known ? { ...known, assessments: known.assessments.filter((each) => each.id !== id) } : known,
      )
      if (search.of === id || search.since === id) void navigate({ search: {}, replace: true })
      const isOfGone = ({ queryKey }: { queryKey: readonly unknown[] }): boolean =>
        JSON.stringify(queryKey).includes(id)
      void queries.cancelQueries({ predicate: isOfGone })
      queries.removeQueries({ predicate: isOfGone })
      void queries.invalidateQueries({ predicate: (query) => !isOfGone(query) })
    },
  })
  const list = data.assessments
  // The current standing of each framework; the list itself does not say which it is.
  const chosen = useQueries({
    queries: [...new Set(list.map((each) => each.framework.id))].map((framework) =>
      standingsApi.current.queryOptions({ input: { framework } }),
    ),
  }).flatMap(({ data: found }) => (found ? [found] : []))
  const current = new Set(chosen.map((found) => found.current?.assessment))
  const passedOver = new Map(
    chosen.flatMap((found) => found.passedOver.map((run) => [run.assessment, run.doubtful] as const)),
  )
  const shown = list.find((each) => each.id === search.of)?.id ?? list.find((each) => each.answered > 0)?.id
  if (list.length === 0)
    return (
      <Page title={t('title')} lead={t('lead')}>
        <Empty text={t('empty')}>
          <Button component={Link} to="/assess">
            {ladder('start')}
          </Button>
        </Empty>
      </Page>
    )
  return (
    <Page title={t('title')} lead={t('lead')}>
      <div>
        <table className={classes['runs']}>
          <thead>
            <tr>
              <th scope="col">{t('date')}</th>
              <th scope="col">{assess('framework')}</th>
              <th scope="col">{t('modes')}</th>
              <th scope="col">{t('answers')}</th>
              <th scope="col">{t('status')}</th>
              <th scope="col">
                <span className="visually-hidden">{t('open')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {list.map((each) => (
              <tr key={each.id}>
                <td>{figures.dateTime(each.finishedAt ?? each.lastAnsweredAt ?? each.startedAt)}</td>
                <td>
                  {textIn(each.framework.title, language)} {each.framework.version}
                </td>
                <td>{modeWord(each.mode)}</td>
                <td>{t('answersCount', { count: each.answered })}</td>
                <td>
                  {each.status === 'finished' ? t('finished') : t('running')}
                  {current.has(each.id) && ` · ${standing('currentOne')}`}
                  {passedOver.has(each.id) &&
                    ` · ${standing(passedOver.get(each.id) ? 'doubtfulRow' : 'passedOverRow')}`}
                </td>
                <td className={classes['actions']}>
                  {each.answered > 0 && (
                    <Link to="/standings/$assessment" params={{ assessment: each.id }}>
                      {t('open')}
                    </Link>
                  )}
                  {each.status === 'running' && (
                    <Link to="/assess/$assessment" params={{ assessment: each.id }}>
                      {t('goOn')}
                    </Link>
                  )}
                  {each.answered > 0 && (
                    <button
                      type="button"
                      aria-pressed={each.id === shown}
                      onClick={() => void navigate({ search: { of: each.id }, resetScroll: false })}
                    >
                      {t('what')}
                    </button>
                  )}
                  {each.can.delete && (
                    <button type="button" onClick={() => setDoomed(each)}>
                      {t('delete')}
                    </button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {shown && (
        <Section title={t('what')}>
          <Changes key={shown} assessment={shown} />
        </Section>
      )}
      <Modal
        opened={doomed !== undefined}
        onClose={() => setDoomed(undefined)}
        title={t('delete')}
        closeButtonProps={{ 'aria-label': t('cancel') }}
        centered
      >
        {doomed && (
          <p>
            <strong>
              {textIn(doomed.framework.title, language)} {doomed.framework.version} ·{' '}
              {figures.dateTime(doomed.finishedAt ?? doomed.lastAnsweredAt ?? doomed.startedAt)} ·{' '}
              {modeWord(doomed.mode)} · {t('answersCount', { count: doomed.answered })}
            </strong>
          </p>
        )}
        <p>{t('deleteSure')}</p>
        <div className={classes['modal']}>
          <Button variant="default" onClick={() => setDoomed(undefined)}>
            {t('cancel')}
          </Button>
          <Button
            color="red"
            className={classes['delete'] ?? ''}
            loading={remove.isPending}
            onClick={() => doomed && remove.mutate(doomed.id)}
          >
            {t('delete')}
          </Button>
        </div>
        <Refused error={remove.error} />
      </Modal>
    </Page>
  )
}
