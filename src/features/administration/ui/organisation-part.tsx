// What the organisation is called, changing it for who may, and what to do next for an owner who is alone.
import { Button, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState, type ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { administrationApi } from './administration-api.ts'
import { Said } from './said.tsx'
import { useChange } from './use-change.ts'
import classes from './administration.module.css'

interface Props {
  readonly name: string | null
  readonly alone: boolean
  readonly mayName: boolean
}

const people = (words: ReactNode) => <Link to="/people/import">{words}</Link>

export function OrganisationPart({ name, alone, mayName }: Props) {
  const t = useTranslations('administration')
  const queries = useQueryClient()
  const change = useChange()
  const [typed, setTyped] = useState<string>()
  if (name === null && !mayName) return null
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
    </section>
  )
}
