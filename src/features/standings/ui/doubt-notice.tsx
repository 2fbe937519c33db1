// The warning over figures whose answers do not fit together, wherever such figures stand; its words are loaded on demand.
import { lazy, Suspense } from 'react'
import { isDoubtful } from '../../../core/growth/fit-text.ts'
import type { Fit } from '../../../core/growth/report-model.ts'
import type { FrameworkView } from '../../frameworks/ui/use-framework.ts'

const FitNotice = lazy(() => import('./fit-notice.tsx'))

interface Props {
  readonly fit: Fit
  readonly view: FrameworkView
  /** Leaves out which answers stand out: the standing has them. */
  readonly short?: boolean
}

export function DoubtNotice({ fit, view, short = false }: Props) {
  if (!isDoubtful(fit)) return null
  return (
    <Suspense>
      <FitNotice fit={fit} view={view} short={short} />
    </Suspense>
  )
}
