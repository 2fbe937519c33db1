// The second factor: the code of the authenticator app, or a backup code.
import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Trouble, useAsking } from './asking.tsx'
import { askSignIn } from './sign-in-api.ts'
import classes from './accounts.module.css'

interface Props {
  readonly onDone: () => void
  readonly onBack: () => void
}

export function SecondFactorForm({ onDone, onBack }: Props) {
  const t = useTranslations('signIn')
  const [code, setCode] = useState('')
  const [way, setWay] = useState<'app' | 'backup'>('app')
  const { busy, error, run } = useAsking()
  const isApp = way === 'app'
  return (
    <form
      className={classes['form']}
      onSubmit={(event) => {
        event.preventDefault()
        void run(async () => {
          await askSignIn(isApp ? 'two-factor/verify-totp' : 'two-factor/verify-backup-code', {
            code: code.trim(),
          })
          onDone()
        })
      }}
    >
      <Trouble error={error} />
      <TextInput
        key={way}
        label={t(isApp ? 'code' : 'backupCode')}
        inputMode={isApp ? 'numeric' : 'text'}
        autoComplete="one-time-code"
        maxLength={isApp ? 6 : 40}
        required
        withAsterisk={false}
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
        // The step appears because of what the person did: their next act is this field.
        ref={(field) => {
          if (code === '') field?.focus()
        }}
      />
      <Button type="submit" loading={busy}>
        {t('confirm')}
      </Button>
      <div className={classes['buttons']}>
        <Button
          variant="subtle"
          size="compact-sm"
          onClick={() => {
            setCode('')
            setWay(isApp ? 'backup' : 'app')
          }}
        >
          {t(isApp ? 'useBackup' : 'useApp')}
        </Button>
        <Button variant="subtle" size="compact-sm" onClick={onBack}>
          {t('back')}
        </Button>
      </div>
    </form>
  )
}
