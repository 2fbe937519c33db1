// People as a table: name, position, teams, manager, since when.
import { Link } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { Tag } from '../../../ui/components/tag.tsx'
import { WideTable } from '../../../ui/components/wide-table.tsx'
import type { PersonRow } from '../people-rows.ts'
import { useFigures } from '../../../ui/words/use-figures.ts'
import { dayIn, noonOf } from './address.ts'
import classes from './people.module.css'

interface Props {
  readonly people: readonly PersonRow[]
  readonly day: string | undefined
}

export function PeopleTable({ people, day }: Props) {
  const t = useTranslations('people')
  const { date } = useFigures()
  return (
    <WideTable label={t('title')}>
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
            {person.placeKnownFrom === null ? (
              <Place person={person} day={day} />
            ) : (
              <td colSpan={3} className={classes['quiet']} data-label={t('position')}>
                {t('notKnown', { day: noonOf(person.placeKnownFrom) })}
              </td>
            )}
            <td className={classes['day']} data-label={t('since')}>
              {person.since !== null && date(`${person.since}T12:00`)}
            </td>
          </tr>
        ))}
      </tbody>
    </WideTable>
  )
}

function Place({ person, day }: { readonly person: PersonRow; readonly day: string | undefined }) {
  const t = useTranslations('people')
  return (
    <>
      <td data-label={person.title === null ? undefined : t('position')}>{person.title}</td>
      <td data-label={person.units.length === 0 ? undefined : t('team')}>
        {person.units.length > 0 && (
          <span>
            {person.units.map((unit, index) => (
              <span key={unit.id}>
                {index > 0 && ', '}
                <Link to="/units/$unit" params={{ unit: unit.id }} search={dayIn(day)}>
                  {unit.name}
                </Link>
              </span>
            ))}
          </span>
        )}
      </td>
      <td data-label={person.manager === null ? undefined : t('manager')}>
        {person.manager && (
          <Link to="/people/$person" params={{ person: person.manager.id }} search={dayIn(day)}>
            {person.manager.name ?? t('unnamed')}
          </Link>
        )}
      </td>
    </>
  )
}
