// Makes links inside drawings and texts move within the page, without loading it anew.
import { useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'

/** Follows plain left clicks on links to this origin through the router; links for other tabs and files stay as they are. */
export function usePlainLinks(): void {
  const router = useRouter()
  useEffect(() => {
    const follow = (event: MouseEvent): void => {
      if (
        event.defaultPrevented ||
        event.button !== 0 ||
        event.metaKey ||
        event.ctrlKey ||
        event.shiftKey ||
        event.altKey
      )
        return
      const link = (event.target as Element).closest('a')
      const href = link?.getAttribute('href')
      if (!link || !href?.startsWith('/') || link.hasAttribute('download') || link.getAttribute('target'))
        return
      event.preventDefault()
      router.history.push(href)
    }
    document.addEventListener('click', follow)
    return () => document.removeEventListener('click', follow)
  }, [router])
}
