// Asks where an invitation goes to and in which language.
import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useLanguage } from '../../../ui/words/words-provider.tsx'
import classes from './administration.module.css'

type Language = 'en' | 'zh-Hans'

interface Props {
  readonly name: string
  readonly busy: boolean
  readonly mailIsSent: boolean
  readonly send: (to: { email?: string; language: Language }) => void
  readonly cancel: () => void
}

export function InviteForm({ name, busy, mailIsSent, send, cancel }: Props) {
  const t = useTranslations('administration')
  const { language: own } = useLanguage()
  const [email, setEmail] = useState('')
  const [language, setLanguage] = useState<Language>(own)
  return (
    <form
      className={`${classes['box']} ${classes['form']}`}
      aria-label={t('inviteOf', { name })}
      onSubmit={(event) => {
        event.preventDefault()
        send({ language, ...(email.trim() === '' ? {} : { email: email.trim() }) })
      }}
    >
      <h2>{t('inviteOf', { name })}</h2>
      <p>{t('inviteLead')}</p>
      {!mailIsSent && <p className={classes['notice']}>{t('mailKept')}</p>}
      <TextInput
        type="email"
        label={t('email')}
        description={t('emailHint')}
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      <NativeSelect
        label={t('language')}
        value={language}
        onChange={(event) => setLanguage(event.currentTarget.value as Language)}
        data={[
          { value: 'en', label: 'English' },
          { value: 'zh-Hans', label: '中文' },
        ]}
      />
      <div className={classes['buttons']}>
        <Button type="submit" loading={busy}>
          {t('send')}
        </Button>
        <Button variant="subtle" onClick={cancel}>
          {t('cancel')}
        </Button>
      </div>
    </form>
  )
}
