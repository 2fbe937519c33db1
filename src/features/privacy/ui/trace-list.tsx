// Who looked at or changed what is mine, newest first.
import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Loading, TroublePage } from '../../../ui/components/states.tsx'
import { WideTable } from '../../../ui/components/wide-table.tsx'
import { useActs } from '../../../ui/words/use-acts.ts'
import { useFigures } from '../../../ui/words/use-figures.ts'
import { privacyApi } from './privacy-api.ts'
import classes from './privacy.module.css'

/** What Rungs does once for the one person at this machine. */
const SET_UP = ['person.create', 'role.grant']

export function TraceList({ isAlone }: { readonly isAlone: boolean }) {
  const t = useTranslations('privacy')
  const figures = useFigures()
  const acts = useActs()
  const [mine, setMine] = useState(false)
  const list = useInfiniteQuery(
    privacyApi.trace.infiniteOptions({
      input: (before: number | undefined) => ({ others: !mine, ...(before === undefined ? {} : { before }) }),
      initialPageParam: undefined,
      getNextPageParam: ({ rows, more }) => (more ? rows.at(-1)?.position : undefined),
    }),
  )
  if (list.error) return <TroublePage error={list.error} retry={() => void list.refetch()} />
  if (!list.data) return <Loading />
  const rows = list.data.pages.flatMap((page) => page.rows)
  return (
    <>
      <label className={classes['check']}>
        <input type="checkbox" checked={mine} onChange={(event) => setMine(event.currentTarget.checked)} />
        {t('mine')}
      </label>
      {rows.length === 0 ? (
        <p role="status">{t('nobodyLooked')}</p>
      ) : (
        <WideTable label={t('looked')}>
          <thead>
            <tr>
              <th scope="col">{t('when')}</th>
              <th scope="col">{t('who')}</th>
              <th scope="col">{t('what')}</th>
              <th scope="col">{t('why')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ position, at, by, self, action, reason, inPlaceOf }) => (
              <tr key={position}>
                <td data-label={t('when')}>{figures.dateTime(at)}</td>
                <td data-label={t('who')}>
                  {by === null ? (
                    t('rungs')
                  ) : self ? (
                    t('you')
                  ) : (
                    <Link to="/people/$person" params={{ person: by.id }}>
                      {by.name ?? t('erasedPerson')}
                    </Link>
                  )}
                </td>
                <td data-label={t('what')}>
                  {isAlone && by === null && SET_UP.includes(action) ? t('setUp') : acts.act(action)}
                </td>
                <td data-label={reason === null ? undefined : t('why')}>
                  {inPlaceOf === null
                    ? acts.reason(reason)
                    : t('inPlaceOf', { name: inPlaceOf.name ?? t('erasedPerson') })}
                </td>
              </tr>
            ))}
          </tbody>
        </WideTable>
      )}
      {list.hasNextPage && (
        <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </>
  )
}
