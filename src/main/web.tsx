// The web's start: language, colours and data access around the router.
import './web/styles.ts'
import { MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { startTransition } from 'react'
import { createRoot } from 'react-dom/client'
import { theme } from '../ui/design/theme.ts'
import { troubleOf } from '../ui/rpc-link.ts'
import { initialLanguage, loadWords, WordsProvider } from '../ui/words/words-provider.tsx'
import { createWebRouter } from './web/router.tsx'
import { readyToTakeOver, TookOver } from './web/take-over.ts'

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      // The server is this machine: it can answer without any network, and what it refuses it refuses again.
      networkMode: 'always',
      retry: (count, error) => troubleOf(error) === 'no-answer' && count < 1,
      retryDelay: 400,
      refetchOnWindowFocus: false,
      staleTime: 5_000,
    },
    mutations: { networkMode: 'always' },
  },
})

/** The page's own permission to add style elements, which the content policy asks for. */
const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? ''
Object.assign(globalThis, { __webpack_nonce__: nonce })

const language = initialLanguage()
document.documentElement.lang = language
const router = createWebRouter(queries)
const root = document.querySelector('#root')!
const [words] = await Promise.all([loadWords(language), readyToTakeOver(router, queries)])

// The drawing can wait: React draws in short turns, between which the page scrolls and answers.
startTransition(() =>
  createRoot(root).render(
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      withCssVariables={false}
      withGlobalClasses={false}
      getStyleNonce={() => nonce}
    >
      <WordsProvider first={{ language, words }}>
        <QueryClientProvider client={queries}>
          <RouterProvider router={router} />
          <TookOver root={root} />
        </QueryClientProvider>
      </WordsProvider>
    </MantineProvider>,
  ),
)
