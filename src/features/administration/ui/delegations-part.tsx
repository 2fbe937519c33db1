// Who acts in whose place, until which day; everybody delegates their own rights, the owner also others'.
import { Button, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Section } from '../../../ui/components/page.tsx'
import { Loading, TroublePage } from '../../../ui/components/states.tsx'
import { WideTable } from '../../../ui/components/wide-table.tsx'
import { useFigures } from '../../../ui/words/use-figures.ts'
import { PersonField, type ChosenPerson } from '../../people/ui/person-field.tsx'
import { administrationApi } from './administration-api.ts'
import { Said } from './said.tsx'
import { useChange, type Change } from './use-change.ts'
import classes from './administration.module.css'

const STATES = { ahead: 'ahead', running: 'running', over: 'over', 'taken back': 'takenBack' } as const

interface Props {
  readonly me: string
  readonly today: string
  readonly forOthers: boolean
}

export function DelegationsPart(props: Props) {
  const t = useTranslations('administration')
  const { date } = useFigures()
  const change = useChange()
  const list = useQuery(administrationApi.delegations.queryOptions())
  if (list.error) return <TroublePage error={list.error} retry={() => void list.refetch()} />
  if (!list.data) return <Loading />
  const { delegations } = list.data
  return (
    <>
      <p className={classes['lead']}>{t('delegationLead')}</p>
      <Said change={change} />
      {delegations.length === 0 ? (
        <p role="status">{t('noDelegations')}</p>
      ) : (
        <WideTable label={t('delegations')}>
          <thead>
            <tr>
              <th scope="col">{t('from')}</th>
              <th scope="col">{t('to')}</th>
              <th scope="col">{t('starts')}</th>
              <th scope="col">{t('lastDay')}</th>
              <th scope="col">{t('state')}</th>
              <th scope="col">{t('actions')}</th>
            </tr>
          </thead>
          <tbody>
            {delegations.map(({ id, from, to, starts, lastDay, state, can }) => (
              <tr key={id}>
                <th scope="row">{from.name ?? t('unnamed')}</th>
                <td data-label={t('to')}>{to.name ?? t('unnamed')}</td>
                <td data-label={t('starts')}>{date(`${starts}T12:00`)}</td>
                <td data-label={t('lastDay')}>{date(`${lastDay}T12:00`)}</td>
                <td data-label={t('state')}>{t(STATES[state])}</td>
                <td>
                  {can.takeBack && (
                    <Button
                      variant="subtle"
                      size="compact-sm"
                      disabled={change.busy}
                      aria-label={t('takeBackOf', { name: to.name ?? t('unnamed') })}
                      onClick={() => void change.run(() => administrationApi.takeBack.call({ id }))}
                    >
                      {t('takeBack')}
                    </Button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </WideTable>
      )}
      <DelegateForm {...props} change={change} />
    </>
  )
}

function DelegateForm({ me, today, forOthers, change }: Props & { readonly change: Change }) {
  const t = useTranslations('administration')
  const mine = { id: me, name: t('inMyPlace') }
  const [from, setFrom] = useState<ChosenPerson | undefined>(mine)
  const [to, setTo] = useState<ChosenPerson>()
  const [starts, setStarts] = useState(today)
  const [lastDay, setLastDay] = useState('')
  return (
    <Section title={t('delegate')}>
      <form
        className={classes['form']}
        onSubmit={(event) => {
          event.preventDefault()
          if (from === undefined || to === undefined) return
          const given = { key: crypto.randomUUID(), from: from.id, to: to.id, starts, lastDay }
          void change
            .run(() => administrationApi.delegate.call(given))
            .then((done) => done && setTo(undefined))
        }}
      >
        {forOthers && <PersonField label={t('from')} value={from} onChange={setFrom} required />}
        <PersonField label={t('to')} value={to} onChange={setTo} required />
        <TextInput
          type="date"
          required
          withAsterisk={false}
          label={t('starts')}
          min={today}
          value={starts}
          onChange={(event) => setStarts(event.currentTarget.value)}
        />
        <TextInput
          type="date"
          required
          withAsterisk={false}
          label={t('lastDay')}
          min={starts}
          value={lastDay}
          onChange={(event) => setLastDay(event.currentTarget.value)}
        />
        <div className={classes['buttons']}>
          <Button type="submit" loading={change.busy} disabled={from === undefined || to === undefined}>
            {t('delegate')}
          </Button>
        </div>
      </form>
    </Section>
  )
}
