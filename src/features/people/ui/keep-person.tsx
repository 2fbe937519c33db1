// What whoever keeps a person may do: change their place, put right, let leave, let come back.
import { Button, Checkbox } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Person } from '../get-person.ts'
import { KeepingForm, TextField } from './keeping-form.tsx'
import { peopleApi } from './people-api.ts'
import { Refs } from './refs.tsx'
import { PersonField, type ChosenPerson } from './person-field.tsx'
import { changedPlace, draftOf, EMPTY_PLACE, PlaceFields } from './place-fields.tsx'
import { useKeeping, type Keeping } from './use-keeping.ts'
import classes from './people.module.css'

type What = 'move' | 'correct' | 'leave' | 'rehire'

interface FormProps {
  readonly person: Person
  readonly today: string
  readonly keeping: Keeping
  /** `alone`: who reports to nobody since. */
  readonly close: (saved: boolean, alone?: Person['reports']) => void
}

/** `person` as of today. */
export function KeepPerson({ person }: { readonly person: Person }) {
  const t = useTranslations('place')
  const summary = useQuery(peopleApi.summary.queryOptions())
  const keeping = useKeeping()
  const [open, setOpen] = useState<What>()
  const [saved, setSaved] = useState(false)
  const [alone, setAlone] = useState<Person['reports']>([])
  if (!person.can.keep || !summary.data) return null
  const whats: readonly What[] = person.employed ? ['move', 'correct', 'leave'] : ['rehire', 'correct']
  const Form = open && { move: MoveForm, correct: CorrectForm, leave: LeaveForm, rehire: MoveForm }[open]
  const close = (done: boolean, left: Person['reports'] = []): void => {
    setSaved(done)
    setAlone(left)
    setOpen(undefined)
  }
  return (
    <>
      <div role="group" aria-label={t('change')} className={classes['keep']} data-screen-only>
        {whats.map((one) => (
          <Button
            key={one}
            variant="default"
            size="compact-sm"
            aria-expanded={one === open}
            onClick={() => {
              setSaved(false)
              setAlone([])
              setOpen(one === open ? undefined : one)
            }}
          >
            {t(one)}
          </Button>
        ))}
      </div>
      <p role="status" className={saved ? classes['saved'] : 'visually-hidden'}>
        {saved && t('saved')}
      </p>
      {alone.length > 0 && (
        <div role="status" className={classes['notice']}>
          <p>{t('leftAlone', { count: alone.length })}</p>
          <Refs people={alone} day={undefined} />
        </div>
      )}
      {Form && <Form key={open} {...{ person, keeping, close }} today={summary.data.today} />}
    </>
  )
}

function MoveForm({ person, today, keeping, close }: FormProps) {
  const t = useTranslations('place')
  const back = !person.employed
  const before = back ? EMPTY_PLACE : draftOf(person)
  const [draft, setDraft] = useState(before)
  const [from, setFrom] = useState(today)
  const save = (): void => {
    const change = { id: person.id, from, place: changedPlace(before, draft) }
    void keeping
      .run(() => (back ? peopleApi.rehire.call(change) : peopleApi.move.call(change)))
      .then((done) => done && close(true))
  }
  return (
    <KeepingForm
      title={t(back ? 'rehire' : 'move')}
      lead={t('moveLead')}
      {...{ keeping, save }}
      cancel={() => close(false)}
    >
      <TextField label={t('from')} type="date" required value={from} onChange={setFrom} />
      {from < today && <p className={classes['notice']}>{t('dayPassed')}</p>}
      <PlaceFields draft={draft} onChange={setDraft} />
    </KeepingForm>
  )
}

function CorrectForm({ person, keeping, close }: FormProps) {
  const t = useTranslations('place')
  const [name, setName] = useState(person.name ?? '')
  const [email, setEmail] = useState(person.email ?? '')
  const [externalId, setExternalId] = useState(person.externalId ?? '')
  const [start, setStart] = useState(person.since ?? '')
  const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim())
  const save = (): void => {
    const change = {
      id: person.id,
      ...(name === (person.name ?? '') ? {} : { name }),
      ...(orNull(email) === person.email ? {} : { email: orNull(email) }),
      ...(orNull(externalId) === person.externalId ? {} : { externalId: orNull(externalId) }),
      ...(start === (person.since ?? '') ? {} : { start }),
    }
    void keeping.run(() => peopleApi.correct.call(change)).then((done) => done && close(true))
  }
  return (
    <KeepingForm
      title={t('correct')}
      lead={t('correctLead')}
      {...{ keeping, save }}
      cancel={() => close(false)}
    >
      <TextField label={t('name')} required value={name} onChange={setName} />
      <TextField label={t('email')} type="email" value={email} onChange={setEmail} />
      <TextField label={t('externalId')} value={externalId} onChange={setExternalId} />
      {person.since !== null && (
        <TextField label={t('firstDay')} type="date" required value={start} onChange={setStart} />
      )}
    </KeepingForm>
  )
}

function LeaveForm({ person, today, keeping, close }: FormProps) {
  const t = useTranslations('place')
  const [lastDay, setLastDay] = useState(today)
  const [successor, setSuccessor] = useState<ChosenPerson | undefined>(person.manager ?? undefined)
  const [nobody, setNobody] = useState(false)
  const leads = person.reports.length > 0
  const save = (): void => {
    // Without a word on it the server refuses and names them.
    const follows = successor?.id ?? (nobody ? null : undefined)
    const change = {
      id: person.id,
      lastDay,
      ...(leads && follows !== undefined ? { successor: follows } : {}),
    }
    let alone: Person['reports'] = []
    const work = async () => (alone = (await peopleApi.leave.call(change)).withoutManager)
    void keeping.run(work).then((done) => done && close(true, alone))
  }
  return (
    <KeepingForm title={t('leave')} lead={t('leaveLead')} {...{ keeping, save }} cancel={() => close(false)}>
      <TextField label={t('lastDay')} type="date" required value={lastDay} onChange={setLastDay} />
      {leads && <PersonField label={t('successor')} value={successor} onChange={setSuccessor} />}
      {leads && successor === undefined && (
        <Checkbox
          label={t('nobodyFollows', { count: person.reports.length })}
          checked={nobody}
          onChange={(event) => setNobody(event.currentTarget.checked)}
        />
      )}
    </KeepingForm>
  )
}
