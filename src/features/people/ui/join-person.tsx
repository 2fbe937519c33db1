// Adds one person who starts here.
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { KeepingForm, TextField } from './keeping-form.tsx'
import { peopleApi } from './people-api.ts'
import { changedPlace, EMPTY_PLACE, PlaceFields } from './place-fields.tsx'
import { useKeeping } from './use-keeping.ts'

interface Props {
  readonly today: string
  readonly cancel: () => void
}

export function JoinPerson({ today, cancel }: Props) {
  const t = useTranslations('place')
  const navigate = useNavigate()
  const keeping = useKeeping()
  /** Made once for one intended person: sent twice, it adds them once. */
  const [key] = useState(() => crypto.randomUUID())
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [externalId, setExternalId] = useState('')
  const [from, setFrom] = useState(today)
  const [draft, setDraft] = useState(EMPTY_PLACE)
  const save = (): void => {
    const texts = { email: email === '' ? null : email, externalId: externalId === '' ? null : externalId }
    const person = { key, name, from, ...texts, place: changedPlace(EMPTY_PLACE, draft) }
    void keeping
      .run(() => peopleApi.join.call(person))
      .then((done) => (done ? navigate({ to: '/people/$person', params: { person: key } }) : undefined))
  }
  return (
    <KeepingForm title={t('join')} lead={t('joinLead')} {...{ keeping, save, cancel }}>
      <TextField label={t('name')} required value={name} onChange={setName} />
      <TextField label={t('email')} type="email" value={email} onChange={setEmail} />
      <TextField label={t('externalId')} value={externalId} onChange={setExternalId} />
      <TextField label={t('firstDay')} type="date" required value={from} onChange={setFrom} />
      <PlaceFields draft={draft} onChange={setDraft} />
    </KeepingForm>
  )
}
