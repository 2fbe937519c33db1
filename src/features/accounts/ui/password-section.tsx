// Changing the password; every other device is signed out.
import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Section } from '../../../ui/components/page.tsx'
import { Trouble, useAsking } from './asking.tsx'
import { askSignIn } from './sign-in-api.ts'
import classes from './accounts.module.css'

export function PasswordSection() {
  const t = useTranslations('account')
  const f = useTranslations('forgotten')
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const [saved, setSaved] = useState(false)
  const { busy, error, run } = useAsking()
  return (
    <Section title={t('change')} lead={t('changeLead')}>
      <form
        className={classes['form']}
        onSubmit={(event) => {
          event.preventDefault()
          setSaved(false)
          void run(async () => {
            await askSignIn('change-password', {
              currentPassword: current,
              newPassword: next,
              revokeOtherSessions: true,
            })
            setCurrent('')
            setNext('')
            setSaved(true)
          })
        }}
      >
        <Trouble error={error} />
        {saved && (
          <p role="status" className={classes['done']}>
            {t('saved')}
          </p>
        )}
        <TextInput
          label={t('currentPassword')}
          type="password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          value={current}
          onChange={(event) => setCurrent(event.currentTarget.value)}
        />
        <TextInput
          label={f('newPassword')}
          description={f('rule')}
          type="password"
          autoComplete="new-password"
          required
          withAsterisk={false}
          minLength={12}
          maxLength={128}
          value={next}
          onChange={(event) => setNext(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" loading={busy}>
          {t('changeButton')}
        </Button>
      </form>
    </Section>
  )
}
