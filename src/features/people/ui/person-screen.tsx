// One person on a day, in the parts that are open to whoever looks.
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { Page } from '../../../ui/components/page.tsx'
import { Loading, TroublePage } from '../../../ui/components/states.tsx'
import type { Person } from '../get-person.ts'
import { PersonRounds } from '../../rounds/ui/person-rounds.tsx'
import { AsOf } from './as-of.tsx'
import { peopleApi } from './people-api.ts'
import { dayIn, noonOf, withText } from './address.ts'
import { KeepPerson } from './keep-person.tsx'
import { PersonAbout } from './person-about.tsx'
import { PersonHistory } from './person-history.tsx'
import classes from './people.module.css'

type Tab = 'about' | 'history' | 'standing' | 'rounds'

/** The parts that this reader may open. What a part holds is the server's to decide; this only leaves out empty ones. */
const tabsFor = ({ relation }: Person): Tab[] => {
  if (relation.self) return ['about', 'history', 'standing', 'rounds']
  const { directManager, delegate, partner } = relation
  return directManager || delegate || partner ? ['about', 'history', 'rounds'] : ['about', 'history']
}

export function PersonScreen() {
  const t = useTranslations('person')
  const people = useTranslations('people')
  const { person: id } = useParams({ from: '/people/$person' })
  const { day, tab } = useSearch({ from: '/people/$person' })
  const navigate = useNavigate({ from: '/people/$person' })
  const found = useQuery(
    peopleApi.get.queryOptions({ input: { id, ...(day === undefined ? {} : { asOf: day }) } }),
  )
  if (found.error) return <TroublePage error={found.error} retry={() => void found.refetch()} />
  if (!found.data) return <Loading />
  const { person } = found.data
  const tabs = tabsFor(person)
  const open = tabs.find((one) => one === tab) ?? 'about'
  const relation = relationWord(person)
  const choose = (next: Tab) => void navigate({ search: (was) => withText(was, 'tab', next), replace: true })
  return (
    <Page
      title={person.name ?? people(person.relation.self ? 'you' : 'unnamed')}
      above={relation === undefined ? t('above') : t('youAre', { what: t(relation) })}
      lead={person.employed ? person.title : t('notHere', { day: noonOf(person.day) })}
      actions={
        <>
          <AsOf
            day={day}
            choose={(next) => void navigate({ search: (was) => withText(was, 'day', next), replace: true })}
          />
          {person.employed && (
            <Button
              variant="default"
              renderRoot={(props) => (
                <Link to="/org-chart" search={{ ...dayIn(day), person: id }} {...props} />
              )}
            >
              {t('inChart')}
            </Button>
          )}
        </>
      }
    >
      {day !== undefined && <p className={classes['notice']}>{people('notToday', { day: noonOf(day) })}</p>}
      {day === undefined && <KeepPerson person={person} />}
      <div role="tablist" aria-label={t('tabs')} className={classes['tabs']}>
        {tabs.map((one) => (
          <button
            key={one}
            type="button"
            role="tab"
            id={`tab-${one}`}
            aria-selected={one === open}
            aria-controls="tab-panel"
            tabIndex={one === open ? 0 : -1}
            onClick={() => choose(one)}
            onKeyDown={({ key, currentTarget }) => {
              const step = key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : 0
              if (step === 0) return
              const next = tabs[(tabs.indexOf(one) + step + tabs.length) % tabs.length]!
              choose(next)
              currentTarget.parentElement?.querySelector<HTMLElement>(`#tab-${next}`)?.focus()
            }}
          >
            {t(one)}
          </button>
        ))}
      </div>
      <div role="tabpanel" id="tab-panel" aria-labelledby={`tab-${open}`}>
        {open === 'about' && <PersonAbout person={person} day={day} />}
        {open === 'history' && <PersonHistory id={id} day={day} />}
        {open === 'standing' && (
          <>
            <p>{t('standingText')}</p>
            <Button component={Link} to="/standing">
              {t('toStanding')}
            </Button>
          </>
        )}
        {open === 'rounds' && <PersonRounds person={id} empty={t('noRounds')} />}
      </div>
    </Page>
  )
}

/** What the reader is to the person, the closest first. */
function relationWord({ relation }: Person) {
  if (relation.self) return 'isSelf'
  if (relation.directManager) return 'isReport'
  if (relation.report) return 'isManager'
  if (relation.delegate) return 'isDelegate'
  if (relation.skipLevel) return 'isBelow'
  if (relation.peer) return 'isPeer'
  if (relation.partner) return 'isPartner'
  return relation.exManager ? 'isEx' : undefined
}
