// People with their account, invitation and roles; who may, invites them, signs them out or ends their membership.
import { Button } from '@mantine/core'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useDeferredValue, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { z } from 'zod'
import { Choice } from '../../../ui/components/choice.tsx'
import { Loading, TroublePage } from '../../../ui/components/states.tsx'
import { Tag } from '../../../ui/components/tag.tsx'
import { WideTable } from '../../../ui/components/wide-table.tsx'
import type { memberSchema, showSchema } from '../contract.ts'
import { accountsApi, administrationApi } from './administration-api.ts'
import { InviteForm } from './invite-form.tsx'
import { InviteMany } from './invite-many.tsx'
import { MemberSessions } from './member-sessions.tsx'
import { Said } from './said.tsx'
import { useChange } from './use-change.ts'
import classes from './administration.module.css'

type Member = z.output<typeof memberSchema>
type Show = z.output<typeof showSchema>
type Asked = { readonly what: 'invite' | 'end' | 'sessions'; readonly member: Member }
const SHOWN: readonly [Show, 'everybody' | 'withAccount' | 'invited' | 'withoutAccount' | 'withRole'][] = [
  ['everybody', 'everybody'],
  ['account', 'withAccount'],
  ['invited', 'invited'],
  ['none', 'withoutAccount'],
  ['role', 'withRole'],
]

export function MembersPart({ mailIsSent }: { readonly mailIsSent: boolean }) {
  const t = useTranslations('administration')
  const [typed, setTyped] = useState('')
  const [show, setShow] = useState<Show>('everybody')
  const [asked, setAsked] = useState<Asked>()
  const [many, setMany] = useState(false)
  const search = useDeferredValue(typed.trim())
  const change = useChange()
  const list = useInfiniteQuery({
    ...administrationApi.members.infiniteOptions({
      input: (after: string | undefined) => ({ search, show, ...(after === undefined ? {} : { after }) }),
      initialPageParam: undefined,
      getNextPageParam: (page) => page.next ?? undefined,
    }),
    placeholderData: keepPreviousData,
  })
  if (list.error) return <TroublePage error={list.error} retry={() => void list.refetch()} />
  if (!list.data) return <Loading />
  const members = list.data.pages.flatMap((page) => page.members)
  const nameOf = ({ person }: Member): string => person.name ?? t('unnamed')
  const invitees = members
    .filter(({ can, invitation }) => can.invite && invitation === null)
    .map((member) => ({ id: member.person.id, name: nameOf(member) }))
  const run = async (work: () => Promise<unknown>): Promise<void> => {
    if (await change.run(work)) setAsked(undefined)
  }
  return (
    <>
      <div className={classes['bar']}>
        <input
          type="search"
          className={classes['search']}
          aria-label={t('search')}
          placeholder={t('find')}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Choice
          label={t('show')}
          value={show}
          options={SHOWN.map(([value, word]) => ({ value, label: t(word) }))}
          onChange={(value) => setShow(value as Show)}
        />
        {invitees.length > 1 && !many && (
          <Button variant="default" size="compact-sm" onClick={() => setMany(true)}>
            {t('inviteMany', { count: invitees.length })}
          </Button>
        )}
      </div>
      {many && <InviteMany people={invitees} mailIsSent={mailIsSent} cancel={() => setMany(false)} />}
      <Said change={change} />
      {asked?.what === 'invite' && (
        <InviteForm
          key={asked.member.person.id}
          name={nameOf(asked.member)}
          busy={change.busy}
          mailIsSent={mailIsSent}
          cancel={() => setAsked(undefined)}
          send={(to) => void run(() => accountsApi.invite.call({ person: asked.member.person.id, ...to }))}
        />
      )}
      {asked?.what === 'sessions' && (
        <MemberSessions
          key={asked.member.person.id}
          name={nameOf(asked.member)}
          account={asked.member.account?.id ?? ''}
          busy={change.busy}
          cancel={() => setAsked(undefined)}
          signOut={() =>
            void run(() => administrationApi.endSessions.call({ account: asked.member.account?.id ?? '' }))
          }
        />
      )}
      {asked?.what === 'end' && (
        <div role="group" aria-label={t('end')} className={classes['box']}>
          <p>{t('endSure', { name: nameOf(asked.member) })}</p>
          <div className={classes['buttons']}>
            <Button
              variant="default"
              loading={change.busy}
              onClick={() =>
                void run(() => accountsApi.end.call({ account: asked.member.account?.id ?? '' }))
              }
            >
              {t('endYes')}
            </Button>
            <Button variant="subtle" onClick={() => setAsked(undefined)}>
              {t('cancel')}
            </Button>
          </div>
        </div>
      )}
      {members.length === 0 ? (
        <p role="status">{t('nobody')}</p>
      ) : (
        <WideTable label={t('members')}>
          <thead>
            <tr>
              <th scope="col">{t('person')}</th>
              <th scope="col">{t('account')}</th>
              <th scope="col">{t('roles')}</th>
              <th scope="col">{t('actions')}</th>
            </tr>
          </thead>
          <tbody>
            {members.map((member) => (
              <MemberRow
                key={member.person.id}
                member={member}
                name={nameOf(member)}
                ask={(what) => setAsked({ what, member })}
                withdraw={(id) => void run(() => accountsApi.withdraw.call({ id }))}
              />
            ))}
          </tbody>
        </WideTable>
      )}
      <div className={classes['buttons']}>
        {list.hasNextPage && (
          <Button
            variant="default"
            loading={list.isFetchingNextPage}
            onClick={() => void list.fetchNextPage()}
          >
            {t('more')}
          </Button>
        )}
        <span className={classes['quiet']}>
          {t('shown', { shown: members.length, total: list.data.pages[0]!.total })}
        </span>
      </div>
    </>
  )
}

