// What a browser shows before its scripts run: the frame of every page, and the ladder with its map, drawn by the server.
import { MantineProvider } from '@mantine/core'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/fetch'
import type { ContractRouterClient } from '@orpc/contract'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import {
  createMemoryHistory,
  createRootRouteWithContext,
  createRoute,
  createRouter,
  RouterProvider,
} from '@tanstack/react-router'
import { renderToStaticMarkup } from 'react-dom/server'
import { waysQuery } from '../../features/accounts/ui/use-ways.ts'
import { assessmentsApi } from '../../features/assessments/ui/assessments-api.ts'
import { DEFAULT_FRAMEWORK, frameworksApi, viewOf } from '../../features/frameworks/ui/use-framework.ts'
import { standingsApi } from '../../features/standings/ui/standings-api.ts'
import type { DrawFirst } from '../../platform/http/first-paint.ts'
import { theme } from '../../ui/design/theme.ts'
import type { Language } from '../../ui/words/language.ts'
import { loadWords, WordsProvider } from '../../ui/words/words-provider.tsx'
import type { appContract } from '../contract.ts'
import { LADDER } from '../first-needs.ts'
import { HomeRoute } from './home-route.tsx'
import { Shell } from './shell.tsx'

type Client = ContractRouterClient<typeof appContract>

const root = createRootRouteWithContext<{ queries: QueryClient }>()({ component: Shell })
const ladders = ['/', '/frameworks/$framework'].map((path) =>
  createRoute({ getParentRoute: () => root, path, component: HomeRoute }),
)
const rest = createRoute({ getParentRoute: () => root, path: '$', component: () => null })
const frameAlone = root.addChildren([rest])
const withLadder = root.addChildren([...ladders, rest])

/** Draws the page at a path; where nothing may be read for it, its frame alone. Throws only where drawing fails. */
export const drawFirst: DrawFirst = async ({ path, language, fetch }) => {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: Infinity } } })
  const framework = LADDER.exec(path)?.[1] ?? DEFAULT_FRAMEWORK
  const [title] = await Promise.all([
    LADDER.test(path) ? readLadder(queries, framework, language, fetch) : undefined,
    readWays(queries, fetch),
  ])
  const router = createRouter({
    routeTree: title === undefined ? frameAlone : withLadder,
    history: createMemoryHistory({ initialEntries: [path] }),
    context: { queries },
  })
  const [words] = await Promise.all([loadWords(language as Language), router.load()])
  const html = renderToStaticMarkup(
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      withCssVariables={false}
      withGlobalClasses={false}
    >
      <WordsProvider first={{ language: language as Language, words }}>
        <QueryClientProvider client={queries}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </WordsProvider>
    </MantineProvider>,
  )
  // A button does nothing before the scripts are there; a link does.
  return { title, html: html.replaceAll('<button', '<button inert') }
}

/** The ladder's title once all that its page reads is there; undefined where it may not be read. */
async function readLadder(
  queries: QueryClient,
  framework: string,
  language: string,
  fetch: (request: Request) => Promise<Response>,
): Promise<string | undefined> {
  const client: Client = createORPCClient(new RPCLink({ url: 'http://127.0.0.1/rpc', fetch }))
  try {
    const [ladder, list, current] = await Promise.all([
      client.frameworks.get({ framework }),
      client.assessments.list(),
      client.standings.current({ framework }),
    ])
    queries.setQueryData(frameworksApi.get.queryKey({ input: { framework } }), ladder)
    queries.setQueryData(assessmentsApi.list.queryKey(), list)
    queries.setQueryData(standingsApi.current.queryKey({ input: { framework } }), current)
    const assessment = (current.current ?? current.choices[0])?.assessment
    if (assessment !== undefined)
      queries.setQueryData(
        standingsApi.readiness.queryKey({ input: { assessment } }),
        await client.standings.readiness({ assessment }),
      )
    return viewOf(ladder.framework, language).say(ladder.framework.title)
  } catch {
    return undefined
  }
}

async function readWays(queries: QueryClient, fetch: (request: Request) => Promise<Response>): Promise<void> {
  const answer = await fetch(new Request('http://127.0.0.1/sign-in-api/ways'))
  if (answer.ok) queries.setQueryData(waysQuery.queryKey, await answer.json())
}
