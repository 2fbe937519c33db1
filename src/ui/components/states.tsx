// What a screen says while it waits, when something failed, and when there is nothing yet.
import { Button } from '@mantine/core'
import { ORPCError } from '@orpc/client'
import { Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { troubleOf } from '../rpc-link.ts'
import { useRefusal } from '../words/use-refusal.ts'
import { Page } from './page.tsx'
import classes from './states.module.css'

export function Loading() {
  const t = useTranslations('states')
  const [stage, setStage] = useState<'quiet' | 'shown' | 'slow'>('quiet')
  useEffect(() => {
    const timers = [setTimeout(() => setStage('shown'), 150), setTimeout(() => setStage('slow'), 4000)]
    return () => timers.forEach(clearTimeout)
  }, [])
  return (
    <div className={classes['loading']} role="status" data-state="loading">
      {stage !== 'quiet' && (
        <>
          <div className={classes['bones']} aria-hidden="true">
            <i style={{ width: '38%', height: 28 }} />
            <i style={{ width: '62%' }} />
            <i style={{ width: '100%', height: 220 }} />
          </div>
          <p className={stage === 'slow' ? undefined : 'visually-hidden'}>
            {t(stage === 'slow' ? 'slow' : 'loading')}
          </p>
        </>
      )}
    </div>
  )
}

interface TroubleProps {
  readonly error: unknown
  readonly retry: () => void
}

export function TroublePage({ error, retry }: TroubleProps) {
  const t = useTranslations('states')
  const trouble = troubleOf(error)
  const isForbidden = error instanceof ORPCError && error.status === 403
  const refusal = useRefusal(isForbidden ? error : undefined)
  const [title, text] = {
    'no-answer': [t('offlineTitle'), t('offline')],
    'not-found': [t('notFoundTitle'), t('notFound')],
    // A page asks for nothing but what its address says: what is refused is an address that is not whole.
    refused: isForbidden ? [t('forbiddenTitle'), refusal] : [t('notFoundTitle'), t('notFound')],
    broken: [t('errorTitle'), t('error')],
  }[trouble] as [string, string]
  // Once the server answers again, the page comes back by itself.
  useEffect(() => {
    if (trouble !== 'no-answer') return
    const timer = setInterval(() => {
      void fetch('/healthz', { cache: 'no-store' }).then(
        (answer) => answer.ok && retry(),
        () => {},
      )
    }, 2000)
    return () => clearInterval(timer)
  }, [trouble, retry])
  return (
    <Page title={title} lead={text} narrow>
      <div role="alert" className={classes['trouble']} data-state={trouble}>
        {trouble !== 'not-found' && !isForbidden && <Button onClick={retry}>{t('retry')}</Button>}
        <Button variant="default" component={Link} to="/">
          {t('toLadder')}
        </Button>
      </div>
      {trouble !== 'no-answer' && !isForbidden && error instanceof Error && (
        <details className={classes['details']}>
          <summary>{t('details')}</summary>
          <p lang="en">{error.message}</p>
        </details>
      )}
    </Page>
  )
}

interface EmptyProps {
  readonly text: ReactNode
  readonly children?: ReactNode
}

/** Nothing here yet: one sentence, and what can be done about it. */
export function Empty({ text, children }: EmptyProps) {
  return (
    <div className={classes['empty']}>
      <svg width="56" height="24" viewBox="0 0 56 24" aria-hidden="true">
        <path d="M12 12h32" className={classes['emptyLine']} />
        <circle cx="12" cy="12" r="8" className={classes['emptyRing']} />
        <circle cx="44" cy="12" r="8" className={classes['emptyRing']} />
      </svg>
      <p>{text}</p>
      {children}
    </div>
  )
}
