// Keeping and erasing: how long what is kept, legal holds, erasures; for owners, people partners and auditors.
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { Page } from '../../../ui/components/page.tsx'
import { Loading, TroublePage } from '../../../ui/components/states.tsx'
import { ErasuresPart } from './erasures-part.tsx'
import { HoldsPart } from './holds-part.tsx'
import { privacyApi } from './privacy-api.ts'
import { RulesPart } from './rules-part.tsx'

export function KeepingScreen() {
  const t = useTranslations('privacy')
  const keeping = useQuery(privacyApi.keeping.queryOptions())
  if (keeping.error) return <TroublePage error={keeping.error} retry={() => void keeping.refetch()} />
  if (!keeping.data) return <Loading />
  return (
    <Page title={t('keeping')} lead={t('keepingLead')}>
      <RulesPart keeping={keeping.data} />
      <HoldsPart keeping={keeping.data} />
      <ErasuresPart keeping={keeping.data} />
    </Page>
  )
}
