// Chooses one person by typing part of a name or an id.
import { Button, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { peopleApi } from './people-api.ts'
import classes from './people.module.css'

export interface ChosenPerson {
  readonly id: string
  readonly name: string | null
}

interface Props {
  readonly label: string
  readonly value: ChosenPerson | undefined
  readonly onChange: (person: ChosenPerson | undefined) => void
  readonly required?: boolean
}

const MOST = 6

/** What tells namesakes apart. */
const besides = (known: readonly (string | null | undefined)[]): string =>
  known.filter((each) => each !== null && each !== undefined && each !== '').join(' · ')

export function PersonField({ label, value, onChange, required = false }: Props) {
  const t = useTranslations('administration')
  const people = useTranslations('people')
  const [typed, setTyped] = useState('')
  const search = typed.trim()
  const found = useQuery({
    ...peopleApi.list.queryOptions({ input: { search, limit: MOST } }),
    enabled: search.length > 1 && value === undefined,
  })
  if (value !== undefined)
    return (
      <div role="group" aria-label={label}>
        <span className={classes['fieldLabel']}>{label}</span>
        <div className={classes['chosen']}>
          <span>{value.name ?? people('unnamed')}</span>
          <Button variant="subtle" size="compact-sm" onClick={() => onChange(undefined)}>
            {t('another')}
          </Button>
        </div>
      </div>
    )
  return (
    <div>
      <TextInput
        label={label}
        placeholder={t('find')}
        required={required}
        withAsterisk={false}
        autoComplete="off"
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      {found.data && search.length > 1 && (
        <ul className={classes['found']} aria-label={label}>
          {found.data.people.map(({ id, name, title, units, externalId }) => (
            <li key={id}>
              <button
                type="button"
                onClick={() => {
                  // Once this person is done with, the field is there for the next.
                  setTyped('')
                  onChange({ id, name })
                }}
              >
                {name ?? people('unnamed')}{' '}
                <small>{besides([title, ...units.map((unit) => unit.name), externalId])}</small>
              </button>
            </li>
          ))}
          {found.data.people.length === 0 && <li role="status">{t('notFound', { query: search })}</li>}
        </ul>
      )}
    </div>
  )
}
