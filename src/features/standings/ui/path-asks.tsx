// What a bar asks that is not met yet: each competency with its level, and what would show it.
import { useTranslations } from 'use-intl'
import type { PathStep } from '../../../core/growth/path-model.ts'
import { LevelPips } from '../../../ui/components/level-pips.tsx'
import type { FrameworkView } from '../../frameworks/ui/use-framework.ts'
import { useActionWords } from './gap-card.tsx'
import classes from './paths-screen.module.css'

interface Props {
  readonly view: FrameworkView
  readonly asks: PathStep['asks']
}

const ORDER = { met: 0, likely: 1, open: 2, 'not-known': 3 } as const

/** How many of what is asked is open, not known, and likely but not sure, in words. */
export function useAsksWords(): (asks: Props['asks']) => string {
  const t = useTranslations('paths')
  return (asks) => {
    const count = (state: keyof typeof ORDER): number => asks.filter((each) => each.state === state).length
    const musts = asks.filter((each) => each.kind === 'must').length
    return `${t('asksOf', { musts, shoulds: asks.length - musts })} ${t('asksCount', { open: count('open'), unknown: count('not-known'), likely: count('likely') })}`
  }
}

export function Asks({ view, asks }: Props) {
  const action = useActionWords()
  const t = useTranslations('gap')
  const level = useTranslations('level')
  const states = { met: t('met'), likely: t('likely'), open: t('open'), 'not-known': t('notKnown') }
  return (
    <ul role="list" className={classes['asks']}>
      {asks
        .toSorted((a, b) => ORDER[a.state] - ORDER[b.state])
        .map((ask) => (
          <li key={ask.competency}>
            <details>
              <summary>
                <span>
                  {view.competencyTitle(ask.competency)}{' '}
                  <span className={classes['action']}>
                    {states[ask.state]}
                    {ask.kind === 'should' && ` · ${level('should')}`}
                  </span>
                </span>
                <LevelPips
                  level={ask.level}
                  of={view.scaleOf(ask.competency).levels.length}
                  title={view.levelTitle(ask.competency, ask.level)}
                />
              </summary>
              <ul role="list" className={classes['show']}>
                {ask.toShow.slice(0, 4).map((each) => (
                  <li key={each.behaviour}>
                    {view.say(each.text)} <span className={classes['action']}>{action(each.action)}</span>
                  </li>
                ))}
              </ul>
            </details>
          </li>
        ))}
    </ul>
  )
}
