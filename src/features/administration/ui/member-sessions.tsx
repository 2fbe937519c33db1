// Where a member is signed in, and signing them out there.
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { administrationApi } from './administration-api.ts'
import classes from './administration.module.css'

interface Props {
  readonly name: string
  readonly account: string
  readonly busy: boolean
  readonly signOut: () => void
  readonly cancel: () => void
}

export function MemberSessions({ name, account, busy, signOut, cancel }: Props) {
  const t = useTranslations('administration')
  const found = useQuery(administrationApi.sessions.queryOptions({ input: { account } }))
  const sessions = found.data?.sessions ?? []
  return (
    <section aria-label={t('signedIn', { name })} className={classes['box']}>
      <h2>{t('signedIn', { name })}</h2>
      {found.error && (
        <p role="alert" className={classes['problem']}>
          {t('sessionsFailed')}
        </p>
      )}
      {found.data && sessions.length === 0 && <p role="status">{t('noSessions')}</p>}
      {sessions.length > 0 && (
        <>
          <ul className={classes['list']}>
            {sessions.map(({ begun, seen, device }) => (
              <li key={`${begun.getTime()} ${seen.getTime()}`}>
                {device ?? t('unknownDevice')}
                <small>{t('sessionTimes', { begun, seen })}</small>
              </li>
            ))}
          </ul>
          <p className={classes['quiet']}>{t('signOutSure')}</p>
        </>
      )}
      <div className={classes['buttons']}>
        {sessions.length > 0 && (
          <Button variant="default" loading={busy} onClick={signOut}>
            {t('signOut')}
          </Button>
        )}
        <Button variant="subtle" onClick={cancel}>
          {t('close')}
        </Button>
      </div>
    </section>
  )
}
