// API keys: made with what they may do and for how long, shown once, removed.
import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { FEATURES } from '../../../core/org/features.ts'
import { Section } from '../../../ui/components/page.tsx'
import { Trouble, useAsking } from './asking.tsx'
import { askSignIn, type ApiKey } from './sign-in-api.ts'
import classes from './accounts.module.css'

/** A key names one of them, or `*` for all. */
const CHOICES = ['*', ...FEATURES] as const
const ACCESS = ['read', 'write', 'admin'] as const
const DAYS = [7, 30, 90, 365] as const

export function KeysSection() {
  const t = useTranslations('account')
  const format = useFormatter()
  const [name, setName] = useState('')
  const [feature, setFeature] = useState<string>('*')
  const [access, setAccess] = useState<string>('read')
  const [days, setDays] = useState('90')
  const [made, setMade] = useState<string>()
  const [copied, setCopied] = useState(false)
  const { busy, error, run } = useAsking()
  const keys = useQuery({
    queryKey: ['sign-in', 'keys'],
    queryFn: () => askSignIn<{ apiKeys: ApiKey[] }>('api-key/list').then(({ apiKeys }) => apiKeys),
  })
  const scopesOf = ({ permissions }: ApiKey) =>
    Object.entries(permissions ?? {})
      .map(([of, list]) => `${of}:${list.join('+')}`)
      .join(' ')
  return (
    <Section title={t('keys')} lead={t('keysLead')}>
      <Trouble error={error ?? keys.error} />
      {keys.data?.length === 0 && <p className={classes['quiet']}>{t('noKeys')}</p>}
      <ul className={classes['list']}>
        {keys.data?.map((each) => (
          <li key={each.id} className={classes['row']}>
            <div>
              {each.name}
              <div className={classes['quiet']}>
                {t('until', {
                  start: each.start ?? '',
                  scopes: scopesOf(each),
                  date:
                    each.expiresAt === null
                      ? '–'
                      : format.dateTime(new Date(each.expiresAt), { dateStyle: 'medium' }),
                })}
              </div>
            </div>
            <Button
              variant="subtle"
              size="compact-sm"
              aria-label={t('removeKey', { name: each.name ?? '' })}
              onClick={() =>
                void run(async () => {
                  await askSignIn('api-key/delete', { keyId: each.id })
                  await keys.refetch()
                })
              }
            >
              {t('remove')}
            </Button>
          </li>
        ))}
      </ul>
      {made !== undefined && (
        <div role="status" className={`${classes['done']} ${classes['wide']}`}>
          <p>{t('keyMade')}</p>
          <p className={classes['code']}>{made}</p>
          <div className={classes['buttons']}>
            <Button
              variant="default"
              size="compact-sm"
              onClick={() => void navigator.clipboard.writeText(made).then(() => setCopied(true))}
            >
              {t(copied ? 'copied' : 'copy')}
            </Button>
          </div>
        </div>
      )}
      <form
        className={classes['form']}
        onSubmit={(event) => {
          event.preventDefault()
          void run(async () => {
            const scopes = { [feature]: access }
            const { key } = await askSignIn<{ key: string }>('keys/make', {
              name,
              scopes,
              days: Number(days),
            })
            setMade(key)
            setCopied(false)
            setName('')
            await keys.refetch()
          })
        }}
      >
        <TextInput
          label={t('keyName')}
          required
          withAsterisk={false}
          maxLength={80}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <NativeSelect
          label={t('keyFeature')}
          value={feature}
          onChange={(event) => setFeature(event.currentTarget.value)}
          data={CHOICES.map((value) => ({ value, label: value === '*' ? t('everything') : value }))}
        />
        <NativeSelect
          label={t('keyAccess')}
          value={access}
          onChange={(event) => setAccess(event.currentTarget.value)}
          data={ACCESS.map((value) => ({ value, label: t(value) }))}
        />
        <NativeSelect
          label={t('keyDays')}
          value={days}
          onChange={(event) => setDays(event.currentTarget.value)}
          data={DAYS.map((value) => ({ value: String(value), label: t('days', { days: value }) }))}
        />
        <Button type="submit" variant="default" loading={busy}>
          {t('makeKey')}
        </Button>
      </form>
    </Section>
  )
}
