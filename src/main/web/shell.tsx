// The frame of every page: where to go, search, language and colours.
import { Link, Outlet, useLocation } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useHasAccounts } from '../../features/accounts/ui/use-ways.ts'
import { usePlainLinks } from '../../ui/components/plain-links.ts'
import { Told } from '../../ui/components/told.tsx'
import { useLanguage } from '../../ui/words/words-provider.tsx'
import { ColourSwitch } from './colour-switch.tsx'
import classes from './shell.module.css'

const CommandPalette = lazy(() => import('./command-palette.tsx'))
const AccountLink = lazy(() => import('../../features/accounts/ui/account-link.tsx'))

const PLACES = [
  ['/', 'ladder', 'M3 17V11q0-3 3-4l7-3M3 14h5q3 0 4-2l3-2'],
  ['/assess', 'assess', 'M4 5h9M4 10h6M4 15h4M12 14l2 2 4-5'],
  ['/standing', 'standing', 'M3 6h14M3 10h14M3 14h14M8 4v4M13 8v4M6 12v4'],
  ['/paths', 'paths', 'M4 16q0-6 6-6t6-6M4 16h12'],
  ['/assessments', 'history', 'M10 5v5l3 2M10 3a7 7 0 1 1-7 7'],
] as const

/** What stands beside the way of a person: tools for those who measure others or bring a ladder of their own. */
const TOOLS = [
  ['/measure', 'measure'],
  ['/import', 'import'],
] as const

/** What an instance for many people is for; one person alone finds it at the foot of the page. */
const ORGANISATION = [
  ['/people', 'people'],
  ['/rounds', 'rounds'],
  ['/administration', 'administration'],
] as const

/** True where the menu has it on wide screens: the foot need not say it again. */
const isInMenu = (to: string, hasAccounts: boolean | undefined): boolean =>
  hasAccounts === true || TOOLS.some(([tool]) => tool === to)

/** Which of the places an address belongs to. */
function placeOf(path: string): (typeof PLACES)[number][1] | undefined {
  if (path === '/' || path.startsWith('/frameworks/')) return 'ladder'
  if (path.endsWith('/paths')) return 'paths'
  if (path.startsWith('/standing')) return 'standing'
  if (path.startsWith('/assessments')) return 'history'
  return path.startsWith('/assess') ? 'assess' : undefined
}

export function Shell() {
  const t = useTranslations('app')
  const nav = useTranslations('nav')
  const hasAccounts = useHasAccounts()
  const [searching, setSearching] = useState<boolean>()
  const path = useLocation({ select: (location) => location.pathname })
  // Whoever comes in by a link has no account yet: no place of the menu is theirs to see.
  const comesIn = path.startsWith('/set-up/') || path.startsWith('/invitation/')
  usePlainLinks()
  useEffect(() => {
    const open = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return
      event.preventDefault()
      setSearching((now) => !now)
    }
    window.addEventListener('keydown', open)
    return () => window.removeEventListener('keydown', open)
  }, [])
  return (
    <>
      <a className={classes['skip']} href="#content" onClick={toContent}>
        {t('skip')}
      </a>
      <header className={classes['bar']} data-screen-only>
        <Link to="/" className={classes['brand']} aria-label={t('home')}>
          <svg width="24" height="24" viewBox="0 0 32 32" aria-hidden="true">
            <path d="M9 25V16q0-3 3-5l4-3M9 20h5q3 0 3-3t3-3h3" className={classes['brandLine']} />
            <circle cx="9" cy="25" r="3" className={classes['brandDot']} />
            <circle cx="17.5" cy="7.5" r="3" className={classes['brandRing']} />
            <circle cx="24.5" cy="14" r="3" className={classes['brandRing']} />
          </svg>
          {t('name')}
        </Link>
        <nav aria-label={t('menu')} className={classes['nav']} hidden={comesIn}>
          {PLACES.map(([to, name, icon]) => (
            <Link key={to} to={to} data-here={placeOf(path) === name} className={classes['place']}>
              <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true">
                <path d={icon} />
              </svg>
              {nav(name)}
            </Link>
          ))}
          {[...(hasAccounts === true ? ORGANISATION : []), ...TOOLS].map(([to, name]) => (
            <Link key={to} to={to} data-here={path === to} data-tool className={classes['place']}>
              {nav(name)}
            </Link>
          ))}
        </nav>
        <div className={classes['tools']}>
          <button
            type="button"
            className={classes['search']}
            hidden={comesIn}
            onClick={() => setSearching(true)}
            aria-haspopup="dialog"
          >
            <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
              <circle cx="7" cy="7" r="4.5" />
              <path d="m10.5 10.5 3.5 3.5" />
            </svg>
            <span>{t('search')}</span>
            <kbd aria-hidden="true">Ctrl K</kbd>
          </button>
          <LanguageSwitch />
          <ColourSwitch />
          <Suspense>
            <AccountLink className={classes['tool']} />
          </Suspense>
        </div>
      </header>
      <main id="content" tabIndex={-1} className={classes['main']}>
        <Outlet />
      </main>
      <footer className={classes['footer']} data-screen-only>
        {hasAccounts === false && t('local')}
        <span className={classes['footerTools']} hidden={comesIn}>
          {[...ORGANISATION, ...TOOLS].map(([to, name]) => (
            <Link key={to} to={to} data-tool={isInMenu(to, hasAccounts)}>
              {nav(name)}
            </Link>
          ))}
          <Link to="/privacy">{nav('privacy')}</Link>
        </span>
      </footer>
      <Told />
      {searching !== undefined && (
        <Suspense>
          <CommandPalette opened={searching} onClose={() => setSearching(false)} />
        </Suspense>
      )}
    </>
  )
}

function toContent(event: React.MouseEvent): void {
  event.preventDefault()
  document.querySelector<HTMLElement>('#content')?.focus()
}

function LanguageSwitch() {
  const { language, choose } = useLanguage()
  const other = language === 'en' ? 'zh-Hans' : 'en'
  return (
    <button type="button" className={classes['tool']} lang={other} onClick={() => choose(other)}>
      {other === 'en' ? 'English' : '中文'}
    </button>
  )
}
