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

const ORDER = { open: 0, 'not-known': 1, likely: 2, met: 3 } as const

/** How many of what is asked is open, not known, and likely but not sure, in words. */
export function useAsksWords(): (asks: Props['asks']) => string {
  const t = useTranslations('paths')
  return (asks) => {
    const count = (state: keyof typeof ORDER): number => asks.filter((each) => each.state === state).length
    return t('asksCount', { open: count('open'), unknown: count('not-known'), likely: count('likely') })
  }
}

export function Asks({ view, asks }: Props) {
  const action = useActionWords()
  const t = useTranslations('gap')
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
                  <span className={classes['action']}>{states[ask.state]}</span>
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
