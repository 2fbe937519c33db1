// The passkeys of the account: added, listed, removed.
import { Button, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { Section } from '../../../ui/components/page.tsx'
import { Trouble, useAsking } from './asking.tsx'
import { addPasskey, askSignIn, type Passkey } from './sign-in-api.ts'
import classes from './accounts.module.css'

export function PasskeysSection() {
  const t = useTranslations('account')
  const format = useFormatter()
  const [name, setName] = useState('')
  const { busy, error, run } = useAsking()
  const passkeys = useQuery({
    queryKey: ['sign-in', 'passkeys'],
    queryFn: () => askSignIn<Passkey[]>('passkey/list-user-passkeys'),
  })
  const shownName = (each: Passkey) => (each.name === null || each.name === '' ? t('passkeys') : each.name)
  return (
    <Section title={t('passkeys')} lead={t('passkeysLead')}>
      <Trouble error={error ?? passkeys.error} />
      {passkeys.data?.length === 0 && <p className={classes['quiet']}>{t('noPasskeys')}</p>}
      <ul className={classes['list']}>
        {passkeys.data?.map((each) => (
          <li key={each.id} className={classes['row']}>
            <div>
              {shownName(each)}
              {each.createdAt !== null && (
                <div className={classes['quiet']}>
                  {t('added', { date: format.dateTime(new Date(each.createdAt), { dateStyle: 'medium' }) })}
                </div>
              )}
            </div>
            <Button
              variant="subtle"
              size="compact-sm"
              aria-label={t('removePasskey', { name: shownName(each) })}
              onClick={() =>
                void run(async () => {
                  await askSignIn('passkey/delete-passkey', { id: each.id })
                  await passkeys.refetch()
                })
              }
            >
              {t('remove')}
            </Button>
          </li>
        ))}
      </ul>
      <form
        className={`${classes['wide']} ${classes['buttons']}`}
        onSubmit={(event) => {
          event.preventDefault()
          void run(async () => {
            await addPasskey(name)
            setName('')
            await passkeys.refetch()
          })
        }}
      >
        <TextInput
          label={t('passkeyName')}
          required
          withAsterisk={false}
          maxLength={80}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" loading={busy}>
          {t('addPasskey')}
        </Button>
      </form>
    </Section>
  )
}
