// Bring your ladder: the page on which files become a framework.
import { useTranslations } from 'use-intl'
import { Page } from '../../../ui/components/page.tsx'
import { ImportFlow } from './import-flow.tsx'

export function ImportScreen() {
  const t = useTranslations('import')
  return (
    <Page title={t('title')} lead={t('lead')}>
      <ImportFlow />
    </Page>
  )
}
