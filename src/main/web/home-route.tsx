// Joins the ladder map with the person's place on it, and tells an owner who is alone what is next.
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { useHasAccounts } from '../../features/accounts/ui/use-ways.ts'
import { administrationApi } from '../../features/administration/ui/administration-api.ts'
import { LadderScreen } from '../../features/frameworks/ui/ladder-screen.tsx'
import { DEFAULT_FRAMEWORK } from '../../features/frameworks/ui/use-framework.ts'
import { usePlace } from '../../features/standings/ui/use-place.ts'
import classes from './shell.module.css'

export function HomeRoute() {
  const { framework = DEFAULT_FRAMEWORK } = useParams({ strict: false })
  const place = usePlace(framework)
  const inTeam = useHasAccounts() === true
  return <LadderScreen {...{ framework, place, inTeam }} hint={inTeam && <LoneOwner />} />
}

const next = (words: ReactNode) => <Link to="/administration">{words}</Link>

function LoneOwner() {
  const t = useTranslations('ladder')
  const rights = useQuery(administrationApi.rights.queryOptions())
  return rights.data?.alone === true && <p className={classes['hint']}>{t.rich('loneOwner', { next })}</p>
}
