// From what the server drew to what React draws: the drawing stays until there is something to put in its place.
import type { QueryClient } from '@tanstack/react-query'
import { useLayoutEffect } from 'react'
import { waysQuery } from '../../features/accounts/ui/use-ways.ts'
import type { createWebRouter } from './router.tsx'

/** A slow answer is told as such by the page itself. */
const LONGEST = 3000

/**
 * Resolves when the screen, its styles and what it asked for first are there, or have failed, or after 3 s; where the server
 * drew the frame alone, when the styles are there: the screen itself tells what it waits for.
 */
export async function readyToTakeOver(
  router: ReturnType<typeof createWebRouter>,
  queries: QueryClient,
): Promise<void> {
  const ways = queries.prefetchQuery(waysQuery)
  const styles = turnOnLateStyles()
  if (document.querySelector('#root h1') === null) return styles
  const screen = router.load()
  const all = Promise.all([styles, ways, screen]).then(() => answered(queries))
  await Promise.race([all, new Promise((resolve) => setTimeout(resolve, LONGEST))])
  await styles
}

/** Resolves when nothing is being asked any more; an answer may lead to the next question. */
async function answered(queries: QueryClient): Promise<void> {
  while (queries.isFetching() > 0) {
    const asked = queries.getQueryCache().findAll({ fetchStatus: 'fetching' })
    await Promise.allSettled(asked.map((each) => Promise.resolve(each.promise)))
    await new Promise((resolve) => setTimeout(resolve))
  }
}

/** The page's style sheets, which let the drawing be painted without them, become the page's; resolves when they are. */
async function turnOnLateStyles(): Promise<void> {
  const sheets = [...document.querySelectorAll<HTMLLinkElement>('link[data-late]')]
  await Promise.all(
    sheets.map(async (sheet) => {
      if (sheet.sheet === null)
        await new Promise((resolve) => {
          sheet.addEventListener('load', resolve, { once: true })
          sheet.addEventListener('error', resolve, { once: true })
        })
      sheet.media = 'all'
    }),
  )
}

/** Beside the pages: with the first of them the root element is busy no more. */
export function TookOver({ root }: { readonly root: Element }): null {
  useLayoutEffect(() => root.removeAttribute('aria-busy'), [root])
  return null
}
