// Signing in: password, passkey or identity provider, and the second factor after the password.
import { Button, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Page } from '../../../ui/components/page.tsx'
import { errorOfAddress, Trouble, useAsking, WithAccounts } from './asking.tsx'
import { SecondFactorForm } from './second-factor-form.tsx'
import { askSignIn, leaveForProvider, placeAfter, RefusedError, signInWithPasskey } from './sign-in-api.ts'
import classes from './accounts.module.css'

export function SignInScreen() {
  return <WithAccounts>{({ oidc }) => <SignIn oidc={oidc} />}</WithAccounts>
}

function SignIn({ oidc }: { readonly oidc: string | null }) {
  const t = useTranslations('signIn')
  const queries = useQueryClient()
  const search: { error?: string } = useSearch({ strict: false })
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const [step, setStep] = useState<'password' | 'second'>('password')
  const { busy, error, run } = useAsking()
  const isLocked = error instanceof RefusedError && error.code === 'TOO_MANY_TRIES'

  /** A whole load: nothing that was asked for as nobody stays. */
  const enter = (): void => {
    queries.clear()
    window.location.assign(placeAfter(window.location.search))
  }
  const byPassword = async (): Promise<void> => {
    const body = { email, password, ...(code === '' ? {} : { code }) }
    const answer = await askSignIn<{ twoFactorRedirect?: boolean }>('sign-in/email', body)
    if (answer.twoFactorRedirect !== true) return enter()
    if (code === '') return setStep('second')
    await askSignIn('two-factor/verify-totp', { code })
    return enter()
  }
  if (step === 'second')
    return (
      <Page title={t('secondTitle')} lead={t('secondLead')} narrow>
        <SecondFactorForm onDone={enter} onBack={() => setStep('password')} />
      </Page>
    )
  return (
    <Page title={t('title')} lead={t('lead')} narrow>
      <form
        className={classes['form']}
        onSubmit={(event) => {
          event.preventDefault()
          void run(byPassword)
        }}
      >
        <Trouble error={error ?? errorOfAddress(search.error)} />
        <TextInput
          label={t('email')}
          type="email"
          autoComplete="username webauthn"
          required
          withAsterisk={false}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <TextInput
          label={t('password')}
          type="password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        {(isLocked || code !== '') && (
          <TextInput
            label={t('withCode')}
            description={t('withCodeHint')}
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={6}
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
          />
        )}
        <Button type="submit" loading={busy}>
          {t('submit')}
        </Button>
        <Link to="/sign-in/forgotten" className={classes['quiet']}>
          {t('forgotten')}
        </Link>
      </form>
      <p className={classes['or']}>{t('or')}</p>
      <div className={classes['ways']}>
        <Button
          variant="default"
          disabled={busy}
          onClick={() =>
            void run(async () => {
              await signInWithPasskey()
              enter()
            })
          }
        >
          {t('passkey')}
        </Button>
        {oidc !== null && (
          <Button
            variant="default"
            disabled={busy}
            onClick={() =>
              void run(() =>
                leaveForProvider('sign-in/social', placeAfter(window.location.search), '/sign-in'),
              )
            }
          >
            {t('oidc', { name: oidc })}
          </Button>
        )}
      </div>
    </Page>
  )
}
