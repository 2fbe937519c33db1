// What all screens of accounts share: one thing asked at a time, what went wrong in words, and the mode without sign-in.
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Page } from '../../../ui/components/page.tsx'
import { Loading, TroublePage } from '../../../ui/components/states.tsx'
import { RefusedError, type Ways } from './sign-in-api.ts'
import { MEANT, type TroubleKey } from './trouble-codes.ts'
import { waysQuery } from './use-ways.ts'
import classes from './accounts.module.css'

/** Runs what a person asked for, one at a time; `error` is what the last one ended with. */
export function useAsking() {
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const run = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true)
    setError(undefined)
    try {
      await work()
    } catch (reason) {
      setError(reason)
    } finally {
      setBusy(false)
    }
  }
  return { busy, error, run, setError }
}

/** The codes that better-auth puts into the address when the identity provider's answer was refused. */
const FROM_PROVIDER: Readonly<Record<string, string>> = {
  signup_disabled: 'NOT_INVITED',
  account_not_linked: 'NOT_LINKED',
  "email_doesn't_match": 'OTHER_EMAIL',
  unable_to_link_account: 'EMAIL_NOT_VERIFIED',
}

/** What the identity provider's way back ended with, from the address; undefined where it went well. */
export function errorOfAddress(error: string | undefined): RefusedError | undefined {
  if (error === undefined) return undefined
  const code = FROM_PROVIDER[error] ?? (/^[A-Z_]+$/.test(error) ? error : 'PROVIDER_REFUSED')
  return new RefusedError(code, 0, 0)
}

export function Trouble({ error }: { readonly error: unknown }) {
  const t = useTranslations('accountTrouble')
  if (error === undefined || error === null) return null
  const { code, retryAfterSeconds } = error instanceof RefusedError ? error : new RefusedError('other', 0, 0)
  const key = t.has(code as TroubleKey) ? (code as TroubleKey) : (MEANT[code] ?? 'other')
  return (
    <p role="alert" className={classes['trouble']}>
      {key === 'TOO_MANY_TRIES'
        ? t('TOO_MANY_TRIES', { minutes: Math.max(1, Math.ceil(retryAfterSeconds / 60)) })
        : t(key)}
    </p>
  )
}

/** Shows what is inside only where there are accounts at all. */
export function WithAccounts({ children }: { readonly children: (ways: Ways) => ReactNode }) {
  const t = useTranslations('signIn')
  const ways = useQuery(waysQuery)
  if (ways.isPending) return <Loading />
  if (ways.isError) return <TroublePage error={ways.error} retry={() => void ways.refetch()} />
  if (ways.data.accounts) return children(ways.data)
  return (
    <Page title={t('noneTitle')} lead={t('none')} narrow>
      <p>{t('noneHow')}</p>
      <p>
        <Button component={Link} to="/">
          {t('toLadder')}
        </Button>
      </p>
    </Page>
  )
}
