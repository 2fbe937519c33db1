// At the end: which bars stay undecided, and what would decide them. Levels need no hiding any more.
import { useTranslations } from 'use-intl'
import { useFigures } from '../../../ui/words/use-figures.ts'
import type { FrameworkView } from '../../frameworks/ui/use-framework.ts'
import type { AssessmentState } from './assessments-api.ts'
import classes from './question-screen.module.css'

/** More than so many stand folded: the areas below tell how many there are. */
const FEW = 4

interface Props {
  readonly state: AssessmentState
  readonly view: FrameworkView
}

export function Undecided({ state: { outcome }, view }: Props) {
  const t = useTranslations('question')
  const figures = useFigures()
  const undecided = (outcome ?? []).filter(({ decided }) => !decided)
  if (undecided.length === 0) return null
  const named = (bars: typeof undecided) =>
    figures.list(
      bars.map(({ competency, level }) => t('bar', { competency: view.competencyTitle(competency), level })),
    )
  // Without a scored answer nothing is known of a bar, so nobody can be called close to it.
  const known = undecided.filter((bar) => bar.known)
  const unknown = undecided.filter((bar) => !bar.known)
  const askable = known.filter(({ left }) => left > 0)
  const asked = known.filter(({ left }) => left === 0)
  const said = (
    <>
      {askable.length > 0 && <p>{t('undecidedAskable', { list: named(askable) })}</p>}
      {asked.length > 0 && <p>{t('undecidedAsked', { list: named(asked) })}</p>}
      {unknown.length > 0 && <p>{t('undecidedUnknown', { list: named(unknown) })}</p>}
    </>
  )
  return (
    <div className={classes['given']} data-undecided={undecided.length}>
      {undecided.length <= FEW ? (
        said
      ) : (
        <details>
          <summary>{t('undecidedCount', { count: undecided.length })}</summary>
          {said}
        </details>
      )}
    </div>
  )
}
