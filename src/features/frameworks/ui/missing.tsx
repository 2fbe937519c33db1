// What a screen shows where the framework does not have what the address names.
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { Page } from '../../../ui/components/page.tsx'

export function Missing() {
  const t = useTranslations('states')
  return (
    <Page title={t('notFoundTitle')} lead={t('notFound')} narrow>
      <Button variant="default" component={Link} to="/">
        {t('toLadder')}
      </Button>
    </Page>
  )
}
