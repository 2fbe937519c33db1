// Joins the comparison of two roles with the reader's own role and standing.
import { useParams } from '@tanstack/react-router'
import { CompareScreen } from '../../features/frameworks/ui/compare-screen.tsx'
import { useYou } from '../../features/standings/ui/use-you.ts'

export function CompareRoute() {
  const { framework } = useParams({ from: '/frameworks/$framework/compare' })
  return <CompareScreen you={useYou(framework)} />
}
