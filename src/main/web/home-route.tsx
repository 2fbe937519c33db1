// Joins the ladder map with the person's place on it.
import { useParams } from '@tanstack/react-router'
import { LadderScreen } from '../../features/frameworks/ui/ladder-screen.tsx'
import { DEFAULT_FRAMEWORK } from '../../features/frameworks/ui/use-framework.ts'
import { usePlace } from '../../features/standings/ui/use-place.ts'

export function HomeRoute() {
  const { framework = DEFAULT_FRAMEWORK } = useParams({ strict: false })
  const place = usePlace(framework)
  return <LadderScreen framework={framework} place={place} />
}
