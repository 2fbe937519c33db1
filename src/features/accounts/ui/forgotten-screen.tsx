// A forgotten password: asking for the link, and choosing a new one by it.
import { Button, TextInput } from '@mantine/core'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Page } from '../../../ui/components/page.tsx'
import { Trouble, useAsking, WithAccounts } from './asking.tsx'
import { askSignIn } from './sign-in-api.ts'
import classes from './accounts.module.css'

export function ForgottenScreen() {
  return <WithAccounts>{() => <AskForLink />}</WithAccounts>
}

export function ResetScreen() {
  const { token = '' }: { token?: string } = useParams({ strict: false })
  return <WithAccounts>{() => <NewPassword token={token} />}</WithAccounts>
}

function AskForLink() {
  const t = useTranslations('forgotten')
  const s = useTranslations('signIn')
  const [email, setEmail] = useState('')
  const [sent, setSent] = useState(false)
  const { busy, error, run } = useAsking()
  return (
    <Page title={t('title')} lead={t('lead')} narrow>
      <form
        className={classes['form']}
        onSubmit={(event) => {
          event.preventDefault()
          void run(async () => {
            await askSignIn('request-password-reset', { email })
            setSent(true)
          })
        }}
      >
        <Trouble error={error} />
        {sent && (
          <p role="status" className={classes['done']}>
            {t('sent')}
          </p>
        )}
        <TextInput
          label={s('email')}
          type="email"
          autoComplete="username"
          required
          withAsterisk={false}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <Button type="submit" loading={busy}>
          {t('send')}
        </Button>
        <Link to="/sign-in" className={classes['quiet']}>
          {s('back')}
        </Link>
      </form>
    </Page>
  )
}

function NewPassword({ token }: { readonly token: string }) {
  const t = useTranslations('forgotten')
  const s = useTranslations('signIn')
  const [password, setPassword] = useState('')
  const [saved, setSaved] = useState(false)
  const { busy, error, run } = useAsking()
  if (saved)
    return (
      <Page title={t('resetTitle')} lead={t('saved')} narrow>
        <p>
          <Button component={Link} to="/sign-in">
            {s('title')}
          </Button>
        </p>
      </Page>
    )
  return (
    <Page title={t('resetTitle')} lead={t('resetLead')} narrow>
      <form
        className={classes['form']}
        onSubmit={(event) => {
          event.preventDefault()
          void run(async () => {
            await askSignIn('reset-password', { token, newPassword: password })
            setSaved(true)
          })
        }}
      >
        <Trouble error={error} />
        <TextInput
          label={t('newPassword')}
          description={t('rule')}
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
          {t('save')}
        </Button>
      </form>
    </Page>
  )
}
