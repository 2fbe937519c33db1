// The home of the product: the ladder map, where I am on it, and the one next thing to do.
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState, type ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Figure } from '../../../ui/components/figure.tsx'
import { Page } from '../../../ui/components/page.tsx'
import { Empty } from '../../../ui/components/states.tsx'
import { useFigures } from '../../../ui/words/use-figures.ts'
import { LadderMap } from './ladder-map.tsx'
import type { LadderFocus } from './ladder-map.tsx'
import { LadderPanel } from './ladder-panel.tsx'
import classes from './ladder-screen.module.css'
import { ladderRows, LadderTable } from './ladder-table.tsx'
import type { Place } from './place.ts'
import { useFramework } from './use-framework.ts'
import { useWidths } from './use-widths.ts'

interface Props {
  readonly framework: string
  readonly place: Place
  /** Whether several people use this instance: then answers are on no machine of the reader's. */
  readonly inTeam: boolean
  /** What stands between heading and map. */
  readonly hint?: ReactNode
}

export function LadderScreen({ framework, place, inTeam, hint }: Props) {
  const t = useTranslations('ladder')
  const view = useFramework(framework)
  const widths = useWidths()
  const classOf = (width: 'narrow' | 'wide') => (widths.length > 1 ? classes[width] : undefined)
  const { sentences } = useFigures()
  const [focus, setFocus] = useState<LadderFocus>()
  const first = place.standing === undefined && place.running === undefined
  return (
    <Page
      title={
        first
          ? t('firstTitle', { framework: view.say(view.framework.title) })
          : view.say(view.framework.title)
      }
      above={t('title')}
      lead={first ? t(inTeam ? 'inviteTeam' : 'invite') : t('lead')}
      stacked
      actions={<Next place={place} framework={framework} />}
    >
      {hint}
      {view.framework.roles.length === 0 ? (
        <Empty text={t('empty')} />
      ) : (
        <Figure
          name={`${framework}-ladder`}
          picture={
            <>
              <p className={classes['note']}>
                {sentences(
                  t('yearsNote'),
                  t('oursNote'),
                  !place.finished && t('unfinishedMap'),
                  place.passedOver,
                  place.doubtful && t('doubtful'),
                )}
              </p>
              {widths.map((width) => (
                <div key={width} className={classOf(width)}>
                  <LadderMap
                    view={view}
                    readiness={place.readiness}
                    musts={place.musts}
                    here={place.here}
                    narrow={width === 'narrow'}
                    focus={focus}
                    onFocus={setFocus}
                  />
                </div>
              ))}
              <div className={classes['below']}>
                {widths.includes('wide') && (
                  <div className={classOf('wide')}>
                    <LadderPanel view={view} focus={focus} place={place} />
                  </div>
                )}
                <Legend />
              </div>
            </>
          }
          table={<LadderTable view={view} />}
          csv={() => ladderRows(view)}
        />
      )}
    </Page>
  )
}

function Next({ place, framework }: { readonly place: Place; readonly framework: string }) {
  const t = useTranslations('ladder')
  return (
    <>
      {place.running && (
        <Button
          size="md"
          component={Link}
          to="/assess/$assessment"
          params={{ assessment: place.running } as never}
        >
          {t('resume')}
        </Button>
      )}
      {!place.running && place.standing && (
        <Button
          size="md"
          component={Link}
          to="/standings/$assessment"
          params={{ assessment: place.standing } as never}
        >
          {t('seeStanding')}
        </Button>
      )}
      {!place.running && !place.standing && (
        <Button size="md" component={Link} to="/assess" search={{ framework } as never}>
          {t('start')}
        </Button>
      )}
      <Button
        size="compact-md"
        variant="subtle"
        component={Link}
        to="/frameworks/$framework/compare"
        params={{ framework } as never}
      >
        {t('explore')}
      </Button>
      <Button size="compact-md" variant="subtle" component={Link} to="/frameworks">
        {t('otherFramework')}
      </Button>
    </>
  )
}

function Legend() {
  const t = useTranslations('ladder')
  return (
    <ul className={classes['legend']} role="list">
      <li>
        <svg width="24" height="24" aria-hidden="true">
          <circle cx="12" cy="12" r="5" className={classes['here']} />
        </svg>
        {t('legendHere')}
      </li>
      <li>
        <svg width="24" height="24" aria-hidden="true">
          <circle cx="12" cy="12" r="8" className={classes['ground']} />
          <path d="M12 4a8 8 0 1 1-7.6 5.5" className={classes['share']} />
        </svg>
        {t('legendReady')}
      </li>
      <li>
        <svg width="24" height="24" aria-hidden="true">
          <circle cx="12" cy="12" r="8" className={classes['open']} />
        </svg>
        {t('legendOpen')}
      </li>
      <li>
        <svg width="24" height="24" aria-hidden="true">
          <path d="M2 12h22" className={classes['dashed']} />
        </svg>
        {t('legendLateral')}
      </li>
      <li className={classes['text']}>{t('returnNote')}</li>
    </ul>
  )
}
