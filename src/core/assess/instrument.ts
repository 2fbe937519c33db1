// An instrument: the questions made from a framework's behaviours, with the response model that reads the answers.
import type { Framework, Text } from '../framework/model.ts'
import { ANSWER_STEPS, type AnswerSteps } from './answer-model.ts'
import { barOf, levelLocation, levelScale, positionOf, type LevelScale } from './level-scale.ts'
import { evenGrid, marginalCurve, type Grid } from './response-curve.ts'

/** One question: a behaviour, anchored at one level of one competency. */
export interface Item {
  /** The behaviour's id. */
  readonly id: string
  readonly competency: string
  readonly area: string
  /** Proficiency level that the behaviour is anchored at, 1..n of its competency's scale. */
  readonly level: number
  readonly text: Text
  /** Location delta in logits. */
  readonly location: number
  /** Standard deviation of the location, in logits. */
  readonly locationSd: number
  /** "expert-set" until an organisation's data have moved the location. */
  readonly calibration: 'expert-set' | 'calibrated'
}

export interface InstrumentCompetency {
  readonly id: string
  readonly area: string
  readonly scale: LevelScale
  /** Positions in `Instrument.items` of this competency's items. */
  readonly items: readonly number[]
}

/** The prior: general level g ~ N(generalMean, generalSd^2), competency theta_c ~ N(g, deviationSd^2), in logits. */
export interface PersonPrior {
  readonly generalMean: number
  readonly generalSd: number
  readonly deviationSd: number
}

/** Everything that estimation needs of the model, tabulated once. */
export interface InstrumentTables {
  readonly general: Grid
  readonly theta: Grid
  /** log prior mass of each point of `general`. */
  readonly logGeneral: Float64Array
  /** P(theta | g), each row (one point of `general`) sums to 1: `kernel[g * theta.size + t]`. */
  readonly kernel: Float64Array
  /** Response functions, each `curve[score * theta.size + t]`; equal items share one. */
  readonly curves: readonly Float64Array[]
  readonly logCurves: readonly Float64Array[]
  /** For each item its position in `curves`. */
  readonly curveOf: Int32Array
  /** Every second point of `theta` and the curves there: enough to choose items by, at a quarter of the memory. */
  readonly selectionGrid: Grid
  readonly selectionCurves: readonly Float32Array[]
}

export interface Instrument {
  readonly framework: { readonly id: string; readonly version: string }
  readonly areas: readonly string[]
  readonly competencies: readonly InstrumentCompetency[]
  readonly items: readonly Item[]
  readonly prior: PersonPrior
  readonly steps: AnswerSteps
  readonly itemIndex: ReadonlyMap<string, number>
  readonly competencyIndex: ReadonlyMap<string, number>
  readonly tables: InstrumentTables
}

/** Location of one item as an organisation's data have it. */
export interface Calibration {
  readonly location: number
  readonly locationSd: number
}

export interface InstrumentOptions {
  /** SD of an expert-set item's location around its anchor, in logits. */
  readonly anchorSd?: number
  readonly prior?: Partial<PersonPrior>
  /** Calibrated locations by item id. */
  readonly calibration?: ReadonlyMap<string, Calibration>
}

/** What experts' anchors are uncertain by until data arrive, in logits: over a fifth of a level. */
export const ANCHOR_SD = 0.5

/**
 * A weak prior: the general level of the middle 95 % of people spans the whole five-level scale (12 logits for 5 levels),
 * and one person's competencies differ from it by an SD of seven ninths of a level.
 */
export const DEFAULT_PRIOR: PersonPrior = { generalMean: 0, generalSd: 3, deviationSd: 1.75 }

/** What an instrument is made of, without a framework: used for imported and generated banks. */
export interface ItemBank {
  readonly framework: { readonly id: string; readonly version: string }
  readonly competencies: readonly {
    readonly id: string
    readonly area: string
    readonly levels: number
    readonly behaviours: readonly { readonly id: string; readonly level: number; readonly text: Text }[]
  }[]
}

/** The instrument of a framework version: one item for each behaviour at a level of its competency's scale. */
export function buildInstrument(framework: Framework, options: InstrumentOptions = {}): Instrument {
  return instrumentFromBank(
    {
      framework: { id: framework.id, version: framework.version },
      competencies: framework.competencies.map((competency) => ({
        id: competency.id,
        area: competency.area,
        levels: (competency.scale ?? framework.scale).levels.length,
        behaviours: competency.behaviours,
      })),
    },
    options,
  )
}

