// Draws the ruler as SVG text for the report.
import { attributes, bothTexts, html, type Html } from './html.ts'
import { fixed, signed } from './figures.ts'
import { BRACKET, namesOf, shortened, type RulerLayout } from './ruler-layout.ts'

/** Words above the columns, in both languages. */
export const RULER_HEADS = {
  person: ['People', '人员'],
  rater: ['Raters', '评分人'],
  item: ['Items', '条目'],
  scale: ['Score', '分数'],
} as const

/** What high on the ruler means in each column. */
export const RULER_TOPS = {
  person: ['rated higher ↑', '评价较高 ↑'],
  rater: ['harsher ↑', '较严 ↑'],
  item: ['harder ↑', '较难 ↑'],
  scale: ['expected', '预期'],
} as const

/** Which of the five steps of the proficiency colours a category takes. */
export const toneOf = (index: number, categories: number): number =>
  categories <= 1 ? 3 : 1 + Math.round((4 * index) / (categories - 1))

/** The ruler; `title` names it for screen readers, and the table behind it holds all its numbers. */
export function rulerSvg(
  layout: RulerLayout,
  labelledBy: string,
  className: string,
  categories: number,
  lowest: number,
): Html {
  const { width, height, top, bottom, axis, ticks, columns } = layout
  const narrow = width < 600
  const rows = Object.entries(columns) as [keyof typeof columns, { x: number; width: number }][]
  return html`<svg
    class="${className}"
    viewBox="0 0 ${width} ${height}"
    role="img"
    aria-labelledby="${labelledBy}"
  >
    ${rows.map(([facet, { x, width: wide }]) => [
      bothTexts(attributes({ x: x + 4, y: 12, class: 'head' }), RULER_HEADS[facet][0], RULER_HEADS[facet][1]),
      !narrow &&
        bothTexts(attributes({ x: x + 4, y: 26, class: 'soft' }), RULER_TOPS[facet][0], RULER_TOPS[facet][1]),
      html`<line ${attributes({ x1: x, x2: x, y1: top - 2, y2: bottom + 2, class: 'rule' })} />`,
      facet === 'scale' &&
        html`<line
          ${attributes({ x1: x + wide, x2: x + wide, y1: top - 2, y2: bottom + 2, class: 'rule' })}
        />`,
    ])}
    ${ticks.map(({ value, y }) => html`<line ${attributes({ x1: axis, x2: columns.scale.x, y1: y, y2: y, class: value === 0 ? 'zero' : 'grid' })} /><text ${attributes({ x: axis - 5, y: y + 4, 'text-anchor': 'end', class: 'tick' })}>${signed(value, 0)}</text>`)}
    ${layout.lanes.map(({ x, set }) => [
      set > 1 && html`<line ${attributes({ x1: x, x2: x, y1: top - 2, y2: bottom + 2, class: 'rule' })} />`,
      bothTexts(attributes({ x: x + 4, y: bottom + 16, class: 'soft' }), `set ${set}`, `第 ${set} 组`),
    ])}
    ${layout.zones.map(({ category, from, to }) => [
      html`<rect
        ${attributes({ x: columns.scale.x + 1, width: columns.scale.width - 2, y: to, height: from - to, class: `zone tone-${toneOf(category - lowest, categories)}` })}
      />`,
      from - to > 12 &&
        html`<text
          ${attributes({ x: columns.scale.x + columns.scale.width / 2, y: (from + to) / 2 + 4, 'text-anchor': 'middle', class: 'zoneText' })}
          >${category}</text
        >`,
    ])}
    ${layout.steps.map(({ category, measure, y }) => html`<path ${attributes({ d: `M${columns.scale.x} ${y - 4}l7 4l-7 4z`, class: 'notch' })}><title>${category - 1}→${category}: ${fixed(measure)}</title></path>`)}
    ${layout.bars.map(({ x, y, width: wide, height: tall, count, ids }) => html`<rect ${attributes({ x, y, width: wide, height: tall, class: 'bar' })}><title>${namesOf(ids, count)}</title></rect><text ${attributes({ x: x + wide + 4, y: y + tall, class: 'count' })}>${count}</text>`)}
    ${layout.dots.map(({ facet, id, measure, se, x, y }) => html`<circle ${attributes({ cx: x, cy: y, r: facet === 'person' ? 3.6 : 3.2, class: `dot ${facet}` })}><title>${id}: ${fixed(measure)} ± ${fixed(se)}</title></circle>`)}
    ${layout.labels.map(({ x, y, text, more, ids }) => html`<text ${attributes({ x, y: y + 4, class: 'label' })}><title>${namesOf(ids, ids.length)}</title>${text}${more > 0 && html`<tspan class="more"> +${more}</tspan>`}</text>`)}
    ${(['person', 'rater', 'item'] as const).map((facet) => {
      const half = Math.min(layout.typical[facet], 80)
      const x = columns[facet].x + columns[facet].width - BRACKET
      const y = top + 12 + half
      return (
        half > 1 &&
        html`<path
            ${attributes({ d: `M${x} ${y - half}V${y + half}M${x - 3} ${y - half}h6M${x - 3} ${y + half}h6`, class: 'typical' })}
          /><circle ${attributes({ cx: x, cy: y, r: 2.4, class: 'typicalDot' })} />`
      )
    })}
  </svg>`
}

