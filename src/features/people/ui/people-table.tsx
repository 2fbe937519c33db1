// People as a table: name, position, teams, manager, since when.
import { Link } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { Tag } from '../../../ui/components/tag.tsx'
import type { PersonRow } from '../people-rows.ts'
import { dayIn } from './address.ts'
import classes from './people.module.css'

interface Props {
  readonly people: readonly PersonRow[]
  readonly day: string | undefined
}

export function PeopleTable({ people, day }: Props) {
  const t = useTranslations('people')
  return (
    <div className={classes['wide']} tabIndex={0} role="region" aria-label={t('title')}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('name')}</th>
            <th scope="col">{t('position')}</th>
            <th scope="col">{t('team')}</th>
            <th scope="col">{t('manager')}</th>
            <th scope="col">{t('since')}</th>
          </tr>
        </thead>
        <tbody>
          {people.map((person) => (
            <tr key={person.id}>
              <th scope="row">
                <Link to="/people/$person" params={{ person: person.id }} search={dayIn(day)}>
                  {person.name ?? t('unnamed')}
                </Link>{' '}
                {person.sample && <Tag tone="dashed">{t('sample')}</Tag>}
              </th>
              <td>{person.title}</td>
              <td>
                {person.units.map((unit, index) => (
                  <span key={unit.id}>
                    {index > 0 && ', '}
                    <Link to="/units/$unit" params={{ unit: unit.id }} search={dayIn(day)}>
                      {unit.name}
                    </Link>
                  </span>
                ))}
              </td>
              <td>
                {person.manager && (
                  <Link to="/people/$person" params={{ person: person.manager.id }} search={dayIn(day)}>
                    {person.manager.name ?? t('unnamed')}
                  </Link>
                )}
              </td>
              <td className={classes['day']}>{person.since}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
