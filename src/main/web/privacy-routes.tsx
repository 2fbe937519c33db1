// The addresses of privacy and of the audit.
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { root } from './root-route.tsx'

export const privacy = createRoute({
  getParentRoute: () => root,
  path: '/privacy',
  component: lazyRouteComponent(
    () => import('../../features/privacy/ui/privacy-screen.tsx'),
    'PrivacyScreen',
  ),
})
export const keeping = createRoute({
  getParentRoute: () => root,
  path: '/privacy/keeping',
  component: lazyRouteComponent(
    () => import('../../features/privacy/ui/keeping-screen.tsx'),
    'KeepingScreen',
  ),
})
export const audit = createRoute({
  getParentRoute: () => root,
  path: '/audit',
  component: lazyRouteComponent(() => import('../../features/audit/ui/audit-screen.tsx'), 'AuditScreen'),
})
