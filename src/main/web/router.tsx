// The addresses of all screens. Each says what it shows; each screen is loaded when it is first opened.
import type { QueryClient } from '@tanstack/react-query'
import { createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router'
import { assessmentsApi } from '../../features/assessments/ui/assessments-api.ts'
import { DEFAULT_FRAMEWORK, frameworksApi } from '../../features/frameworks/ui/use-framework.ts'
import { standingsApi } from '../../features/standings/ui/standings-api.ts'
import { Loading, TroublePage } from '../../ui/components/states.tsx'
import { HomeRoute } from './home-route.tsx'
import { NotFound } from './not-found.tsx'
import { audit, keeping, privacy } from './privacy-routes.tsx'
import { root } from './root-route.tsx'
import { openRound, round, roundResult, rounds, sheet } from './round-routes.tsx'
import { shared, sharedStanding } from './share-routes.tsx'

type Search = Record<string, unknown>

/** Reads the named texts of an address's search part; anything else in it is left out. */
function texts<K extends string>(...names: readonly K[]) {
  return (search: Search): { [N in K]?: string } => {
    const found: { [N in K]?: string } = {}
    for (const name of names) {
      const value = search[name]
      if (typeof value === 'string' || typeof value === 'number') found[name] = String(value)
    }
    return found
  }
}

/** Asks for what a screen needs while the screen itself is still being loaded; nobody waits for it here. */
function askForLadder(queries: QueryClient, framework: string): void {
  void queries.prefetchQuery(assessmentsApi.list.queryOptions())
  void askForReadiness(queries, framework)
  void queries.prefetchQuery({
    ...frameworksApi.get.queryOptions({ input: { framework } }),
    staleTime: Infinity,
  })
}

async function askForReadiness(queries: QueryClient, framework: string): Promise<void> {
  const current = standingsApi.current.queryOptions({ input: { framework } })
  await queries.prefetchQuery(current)
  const standings = queries.getQueryData(current.queryKey)
  const assessment = (standings?.current ?? standings?.choices[0])?.assessment
  if (assessment !== undefined)
    await queries.prefetchQuery(standingsApi.readiness.queryOptions({ input: { assessment } }))
}

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  loader: ({ context }) => askForLadder(context.queries, DEFAULT_FRAMEWORK),
  component: HomeRoute,
})
const frameworks = createRoute({
  getParentRoute: () => root,
  path: '/frameworks',
  component: lazyRouteComponent(
    () => import('../../features/frameworks/ui/frameworks-screen.tsx'),
    'FrameworksScreen',
  ),
})
const ladder = createRoute({
  getParentRoute: () => root,
  path: '/frameworks/$framework',
  loader: ({ context, params }) => askForLadder(context.queries, params.framework),
  component: HomeRoute,
})
const role = createRoute({
  getParentRoute: () => root,
  path: '/frameworks/$framework/roles/$role',
  validateSearch: texts('variant'),
  component: lazyRouteComponent(() => import('../../features/frameworks/ui/role-screen.tsx'), 'RoleScreen'),
})
const compare = createRoute({
  getParentRoute: () => root,
  path: '/frameworks/$framework/compare',
  validateSearch: texts('a', 'b', 'aVariant', 'bVariant', 'same'),
  component: lazyRouteComponent(() => import('./compare-route.tsx'), 'CompareRoute'),
})
const competencies = createRoute({
  getParentRoute: () => root,
  path: '/frameworks/$framework/competencies',
  component: lazyRouteComponent(
    () => import('../../features/frameworks/ui/competencies-screen.tsx'),
    'CompetenciesScreen',
  ),
})
const competency = createRoute({
  getParentRoute: () => root,
  path: '/frameworks/$framework/competencies/$competency',
  validateSearch: texts('behaviour'),
  component: lazyRouteComponent(
    () => import('../../features/frameworks/ui/competency-screen.tsx'),
    'CompetencyScreen',
  ),
})
const versions = createRoute({
  getParentRoute: () => root,
  path: '/frameworks/$framework/versions',
  validateSearch: texts('from', 'to'),
  component: lazyRouteComponent(
    () => import('../../features/frameworks/ui/versions-screen.tsx'),
    'VersionsScreen',
  ),
})
const bring = createRoute({
  getParentRoute: () => root,
  path: '/import',
  component: lazyRouteComponent(() => import('../../features/imports/ui/import-screen.tsx'), 'ImportScreen'),
})
const assess = createRoute({
  getParentRoute: () => root,
  path: '/assess',
  validateSearch: texts('framework', 'mode', 'target', 'variant'),
  component: lazyRouteComponent(
    () => import('../../features/assessments/ui/set-up-screen.tsx'),
    'SetUpScreen',
  ),
})
const question = createRoute({
  getParentRoute: () => root,
  path: '/assess/$assessment',
  component: lazyRouteComponent(
    () => import('../../features/assessments/ui/question-screen.tsx'),
    'QuestionScreen',
  ),
})
const history = createRoute({
  getParentRoute: () => root,
  path: '/assessments',
  validateSearch: texts('of', 'since'),
  component: lazyRouteComponent(
    () => import('../../features/standings/ui/history-screen.tsx'),
    'HistoryScreen',
  ),
})
const newest = createRoute({
  getParentRoute: () => root,
  path: '/standing',
  validateSearch: texts('role', 'framework'),
  component: lazyRouteComponent(
    () => import('../../features/standings/ui/newest-standing.tsx'),
    'NewestStanding',
  ),
})
const newestPaths = createRoute({
  getParentRoute: () => root,
  path: '/paths',
  component: lazyRouteComponent(
    () => import('../../features/standings/ui/newest-standing.tsx'),
    'NewestPaths',
  ),
})
const standing = createRoute({
  getParentRoute: () => root,
  path: '/standings/$assessment',
  validateSearch: texts('bar', 'variant', 'sort', 'why', 'last'),
  loader: ({ context, params }) => {
    const options = { input: { assessment: params.assessment } }
    void context.queries.prefetchQuery(standingsApi.get.queryOptions(options))
    void context.queries.prefetchQuery(standingsApi.changes.queryOptions(options))
  },
  component: lazyRouteComponent(
    () => import('../../features/standings/ui/standing-screen.tsx'),
    'StandingScreen',
  ),
})
const gap = createRoute({
  getParentRoute: () => root,
  path: '/standings/$assessment/gaps/$role',
  validateSearch: texts('variant', 'why'),
  component: lazyRouteComponent(() => import('../../features/standings/ui/gap-screen.tsx'), 'GapScreen'),
})
const paths = createRoute({
  getParentRoute: () => root,
  path: '/standings/$assessment/paths',
  validateSearch: texts('from', 'to', 'toVariant', 'years'),
  component: lazyRouteComponent(() => import('../../features/standings/ui/paths-screen.tsx'), 'PathsScreen'),
})
const report = createRoute({
  getParentRoute: () => root,
  path: '/standings/$assessment/report',
  validateSearch: texts('bar', 'variant'),
  component: lazyRouteComponent(
    () => import('../../features/standings/ui/report-screen.tsx'),
    'ReportScreen',
  ),
})

