// How wide the ladder is drawn: narrow or wide as the window is, and both where a server draws it, which knows no window.
import { useMediaQuery } from '@mantine/hooks'

const NARROW = '(max-width: 760px)'
const hasWindow = typeof window !== 'undefined'

/** The drawings to make; of two, the styles show the one that fits. */
export function useWidths(): readonly ('narrow' | 'wide')[] {
  const narrow = useMediaQuery(NARROW, hasWindow && window.matchMedia(NARROW).matches)
  if (!hasWindow) return ['narrow', 'wide']
  return narrow ? ['narrow'] : ['wide']
}
