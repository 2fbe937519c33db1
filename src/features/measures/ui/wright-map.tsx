// The ruler on the screen: drawn from the same layout as the report's, and moving when a rating changes.
import { useTranslations } from 'use-intl'
import type { ItemCosts } from '../../../core/measure/item-costs.ts'
import type { Measurement } from '../../../core/measure/measurement.ts'
import {
  layOutRuler,
  namesOf,
  NARROW,
  WIDE,
  type RulerShape,
} from '../../../core/measure/report/ruler-layout.ts'
import classes from './wright-map.module.css'

interface Props {
  readonly measurement: Measurement
  readonly costs: ItemCosts
  /** The scale, held while ratings change so that only what moved moves. */
  readonly range: readonly [number, number]
  /** A person to point out. */
  readonly marked?: string | undefined
}

export function WrightMap(props: Props) {
  return (
    <>
      <Drawing {...props} shape={WIDE} className={classes['wide']} />
      <Drawing {...props} shape={NARROW} className={classes['narrow']} />
    </>
  )
}

const FACETS = ['person', 'rater', 'item', 'scale'] as const

function Drawing({
  measurement,
  costs,
  range,
  marked,
  shape,
  className,
}: Props & { readonly shape: RulerShape; readonly className: string | undefined }) {
  const t = useTranslations('measure')
  const layout = layOutRuler(measurement, costs, shape, range)
  const { width, height, top, bottom, axis, columns } = layout
  const { categories, lowest } = measurement.summary
  const heads = { person: t('people'), rater: t('raters'), item: t('items'), scale: t('score') }
  const tone = (category: number) =>
    `var(--level-${1 + Math.round((4 * (category - lowest)) / Math.max(1, categories - 1))})`
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={t('rulerLabel')}
      className={`${classes['map']} ${className}`}
    >
      {FACETS.map((facet) => (
        <g key={facet}>
          <text x={columns[facet].x + 4} y={16} className={classes['head']}>
            {heads[facet]}
          </text>
          <line
            x1={columns[facet].x}
            x2={columns[facet].x}
            y1={top - 2}
            y2={bottom + 2}
            className={classes['rule']}
          />
        </g>
      ))}
      {layout.ticks.map(({ value, y }) => (
        <g key={value}>
          <line
            x1={axis}
            x2={columns.scale.x}
            y1={y}
            y2={y}
            className={value === 0 ? classes['zero'] : classes['grid']}
          />
          <text x={axis - 5} y={y + 4} textAnchor="end" className={classes['tick']}>
            {value > 0 ? `+${value}` : String(value).replace('-', '−')}
          </text>
        </g>
      ))}
      {layout.lanes.map(({ facet, set, x }) => (
        <g key={`${facet} ${set}`}>
          {set > 1 && <line x1={x} x2={x} y1={top - 2} y2={bottom + 2} className={classes['rule']} />}
          <text x={x + 4} y={bottom + 16} className={classes['tick']}>
            {t('set', { set })}
          </text>
        </g>
      ))}
      {layout.zones.map(({ category, from, to }) => (
        <g key={category}>
          <rect
            x={columns.scale.x + 1}
            width={columns.scale.width - 2}
            y={to}
            height={from - to}
            className={classes['zone']}
            style={{ fill: tone(category) }}
          />
          {from - to > 12 && (
            <text
              x={columns.scale.x + columns.scale.width / 2}
              y={(from + to) / 2 + 4}
              textAnchor="middle"
              className={classes['zoneText']}
            >
              {category}
            </text>
          )}
        </g>
      ))}
      {layout.steps.map(({ category, y }) => (
        <path key={category} d={`M${columns.scale.x} ${y - 4}l7 4l-7 4z`} className={classes['notch']} />
      ))}
      {layout.bars.map((bar) => (
        <g key={`${bar.x} ${bar.y}`}>
          <rect x={bar.x} y={bar.y} width={bar.width} height={bar.height} className={classes['bar']}>
            <title>{namesOf(bar.ids, bar.count)}</title>
          </rect>
          <text x={bar.x + bar.width + 4} y={bar.y + bar.height} className={classes['tick']}>
            {bar.count}
          </text>
        </g>
      ))}
      {layout.dots.map(({ facet, id, measure, se, x, y }) => (
        <circle
          key={`${facet} ${id}`}
          r={facet === 'person' ? 3.6 : 3.2}
          className={facet === 'person' ? classes['person'] : classes['dot']}
          data-marked={facet === 'person' && id === marked}
          style={{ transform: `translate(${x}px, ${y}px)` }}
        >
          <title>{`${id}: ${measure.toFixed(2)} ± ${se.toFixed(2)}`}</title>
        </circle>
      ))}
      {layout.labels.map(({ facet, x, y, text, more, ids }) => (
        <text key={`${facet} ${x} ${y}`} x={x} y={y + 4} className={classes['label']}>
          <title>{namesOf(ids, ids.length)}</title>
          {text}
          {more > 0 && <tspan className={classes['more']}> +{more}</tspan>}
        </text>
      ))}
      {(['person', 'rater', 'item'] as const).map((facet) => {
        const half = Math.min(layout.typical[facet], 80)
        const x = columns[facet].x + columns[facet].width - 12
        const y = top + 12 + half
        return (
          half > 1 && (
            <g key={facet} className={classes['typical']}>
              <path d={`M${x} ${y - half}V${y + half}M${x - 3} ${y - half}h6M${x - 3} ${y + half}h6`} />
              <circle cx={x} cy={y} r={2.4} />
            </g>
          )
        )
      })}
    </svg>
  )
}
