// What an address without a screen shows.
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { Page } from '../../ui/components/page.tsx'

export function NotFound() {
  const t = useTranslations('states')
  return (
    <Page title={t('notFoundTitle')} lead={t('notFound')} narrow>
      <Button variant="default" component={Link} to="/">
        {t('toLadder')}
      </Button>
    </Page>
  )
}
