// Where the parts of a mark stand on a scale of levels, and how far the scale is drawn past its ends.

/** Past which end of the scale something lies; null where it is on it. */
type Side = 'below' | 'above' | null

export interface RulerMark {
  /** Levels; the scale's end where `beyond` says that it lies past it. */
  readonly level: number
  readonly interval50: readonly [number, number]
  readonly interval90: readonly [number, number]
  readonly beyond: {
    readonly level: Side
    readonly interval50: readonly [Side, Side]
    readonly interval90: readonly [Side, Side]
  }
}

/** How much is drawn before level 0 and past the last level, in levels. */
const BEFORE = 0.12
const PAST = 0.5

/** Places on a scale of `levels` levels as positions from `from` to `to`; what lies outside of what is drawn ends there. */
export function rulerScale(levels: number, from: number, to: number): (level: number) => number {
  const whole = BEFORE + levels + PAST
  return (level) => from + ((to - from) * Math.min(whole, Math.max(0, level + BEFORE))) / whole
}

export interface RulerPlaces {
  /** All in levels. */
  readonly dot: number
  readonly thick: readonly [number, number]
  readonly thin: readonly [number, number]
  /** The 90 % interval goes on past this end: it ends in an arrow. */
  readonly below: boolean
  readonly above: boolean
}

/** The parts of a mark; what lies past an end is drawn past it, at no measured distance. */
export function placesOf({ level, interval50, interval90, beyond }: RulerMark, levels: number): RulerPlaces {
  const reaching = (
    [low, high]: readonly [number, number],
    [lowSide, highSide]: readonly [Side, Side],
    share: number,
  ) =>
    [
      lowSide === 'below' ? -BEFORE * share : low,
      highSide === 'above' ? levels + PAST * share : high,
    ] as const
  return {
    dot: beyond.level === 'above' ? levels + PAST / 2 : level,
    thick: reaching(interval50, beyond.interval50, 0.75),
    thin: reaching(interval90, beyond.interval90, 0.98),
    below: beyond.interval90.includes('below'),
    above: beyond.interval90.includes('above'),
  }
}
