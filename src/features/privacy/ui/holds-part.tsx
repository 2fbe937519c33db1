// Legal holds: whose data are kept as they are, and placing and lifting one.
import { Button, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Section } from '../../../ui/components/page.tsx'
import { Refused } from '../../../ui/components/refused.tsx'
import { WideTable } from '../../../ui/components/wide-table.tsx'
import { useFigures } from '../../../ui/words/use-figures.ts'
import { PersonField, type ChosenPerson } from '../../people/ui/person-field.tsx'
import { privacyApi, type Keeping } from './privacy-api.ts'
import { useOrder } from './use-order.ts'
import classes from './privacy.module.css'

export function HoldsPart({ keeping }: { readonly keeping: Keeping }) {
  const t = useTranslations('privacy')
  const figures = useFigures()
  const lifting = useOrder()
  return (
    <Section title={t('holds')} lead={t('holdsLead')}>
      {keeping.holds.length === 0 ? (
        <p role="status">{t('noHolds')}</p>
      ) : (
        <WideTable label={t('holds')}>
          <thead>
            <tr>
              <th scope="col">{t('whose')}</th>
              <th scope="col">{t('why')}</th>
              <th scope="col">{t('since')}</th>
              <th scope="col">{t('state')}</th>
            </tr>
          </thead>
          <tbody>
            {keeping.holds.map(({ id, person, reason, placedAt, liftedAt }) => (
              <tr key={id}>
                <th scope="row">{person.name ?? t('erasedPerson')}</th>
                <td data-label={t('why')}>{reason}</td>
                <td data-label={t('since')}>{figures.date(placedAt)}</td>
                <td data-label={liftedAt === null ? undefined : t('state')}>
                  {liftedAt === null ? (
                    <Button
                      variant="subtle"
                      size="compact-sm"
                      disabled={lifting.isPending}
                      aria-label={t('liftOf', { name: person.name ?? t('erasedPerson') })}
                      onClick={() => lifting.mutate(() => privacyApi.liftHold.call({ id }))}
                    >
                      {t('lift')}
                    </Button>
                  ) : (
                    t('lifted', { day: figures.date(liftedAt) })
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </WideTable>
      )}
      <Refused error={lifting.error} className={classes['problem']} />
      <PlaceHold />
    </Section>
  )
}

function PlaceHold() {
  const t = useTranslations('privacy')
  const [person, setPerson] = useState<ChosenPerson>()
  const [reason, setReason] = useState('')
  const [key, setKey] = useState(() => crypto.randomUUID())
  const order = useOrder(() => {
    setPerson(undefined)
    setReason('')
    setKey(crypto.randomUUID())
  })
  return (
    <form
      className={classes['form']}
      onSubmit={(event) => {
        event.preventDefault()
        if (person) order.mutate(() => privacyApi.placeHold.call({ key, person: person.id, reason }))
      }}
    >
      <PersonField label={t('whose')} value={person} onChange={setPerson} required />
      <Textarea
        label={t('reason')}
        description={t('reasonHint')}
        required
        withAsterisk={false}
        maxLength={1000}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <div>
        <Button
          type="submit"
          variant="default"
          loading={order.isPending}
          disabled={!person || reason.trim() === ''}
        >
          {t('place')}
        </Button>
      </div>
      <Refused error={order.error} className={classes['problem']} />
    </form>
  )
}