const measure = createRoute({
  getParentRoute: () => root,
  path: '/measure',
  component: lazyRouteComponent(
    () => import('../../features/measures/ui/measure-screen.tsx'),
    'MeasureScreen',
  ),
})

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: texts('to', 'error'),
  component: lazyRouteComponent(
    () => import('../../features/accounts/ui/sign-in-screen.tsx'),
    'SignInScreen',
  ),
})
const forgotten = createRoute({
  getParentRoute: () => root,
  path: '/sign-in/forgotten',
  component: lazyRouteComponent(
    () => import('../../features/accounts/ui/forgotten-screen.tsx'),
    'ForgottenScreen',
  ),
})
const reset = createRoute({
  getParentRoute: () => root,
  path: '/sign-in/reset/$token',
  component: lazyRouteComponent(
    () => import('../../features/accounts/ui/forgotten-screen.tsx'),
    'ResetScreen',
  ),
})
const linkScreen = () =>
  lazyRouteComponent(() => import('../../features/accounts/ui/link-screen.tsx'), 'LinkScreen')
const invitation = createRoute({
  getParentRoute: () => root,
  path: '/invitation/$token',
  validateSearch: texts('error'),
  component: linkScreen(),
})
const setUp = createRoute({
  getParentRoute: () => root,
  path: '/set-up/$token',
  validateSearch: texts('error'),
  component: linkScreen(),
})
const account = createRoute({
  getParentRoute: () => root,
  path: '/account',
  validateSearch: texts('error'),
  component: lazyRouteComponent(
    () => import('../../features/accounts/ui/account-screen.tsx'),
    'AccountScreen',
  ),
})

const administration = createRoute({
  getParentRoute: () => root,
  path: '/administration',
  validateSearch: texts('part'),
  component: lazyRouteComponent(
    () => import('../../features/administration/ui/administration-screen.tsx'),
    'AdministrationScreen',
  ),
})

const people = createRoute({
  getParentRoute: () => root,
  path: '/people',
  validateSearch: texts('q', 'unit', 'day'),
  component: lazyRouteComponent(() => import('../../features/people/ui/people-screen.tsx'), 'PeopleScreen'),
})
const bringPeople = createRoute({
  getParentRoute: () => root,
  path: '/people/import',
  component: lazyRouteComponent(() => import('../../features/people/ui/bring-screen.tsx'), 'BringScreen'),
})
const person = createRoute({
  getParentRoute: () => root,
  path: '/people/$person',
  validateSearch: texts('day', 'tab'),
  component: lazyRouteComponent(() => import('../../features/people/ui/person-screen.tsx'), 'PersonScreen'),
})
const unit = createRoute({
  getParentRoute: () => root,
  path: '/units/$unit',
  validateSearch: texts('day'),
  component: lazyRouteComponent(() => import('../../features/people/ui/unit-screen.tsx'), 'UnitScreen'),
})
const orgChart = createRoute({
  getParentRoute: () => root,
  path: '/org-chart',
  validateSearch: texts('day', 'person'),
  component: lazyRouteComponent(
    () => import('../../features/people/ui/org-chart-screen.tsx'),
    'OrgChartScreen',
  ),
})

const tree = root.addChildren([
  shared,
  sharedStanding,
  privacy,
  keeping,
  audit,
  administration,
  rounds,
  openRound,
  round,
  sheet,
  roundResult,
  people,
  bringPeople,
  person,
  unit,
  orgChart,
  home,
  bring,
  versions,
  frameworks,
  ladder,
  role,
  compare,
  competencies,
  competency,
  assess,
  question,
  history,
  newest,
  newestPaths,
  standing,
  gap,
  paths,
  report,
  measure,
  signIn,
  forgotten,
  reset,
  invitation,
  setUp,
  account,
])

export function createWebRouter(queries: QueryClient) {
  return createRouter({
    routeTree: tree,
    context: { queries },
    defaultPendingComponent: Loading,
    defaultPendingMs: 0,
    defaultErrorComponent: ({ error, reset }) => (
      <TroublePage
        error={error}
        retry={() => {
          void queries.resetQueries({ predicate: (query) => query.state.status === 'error' })
          reset()
        }}
      />
    ),
    defaultNotFoundComponent: NotFound,
    defaultPreload: 'intent',
    scrollRestoration: true,
  })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createWebRouter>
  }
}
