// Joins the comparison of two roles with the reader's own role and standing.
import { useParams } from '@tanstack/react-router'
import { CompareScreen } from '../../features/frameworks/ui/compare-screen.tsx'
import { DoubtNotice } from '../../features/standings/ui/doubt-notice.tsx'
import { useFramework } from '../../features/frameworks/ui/use-framework.ts'
import { useYou } from '../../features/standings/ui/use-you.ts'

export function CompareRoute() {
  const { framework } = useParams({ from: '/frameworks/$framework/compare' })
  const view = useFramework(framework)
  const you = useYou(framework)
  return <CompareScreen you={you} notice={you.fit && <DoubtNotice fit={you.fit} view={view} short />} />
}
