// On a standing: sharing it with a person until a day, and whom it is shared with.
import { Button, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { addDays } from '../../../core/org/day.ts'
import { Section } from '../../../ui/components/page.tsx'
import { Refused } from '../../../ui/components/refused.tsx'
import { PersonField, type ChosenPerson } from '../../people/ui/person-field.tsx'
import { GivenList } from './given-list.tsx'
import { sharesApi } from './shares-api.ts'
import classes from './shares.module.css'

/** So long where nobody chooses otherwise: time for one talk. */
const DAYS = 14

export default function ShareSection({ assessment }: { readonly assessment: string }) {
  const t = useTranslations('shares')
  const { data } = useQuery(sharesApi.list.queryOptions())
  if (!data?.can.share) return null
  const given = data.given.filter((each) => each.assessment === assessment && each.state === 'open')
  return (
    <Section title={t('section')} lead={t('sectionLead')} id="share">
      <GivenList shares={given} ofOne />
      <ShareForm assessment={assessment} today={data.today} />
      <p className={classes['more']}>
        <Link to="/shared">{t('all')}</Link>
      </p>
    </Section>
  )
}

function ShareForm({ assessment, today }: { readonly assessment: string; readonly today: string }) {
  const t = useTranslations('shares')
  const queries = useQueryClient()
  const [person, setPerson] = useState<ChosenPerson>()
  const [lastDay, setLastDay] = useState(addDays(today, DAYS))
  const [key, setKey] = useState(() => crypto.randomUUID())
  const sharing = useMutation({
    mutationFn: (to: string) => sharesApi.share.call({ key, assessment, person: to, lastDay }),
    onSuccess: () => {
      setPerson(undefined)
      setKey(crypto.randomUUID())
      return queries.invalidateQueries({ queryKey: sharesApi.list.key() })
    },
  })
  return (
    <form
      className={classes['form']}
      onSubmit={(event) => {
        event.preventDefault()
        if (person) sharing.mutate(person.id)
      }}
    >
      <PersonField label={t('person')} value={person} onChange={setPerson} required />
      <TextInput
        type="date"
        label={t('lastDay')}
        description={t('lastDayHint')}
        required
        withAsterisk={false}
        min={today}
        max={addDays(today, 365)}
        value={lastDay}
        onChange={(event) => setLastDay(event.currentTarget.value)}
      />
      <div>
        <Button
          type="submit"
          variant="default"
          loading={sharing.isPending}
          disabled={!person || lastDay === ''}
        >
          {t('share')}
        </Button>
      </div>
      <Refused error={sharing.error} className={classes['problem']} />
    </form>
  )
}
