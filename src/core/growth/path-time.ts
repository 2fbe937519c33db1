// How long a path takes, as a range: the sources' total years, the person's own years, and the gaps.
import type { Role, Transition } from '../framework/model.ts'
import type { Origin, SetBy, TimeFigure, YearRange } from './path-model.ts'

/** Our assumption: one whole level takes this long, given the chance to work on it. No source gives a figure. */
export const YEARS_PER_LEVEL: Readonly<{ min: number; max: number }> = { min: 1, max: 2 }
/** Our assumption: what nobody has answered for may take this many whole levels, however likely the rest makes it. */
export const UNKNOWN_AT_MOST = 1
/** Our assumption: so many competencies grow side by side. */
export const COMPETENCIES_AT_ONCE = 4

/**
 * Proficiency levels that a step still asks of one competency. Of a known one by the optimistic and the cautious end of its
 * 50 % interval; of one that is not known by its estimate, because a hope is no knowledge, and by the cautious end of its 90 %
 * interval, at least `UNKNOWN_AT_MOST`.
 */
export interface Climb {
  readonly least: number
  readonly most: number
  readonly known: boolean
}

/** What a step's time is made from. */
export interface StepTime {
  readonly transition: Transition
  readonly role: Role
  readonly climbs: readonly Climb[]
}

export interface PathTime {
  readonly years: YearRange
  readonly setBy: SetByEnds
  readonly steps: readonly {
    readonly years: YearRange
    /** From today until the step is done; the last one's is the path's. */
    readonly fromToday: YearRange
    readonly setBy: SetByEnds
    readonly figures: readonly TimeFigure[]
  }[]
}

/** What set each end of a range. */
export interface SetByEnds {
  readonly min: SetBy
  readonly max: SetBy
}

const OURS: Origin = { label: 'ours', source: null }
/** The rule of `gapYears`, to be said beside its figures. */
export const GAP_YEARS_RULE = {
  yearsPerLevel: { ...YEARS_PER_LEVEL },
  atOnce: COMPETENCIES_AT_ONCE,
  origin: OURS,
}
const YOURS: Origin = { label: 'yours', source: null }

/**
 * Years for the gap of one step: at least the longest climb, and at least all climbs together with
 * `COMPETENCIES_AT_ONCE` of them side by side. The lower end takes the optimistic climbs and the quickest pace.
 */
export function gapYears(climbs: readonly Climb[]): { min: number; max: number } {
  const years = (levels: readonly number[], pace: number) => {
    const longest = Math.max(0, ...levels)
    const together = levels.reduce((sum, level) => sum + level, 0) / COMPETENCIES_AT_ONCE
    return pace * Math.max(longest, together)
  }
  return {
    min: years(
      climbs.map(({ least }) => least),
      YEARS_PER_LEVEL.min,
    ),
    max: years(
      climbs.map(({ most }) => most),
      YEARS_PER_LEVEL.max,
    ),
  }
}

/**
 * Figures for the total years since entry at which people come to a role. Sources go before the framework author's own
 * figures; where sources disagree, all of them stand and the range is their union.
 */
export function totalFigures(role: Role, transition: Transition | null): TimeFigure[] {
  const figures: TimeFigure[] = role.experience.map(({ years, source }) => ({
    about: 'role-total' as const,
    role: role.id,
    years: { min: years.min, max: years.max ?? null },
    origin: originOf(source),
    levels: null,
  }))
  if (transition?.years) {
    const { min, max } = transition.years
    figures.unshift({
      about: 'transition',
      role: role.id,
      years: { min, max: max ?? null },
      origin: originOf(transition.source),
      levels: null,
    })
  }
  const sourced = figures.filter(({ origin }) => origin.label === 'source')
  return sourced.length > 0 ? sourced : figures.slice(0, 1)
}

/** A figure of the framework: its source's, or the framework author's own where it names none. */
export function originOf(source: string | undefined): Origin {
  return source === undefined ? { label: 'framework', source: null } : { label: 'source', source }
}

