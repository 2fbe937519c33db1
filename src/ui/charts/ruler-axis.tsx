// The axis above a column of rulers: where each level begins, what it is called, and the colour of its band.
import classes from './ruler.module.css'
import { rulerScale } from './ruler-places.ts'
import { bandColour } from './ruler.tsx'

interface Props {
  /** Names of the levels from 1 on. */
  readonly names: readonly string[]
}

/** Its columns are those of `Ruler`; said in words by each ruler's own label, so it is hidden from screen readers. */
export function RulerAxis({ names }: Props) {
  const levels = names.length
  const x = rulerScale(levels, 0, 100)
  return (
    <svg className={classes['axis']} aria-hidden="true" width="100%" height={46}>
      {['', ...names].map((name, level) => (
        <g key={level}>
          <rect
            x={`${x(level)}%`}
            width={`${x(level + 1) - x(level)}%`}
            y={41}
            height={4}
            style={{ fill: bandColour(level, levels) }}
            className={classes['key']}
            data-below={level === 0}
          />
          <text x={`${x(level)}%`} y={36} textAnchor="middle" className={classes['axisNumber']}>
            {level}
          </text>
          {level > 0 && (
            <text
              x={level === levels ? '100%' : `${x(level)}%`}
              y={18}
              textAnchor={level === levels ? 'end' : 'middle'}
              className={classes['axisName']}
            >
              {name}
            </text>
          )}
        </g>
      ))}
    </svg>
  )
}
