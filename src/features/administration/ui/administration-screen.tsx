// Administration: the organisation's name, and its parts: members, roles, delegations, units, sign-in; and the way to the audit and to retention.
import { useQuery } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { Page } from '../../../ui/components/page.tsx'
import { Loading, TroublePage } from '../../../ui/components/states.tsx'
import { administrationApi } from './administration-api.ts'
import { DelegationsPart } from './delegations-part.tsx'
import { MembersPart } from './members-part.tsx'
import { OrganisationPart } from './organisation-part.tsx'
import { RolesPart } from './roles-part.tsx'
import { SignInPart } from './sign-in-part.tsx'
import { UnitsPart } from './units-part.tsx'
import classes from './administration.module.css'

const PARTS = ['members', 'roles', 'delegations', 'units', 'signIn'] as const
type Part = (typeof PARTS)[number]

export function AdministrationScreen() {
  const t = useTranslations('administration')
  const { part } = useSearch({ from: '/administration' })
  const rights = useQuery(administrationApi.rights.queryOptions())
  if (rights.error) return <TroublePage error={rights.error} retry={() => void rights.refetch()} />
  if (!rights.data) return <Loading />
  const { me, today, mailIsSent, organisation, alone, can } = rights.data
  const parts = PARTS.filter(
    (one) => (one !== 'members' || can.seeMembers) && (one !== 'signIn' || can.seeSignIn),
  )
  const open: Part = parts.find((one) => one === part) ?? parts[0]!
  return (
    <Page title={t('title')} above={t(open)} lead={t('lead')}>
      <OrganisationPart
        {...{ organisation, today, alone }}
        mayName={can.nameOrganisation}
        maySet={can.setOrganisation}
      />
      <nav aria-label={t('parts')} className={classes['parts']}>
        {parts.map((one) => (
          <Link
            key={one}
            to="/administration"
            search={{ part: one }}
            aria-current={one === open ? 'page' : undefined}
          >
            {t(one)}
          </Link>
        ))}
        {can.seeAudit && <Link to="/audit">{t('audit')}</Link>}
        {can.seeKeeping && <Link to="/privacy/keeping">{t('retention')}</Link>}
      </nav>
      {open === 'members' && <MembersPart mailIsSent={mailIsSent} />}
      {open === 'roles' && <RolesPart canGrant={can.grant} today={today} />}
      {open === 'delegations' && <DelegationsPart me={me} today={today} forOthers={can.delegateForOthers} />}
      {open === 'units' && <UnitsPart today={today} />}
      {open === 'signIn' && <SignInPart />}
    </Page>
  )
}
