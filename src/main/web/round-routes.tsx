// The addresses of rating rounds.
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { root } from './root-route.tsx'

export const rounds = createRoute({
  getParentRoute: () => root,
  path: '/rounds',
  component: lazyRouteComponent(() => import('../../features/rounds/ui/rounds-screen.tsx'), 'RoundsScreen'),
})
export const openRound = createRoute({
  getParentRoute: () => root,
  path: '/rounds/new',
  component: lazyRouteComponent(
    () => import('../../features/rounds/ui/open-round-screen.tsx'),
    'OpenRoundScreen',
  ),
})
export const round = createRoute({
  getParentRoute: () => root,
  path: '/rounds/$round',
  component: lazyRouteComponent(() => import('../../features/rounds/ui/board-screen.tsx'), 'BoardScreen'),
})
export const sheet = createRoute({
  getParentRoute: () => root,
  path: '/rounds/sheets/$sheet',
  component: lazyRouteComponent(() => import('../../features/rounds/ui/sheet-screen.tsx'), 'SheetScreen'),
})
export const roundResult = createRoute({
  getParentRoute: () => root,
  path: '/rounds/$round/results/$person',
  component: lazyRouteComponent(() => import('../../features/rounds/ui/result-screen.tsx'), 'ResultScreen'),
})
