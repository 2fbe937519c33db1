// Where a person stands in the organisation on a day, and around whom.
import { Link } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { Section } from '../../../ui/components/page.tsx'
import { Tag } from '../../../ui/components/tag.tsx'
import { useFigures } from '../../../ui/words/use-figures.ts'
import { dayIn, noonOf } from './address.ts'
import type { Person } from '../get-person.ts'
import { Refs } from './refs.tsx'
import classes from './people.module.css'

interface Props {
  readonly person: Person
  readonly day: string | undefined
}

export function PersonAbout({ person, day }: Props) {
  const t = useTranslations('person')
  const people = useTranslations('people')
  const { date } = useFigures()
  const { position, placeKnownFrom } = person
  return (
    <>
      <dl className={classes['facts']}>
        <Fact name={people('position')} knownFrom={placeKnownFrom}>
          {position &&
            (position.framework !== null && position.role !== null ? (
              <Link
                to="/frameworks/$framework/roles/$role"
                params={{ framework: position.framework, role: position.role }}
              >
                {position.title}
              </Link>
            ) : (
              position.title
            ))}
        </Fact>
        {person.can.grade && person.grade !== null && <Fact name={people('gradeOf')}>{person.grade}</Fact>}
        <Fact name={people('team')} knownFrom={placeKnownFrom}>
          {person.units.map((unit) => (
            <div key={unit.id}>
              <Link to="/units/$unit" params={{ unit: unit.id }} search={dayIn(day)}>
                {unit.name}
              </Link>{' '}
              {unit.kind === 'product-line' && <Tag>{t('productLine')}</Tag>}
            </div>
          ))}
        </Fact>
        {person.since !== null && <Fact name={people('since')}>{date(`${person.since}T12:00`)}</Fact>}
        {person.lastDay !== null && <Fact name="">{t('lastDay', { day: noonOf(person.lastDay) })}</Fact>}
        {person.can.contact && person.email !== null && (
          <Fact name={people('addressOf')}>
            <a href={`mailto:${person.email}`}>{person.email}</a>
          </Fact>
        )}
        {person.externalId !== null && <Fact name={t('idOutside')}>{person.externalId}</Fact>}
      </dl>
      {person.lineUpward.length > 0 && (
        <Section title={t('line')}>
          <Refs people={person.lineUpward} day={day} />
        </Section>
      )}
      {person.dotted.length > 0 && (
        <Section title={t('dotted')}>
          <Refs people={person.dotted} day={day} />
        </Section>
      )}
      {placeKnownFrom !== null && person.lineUpward.length + person.reports.length === 0 ? (
        <Section title={t('line')}>
          <p className={classes['quiet']}>{people('notKnown', { day: noonOf(placeKnownFrom) })}</p>
        </Section>
      ) : (
        <Section title={t('reports', { count: person.reports.length })}>
          <Refs people={person.reports} day={day} />
        </Section>
      )}
    </>
  )
}

interface FactProps {
  readonly name: string
  /** The first day from which it is known, where that is later than the day looked at. */
  readonly knownFrom?: string | null
  readonly children: React.ReactNode
}

function Fact({ name, knownFrom = null, children }: FactProps) {
  const t = useTranslations('people')
  const empty = children === null || (Array.isArray(children) && children.length === 0)
  return (
    <>
      <dt>{name}</dt>
      <dd>
        {empty ? (
          <span className={classes['quiet']}>
            {knownFrom === null ? t('none') : t('notKnown', { day: noonOf(knownFrom) })}
          </span>
        ) : (
          children
        )}
      </dd>
    </>
  )
}
