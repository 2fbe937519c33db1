// The default estimator from end to end: conditional items and steps, then crossed person, rater and dyad effects.
import type { Anchors } from './anchors.ts'
import { BlockLikelihood } from './block-likelihood.ts'
import type { Blocks } from './blocks.ts'
import { followConditional } from './conditional-follow.ts'
import { fitConditional, type ConditionalFit } from './conditional.ts'
import type { Connectivity } from './connectivity.ts'
import { CrossedEffects, type HeldVariances, type Variances } from './crossed-effects.ts'
import { fitCrossed } from './crossed-fit.ts'
import { followCrossed } from './crossed-follow.ts'
import type { Estimates } from './estimates.ts'
import type { MeasureOptions } from './measurement.ts'
import type { Probe } from './posterior-spread.ts'
import { signs } from './probes.ts'
import { layoutOf } from './crossed-layout.ts'
import type { Layout, RaterSystem } from './rater-system.ts'
import type { Ratings } from './ratings.ts'
import { refused, type Caution, type Checked } from './refusals.ts'
import { WEAK_SD } from './weak-prior.ts'
import { TotalTables } from './total-tables.ts'
import { EXACT_UNKNOWNS, jointVariances, renewedVariances, type JointVariances } from './standard-errors.ts'

/** Variances that stand in where the ratings cannot tell: documented, and said in a caution. */
const ASSUMED: Variances = { person: 1, rater: 0.25, dyad: 0.25 }

const VARIANCES = ['dyad', 'rater', 'person'] as const

/** Where a sample is too small to estimate a variance: wide for raters and persons, so that little is shrunk away. */
const SMALL_SAMPLE: Variances = { person: 4, rater: 1, dyad: 0.25 }

function assumed(name: (typeof VARIANCES)[number]): Caution {
  const sd = Math.sqrt(SMALL_SAMPLE[name])
  const what = {
    dyad: 'a dyad effect (this rater with this person)',
    rater: 'how far raters differ',
    person: 'how far persons differ',
  }[name]
  return {
    code: name === 'dyad' ? 'no-dyad-effect' : 'few-raters',
    message: `too few ratings to estimate ${what}: an SD of ${sd} logits is assumed and is inside every standard error`,
  }
}

/** Variances that the design cannot tell apart, held at assumed values, each with its caution. */
function untellable(
  ratings: Ratings,
  blocks: Blocks,
  connected: Connectivity,
): { held: HeldVariances; cautions: Caution[] } {
  const held: HeldVariances = {}
  const cautions: Caution[] = []
  const raters = ratings.raterIds.length
  const persons = ratings.personIds.length
  if (persons < 3) held.person = ASSUMED.person
  // Severities are compared within subsets only: each subset leaves one comparison fewer than it has raters.
  if (raters - connected.subsets < 2) {
    held.rater = ASSUMED.rater
    const alone = connected.subsets > 1 ? ` in ${connected.subsets} groups that share no person` : ''
    const message = `${raters} rater${raters === 1 ? '' : 's'}${alone}: how far raters differ cannot be estimated; an SD of ${Math.sqrt(ASSUMED.rater)} logits is assumed and is inside every standard error`
    cautions.push({ code: 'few-raters', message })
  }
  if (blocks.count - persons - raters + connected.subsets < 5) {
    held.dyad = ASSUMED.dyad
    const message = `too few persons are judged by several raters to tell a dyad effect; an SD of ${Math.sqrt(ASSUMED.dyad)} logits is assumed`
    cautions.push({ code: 'no-dyad-effect', message })
  }
  return { held, cautions }
}

/** SD of a parameter of items and steps above which its likelihood is taken to have no top. */
const SEPARATED = 15

function separated({ covariance, parameters: { free } }: ConditionalFit): boolean {
  for (let q = 0; q < free; q++) if (!(covariance[q * free + q]! < SEPARATED ** 2)) return true
  return false
}

