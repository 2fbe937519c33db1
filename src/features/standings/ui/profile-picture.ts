// The profile as one SVG document, for slides and documents.
import { placesOf, rulerScale } from '../../../ui/charts/ruler-places.ts'
import type { Location } from '../../../core/growth/model.ts'
import type { FrameworkView } from '../../frameworks/ui/use-framework.ts'
import { isInferred } from './is-inferred.ts'
import type { ProfileGroup } from './profile-rows.ts'

const ROW = 30
const NAME = 250
const RULER = 480

interface Colours {
  readonly ink: string
  readonly faint: string
  readonly paper: string
  readonly line: string
  readonly accent: string
  readonly levels: readonly string[]
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/** Reads the colours that the page has now. */
export function pageColours(): Colours {
  const style = getComputedStyle(document.documentElement)
  const token = (name: string): string => style.getPropertyValue(`--${name}`).trim()
  return {
    ink: token('ink'),
    faint: token('ink-faint'),
    paper: token('paper'),
    line: token('line-strong'),
    accent: token('accent'),
    levels: [1, 2, 3, 4, 5].map((step) => token(`level-${step}`)),
  }
}

/** A self-contained SVG of all rows with a title and a note under it. */
export function profilePicture(
  view: FrameworkView,
  groups: readonly ProfileGroup[],
  text: {
    readonly title: string
    readonly note: string
    readonly notKnown: string
    readonly inferred: string
    readonly place: (location: Location) => string
  },
  colours: Colours,
): string {
  const parts: string[] = []
  let y = 84
  const axis = rulerScale(view.framework.scale.levels.length, NAME, NAME + RULER)
  for (const [index, title] of [
    '',
    ...view.framework.scale.levels.map((each) => view.say(each.title)),
  ].entries())
    parts.push(
      `<text x="${axis(index).toFixed(1)}" y="58" font-size="11" fill="${colours.faint}">${escaped(`${index} ${title}`.trim())}</text>`,
    )
  for (const group of groups) {
    if (group.area !== undefined) {
      parts.push(
        `<text x="16" y="${y}" font-size="12" fill="${colours.faint}">${escaped(view.areaTitle(group.area))}</text>`,
      )
      y += 22
    }
    for (const { standing, asked, before } of group.rows) {
      const levels = view.scaleOf(standing.competency).levels.length
      const scale = rulerScale(levels, NAME, NAME + RULER)
      const x = (level: number): string => scale(level).toFixed(1)
      const { location, known } = standing
      parts.push(
        `<text x="16" y="${y + 4}" font-size="13" fill="${colours.ink}">${escaped(view.competencyTitle(standing.competency))}</text>`,
      )
      for (let level = 0; level <= levels; level += 1) {
        const step = Math.max(0, Math.min(4, Math.round((level / levels) * 5) - 1))
        parts.push(
          `<rect x="${x(level)}" y="${y - 5}" width="${(scale(level + 1) - scale(level)).toFixed(1)}" height="10" fill="${level === 0 ? colours.line : colours.levels[step]}" opacity="0.3"/>`,
        )
      }
      for (let level = 0; level <= levels; level += 1)
        parts.push(
          `<line x1="${x(level)}" x2="${x(level)}" y1="${y - 6}" y2="${y + 6}" stroke="${colours.line}" opacity="0.5"/>`,
        )
      if (asked !== undefined)
        parts.push(
          `<line x1="${x(asked)}" x2="${x(asked)}" y1="${y - 12}" y2="${y + 12}" stroke="${colours.accent}" stroke-width="2"/>`,
        )
      if (before !== undefined)
        parts.push(
          `<circle cx="${x(before)}" cy="${y}" r="5" fill="none" stroke="${colours.faint}" stroke-width="1.5"/>`,
        )
      const { thin, thick, dot, below, above } = placesOf(location, levels)
      const inferred = isInferred(standing)
      const openRing = (at: string): string =>
        `<circle cx="${at}" cy="${y}" r="6" fill="${colours.paper}" stroke="${colours.faint}" stroke-width="1.75" stroke-dasharray="2.5 2.2"/>`
      const arrow = (at: number, back: number): string =>
        `<path d="M${Number(x(at)) + back} ${y - 4.5}L${x(at)} ${y}l${back} 4.5" fill="none" stroke="${colours.ink}" stroke-width="1.5"/>`
      if (known)
        parts.push(
          `<line x1="${x(thin[0])}" x2="${x(thin[1])}" y1="${y}" y2="${y}" stroke="${colours.ink}" stroke-width="1.5"${inferred ? ' stroke-dasharray="3 3"' : ''}/>`,
          below ? arrow(thin[0], 6) : '',
          above ? arrow(thin[1], -6) : '',
          inferred
            ? openRing(x(dot))
            : `<line x1="${x(thick[0])}" x2="${x(thick[1])}" y1="${y}" y2="${y}" stroke="${colours.ink}" stroke-width="5" stroke-linecap="round"/>` +
                `<circle cx="${x(dot)}" cy="${y}" r="6" fill="${colours.ink}" stroke="${colours.paper}" stroke-width="2"/>`,
        )
      else parts.push(openRing(x(location.level)))
      parts.push(
        `<text x="${NAME + RULER + 20}" y="${y + 4}" font-size="13" fill="${colours.ink}">${escaped(known ? `${text.place(location)}${inferred ? ` (${text.inferred})` : ''}` : text.notKnown)}</text>`,
      )
      y += ROW
    }
    y += 10
  }
  const width = NAME + RULER + 130
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${y + 16}" viewBox="0 0 ${width} ${y + 16}" font-family="Inter, system-ui, sans-serif">` +
    `<rect width="100%" height="100%" fill="${colours.paper}"/>` +
    `<text x="16" y="28" font-size="17" font-weight="600" fill="${colours.ink}">${escaped(text.title)}</text>` +
    parts.join('') +
    `<text x="16" y="${y + 2}" font-size="11" fill="${colours.faint}">${escaped(text.note)}</text></svg>`
  )
}
