// Setting up the second factor with a QR code, its backup codes, and switching it off.
import { Button, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { encode } from 'uqr'
import { useTranslations } from 'use-intl'
import { Section } from '../../../ui/components/page.tsx'
import { Trouble, useAsking } from './asking.tsx'
import { askSignIn } from './sign-in-api.ts'
import classes from './accounts.module.css'

interface Started {
  totpURI: string
  backupCodes: string[]
}

export function SecondFactorSection({ isOn }: { readonly isOn: boolean }) {
  const t = useTranslations('account')
  const s = useTranslations('signIn')
  const queries = useQueryClient()
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const [started, setStarted] = useState<Started>()
  const [confirmed, setConfirmed] = useState(false)
  const { busy, error, run } = useAsking()
  const refresh = () => queries.invalidateQueries({ queryKey: ['sign-in', 'account'] })

  const begin = async (): Promise<void> => {
    if (isOn) {
      await askSignIn('two-factor/disable', { password })
      setStarted(undefined)
      setConfirmed(false)
      await refresh()
    } else setStarted(await askSignIn<Started>('two-factor/enable', { password }))
    setPassword('')
  }
  const confirm = async (): Promise<void> => {
    await askSignIn('two-factor/verify-totp', { code })
    setCode('')
    setConfirmed(true)
    await refresh()
  }
  const secret = started && new URL(started.totpURI).searchParams.get('secret')
  return (
    <Section title={t('second')} lead={t('secondLead')}>
      <p role="status">{t(isOn ? 'secondOn' : 'secondOff')}</p>
      <Trouble error={error} />
      {started && !confirmed && (
        <form
          className={classes['wide']}
          onSubmit={(event) => {
            event.preventDefault()
            void run(confirm)
          }}
        >
          <p>{t('secondScan')}</p>
          <QrCode text={started.totpURI} label={t('secondPicture')} />
          <p>
            {t('secondKey')}: <span className={classes['code']}>{secret}</span>
          </p>
          <div className={classes['buttons']}>
            <TextInput
              label={s('code')}
              inputMode="numeric"
              autoComplete="one-time-code"
              maxLength={6}
              required
              withAsterisk={false}
              value={code}
              onChange={(event) => setCode(event.currentTarget.value)}
            />
            <Button type="submit" loading={busy}>
              {s('confirm')}
            </Button>
          </div>
        </form>
      )}
      {started && confirmed && (
        <div className={classes['wide']}>
          <h3>{t('backupTitle')}</h3>
          <p className={classes['quiet']}>{t('backupLead')}</p>
          <ul className={classes['codes']}>
            {started.backupCodes.map((each) => (
              <li key={each}>{each}</li>
            ))}
          </ul>
        </div>
      )}
      {(!started || confirmed) && (
        <form
          className={`${classes['wide']} ${classes['buttons']}`}
          onSubmit={(event) => {
            event.preventDefault()
            void run(begin)
          }}
        >
          <TextInput
            label={t('currentPassword')}
            type="password"
            autoComplete="current-password"
            required
            withAsterisk={false}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <Button type="submit" variant="default" loading={busy}>
            {t(isOn ? 'secondStop' : 'secondStart')}
          </Button>
        </form>
      )}
    </Section>
  )
}

/** Dark on light in every colour scheme: that is what cameras expect. */
function QrCode({ text, label }: { readonly text: string; readonly label: string }) {
  const { data, size } = encode(text, { ecc: 'M', border: 2 })
  const path = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('')
  return (
    <svg
      className={classes['qr']}
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <path d={path} fill="#000000" />
    </svg>
  )
}
