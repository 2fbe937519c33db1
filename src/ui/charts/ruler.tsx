// The ruler: where something is on a scale of levels, with its uncertainty; the same drawing everywhere.
import classes from './ruler.module.css'
import { type RulerMark, placesOf, rulerScale } from './ruler-places.ts'

interface Props {
  /** Number of levels: the band of a level begins where the level is reached, so the last one is drawn a little past it. */
  readonly levels: number
  /** Undefined draws an open ring: not known yet. */
  readonly mark: RulerMark | undefined
  /** Where an open ring stands, if anything suggests a place. */
  readonly faint?: RulerMark | undefined
  /** A level to compare with, drawn as a notch. */
  readonly notch?: number | undefined
  /** True where the mark rests mostly on other answers: its dot is open and its thick line left out. */
  readonly inferred?: boolean | undefined
  /** Where it was before, drawn as a ghost. */
  readonly ghost?: number | undefined
  /** What a screen reader says. */
  readonly label: string
  readonly numbers?: boolean | undefined
}

const percent = (value: number): string => `${value}%`

/** The colour of the band that begins at `level`; what lies below level 1 has none. */
export const bandColour = (level: number, levels: number): string =>
  level === 0
    ? 'var(--line-strong)'
    : `var(--level-${Math.min(5, Math.max(1, Math.round((level / levels) * 5)))})`

export function Ruler({ levels, mark, faint, inferred, notch, ghost, label, numbers }: Props) {
  const x = rulerScale(levels, 0, 100)
  const at = (level: number): string => percent(x(level))
  const middle = 14
  const places = mark && placesOf(mark, levels)
  return (
    <svg className={classes['ruler']} role="img" aria-label={label} width="100%" height={numbers ? 40 : 28}>
      {Array.from({ length: levels + 1 }, (_, level) => (
        <rect
          key={level}
          x={at(level)}
          width={percent(x(level + 1) - x(level))}
          y={middle - 5}
          height={10}
          style={{ fill: bandColour(level, levels) }}
          className={classes['band']}
          data-below={level === 0}
        />
      ))}
      {Array.from({ length: levels + 1 }, (_, level) => (
        <line
          key={level}
          x1={at(level)}
          x2={at(level)}
          y1={middle - 6}
          y2={middle + 6}
          className={classes['tick']}
        />
      ))}
      {numbers &&
        Array.from({ length: levels + 1 }, (_, level) => (
          <text key={level} x={at(level)} y={38} textAnchor="middle" className={classes['number']}>
            {level}
          </text>
        ))}
      {notch !== undefined && (
        <g className={classes['notch']}>
          <line x1={at(notch)} x2={at(notch)} y1={2} y2={26} />
          <svg x={at(notch)} y={0} overflow="visible">
            <path d="M-4 0h8l-4 5z" />
          </svg>
        </g>
      )}
      {ghost !== undefined && <circle cx={at(ghost)} cy={middle} r={5} className={classes['ghost']} />}
      {places ? (
        <g className={classes['mark']} data-inferred={inferred === true}>
          <line
            x1={at(places.thin[0])}
            x2={at(places.thin[1])}
            y1={middle}
            y2={middle}
            className={classes['thin']}
          />
          {places.below && (
            <svg x={at(places.thin[0])} y={middle} overflow="visible">
              <path d="M6 -4.5 0 0l6 4.5" className={classes['arrow']} />
            </svg>
          )}
          {places.above && (
            <svg x={at(places.thin[1])} y={middle} overflow="visible">
              <path d="M-6 -4.5 0 0l-6 4.5" className={classes['arrow']} />
            </svg>
          )}
          {inferred !== true && (
            <line
              x1={at(places.thick[0])}
              x2={at(places.thick[1])}
              y1={middle}
              y2={middle}
              className={classes['thick']}
            />
          )}
          <circle
            cx={at(places.dot)}
            cy={middle}
            r={6}
            className={classes[inferred === true ? 'open' : 'dot']}
          />
        </g>
      ) : (
        <circle cx={at(faint?.level ?? 0)} cy={middle} r={6} className={classes['open']} />
      )}
    </svg>
  )
}
