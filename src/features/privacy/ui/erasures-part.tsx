// Erasures: who was or is being erased, and ordering one, which is asked for twice.
import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Choice } from '../../../ui/components/choice.tsx'
import { Section } from '../../../ui/components/page.tsx'
import { Refused } from '../../../ui/components/refused.tsx'
import { WideTable } from '../../../ui/components/wide-table.tsx'
import { useFigures } from '../../../ui/words/use-figures.ts'
import { PersonField, type ChosenPerson } from '../../people/ui/person-field.tsx'
import { privacyApi, type Keeping } from './privacy-api.ts'
import { useOrder } from './use-order.ts'
import classes from './privacy.module.css'

const REASONS = ['asked', 'left', 'mistake'] as const
/** Rungs orders some by itself. */
const KNOWN = [...REASONS, 'retention', 'restored'] as const
const isKnown = (reason: string): reason is (typeof KNOWN)[number] =>
  (KNOWN as readonly string[]).includes(reason)

export function ErasuresPart({ keeping }: { readonly keeping: Keeping }) {
  const t = useTranslations('privacy')
  const figures = useFigures()
  return (
    <Section title={t('erasures')} lead={t('erasuresLead')}>
      {keeping.erasures.length === 0 ? (
        <p role="status">{t('noErasures')}</p>
      ) : (
        <WideTable label={t('erasures')}>
          <thead>
            <tr>
              <th scope="col">{t('whose')}</th>
              <th scope="col">{t('why')}</th>
              <th scope="col">{t('ordered')}</th>
              <th scope="col">{t('state')}</th>
            </tr>
          </thead>
          <tbody>
            {keeping.erasures.map(({ person, reason, orderedAt, doneAt, held }) => (
              <tr key={person}>
                <th scope="row" className={classes['code']}>
                  {person}
                </th>
                <td data-label={t('why')}>{isKnown(reason) ? t(`reasons.${reason}`) : reason}</td>
                <td data-label={t('ordered')}>{figures.dateTime(orderedAt)}</td>
                <td data-label={t('state')}>
                  {doneAt === null
                    ? t(held ? 'waitsForHold' : 'underWay')
                    : t('erasedOn', { day: figures.dateTime(doneAt) })}
                </td>
              </tr>
            ))}
          </tbody>
        </WideTable>
      )}
      <OrderErasure />
    </Section>
  )
}

function OrderErasure() {
  const t = useTranslations('privacy')
  const [person, setPerson] = useState<ChosenPerson>()
  const [reason, setReason] = useState<(typeof REASONS)[number]>('asked')
  const [isSure, setSure] = useState(false)
  const order = useOrder(() => setPerson(undefined))
  const choose = (chosen: ChosenPerson | undefined) => {
    setSure(false)
    setPerson(chosen)
  }
  return (
    <form
      className={classes['form']}
      onSubmit={(event) => {
        event.preventDefault()
        if (!person) return
        if (isSure) order.mutate(() => privacyApi.erase.call({ person: person.id, reason }))
        setSure(!isSure)
      }}
    >
      <PersonField label={t('whose')} value={person} onChange={choose} required />
      <Choice
        label={t('why')}
        value={reason}
        options={REASONS.map((each) => ({ value: each, label: t(`reasons.${each}`) }))}
        onChange={(chosen) => setReason(REASONS.find((each) => each === chosen) ?? 'asked')}
      />
      {isSure && person && (
        <p role="alert" className={classes['problem']}>
          {t('sure', { name: person.name ?? t('erasedPerson') })}
        </p>
      )}
      <div>
        <Button
          type="submit"
          color="red"
          variant={isSure ? 'filled' : 'default'}
          loading={order.isPending}
          disabled={!person}
        >
          {isSure ? t('eraseNow') : t('erase')}
        </Button>
      </div>
      <Refused error={order.error} className={classes['problem']} />
    </form>
  )
}
