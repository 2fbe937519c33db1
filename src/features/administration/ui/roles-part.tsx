// Who holds which role, for what and until when; the owner gives roles and takes them away.
import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { z } from 'zod'
import { Section } from '../../../ui/components/page.tsx'
import { Loading, TroublePage } from '../../../ui/components/states.tsx'
import { WideTable } from '../../../ui/components/wide-table.tsx'
import { peopleApi } from '../../people/ui/people-api.ts'
import { PersonField, type ChosenPerson } from '../../people/ui/person-field.tsx'
import type { roleSchema } from '../contract.ts'
import { administrationApi } from './administration-api.ts'
import { Said } from './said.tsx'
import { useChange, type Change } from './use-change.ts'
import classes from './administration.module.css'

type Role = z.output<typeof roleSchema>
const ROLES: readonly Role[] = ['people-partner', 'framework-editor', 'auditor', 'owner']

export function RolesPart({ canGrant, today }: { readonly canGrant: boolean; readonly today: string }) {
  const t = useTranslations('administration')
  const [ended, setEnded] = useState(false)
  const change = useChange()
  const roles = useQuery(administrationApi.roles.queryOptions({ input: { ended } }))
  if (roles.error) return <TroublePage error={roles.error} retry={() => void roles.refetch()} />
  if (!roles.data) return <Loading />
  return (
    <>
      <div className={classes['bar']}>
        <p>{t('everybodyKnows')}</p>
        <Checkbox
          label={t('ended')}
          checked={ended}
          onChange={(event) => setEnded(event.currentTarget.checked)}
        />
      </div>
      <Said change={change} />
      <WideTable label={t('roles')}>
        <thead>
          <tr>
            <th scope="col">{t('person')}</th>
            <th scope="col">{t('role')}</th>
            <th scope="col">{t('scope')}</th>
            <th scope="col">{t('until')}</th>
            <th scope="col">{t('grantedBy')}</th>
            {canGrant && <th scope="col">{t('actions')}</th>}
          </tr>
        </thead>
        <tbody>
          {roles.data.grants.map((grant) => {
            const name = grant.person.name ?? t('unnamed')
            return (
              <tr key={grant.id} className={grant.ended === null ? undefined : classes['faint']}>
                <th scope="row">
                  <Link to="/people/$person" params={{ person: grant.person.id }}>
                    {name}
                  </Link>
                </th>
                <td data-label={t('role')}>
                  <span>
                    {t(grant.role)}
                    <small>{t(`${grant.role}Does`)}</small>
                  </span>
                </td>
                <td data-label={t('scope')}>{grant.unit === null ? t('whole') : grant.unit.name}</td>
                <td data-label={t('until')}>
                  {grant.ended === null
                    ? grant.lastDay === null
                      ? t('noEnd')
                      : t('through', { day: new Date(`${grant.lastDay}T12:00`) })
                    : t(grant.ended)}
                </td>
                <td data-label={t('grantedBy')}>
                  {grant.grantedBy === null ? t('byRungs') : (grant.grantedBy.name ?? t('unnamed'))}
                </td>
                {canGrant && (
                  <td>
                    {grant.can.revoke && (
                      <Button
                        variant="subtle"
                        size="compact-sm"
                        disabled={change.busy}
                        aria-label={t('revokeOf', { role: t(grant.role), name })}
                        onClick={() => void change.run(() => administrationApi.revoke.call({ id: grant.id }))}
                      >
                        {t('revoke')}
                      </Button>
                    )}
                  </td>
                )}
              </tr>
            )
          })}
        </tbody>
      </WideTable>
      {canGrant && <GrantForm today={today} change={change} />}
    </>
  )
}

function GrantForm({ today, change }: { readonly today: string; readonly change: Change }) {
  const t = useTranslations('administration')
  const [person, setPerson] = useState<ChosenPerson>()
  const [role, setRole] = useState<Role>('people-partner')
  const [unit, setUnit] = useState('')
  const [lastDay, setLastDay] = useState('')
  const units = useQuery(peopleApi.units.queryOptions({ input: {} }))
  return (
    <Section title={t('grant')}>
      <form
        className={classes['form']}
        onSubmit={(event) => {
          event.preventDefault()
          if (person === undefined) return
          const given = {
            ...{ key: crypto.randomUUID(), person: person.id, role },
            unit: role === 'people-partner' && unit !== '' ? unit : null,
            lastDay: lastDay === '' ? null : lastDay,
          }
          void change
            .run(() => administrationApi.grant.call(given))
            .then((done) => done && setPerson(undefined))
        }}
      >
        <PersonField label={t('person')} value={person} onChange={setPerson} required />
        <NativeSelect
          label={t('role')}
          description={t(`${role}Does`)}
          value={role}
          onChange={(event) => setRole(event.currentTarget.value as Role)}
          data={ROLES.map((value) => ({ value, label: t(value) }))}
        />
        {role === 'people-partner' && (
          <NativeSelect
            label={t('scope')}
            value={unit}
            onChange={(event) => setUnit(event.currentTarget.value)}
            data={[
              { value: '', label: t('whole') },
              ...(units.data?.units ?? []).map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
        )}
        <TextInput
          type="date"
          label={t('lastDay')}
          description={t('lastDayHint')}
          min={today}
          value={lastDay}
          onChange={(event) => setLastDay(event.currentTarget.value)}
        />
        <div className={classes['buttons']}>
          <Button type="submit" loading={change.busy} disabled={person === undefined}>
            {t('grant')}
          </Button>
        </div>
      </form>
    </Section>
  )
}
