// What a bar asks that is not met yet: each competency with its level, and what would show it.
import type { PathStep } from '../../../core/growth/model.ts'
import { LevelPips } from '../../../ui/components/level-pips.tsx'
import type { FrameworkView } from '../../frameworks/ui/use-framework.ts'
import { useActionWords } from './gap-card.tsx'
import classes from './paths-screen.module.css'

interface Props {
  readonly view: FrameworkView
  readonly asks: PathStep['asks']
}

export function Asks({ view, asks }: Props) {
  const action = useActionWords()
  return (
    <ul role="list" className={classes['asks']}>
      {asks.map((ask) => (
        <li key={ask.competency}>
          <details>
            <summary>
              <span>{view.competencyTitle(ask.competency)}</span>
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
