// What the organisation is called and what holds in it, changing both for who may, and what is next for an owner who is alone.
import { Button, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState, type ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { administrationApi } from './administration-api.ts'
import { OrganisationSettings, type Organisation } from './organisation-settings.tsx'
import { Said } from './said.tsx'
import { useChange } from './use-change.ts'
import classes from './administration.module.css'

interface Props {
  readonly organisation: Organisation
  readonly today: string
  readonly alone: boolean
  readonly mayName: boolean
  readonly maySet: boolean
}

const people = (words: ReactNode) => <Link to="/people/import">{words}</Link>

export function OrganisationPart({ organisation, today, alone, mayName, maySet }: Props) {
  const { name } = organisation
  const t = useTranslations('administration')
  const queries = useQueryClient()
  const change = useChange()
  const [typed, setTyped] = useState<string>()
  const save = async (given: string) => {
    const went = await change.run(() => administrationApi.nameOrganisation.call({ name: given }))
    if (!went) return
    setTyped(undefined)
    await queries.invalidateQueries({ queryKey: ['sign-in', 'places'] })
  }
  return (
    <section aria-labelledby="organisation" className={classes['organisation']}>
      <h2 id="organisation">{t('organisation')}</h2>
      {alone && (
        <p className={classes['notice']}>{t.rich(name === null ? 'nextName' : 'nextPeople', { people })}</p>
      )}
      {typed === undefined ? (
        <div className={classes['buttons']}>
          <span>{name ?? t('unnamedOrganisation')}</span>
          {mayName && (
            <Button variant="default" size="compact-sm" onClick={() => setTyped(name ?? '')}>
              {t(name === null ? 'giveName' : 'changeName')}
            </Button>
          )}
        </div>
      ) : (
        <form
          className={classes['form']}
          onSubmit={(event) => {
            event.preventDefault()
            void save(typed)
          }}
        >
          <TextInput
            required
            withAsterisk={false}
            autoFocus
            maxLength={100}
            label={t('organisationName')}
            description={t('organisationNameHint')}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <div className={classes['buttons']}>
            <Button type="submit" loading={change.busy}>
              {t('saveName')}
            </Button>
            <Button variant="subtle" onClick={() => setTyped(undefined)}>
              {t('cancel')}
            </Button>
          </div>
        </form>
      )}
      <Said change={change} />
      <OrganisationSettings organisation={organisation} today={today} maySet={maySet} />
    </section>
  )
}
