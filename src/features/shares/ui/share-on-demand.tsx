// Loads sharing only where there are others to share with.
import { lazy, Suspense } from 'react'
import { useHasAccounts } from '../../accounts/ui/use-ways.ts'

const ShareSection = lazy(() => import('./share-section.tsx'))

export function ShareOnDemand({ assessment }: { readonly assessment: string }) {
  if (useHasAccounts() !== true) return null
  return (
    <Suspense>
      <ShareSection assessment={assessment} />
    </Suspense>
  )
}