/** A dot with its 50 % (thick) and 90 % (thin) interval on a horizontal scale; hidden from screen readers. */
export function intervalSvg(
  measure: number,
  se: number,
  [low, high]: readonly [number, number],
  className = 'dot',
): Html {
  const x = (value: number) =>
    Number((4 + Math.min(1, Math.max(0, (value - low) / (high - low))) * 192).toFixed(1))
  const line = (half: number, kind: string) =>
    html`<line
      ${attributes({ x1: x(measure - half * se), x2: x(measure + half * se), y1: 9, y2: 9, class: kind })}
    />`
  return html`<svg class="interval" viewBox="0 0 200 18" aria-hidden="true">
    <line ${attributes({ x1: x(0), x2: x(0), y1: 0, y2: 18, class: 'zero' })} />
    ${line(1.6449, 'thin')}${line(0.6745, 'thick')}
    <circle ${attributes({ cx: x(measure), cy: 9, r: 4, class: className })} />
  </svg>`
}

/** Probability of each category along the ruler, for one item or the mean of all. `curves[k]` runs along `xs`. */
export function curvesSvg(
  curves: readonly (readonly number[])[],
  [low, high]: readonly [number, number],
  labelledBy: string,
  lowest: number,
  title?: string,
): Html {
  const [width, height, left, bottom] = [420, 190, 30, 168]
  const points = curves[0]?.length ?? 0
  const x = (k: number) => left + (k / (points - 1)) * (width - left - 8)
  const y = (probability: number) => bottom - probability * (bottom - 14)
  const ticks: number[] = []
  const step = high - low > 10 ? 2 : 1
  for (let value = Math.ceil(low / step) * step; value <= high; value += step) ticks.push(value)
  return html`<svg class="curves" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="${labelledBy}">
    ${title !== undefined && html`<text ${attributes({ x: left, y: 10, class: 'head' })}>${shortened(title, width - left)}</text>`}
    ${[0, 0.5, 1].map((share) => html`<line ${attributes({ x1: left, x2: width - 8, y1: y(share), y2: y(share), class: 'grid' })} /><text ${attributes({ x: left - 5, y: y(share) + 4, 'text-anchor': 'end', class: 'tick' })}>${share}</text>`)}
    ${ticks.map((value) => html`<text ${attributes({ x: left + ((value - low) / (high - low)) * (width - left - 8), y: bottom + 15, 'text-anchor': 'middle', class: 'tick' })}>${signed(value, 0)}</text>`)}
    ${curves.map((curve, k) => {
      const peak = curve.indexOf(Math.max(...curve))
      if (!(curve[peak]! > 0)) return false
      const path = curve
        .map((value, at) => `${at === 0 ? 'M' : 'L'}${x(at).toFixed(1)} ${y(value).toFixed(1)}`)
        .join('')
      const at = Math.min(points - 3, Math.max(2, peak))
      return html`<path ${attributes({ d: path, class: `curve line-${toneOf(k, curves.length)}` })} /><text
          ${attributes({ x: x(at), y: y(curve[at]!) - 5, 'text-anchor': 'middle', class: 'label' })}
          >${lowest + k}</text
        >`
    })}
  </svg>`
}