interface RowProps {
  readonly member: Member
  readonly name: string
  readonly ask: (what: Asked['what']) => void
  readonly withdraw: (invitation: string) => void
}

function MemberRow({ member, name, ask, withdraw }: RowProps) {
  const t = useTranslations('administration')
  const { person, externalId, account, invitation, roles, employed, can } = member
  return (
    <tr>
      <th scope="row">
        <Link to="/people/$person" params={{ person: person.id }}>
          {name}
        </Link>{' '}
        {externalId !== null && <small className={classes['quiet']}>{externalId}</small>}{' '}
        {!employed && <Tag tone="dashed">{t('gone')}</Tag>}
      </th>
      <td data-label={t('account')}>
        {account
          ? t('since', { day: account.joinedAt })
          : invitation
            ? t('invitedUntil', { day: invitation.expiresAt })
            : t('noAccount')}
      </td>
      <td data-label={roles.length === 0 ? undefined : t('roles')}>
        {roles.length > 0 && (
          <span>
            {roles.map(({ role, unit }) => (
              <span key={`${role} ${unit?.id}`} className={classes['line']}>
                {t(role)}
                {unit !== null && ` · ${unit.name}`}
              </span>
            ))}
          </span>
        )}
      </td>
      <td>
        <div className={classes['actions']}>
          {can.invite && (
            <Button
              variant="default"
              size="compact-sm"
              aria-label={t(invitation ? 'inviteAgainOf' : 'inviteOf', { name })}
              onClick={() => ask('invite')}
            >
              {t(invitation ? 'inviteAgain' : 'invite')}
            </Button>
          )}
          {can.withdraw && invitation && (
            <Button
              variant="subtle"
              size="compact-sm"
              aria-label={t('withdrawOf', { name })}
              onClick={() => withdraw(invitation.id)}
            >
              {t('withdraw')}
            </Button>
          )}
          {can.endSessions && (
            <Button
              variant="subtle"
              size="compact-sm"
              aria-label={t('sessionsOf', { name })}
              onClick={() => ask('sessions')}
            >
              {t('sessions')}
            </Button>
          )}
          {can.end && (
            <Button
              variant="subtle"
              size="compact-sm"
              aria-label={t('endOf', { name })}
              onClick={() => ask('end')}
            >
              {t('end')}
            </Button>
          )}
        </div>
      </td>
    </tr>
  )
}
