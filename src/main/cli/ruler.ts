// A competency's proficiency scale as one line: a dot with its 50% and 90% interval, and the bar of a role as a notch.
import type { Location } from '../../core/growth/model.ts'
import { accent, dim } from './output.ts'

/** Columns of every ruler: level 0 at the first, the highest level at the last. */
export const RULER_WIDTH = 26

export interface RulerOptions {
  /** Levels of the scale, 1 or more. */
  readonly levels: number
  readonly known: boolean
  /** True where it rests mostly on other answers: an open dot on the thin line alone. */
  readonly inferred?: boolean
  /** The level that a role asks, where one is looked at. */
  readonly bar?: number | undefined
}

/** `RULER_WIDTH` columns; an unknown competency is an open ring with a dotted line, never a zero. */
export function ruler(location: Location, { levels, known, inferred = false, bar }: RulerOptions): string {
  const at = (level: number) =>
    Math.round((Math.min(levels, Math.max(0, level)) / levels) * (RULER_WIDTH - 1))
  const cells: string[] = Array.from({ length: RULER_WIDTH }, () => ' ')
  for (let level = 0; level <= levels; level++) cells[at(level)] = '·'
  const draw = ([low, high]: readonly [number, number], mark: string) => {
    for (let cell = at(low); cell <= at(high); cell++) cells[cell] = mark
  }
  draw(location.interval90, known ? '─' : '┄')
  if (known && !inferred) draw(location.interval50, '━')
  // An interval that goes on past an end of the scale ends in an arrow, not in a stop.
  if (location.beyond.interval90.includes('below')) cells[0] = '◂'
  if (location.beyond.interval90.includes('above')) cells[RULER_WIDTH - 1] = '▸'
  const notch = bar === undefined ? -1 : at(bar)
  if (notch >= 0)
    cells[notch] = cells[notch] === '━' ? '╋' : cells[notch] === '─' ? '┼' : cells[notch] === '┄' ? '┆' : '│'
  const dot = at(location.level)
  cells[dot] = !known ? '○' : inferred ? '◌' : dot === notch ? '◉' : '●'
  return cells
    .map((cell, index) => (index === dot && known ? accent(cell) : cell === '·' ? dim(cell) : cell))
    .join('')
}

/** The level numbers over a ruler, for a scale of so many levels. */
export function rulerHead(levels: number): string {
  const cells: string[] = Array.from({ length: RULER_WIDTH }, () => ' ')
  for (let level = 0; level <= levels; level++) {
    const at = Math.round((level / levels) * (RULER_WIDTH - 1))
    if (level < 10) cells[at] = String(level)
  }
  return cells.join('')
}
