// The explanation of a number, loaded when the first one is asked for and kept from then on.
import { useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import type { FrameworkView } from '../../frameworks/ui/use-framework.ts'

const WhyPanel = lazy(async () => ({ default: (await import('./why-panel.tsx')).WhyPanel }))

interface Props {
  readonly view: FrameworkView
  readonly assessment: string
}

export function WhyOnDemand({ view, assessment }: Props) {
  const { why }: { why?: string } = useSearch({ strict: false })
  const [asked, setAsked] = useState(false)
  if (why !== undefined && !asked) setAsked(true)
  return asked ? (
    <Suspense>
      <WhyPanel view={view} assessment={assessment} />
    </Suspense>
  ) : null
}
