// The audit for auditors and owners: whether its chain is whole, and its rows by filter.
import { Button, TextInput } from '@mantine/core'
import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Page, Section } from '../../../ui/components/page.tsx'
import { Loading, TroublePage } from '../../../ui/components/states.tsx'
import { Refused } from '../../../ui/components/refused.tsx'
import { WideTable } from '../../../ui/components/wide-table.tsx'
import { useActs } from '../../../ui/words/use-acts.ts'
import { useFigures } from '../../../ui/words/use-figures.ts'
import { auditApi } from './audit-api.ts'
import classes from './audit.module.css'

const FIELDS = ['action', 'object', 'person', 'from', 'to'] as const
type Filter = { [K in (typeof FIELDS)[number]]?: string }

const stateQuery = { ...auditApi.state.queryOptions(), refetchInterval: 10_000 }

export function AuditScreen() {
  const t = useTranslations('audit')
  const [filter, setFilter] = useState<Filter>({})
  const state = useQuery(stateQuery)
  if (state.error) return <TroublePage error={state.error} retry={() => void state.refetch()} />
  return (
    <Page title={t('title')} lead={t('lead')}>
      <ChainState />
      <Section title={t('rows')}>
        <FilterForm onChange={setFilter} />
        <Rows filter={filter} />
      </Section>
    </Page>
  )
}

function ChainState() {
  const t = useTranslations('audit')
  const figures = useFigures()
  const state = useQuery(stateQuery)
  const verifying = useMutation({ mutationFn: () => auditApi.verify.call({}) })
  const found = verifying.data
  return (
    <Section
      title={t('chain')}
      lead={t('chainLead')}
      aside={
        <Button variant="default" loading={verifying.isPending} onClick={() => verifying.mutate()}>
          {t('verify')}
        </Button>
      }
    >
      {state.data && (
        <p>
          {figures.sentences(
            t('linked', { count: state.data.linked }),
            state.data.checkpoint
              ? t('checkpoint', {
                  sequence: state.data.checkpoint.sequence,
                  at: figures.dateTime(state.data.checkpoint.at),
                })
              : t('noCheckpoint'),
          )}
        </p>
      )}
      <div role="status">
        {found?.finding === null && (
          <p className={classes['notice']}>{t('whole', { count: found.verified, waiting: found.waiting })}</p>
        )}
        {found?.finding && (
          <div className={classes['problem']}>
            <p>{t('wrong', { count: found.verified })}</p>
            <p>{t(`finding.${found.finding.kind}`, found.finding.values)}</p>
          </div>
        )}
      </div>
      <Refused error={verifying.error} className={classes['problem']} />
    </Section>
  )
}

function FilterForm({ onChange }: { readonly onChange: (filter: Filter) => void }) {
  const t = useTranslations('audit')
  const [typed, setTyped] = useState<Filter>({})
  return (
    <form
      className={classes['bar']}
      onSubmit={(event) => {
        event.preventDefault()
        onChange(Object.fromEntries(Object.entries(typed).filter(([, value]) => value.trim() !== '')))
      }}
    >
      {FIELDS.map((field) => (
        <TextInput
          key={field}
          label={t(`fields.${field}`)}
          type={field === 'from' || field === 'to' ? 'date' : 'text'}
          placeholder={field === 'action' ? 'assessment.' : ''}
          value={typed[field] ?? ''}
          onChange={(event) => setTyped({ ...typed, [field]: event.currentTarget.value })}
        />
      ))}
      <Button type="submit" variant="default">
        {t('filter')}
      </Button>
    </form>
  )
}

function Rows({ filter }: { readonly filter: Filter }) {
  const t = useTranslations('audit')
  const figures = useFigures()
  const acts = useActs()
  const list = useInfiniteQuery(
    auditApi.list.infiniteOptions({
      input: (before: number | undefined) => ({ ...filter, ...(before === undefined ? {} : { before }) }),
      initialPageParam: undefined,
      getNextPageParam: ({ rows, more }) => (more ? rows.at(-1)?.position : undefined),
    }),
  )
  if (list.error) return <TroublePage error={list.error} retry={() => void list.refetch()} />
  if (!list.data) return <Loading />
  const rows = list.data.pages.flatMap((page) => page.rows)
  if (rows.length === 0) return <p role="status">{t('none')}</p>
  const who = (person: { name: string | null; id: string } | null) =>
    person === null ? null : (person.name ?? <span className={classes['code']}>{person.id}</span>)
  return (
    <>
      <WideTable label={t('rows')}>
        <thead>
          <tr>
            <th scope="col">{t('position')}</th>
            <th scope="col">{t('when')}</th>
            <th scope="col">{t('who')}</th>
            <th scope="col">{t('what')}</th>
            <th scope="col">{t('object')}</th>
            <th scope="col">{t('whom')}</th>
            <th scope="col">{t('why')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.position}>
              <th scope="row">{row.sequence ?? <small>{t('waiting')}</small>}</th>
              <td data-label={t('when')}>{figures.dateTime(row.at)}</td>
              <td data-label={t('who')}>{who(row.actor) ?? t('rungs')}</td>
              <td data-label={t('what')}>
                <span>
                  {acts.act(row.action)}
                  <small className={classes['code']}>{row.action}</small>
                </span>
              </td>
              <td className={classes['code']} data-label={t('object')}>
                {row.object.kind} {row.object.id}
              </td>
              <td data-label={row.subjects === 0 ? undefined : t('whom')}>
                {row.subjects > 1 ? t('several', { count: row.subjects }) : who(row.subject)}
              </td>
              <td data-label={row.reason === null ? undefined : t('why')}>{acts.reason(row.reason)}</td>
            </tr>
          ))}
        </tbody>
      </WideTable>
      {list.hasNextPage && (
        <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </>
  )
}
