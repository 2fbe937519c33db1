// Shared standings: those that others share with me, and mine that I share.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { Page, Section } from '../../../ui/components/page.tsx'
import { Loading, TroublePage } from '../../../ui/components/states.tsx'
import { GivenList } from './given-list.tsx'
import { sharesApi } from './shares-api.ts'
import classes from './shares.module.css'
import { useShareWords } from './use-share-words.ts'

export function SharesScreen() {
  const t = useTranslations('shares')
  const words = useShareWords()
  const list = useQuery(sharesApi.list.queryOptions())
  if (list.error) return <TroublePage error={list.error} retry={() => void list.refetch()} />
  if (!list.data) return <Loading />
  const { can, given, received } = list.data
  if (!can.share)
    return (
      <Page title={t('title')} narrow>
        <p role="status">{t('local')}</p>
      </Page>
    )
  return (
    <Page title={t('title')} lead={t('lead')} narrow>
      <Section title={t('received')}>
        {received.length === 0 ? (
          <p role="status">{t('noneReceived')}</p>
        ) : (
          <ul role="list" className={classes['list']}>
            {received.map((share) => (
              <li key={share.id}>
                <div>
                  <Link to="/shared/$share" params={{ share: share.id }}>
                    {t('readOf', { name: words.name(share.of) })}
                  </Link>
                  <div className={classes['quiet']}>
                    {t('until')} {words.day(share.lastDay)} · {words.what(share)}
                  </div>
                </div>
              </li>
            ))}
          </ul>
        )}
      </Section>
      <Section title={t('given')}>
        {given.length === 0 ? <p role="status">{t('noneGiven')}</p> : <GivenList shares={given} />}
      </Section>
    </Page>
  )
}
