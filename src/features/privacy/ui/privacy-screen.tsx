// My privacy: what is held about me and what for, who looked, and taking everything away.
import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { Page, Section } from '../../../ui/components/page.tsx'
import { Loading, TroublePage } from '../../../ui/components/states.tsx'
import { Refused } from '../../../ui/components/refused.tsx'
import { useLanguage } from '../../../ui/words/words-provider.tsx'
import { useHasAccounts } from '../../accounts/ui/use-ways.ts'
import { HeldList } from './held-list.tsx'
import { privacyApi } from './privacy-api.ts'
import { TraceList } from './trace-list.tsx'
import classes from './privacy.module.css'

export function PrivacyScreen() {
  const t = useTranslations('privacy')
  const { language } = useLanguage()
  // One person alone shares with nobody and orders nothing: what means nothing to them is left out.
  const isAlone = useHasAccounts() === false
  const held = useQuery(privacyApi.held.queryOptions())
  const taking = useMutation({
    mutationFn: async () =>
      save(await privacyApi.export.call({ language: language === 'en' ? 'en' : 'zh-Hans' })),
  })
  if (held.error) return <TroublePage error={held.error} retry={() => void held.refetch()} />
  if (!held.data) return <Loading />
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      actions={
        <Button onClick={() => taking.mutate()} loading={taking.isPending}>
          {t('take')}
        </Button>
      }
    >
      <Refused error={taking.error} className={classes['problem']} />
      {held.data.held && <p className={classes['notice']}>{t('heldNotice')}</p>}
      <Section title={t('looked')} lead={t('lookedLead')}>
        <TraceList isAlone={isAlone} />
      </Section>
      {!isAlone && (
        <p className={classes['links']}>
          <Link to="/shared">{t('toShares')}</Link>
        </p>
      )}
      <Section title={t('held')} lead={t('heldLead')}>
        <HeldList tables={held.data.tables} />
      </Section>
      <Section title={t('erasure')}>
        <p>
          {!isAlone && t('erasureText')}
          {isAlone &&
            (held.data.dataFolder === null
              ? t('erasureDatabase')
              : t('erasureLocal', { folder: held.data.dataFolder }))}
        </p>
        {held.data.can.keep && !isAlone && (
          <p className={classes['links']}>
            <Link to="/privacy/keeping">{t('toKeeping')}</Link>
          </p>
        )}
        {held.data.can.audit && !isAlone && (
          <p>
            <Link to="/audit">{t('toAudit')}</Link>
          </p>
        )}
      </Section>
    </Page>
  )
}

function save(file: File): void {
  const address = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = address
  link.download = file.name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 1000)
}
