// How signing in and mail are configured; read, not changed.
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { Loading, TroublePage } from '../../../ui/components/states.tsx'
import { administrationApi } from './administration-api.ts'
import classes from './administration.module.css'

export function SignInPart() {
  const t = useTranslations('administration')
  const none = useTranslations('signIn')
  const found = useQuery(administrationApi.signIn.queryOptions())
  if (found.error) return <TroublePage error={found.error} retry={() => void found.refetch()} />
  if (!found.data) return <Loading />
  const { accounts, url, host, proxies, oidc, mail } = found.data
  if (!accounts)
    return (
      <>
        <p>{none('none')}</p>
        <p>{none('noneHow')}</p>
      </>
    )
  const facts: readonly [string, string][] = [
    [t('address'), url ?? ''],
    [t('listens'), host ?? ''],
    [t('proxies'), proxies.join(', ') || t('none')],
    [t('ways'), t('passwordWays')],
    [
      t('provider'),
      oidc ? t('providerIs', { name: oidc.name, issuer: oidc.issuer, client: oidc.clientId }) : t('none'),
    ],
    [
      t('mail'),
      mail?.server
        ? t('mailBy', { server: mail.server, from: mail.from })
        : t('mailFolder', { from: mail?.from ?? '' }),
    ],
  ]
  return (
    <>
      <p className={classes['lead']}>{t('signInLead')}</p>
      <dl className={classes['facts']}>
        {facts.map(([name, value]) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}
