// Ties Mantine to the design tokens: its own palette is not used, so light and dark come from one place.
import { createTheme } from '@mantine/core'
import type { MantineColorsTuple } from '@mantine/core'

const accent = Array<string>(10).fill('var(--accent)') as unknown as MantineColorsTuple

export const theme = createTheme({
  primaryColor: 'accent',
  colors: { accent },
  fontFamily: 'var(--font)',
  headings: { fontFamily: 'var(--font)' },
  defaultRadius: 'var(--radius)',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    // A dialog's header is not the page's.
    Modal: { defaultProps: { attributes: { header: { role: 'presentation' } } } },
  },
})
