// Opening a link: an invitation, or the console's link for the first owner. Makes the account and goes in.
import { Button, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Page } from '../../../ui/components/page.tsx'
import { Loading } from '../../../ui/components/states.tsx'
import { errorOfAddress, Trouble, useAsking, WithAccounts } from './asking.tsx'
import { askSignIn, leaveForProvider, type LinkPlace, type OwnAccount } from './sign-in-api.ts'
import classes from './accounts.module.css'

export function LinkScreen() {
  const { token = '' }: { token?: string } = useParams({ strict: false })
  return <WithAccounts>{({ oidc }) => <OpenLink key={token} token={token} oidc={oidc} />}</WithAccounts>
}

function OpenLink({ token, oidc }: { readonly token: string; readonly oidc: string | null }) {
  const t = useTranslations('link')
  const s = useTranslations('signIn')
  const place = useQuery({
    queryKey: ['sign-in', 'link', token],
    queryFn: () => askSignIn<LinkPlace>('links/read', { token }),
    retry: false,
    staleTime: Infinity,
  })
  if (place.isPending) return <Loading />
  const isOwner = place.data?.kind === 'owner'
  const title = t(isOwner ? 'ownerTitle' : 'invitationTitle')
  if (place.isError)
    return (
      <Page title={title} narrow>
        <Trouble error={place.error} />
        <p className={classes['back']}>
          <Link to="/sign-in">{s('title')}</Link>
        </p>
      </Page>
    )
  const lead = isOwner
    ? t('ownerLead')
    : t('invitationLead', { organisation: place.data.organisationName ?? t('anOrganisation') })
  return (
    <Page title={title} lead={lead} narrow>
      <AccountForm token={token} place={place.data} oidc={oidc} />
    </Page>
  )
}

interface FormProps {
  readonly token: string
  readonly place: LinkPlace
  readonly oidc: string | null
}

function AccountForm({ token, place, oidc }: FormProps) {
  const t = useTranslations('link')
  const s = useTranslations('signIn')
  const f = useTranslations('forgotten')
  const queries = useQueryClient()
  const search: { error?: string } = useSearch({ strict: false })
  const [name, setName] = useState(place.personName ?? '')
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const { busy, error, run } = useAsking()
  const own = useQuery({
    queryKey: ['sign-in', 'account'],
    queryFn: () => askSignIn<OwnAccount>('account').catch(() => null),
  })
  const enter = (): void => {
    queries.clear()
    window.location.assign('/')
  }
  return (
    <>
      <form
        className={classes['form']}
        onSubmit={(event) => {
          event.preventDefault()
          void run(async () => {
            const given = place.email === null ? { email } : {}
            await askSignIn('links/open', { token, name, password, ...given })
            enter()
          })
        }}
      >
        <Trouble error={error ?? errorOfAddress(search.error)} />
        <TextInput
          label={t('name')}
          autoComplete="name"
          required
          withAsterisk={false}
          maxLength={200}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          label={s('email')}
          type="email"
          autoComplete="username"
          required
          withAsterisk={false}
          readOnly={place.email !== null}
          value={place.email ?? email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <TextInput
          label={s('password')}
          description={f('rule')}
          type="password"
          autoComplete="new-password"
          required
          withAsterisk={false}
          minLength={12}
          maxLength={128}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Button type="submit" loading={busy}>
          {t('submit')}
        </Button>
      </form>
      {(oidc !== null || own.data) && <p className={classes['or']}>{s('or')}</p>}
      <div className={classes['ways']}>
        {oidc !== null && (
          <Button
            variant="default"
            disabled={busy}
            onClick={() =>
              void run(() => leaveForProvider('sign-in/social', '/', window.location.pathname, token))
            }
          >
            {t('withOidc', { name: oidc })}
          </Button>
        )}
        {own.data && (
          <>
            <p className={classes['quiet']}>{t('signedInAs', { email: own.data.email })}</p>
            <Button
              variant="default"
              disabled={busy}
              onClick={() =>
                void run(async () => {
                  await askSignIn('links/join', { token })
                  enter()
                })
              }
            >
              {t('join')}
            </Button>
          </>
        )}
      </div>
    </>
  )
}
