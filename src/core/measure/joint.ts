// Joint maximum likelihood, plain (as FACETS) and with epsilon-adjusted scores (as immer).
import type { Anchors } from './anchors.ts'
import { categoryCounts, type Blocks } from './blocks.ts'
import type { Connectivity } from './connectivity.ts'
import { factorise, inverseFactored } from './dense.ts'
import type { Estimates } from './estimates.ts'
import { findExtremes } from './extremes.ts'
import { locateAside } from './joint-aside.ts'
import { centredJoint } from './joint-centring.ts'
import { guess, guessSeverities, guessSteps, observed, sharedShift } from './joint-scores.ts'
import { settle } from './joint-newton.ts'
import { JointSystem } from './joint-system.ts'
import type { MeasureOptions } from './measurement.ts'
import type { Ratings } from './ratings.ts'
import { refused, type Checked } from './refusals.ts'
import { betaOf, stepParameters } from './step-model.ts'

/** The most raters, occasions and step parameters together that are solved densely. */
const MOST_UNKNOWNS = 2_000

/**
 * Newton's method on all parameters at once, persons eliminated (Schur complement). Plain: extreme elements are set
 * aside and then measured with their score moved inwards by `extremeAdjustment` (or kept, `extremes: 'keep'`, as immer
 * does). Epsilon-adjusted: every rating is smoothed so that a person's score moves inwards by epsilon at its ends
 * (Bertoli-Barsotti, Lando and Punzo 2014; Robitzsch and Steinfeld 2018); persons are then located by raw scores.
 */
