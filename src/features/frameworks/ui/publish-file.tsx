// Publishes a new version from a file: our YAML, JSON, spreadsheet or CASE package, or a ladder in another form.
import { useTranslations } from 'use-intl'
import { Section } from '../../../ui/components/page.tsx'
import { ImportFlow } from '../../imports/ui/import-flow.tsx'

export default function PublishFile({ framework }: { readonly framework: string }) {
  const t = useTranslations('versions')
  return (
    <Section title={t('publishNew')} lead={t('publishLead', { framework })}>
      <ImportFlow framework={framework} />
    </Section>
  )
}
