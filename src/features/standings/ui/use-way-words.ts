// A way in words: its roles with arrows, its time from today and its climb; the same on cards, timelines, lists and paper.
import { useTranslations } from 'use-intl'
import type { Path, Paths } from '../../../core/growth/path-model.ts'
import { countText, strengthsText, wayMarks } from '../../../core/growth/way-text.ts'
import { wordsIn } from '../../../core/growth/words.ts'
import { useFigures } from '../../../ui/words/use-figures.ts'
import { useLanguage } from '../../../ui/words/words-provider.tsx'
import type { FrameworkView } from '../../frameworks/ui/use-framework.ts'

interface WayWords {
  /** "Senior programmer → Architect → CTO" */
  readonly title: (path: Path) => string
  /** "4.2–11 years from today · 7.8 levels to climb"; where most musts on the way are not known, that alone. */
  readonly timeAndClimb: (path: Path) => string
  /** "10 musts open, 3 not known" */
  readonly musts: (path: Path) => string
  /** "quickest"; of a way that is best in nothing "beside Way 2: quicker"; empty where there is no other. */
  readonly marks: (path: Path, paths: Paths) => readonly string[]
  readonly strengths: (path: Path) => string
  readonly count: (paths: Paths) => string
}

export function useWayWords(view: FrameworkView): WayWords {
  const t = useTranslations('paths')
  const figures = useFigures()
  const { words } = wordsIn(useLanguage().language)
  return {
    title: ({ steps }) =>
      [steps[0]!.from, ...steps.map(({ to }) => to)]
        .map(({ role, variant }) => view.roleTitle(role, variant))
        .join(' → '),
    timeAndClimb: ({ tooLittleKnown, years, setBy, gap }) =>
      tooLittleKnown
        ? t('noTime', tooLittleKnown)
        : [
            t('fromToday', { years: figures.years(years) }) +
              (setBy.min === 'gap' ? words.brackets(words.gapAlone) : ''),
            t('levels', { count: Math.round(gap.levels * 10) / 10 }),
          ].join(' · '),
    musts: ({ gap }) => t('open', { open: gap.musts.open, unknown: gap.musts.notKnown }),
    marks: (path, { paths }) =>
      wayMarks(path, words, (id) => t('wayOf', { number: paths.findIndex((one) => one.id === id) + 1 })),
    strengths: (path) => strengthsText(path.strengths, words, view.competencyTitle),
    count: (paths) => countText(paths, words),
  }
}
