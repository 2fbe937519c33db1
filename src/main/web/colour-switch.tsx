// Chooses light colours, dark colours, or what the system says: each press takes the next of the three.
import { useMantineColorScheme } from '@mantine/core'
import { useTranslations } from 'use-intl'
import classes from './shell.module.css'

const NEXT = { auto: 'light', light: 'dark', dark: 'auto' } as const

export function ColourSwitch() {
  const t = useTranslations('app')
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const said = { auto: t('system'), light: t('light'), dark: t('dark') }[colorScheme]
  return (
    <button
      type="button"
      className={classes['tool']}
      aria-label={`${t('theme')}: ${said}`}
      title={`${t('theme')}: ${said}`}
      onClick={() => setColorScheme(NEXT[colorScheme])}
    >
      <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
        <circle
          cx="8"
          cy="8"
          r="5.5"
          fill={colorScheme === 'dark' ? 'currentColor' : 'none'}
          stroke="currentColor"
          strokeWidth="1.5"
        />
        {colorScheme === 'auto' && <path d="M8 2.5a5.5 5.5 0 0 1 0 11z" fill="currentColor" />}
      </svg>
    </button>
  )
}
