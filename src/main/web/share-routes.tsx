// The addresses of shared standings.
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { root } from './root-route.tsx'

export const shared = createRoute({
  getParentRoute: () => root,
  path: '/shared',
  component: lazyRouteComponent(() => import('../../features/shares/ui/shares-screen.tsx'), 'SharesScreen'),
})
export const sharedStanding = createRoute({
  getParentRoute: () => root,
  path: '/shared/$share',
  component: lazyRouteComponent(
    () => import('../../features/shares/ui/read-standing-screen.tsx'),
    'ReadStandingScreen',
  ),
})
