// Some people as links, each with their title.
import { Link } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import type { Person } from '../get-person.ts'
import { dayIn } from './address.ts'
import classes from './people.module.css'

export function Refs({
  people,
  day,
}: {
  readonly people: Person['reports']
  readonly day: string | undefined
}) {
  const t = useTranslations('people')
  return (
    <ul className={classes['people']}>
      {people.map(({ id, name, title }) => (
        <li key={id}>
          <Link to="/people/$person" params={{ person: id }} search={dayIn(day)}>
            {name ?? t('unnamed')}
          </Link>
          <small>{title}</small>
        </li>
      ))}
    </ul>
  )
}