/**
 * Time from today along the steps. The years in the sources are totals since entry that overlap between roles, so a
 * step adds the total at its role less what has passed already, never less than nothing; and it takes as long as its
 * gap does. The slower of the two counts, at both ends of the range. A range is open-ended (max null) from the first
 * role whose total is. Ranges of single steps do not add up, because a total since entry holds the steps before it:
 * `fromToday` says when a step is done, and only these may be put after one another.
 */
export function pathTime(
  start: { role: Role; ownYears: number | null },
  steps: readonly StepTime[],
): PathTime {
  const own = start.ownYears
  const startFigures = own === null ? totalFigures(start.role, null) : [ownFigure(own)]
  const passed = unionOf(startFigures)
  let fast = 0
  let slow = 0
  let open = false
  const out = steps.map(({ transition, role, climbs }, i) => {
    const gap = gapYears(climbs)
    const totals = totalFigures(role, transition)
    const total = unionOf(totals)
    const difference = passed &&
      total && {
        min: passed.max === null ? 0 : Math.max(0, total.min - passed.max),
        max: Math.max(0, (total.max ?? total.min) - passed.min),
        open: total.max === null,
      }
    const setBy = {
      min: setByOf(gap.min, difference?.min ?? 0, fast),
      max: setByOf(gap.max, difference?.max ?? 0, slow),
    }
    const nextFast = Math.max(fast + gap.min, difference?.min ?? 0)
    const nextSlow = Math.max(slow + gap.max, difference?.max ?? 0)
    const wasOpen = open
    open ||= difference?.open ?? false
    const ends = [nextFast - fast, nextSlow - slow] as const
    fast = nextFast
    slow = nextSlow
    const figures: TimeFigure[] = [...(i === 0 ? startFigures : []), ...totals]
    if (difference) {
      const years = { min: difference.min, max: difference.open ? null : difference.max }
      figures.push({ about: 'difference', role: role.id, years, origin: OURS, levels: null })
    }
    const about = gap.max === 0 ? ('nothing-lacking' as const) : ('gap' as const)
    figures.push({ about, role: role.id, years: gap, origin: OURS, levels: climbLevels(climbs) })
    const opens = open && !wasOpen
    return {
      years: { min: Math.min(...ends), max: opens ? null : Math.max(...ends) },
      fromToday: { min: fast, max: open ? null : slow },
      setBy,
      figures,
    }
  })
  const ends = (end: keyof SetByEnds) => setByTogether(out.map(({ setBy }) => setBy[end]))
  return {
    years: { min: fast, max: open ? null : slow },
    setBy: { min: ends('min'), max: ends('max') },
    steps: out,
  }
}

function setByOf(gapYears: number, difference: number, before: number): SetBy {
  if (difference > before + gapYears) return 'sources'
  return gapYears > 0 ? 'gap' : 'nothing'
}

/** A total since entry holds whatever came before it: only the steps after the last one that it set count beside it. */
function setByTogether(steps: readonly SetBy[]): SetBy {
  const last = steps.lastIndexOf('sources')
  const gapAfter = steps.slice(last + 1).includes('gap')
  if (last < 0) return gapAfter ? 'gap' : 'nothing'
  return gapAfter ? 'both' : 'sources'
}

function climbLevels(climbs: readonly Climb[]): TimeFigure['levels'] {
  const over = (join: (levels: number[]) => number) => ({
    least: join(climbs.map(({ least }) => least)),
    most: join(climbs.map(({ most }) => most)),
  })
  return {
    longest: over((levels) => Math.max(0, ...levels)),
    together: over((levels) => levels.reduce((sum, level) => sum + level, 0)),
    unknown: climbs.filter(({ known }) => !known).length,
  }
}

function ownFigure(years: number): TimeFigure {
  return { about: 'own-years', role: null, years: { min: years, max: years }, origin: YOURS, levels: null }
}

function unionOf(figures: readonly TimeFigure[]): YearRange | null {
  if (figures.length === 0) return null
  const ends = figures.map(({ years }) => years.max)
  return {
    min: Math.min(...figures.map(({ years }) => years.min)),
    max: ends.includes(null) ? null : Math.max(...(ends as number[])),
  }
}