export function jointEstimates(
  ratings: Ratings,
  blocks: Blocks,
  connected: Connectivity,
  anchors: Anchors,
  options: MeasureOptions,
): Checked<Estimates> {
  const { categories } = ratings
  const items = ratings.itemIds.length
  const raters = ratings.raterIds.length
  const occasions = ratings.occasionIds.length
  const persons = ratings.personIds.length
  const epsilon = options.extremeAdjustment ?? 0.3
  const smoothed = options.estimator === 'jml-eps'
  const keep = smoothed || options.extremes === 'keep'
  const counts = categoryCounts(blocks, items, categories)
  // Extremes are judged against the scale in use; in the rating-scale form that is one scale for all.
  const scale = stepParameters(options.steps ?? 'rsm', counts, items, categories, { items: anchors.items })
  const extreme = findExtremes(blocks, raters, items, scale.low, scale.high)
  const setAside = keep
    ? { person: new Int8Array(persons), rater: extreme.rater, item: extreme.item }
    : extreme
  const parameters = stepParameters(options.steps ?? 'rsm', counts, items, categories, {
    items: anchors.items,
    aside: setAside.item,
    ...(anchors.cumulativeSteps ? { cumulativeSteps: anchors.cumulativeSteps } : {}),
  })
  if (counts.filter((n) => n > 0).length === 0 || parameters.used.reduce((a, b) => a + b, 0) === items) {
    return refused('one-category', 'every rating is in the same category', 'ratings in a second category')
  }
  const activeItem = Uint8Array.from(setAside.item, (end) => (end === 0 ? 1 : 0))
  const activeBlock = Uint8Array.from({ length: blocks.count }, (_, b) => {
    return setAside.person[blocks.person[b]!] === 0 && setAside.rater[blocks.rater[b]!] === 0 ? 1 : 0
  })
  if (!activeBlock.includes(1) || !activeItem.includes(1)) {
    return refused(
      'all-extreme',
      'every person, rater or item has only highest or only lowest ratings',
      'ratings that differ',
    )
  }
  const size = raters + occasions + parameters.free
  if (size > MOST_UNKNOWNS) {
    const message = `${raters} raters are more than joint estimation solves for at once`
    return refused('too-large-for-estimator', message, 'the conditional estimator (cml), or fewer raters')
  }
  const targets = observed(ratings, blocks, counts.length, activeBlock, activeItem, smoothed ? epsilon : 0)
  if (!smoothed)
    for (let n = 0; n < persons; n++)
      if (extreme.person[n] && keep) targets.person[n]! -= extreme.person[n]! * epsilon
  const theta = new Float64Array(persons)
  const y = new Float64Array(size)
  const held = new Uint8Array(size)
  const heldPerson = Uint8Array.from(anchors.persons, (value, n) =>
    Number.isNaN(value) && setAside.person[n] === 0 ? 0 : 1,
  )
  for (let n = 0; n < persons; n++) if (!Number.isNaN(anchors.persons[n]!)) theta[n] = anchors.persons[n]!
  const anchoredSubset = new Uint8Array(Math.max(1, connected.subsets))
  for (let n = 0; n < persons; n++)
    if (!Number.isNaN(anchors.persons[n]!)) anchoredSubset[connected.ofPerson[n]!] = 1
  const load = new Int32Array(raters)
  for (let b = 0; b < blocks.count; b++) if (activeBlock[b]) load[blocks.rater[b]!]!++
  const reference = new Int32Array(anchoredSubset.length).fill(-1)
  for (let j = 0; j < raters; j++) {
    if (load[j] === 0 || setAside.rater[j] !== 0) held[j] = 1
    if (!Number.isNaN(anchors.raters[j]!)) {
      held[j] = 1
      y[j] = anchors.raters[j]!
      anchoredSubset[connected.ofRater[j]!] = 1
    }
    const s = connected.ofRater[j]!
    if (!held[j] && (reference[s]! < 0 || load[j]! > load[reference[s]!]!)) reference[s] = j
  }
  for (const [s, j] of reference.entries()) {
    if (anchoredSubset[s]) reference[s] = -1
    else if (j >= 0) held[j] = 1
  }
  if (occasions > 0) held[raters] = 1
  const start = options.start
  const stepAt = raters + occasions
  if (start && start.steps.length === parameters.free) {
    for (const [n, id] of ratings.personIds.entries())
      if (!heldPerson[n]) theta[n] = start.persons.get(id) ?? 0
    for (const [j, id] of ratings.raterIds.entries())
      if (!held[j] || Number.isNaN(anchors.raters[j]!)) y[j] = start.raters.get(id) ?? 0
    for (const [q, value] of start.steps.entries()) y[stepAt + q] = value
  } else {
    guess(blocks, theta, heldPerson, categories)
    guessSeverities(blocks, connected, reference, theta, y, held, heldPerson, categories)
    y.set(guessSteps(parameters, targets.cells), stepAt)
  }
  const mask = { block: activeBlock, item: activeItem, held, heldPerson }
  const system = new JointSystem(blocks, parameters, targets, mask)
  const { eta, couplings, personInformation, matrix } = system
  let iterations = 0
  let value = system.evaluate(theta, y, true)
  const solve = (): boolean => {
    const found = settle(system, theta, y, mask, value, options.progress)
    iterations += found.iterations
    value = found.value
    return found.settled
  }
  if (!solve()) return singular(connected)
  if (options.extremes === 'keep' && !smoothed && extreme.person.some((end) => end !== 0)) {
    const scores = targets.person.slice()
    for (let round = 0; round < 60; round++) {
      const moved = sharedShift(
        scores,
        targets,
        theta,
        activeBlock,
        blocks,
        eta,
        betaOf(parameters, y.subarray(stepAt)),
        categories,
      )
      value = system.evaluate(theta, y, true)
      if (moved < 1e-11) break
      if (!solve()) return singular(connected)
    }
  }
  value = system.evaluate(theta, y, true)
  const gradientNow = system.relative()
  if (!(gradientNow <= 1e-8)) return singular(connected)
  if (!factorise(matrix, size)) return singular(connected)
  const covariance = inverseFactored(matrix, size)
  for (let a = 0; a < size; a++)
    if (held[a]) for (let b = 0; b < size; b++) covariance[a * size + b] = covariance[b * size + a] = 0
  const beta = betaOf(parameters, y.subarray(stepAt))
  const { members, person, rater, occasion, personVariance, raterVariance } = centredJoint(
    { theta, y, covariance, couplings, personInformation, heldPerson, load, anchoredSubset },
    connected,
    anchors,
    occasions,
  )
  const estimates: Estimates = {
    estimator: smoothed ? 'jml-eps' : 'jml',
    blocks,
    connected,
    parameters,
    u: y.slice(stepAt),
    beta,
    stepCovariance: Float64Array.from({ length: parameters.free ** 2 }, (_, at) => {
      const a = Math.floor(at / parameters.free)
      return covariance[(stepAt + a) * size + stepAt + (at % parameters.free)]!
    }),
    person,
    rater,
    occasion,
    personVariance,
    raterVariance,
    occasionVariance: Float64Array.from(
      { length: occasions },
      (_, o) => covariance[(raters + o) * size + raters + o]!,
    ),
    groups: ratings.raterGroupIds.map((_, g) => {
      const of = members.flat().filter((j) => ratings.raterGroup![j] === g)
      const measure = of.length ? of.reduce((sum, j) => sum + rater[j]!, 0) / of.length : 0
      return {
        measure,
        variance: of.reduce((sum, j) => sum + raterVariance[j]!, 0) / Math.max(1, of.length) ** 2,
      }
    }),
    location: eta,
    mainLocation: eta,
    extremePerson: extreme.person,
    extremeRater: setAside.rater,
    extremeItem: setAside.item,
    anchoredPerson: Uint8Array.from(anchors.persons, (v) => (Number.isNaN(v) ? 0 : 1)),
    anchoredRater: Uint8Array.from(anchors.raters, (v) => (Number.isNaN(v) ? 0 : 1)),
    anchoredItem: Uint8Array.from(anchors.items, (v) => (Number.isNaN(v) ? 0 : 1)),
    variance: { person: null, rater: null, dyad: null, logLikelihood: null },
    logLikelihood: value,
    iterations,
    gradient: gradientNow,
    standardErrors: 'exact',
    asideItemVariance: new Float64Array(items),
    cautions: [],
  }
  if (!locateAside(estimates, epsilon, categories, smoothed, keep)) {
    const message = 'some elements have only highest or lowest ratings, and only with others that do too'
    return refused('all-extreme', message, 'ratings of them beside elements with differing ratings')
  }
  return { ok: true, value: estimates }
}

function singular(connected: Connectivity) {
  const message =
    'joint estimation did not settle: some contrast of raters, items or steps has no finite estimate'
  return refused(
    'not-converged',
    message,
    connected.subsets > 1
      ? 'ratings that link the subsets'
      : 'the conditional estimator (cml), or more ratings',
  )
}
