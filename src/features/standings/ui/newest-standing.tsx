// Leads to the newest standing or its paths; without any answers it says what to do.
import { Button } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link, Navigate, useSearch } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { Page } from '../../../ui/components/page.tsx'
import { Empty } from '../../../ui/components/states.tsx'
import { standingsApi } from './standings-api.ts'

/** The current standing, or the newest answers where nothing is finished yet. */
function useNewest(framework?: string) {
  const input = framework === undefined ? {} : { framework }
  const { data } = useSuspenseQuery({ ...standingsApi.current.queryOptions({ input }), staleTime: 0 })
  return data.current ?? data.choices[0]
}

export function NewestStanding() {
  const { role, framework }: { role?: string; framework?: string } = useSearch({ strict: false })
  const newest = useNewest(framework)
  if (!newest) return <NothingYet about="standing" />
  const { assessment } = newest
  if (role && (framework === undefined || framework === newest.framework.id))
    return <Navigate to="/standings/$assessment/gaps/$role" params={{ assessment, role }} replace />
  return <Navigate to="/standings/$assessment" params={{ assessment }} replace />
}

export function NewestPaths() {
  const newest = useNewest()
  if (!newest) return <NothingYet about="paths" />
  return <Navigate to="/standings/$assessment/paths" params={{ assessment: newest.assessment }} replace />
}

function NothingYet({ about }: { readonly about: 'standing' | 'paths' }) {
  const t = useTranslations('standing')
  const paths = useTranslations('paths')
  const nav = useTranslations('nav')
  const ladder = useTranslations('ladder')
  return (
    <Page title={about === 'standing' ? t('title') : nav('paths')}>
      <Empty text={about === 'standing' ? t('empty') : paths('noStanding')}>
        <Button component={Link} to="/assess">
          {ladder('start')}
        </Button>
      </Empty>
    </Page>
  )
}
