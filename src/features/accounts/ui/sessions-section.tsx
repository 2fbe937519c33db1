// Where the account is signed in, and ending any of it.
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useFormatter, useTranslations } from 'use-intl'
import { Section } from '../../../ui/components/page.tsx'
import { deviceOf } from '../../../core/org/device.ts'
import { Trouble, useAsking } from './asking.tsx'
import { askSignIn, type Session } from './sign-in-api.ts'
import classes from './accounts.module.css'

export function SessionsSection({ own }: { readonly own: string }) {
  const t = useTranslations('account')
  const format = useFormatter()
  const { busy, error, run } = useAsking()
  const sessions = useQuery({
    queryKey: ['sign-in', 'sessions'],
    queryFn: () => askSignIn<Session[]>('list-sessions'),
  })
  const device = (each: Session) => deviceOf(each.userAgent) ?? t('unknownDevice')
  const end = (path: string, body: object): void =>
    void run(async () => {
      await askSignIn(path, body)
      await sessions.refetch()
    })
  return (
    <Section title={t('sessions')} lead={t('sessionsLead')}>
      <Trouble error={error ?? sessions.error} />
      <ul className={classes['list']}>
        {sessions.data?.map((each) => (
          <li key={each.id} className={classes['row']}>
            <div>
              {device(each)}
              {each.id === own && ` · ${t('thisDevice')}`}
              <div className={classes['quiet']}>
                {t('since', {
                  date: format.dateTime(new Date(each.createdAt), {
                    dateStyle: 'medium',
                    timeStyle: 'short',
                  }),
                  address: each.ipAddress || t('unknownAddress'),
                })}
              </div>
            </div>
            {each.id !== own && (
              <Button
                variant="subtle"
                size="compact-sm"
                disabled={busy}
                aria-label={t('endSessionOf', { device: device(each) })}
                onClick={() => end('revoke-session', { token: each.token })}
              >
                {t('endSession')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {(sessions.data?.length ?? 0) > 1 && (
        <Button variant="default" disabled={busy} onClick={() => end('revoke-other-sessions', {})}>
          {t('endOthers')}
        </Button>
      )}
    </Section>
  )
}