/** What a run hands to the next on nearly the same ratings. */
export interface Carried {
  readonly items: ConditionalFit
  /** Unknowns as they are laid out, persons' deviations, variances. */
  readonly y: Float64Array
  readonly deviation: Float64Array
  readonly variances: Variances
  /** How log variances respond. */
  readonly response: Float64Array
  readonly spread: Float64Array
  readonly probes: readonly Probe[]
  readonly tables: TotalTables
  readonly joint: JointVariances
  /** The variance components at which all standard errors were taken. */
  readonly jointAt: Variances
}

/** Carried standard errors serve until a variance component has moved by this part: about half of it in each. */
const CARRIED_DRIFT = 0.01

/** A run to update: standard errors are renewed for the persons and raters named, others are carried over. */
export interface Update {
  readonly carried: Carried
  readonly blocksBefore: Blocks
  /** The blocks with changed scores. */
  readonly changed: readonly number[]
  readonly persons: ReadonlySet<number>
  readonly raters: ReadonlySet<number>
}

export interface CrossedRun {
  readonly estimates: Estimates
  readonly system: RaterSystem
  readonly carried: Carried
}

/** Runs both stages; refuses what neither can tell. */
export function crossedEstimates(
  ratings: Ratings,
  blocks: Blocks,
  connected: Connectivity,
  anchors: Anchors,
  options: MeasureOptions,
  update?: Update,
): Checked<CrossedRun> {
  const { start, progress } = options
  const items = ratings.itemIds.length
  const fitItems = (weakly: boolean) =>
    fitConditional(
      options.steps ?? 'rsm',
      blocks,
      ratings.itemIds,
      ratings.categories,
      {
        items: anchors.items,
        ...(anchors.cumulativeSteps ? { cumulativeSteps: anchors.cumulativeSteps } : {}),
      },
      update ? update.carried.items.u : start && Float64Array.from(start.steps),
      weakly,
      progress,
    )
  const followed =
    update && followConditional(update.carried.items, update.blocksBefore, blocks, update.changed)
  const plain: Checked<ConditionalFit> = followed ? { ok: true, value: followed } : fitItems(false)
  const weakly = plain.ok ? separated(plain.value) : plain.refusals[0]!.code === 'not-converged'
  const stageA = weakly ? fitItems(true) : plain
  if (!stageA.ok) return stageA
  const { parameters, u, beta, covariance } = stageA.value
  const { layout, start: y } = layoutOf(ratings, connected, anchors)
  const tables = () =>
    TotalTables.of(
      blocks,
      ratings.categories,
      new BlockLikelihood(blocks.trie.patterns, beta, items, ratings.categories),
    )
  const tell = untellable(ratings, blocks, connected)
  const held: HeldVariances = { ...tell.held }
  for (const name of VARIANCES) {
    const given = options.variances?.[name]
    if (given !== undefined) held[name] = name === 'dyad' ? given : Math.max(given, 1e-6)
  }
  const settle = (holding: HeldVariances) => {
    const [aPerson, aRater, aDyad] = start?.variances ?? [1, 0.3, 0.25]
    const { person, rater, dyad } = update?.carried.variances ?? {
      person: aPerson,
      rater: aRater,
      dyad: aDyad,
    }
    const follow = holding.dyad === undefined ? update?.carried.tables.after(blocks, beta, dyad) : undefined
    const effects = new CrossedEffects(blocks, layout, ratings.categories, tables, follow)
    if (update) {
      effects.y.set(update.carried.y)
      effects.deviation.set(update.carried.deviation)
    } else if (start) warm(effects, ratings, layout, start)
    else effects.guess()
    for (let v = 0; v < y.length; v++) if (layout.held[v]) effects.y[v] = y[v]!
    for (let n = 0; n < effects.deviation.length; n++)
      if (layout.heldPerson[n]) effects.deviation[n] = anchors.persons[n]!
    if (update) {
      effects.spread.set(update.carried.spread)
      for (const [k, probe] of effects.probes.entries()) probe.x.set(update.carried.probes[k]!.x)
    }
    const from = { person, rater, dyad: dyad || 0.01 }
    const fit =
      (update && dyad > 0 && followCrossed(effects, from, holding, update.carried.response)) ||
      fitCrossed(effects, from, holding, progress)
    const settled = fit.settled && fit.gradient <= 1e-8 && fit.deviation.every(Number.isFinite)
    return { effects, fit, settled }
  }
  let attempt = settle(held)
  // A few ratings may not tell the variances apart: they are assumed one after the other, least known first.
  for (const name of ['dyad', 'rater', 'person'] as const) {
    if (attempt.settled) break
    if (held[name] !== undefined) continue
    held[name] = SMALL_SAMPLE[name]
    tell.cautions.push(assumed(name))
    attempt = settle(held)
  }
  const { effects, fit } = attempt
  if (!attempt.settled) {
    return refused(
      'not-converged',
      'persons and severities did not settle, even with assumed variances',
      'more ratings, or ratings that link persons and raters more closely',
    )
  }
  const settledAt = update?.carried.jointAt
  const near =
    settledAt !== undefined &&
    VARIANCES.every(
      (name) => Math.abs(fit.variances[name] - settledAt[name]) <= CARRIED_DRIFT * settledAt[name],
    )
  if (!update) progress?.({ stage: 'errors' })
  const joint =
    update && near
      ? renewedVariances(fit.system, update.carried.joint, update.persons, update.raters)
      : jointVariances(fit.system, probesOf(layout, effects.signatures))
  const located = centred(ratings, layout, connected, anchors, effects)
  const cautions = [...tell.cautions]
  if (weakly)
    cautions.push({
      code: 'weak-prior',
      message: `so few ratings that some items or steps have no finite estimate: a weak prior (SD ${WEAK_SD} logits on each) holds them, and their standard errors lean on it`,
    })
  if (fit.variances.dyad === 0 && held.dyad === undefined)
    cautions.push({
      code: 'no-dyad-found',
      message: 'no dyad effect was found: raters and persons explain block totals',
    })
  const none = (size: number) => new Int8Array(size)
  const estimates: Estimates = {
    estimator: 'cml',
    blocks,
    connected,
    parameters,
    u,
    beta,
    stepCovariance: covariance,
    ...located,
    personVariance: joint.person,
    raterVariance: joint.rater,
    occasionVariance: joint.means.subarray(layout.occasionAt),
    groups: ratings.raterGroupIds.map((_, g) => ({
      measure: located.group[g]!,
      variance: joint.means[layout.groupAt + g]!,
    })),
    location: fit.blockMean,
    mainLocation: fit.eta,
    dyadVariance: fit.dyadVariance,
    extremePerson: none(ratings.personIds.length),
    extremeRater: none(ratings.raterIds.length),
    extremeItem: none(items),
    anchoredPerson: layout.heldPerson,
    anchoredRater: layout.held.slice(0, layout.raters),
    anchoredItem: Uint8Array.from(anchors.items, (value) => (Number.isNaN(value) ? 0 : 1)),
    variance: {
      person: fit.variances.person,
      rater: fit.variances.rater,
      dyad: fit.variances.dyad,
      logLikelihood: fit.logLikelihood,
    },
    logLikelihood: stageA.value.logLikelihood,
    iterations: stageA.value.iterations + fit.iterations,
    gradient: Math.max(stageA.value.gradient, fit.gradient),
    standardErrors: joint.method,
    cautions,
  }
  const carried = {
    items: stageA.value,
    y: effects.y,
    deviation: effects.deviation,
    variances: fit.variances,
    response: fit.response,
    spread: effects.spread,
    probes: effects.probes,
    tables: effects.totals,
    joint,
    jointAt: near ? settledAt : fit.variances,
  }
  return { ok: true, value: { estimates, system: fit.system, carried } }
}

