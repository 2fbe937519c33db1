// One's own account: passkeys, second factor, password, where one is signed in, API keys.
import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { Page, Section } from '../../../ui/components/page.tsx'
import { Loading, TroublePage } from '../../../ui/components/states.tsx'
import { errorOfAddress, Trouble, useAsking, WithAccounts } from './asking.tsx'
import { KeysSection } from './keys-section.tsx'
import { PasskeysSection } from './passkeys-section.tsx'
import { PasswordSection } from './password-section.tsx'
import { PlacesSection } from './places-section.tsx'
import { SecondFactorSection } from './second-factor-section.tsx'
import { SessionsSection } from './sessions-section.tsx'
import { askSignIn, leaveForProvider, RefusedError, type OwnAccount } from './sign-in-api.ts'

export function AccountScreen() {
  return <WithAccounts>{() => <Account />}</WithAccounts>
}

function Account() {
  const t = useTranslations('account')
  const s = useTranslations('signIn')
  const queries = useQueryClient()
  const search: { error?: string } = useSearch({ strict: false })
  const { busy, error, run } = useAsking()
  const own = useQuery({
    queryKey: ['sign-in', 'account'],
    queryFn: () => askSignIn<OwnAccount>('account'),
    retry: false,
  })
  if (own.isPending) return <Loading />
  if (own.isError && own.error instanceof RefusedError && own.error.status === 401)
    return (
      <Page title={t('title')} lead={t('open')} narrow>
        <Button component={Link} to="/sign-in" search={{ to: '/account' } as never}>
          {s('title')}
        </Button>
      </Page>
    )
  if (own.isError) return <TroublePage error={own.error} retry={() => void own.refetch()} />
  const { name, email, session, hasPassword, hasSecondFactor, oidc } = own.data
  const signOut = (): void =>
    void run(async () => {
      await askSignIn('sign-out', {})
      queries.clear()
      window.location.assign('/sign-in')
    })
  return (
    <Page
      title={t('title')}
      lead={`${name} · ${email}`}
      narrow
      actions={
        <Button variant="default" onClick={signOut} loading={busy}>
          {t('signOut')}
        </Button>
      }
    >
      <Trouble error={error ?? errorOfAddress(search.error)} />
      <PlacesSection />
      <PasskeysSection />
      {hasPassword && <SecondFactorSection isOn={hasSecondFactor} />}
      {hasPassword && <PasswordSection />}
      {oidc !== null && (
        <Section title={t('oidc', { name: oidc.name })}>
          {oidc.linked ? (
            <p>{t('oidcLinked', { name: oidc.name })}</p>
          ) : (
            <Button
              variant="default"
              onClick={() => void run(() => leaveForProvider('link-social', '/account', '/account'))}
            >
              {t('oidcJoin', { name: oidc.name })}
            </Button>
          )}
        </Section>
      )}
      <SessionsSection own={session} />
      <KeysSection />
    </Page>
  )
}
