// Takes a framework away as YAML, JSON, XLSX, CSV, CASE or a handbook.
import { Button, Menu } from '@mantine/core'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Framework } from '../../../core/framework/model.ts'
import { useLanguage } from '../../../ui/words/words-provider.tsx'
import type { ExportFormat } from './export-framework.ts'

const FORMATS: readonly ExportFormat[] = ['yaml', 'json', 'xlsx', 'csv', 'case', 'handbook']

export function ExportMenu({ framework }: { readonly framework: Framework }) {
  const t = useTranslations('versions')
  const { language } = useLanguage()
  const [busy, setBusy] = useState(false)
  const save = async (format: ExportFormat): Promise<void> => {
    setBusy(true)
    const { saveFramework } = await import('./export-framework.ts')
    saveFramework(framework, format, language)
    setBusy(false)
  }
  return (
    <Menu position="bottom-end" withinPortal={false}>
      <Menu.Target>
        <Button variant="default" loading={busy}>
          {t('export')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {FORMATS.map((format) => (
          <Menu.Item key={format} onClick={() => void save(format)}>
            {t(`format.${format}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