/** Right-hand sides for stochastic traces, where the inverse is not taken. */
function probesOf(layout: Layout, signatures: Uint32Array): Float64Array[] {
  if (layout.size <= EXACT_UNKNOWNS) return []
  const many = Math.max(2, Math.min(16, Math.ceil(20_000 / layout.raters)))
  return Array.from({ length: many }, (_, k) => {
    const z = signs(signatures, layout.size, 100 + k)
    for (let v = 0; v < z.length; v++) if (layout.held[v]) z[v] = 0
    return z
  })
}

function warm(
  effects: CrossedEffects,
  ratings: Ratings,
  layout: Layout,
  start: NonNullable<MeasureOptions['start']>,
): void {
  const sums = new Float64Array(layout.groupAt - layout.subsetAt)
  const counts = new Float64Array(sums.length)
  for (const [n, id] of ratings.personIds.entries()) {
    effects.deviation[n] = start.persons.get(id) ?? 0
    sums[layout.subsetOfPerson[n]!]! += effects.deviation[n]
    counts[layout.subsetOfPerson[n]!]!++
  }
  for (let s = 0; s < sums.length; s++) effects.y[layout.subsetAt + s] = counts[s] ? sums[s]! / counts[s]! : 0
  for (let n = 0; n < effects.deviation.length; n++)
    effects.deviation[n]! -= effects.y[layout.subsetAt + layout.subsetOfPerson[n]!]!
  for (const [j, id] of ratings.raterIds.entries()) effects.y[j] = start.raters.get(id) ?? 0
  for (const [o, id] of ratings.occasionIds.entries())
    effects.y[layout.occasionAt + o] = start.occasions.get(id) ?? 0
  const first = effects.y[layout.occasionAt]
  if (first !== undefined) for (let o = layout.occasionAt; o < layout.size; o++) effects.y[o]! -= first
}

