// A way in words: its roles with arrows, its time from today and its climb; the same on cards, timelines, lists and paper.
import { useTranslations } from 'use-intl'
import type { Path } from '../../../core/growth/path-model.ts'
import { useFigures } from '../../../ui/words/use-figures.ts'
import type { FrameworkView } from '../../frameworks/ui/use-framework.ts'

interface WayWords {
  /** "Senior programmer → Architect → CTO" */
  readonly title: (path: Path) => string
  /** "4.2–11 years from today · 7.8 levels to climb"; where most musts on the way are not known, that alone. */
  readonly timeAndClimb: (path: Path) => string
  /** "10 musts open, 3 not known" */
  readonly musts: (path: Path) => string
}

export function useWayWords(view: FrameworkView): WayWords {
  const t = useTranslations('paths')
  const figures = useFigures()
  return {
    title: ({ steps }) =>
      [steps[0]!.from, ...steps.map(({ to }) => to)]
        .map(({ role, variant }) => view.roleTitle(role, variant))
        .join(' → '),
    timeAndClimb: ({ tooLittleKnown, years, setBy, gap }) =>
      tooLittleKnown
        ? t('noTime', tooLittleKnown)
        : [
            t('fromToday', { years: figures.years(years) }) + (setBy.min === 'gap' ? t('gapAlone') : ''),
            t('levels', { count: Math.round(gap.levels * 10) / 10 }),
          ].join(' · '),
    musts: ({ gap }) => t('open', { open: gap.musts.open, unknown: gap.musts.notKnown }),
  }
}