/** The same from a bare bank. Throws a RangeError where an id repeats or a level is off its competency's scale. */
export function instrumentFromBank(bank: ItemBank, options: InstrumentOptions = {}): Instrument {
  const anchorSd = options.anchorSd ?? ANCHOR_SD
  const prior = { ...DEFAULT_PRIOR, ...options.prior }
  const items: Item[] = []
  const itemIndex = new Map<string, number>()
  const competencyIndex = new Map<string, number>()
  const areas = new Set<string>()
  const competencies = bank.competencies.map((competency, c): InstrumentCompetency => {
    if (competencyIndex.has(competency.id))
      throw new RangeError(`competency ${competency.id}: expected a unique id`)
    competencyIndex.set(competency.id, c)
    areas.add(competency.area)
    const scale = levelScale(competency.levels)
    const own = competency.behaviours.map((behaviour) => {
      if (itemIndex.has(behaviour.id)) throw new RangeError(`behaviour ${behaviour.id}: expected a unique id`)
      if (!Number.isInteger(behaviour.level) || behaviour.level < 1 || behaviour.level > scale.levels)
        throw new RangeError(
          `behaviour ${behaviour.id}: expected a level from 1 to ${scale.levels}, got ${behaviour.level}`,
        )
      const calibrated = options.calibration?.get(behaviour.id)
      itemIndex.set(behaviour.id, items.length)
      return (
        items.push({
          id: behaviour.id,
          competency: competency.id,
          area: competency.area,
          level: behaviour.level,
          text: behaviour.text,
          location: calibrated?.location ?? levelLocation(scale, behaviour.level),
          locationSd: calibrated?.locationSd ?? anchorSd,
          calibration: calibrated ? 'calibrated' : 'expert-set',
        }) - 1
      )
    })
    return { id: competency.id, area: competency.area, scale, items: own }
  })
  return {
    framework: bank.framework,
    areas: [...areas],
    competencies,
    items,
    prior,
    steps: ANSWER_STEPS,
    itemIndex,
    competencyIndex,
    tables: buildTables(items, prior, ANSWER_STEPS),
  }
}

function buildTables(items: readonly Item[], prior: PersonPrior, steps: AnswerSteps): InstrumentTables {
  const { generalMean, generalSd, deviationSd } = prior
  const general = evenGrid(generalMean - 4.5 * generalSd, generalMean + 4.5 * generalSd, generalSd / 8)
  const reach = Math.ceil((4.5 * generalSd + 3 * deviationSd) / 0.2) * 0.2
  const theta = evenGrid(generalMean - reach, generalMean + reach, 0.2)
  const logGeneral = general.points.map((g) => -0.5 * ((g - generalMean) / generalSd) ** 2)
  const kernel = new Float64Array(general.size * theta.size)
  for (let g = 0; g < general.size; g++) {
    const from = g * theta.size
    let total = 0
    for (let t = 0; t < theta.size; t++) {
      total += kernel[from + t] = Math.exp(
        -0.5 * ((theta.points[t]! - general.points[g]!) / deviationSd) ** 2,
      )
    }
    for (let t = 0; t < theta.size; t++) kernel[from + t]! /= total
  }
  const curves: Float64Array[] = []
  const known = new Map<string, number>()
  const curveOf = Int32Array.from(items, (item) => {
    const key = `${item.location} ${item.locationSd}`
    const at = known.get(key)
    if (at !== undefined) return at
    known.set(key, curves.length)
    return curves.push(marginalCurve(theta, item.location, item.locationSd, steps)) - 1
  })
  const selectionGrid = evenGrid(theta.start, theta.points[theta.size - 1]!, 2 * theta.step)
  const selectionCurves = curves.map((curve) =>
    Float32Array.from({ length: (steps.weights.length + 1) * selectionGrid.size }, (_, i) => {
      const score = Math.floor(i / selectionGrid.size)
      return curve[score * theta.size + 2 * (i - score * selectionGrid.size)]!
    }),
  )
  const logCurves = curves.map((curve) => curve.map(Math.log))
  return { general, theta, logGeneral, kernel, curves, logCurves, curveOf, selectionGrid, selectionCurves }
}

/** The competency of an instrument; throws a RangeError for an id that it does not have. */
export function getCompetency(instrument: Instrument, competency: string): InstrumentCompetency {
  const at = instrument.competencyIndex.get(competency)
  if (at === undefined) throw new RangeError(`competency ${competency}: not in this instrument`)
  return instrument.competencies[at]!
}

/** Where the bar of `level` (0..n) lies, in logits; the bar of level 0 lies under everybody: -Infinity. */
export function barLocation(instrument: Instrument, competency: string, level: number): number {
  const { scale } = getCompetency(instrument, competency)
  if (!(level >= 0 && level <= scale.levels))
    throw new RangeError(`${competency}: expected a level from 0 to ${scale.levels}, got ${level}`)
  return level === 0 ? -Infinity : barOf(scale, level)
}

/** Logits to the continuous position on the competency's proficiency scale, 0..n; the ends clamp. */
export function levelAt(instrument: Instrument, competency: string, theta: number): number {
  return positionOf(getCompetency(instrument, competency).scale, theta)
}