/** Locations on the scale that is reported: raters sum to zero in each subset without anchors, occasions over all. */
function centred(
  ratings: Ratings,
  layout: Layout,
  connected: Connectivity,
  anchors: Anchors,
  effects: CrossedEffects,
) {
  const { y, deviation } = effects
  const subsets = layout.groupAt - layout.subsetAt
  const anchoredSubset = new Uint8Array(subsets)
  for (let j = 0; j < layout.raters; j++) if (layout.held[j]) anchoredSubset[connected.ofRater[j]!] = 1
  for (let n = 0; n < deviation.length; n++)
    if (layout.heldPerson[n]) anchoredSubset[connected.ofPerson[n]!] = 1
  if (anchors.groups.some((value) => !Number.isNaN(value))) anchoredSubset.fill(1)
  const occasion = y.slice(layout.occasionAt)
  const occasionMean =
    occasion.length && !anchoredSubset.includes(1) ? occasion.reduce((a, b) => a + b, 0) / occasion.length : 0
  for (let o = 0; o < occasion.length; o++) occasion[o]! -= occasionMean
  const rater = Float64Array.from(
    { length: layout.raters },
    (_, j) => y[j]! + y[layout.groupAt + layout.groupOfRater[j]!]!,
  )
  const shift = new Float64Array(subsets)
  const counts = new Float64Array(subsets)
  const load = new Int32Array(layout.raters)
  for (let b = 0; b < effects.eta.length; b++) load[effects.system.blocks.rater[b]!]!++
  for (let j = 0; j < rater.length; j++) {
    if (load[j] === 0) continue
    shift[connected.ofRater[j]!]! += rater[j]!
    counts[connected.ofRater[j]!]!++
  }
  for (let s = 0; s < subsets; s++) shift[s] = anchoredSubset[s] || !counts[s] ? 0 : shift[s]! / counts[s]!
  for (let j = 0; j < rater.length; j++) rater[j]! -= shift[connected.ofRater[j]!]!
  const person = Float64Array.from({ length: deviation.length }, (_, n) => {
    if (layout.heldPerson[n]) return deviation[n]!
    const s = connected.ofPerson[n]!
    return deviation[n]! + y[layout.subsetAt + s]! - shift[s]! - occasionMean
  })
  const group = ratings.raterGroupIds.map((_, g) => {
    const of = rater.filter((_, j) => ratings.raterGroup?.[j] === g && load[j]! > 0)
    return of.length ? of.reduce((a, b) => a + b, 0) / of.length : 0
  })
  return { person, rater, occasion, group }
}
