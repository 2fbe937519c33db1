// A run as JSON: one flat, documented shape for other programs.
import type { AgreementReport } from './agreement.ts'
import { withheldReasons, type Analysis } from './analysis.ts'
import type { FitLimits } from './fit-limits.ts'
import type { ElementMeasure } from './measurement.ts'
import type { MeasurementJson } from './measurement-schema.ts'

const orNull = (value: number): number | null => (Number.isFinite(value) ? value : null)

/** An agreement report as JSON. */
export function agreementJson({
  values,
  notDefined,
  ...rest
}: AgreementReport): MeasurementJson['agreement'] {
  return {
    ...rest,
    coefficients: values.map((one) => ({ ...one })),
    notDefined: notDefined.map((one) => ({ ...one })),
  }
}

/** Dependability by rater group as JSON. */
export function dependabilityJson(
  dependability: Analysis['dependability'],
  target: number,
): MeasurementJson['variance']['dependability'] {
  return dependability.map(({ group, result }) => {
    const none = {
      group: group ?? null,
      target,
      components: null,
      ratersNow: null,
      dependability: null,
      generalizability: null,
      ratersNeeded: null,
      ceiling: null,
    }
    if ('refusal' in result) return { ...none, refusal: result.refusal.message }
    const { components, ratersNow, now, needed } = result
    return {
      ...none,
      refusal: null,
      components: { ...components.components },
      ratersNow,
      dependability: now.dependability,
      generalizability: now.generalizability,
      ...(needed.reachable ? { ratersNeeded: needed.raters } : { ceiling: needed.ceiling }),
    }
  })
}

/** A run as plain JSON data of the shape `MeasurementJson`. */
export function measurementJson(analysis: Analysis, seconds: number): MeasurementJson {
  const { measurement } = analysis
  const { summary, subsets } = measurement
  const plain = ({
    id,
    measure,
    se,
    n,
    infit,
    infitZ,
    outfit,
    outfitZ,
    rawAverage,
    fairAverage,
    subset,
    anchored,
    wide,
  }: ElementMeasure) => ({
    id,
    measure,
    se,
    n,
    infit,
    infitZ,
    outfit,
    outfitZ,
    rawAverage,
    fairAverage,
    subset: subset + 1,
    anchored,
    wide: [...wide],
  })
  return {
    summary: {
      model: summary.model,
      estimator: summary.estimator,
      ratings: summary.ratings,
      blocks: summary.blocks,
      persons: summary.persons,
      raters: summary.raters,
      items: summary.items,
      selfRatings: analysis.selfRatings,
      categories: summary.categories,
      lowest: summary.lowest,
      logLikelihood: summary.logLikelihood,
      iterations: summary.iterations,
      gradient: summary.gradient,
      dataHash: summary.dataHash,
      standardErrors: summary.standardErrors,
      seconds,
    },
    persons: measurement.persons.map((person) => ({
      ...plain(person),
      raters: person.raters,
      withheld: withheldReasons(person, measurement, analysis.seLimit),
    })),
    raters: measurement.raters.map((rater) => ({
      ...plain(rater),
      group: rater.group ?? null,
      persons: rater.persons,
      spreadRatio: orNull(rater.spreadRatio),
      rangeRatio: orNull(rater.rangeRatio),
      halo: orNull(rater.halo),
    })),
    items: measurement.items.map(plain),
    occasions: measurement.occasions.map(plain),
    raterGroups: measurement.raterGroups.map((group) => ({ ...group })),
    steps: stepsOf(analysis),
    categories: measurement.categories.map((one) => ({
      id: String(one.category),
      category: one.category,
      n: one.count,
      share: one.share,
      averageMeasure: one.count > 0 ? one.averageMeasure : null,
      outfit: one.count > 0 ? one.outfit : null,
    })),
    fit: fitOf(analysis),
    profiles: analysis.profiles
      ? { spread: analysis.profiles.spread, cells: analysis.profiles.cells.map((cell) => ({ ...cell })) }
      : null,
    reliability: measurement.fit.reliability.map((one) => ({ ...one })),
    subsets: subsets.map((set, at) => ({
      id: String(at + 1),
      n: set.ratings,
      persons: [...set.persons],
      raters: [...set.raters],
      contrastSe: set.contrastSe,
    })),
    links: measurement.links.map(({ rater, person, joins }) => ({
      rater,
      person,
      joins: [String(joins[0] + 1), String(joins[1] + 1)],
    })),
    bias: measurement.bias.map(({ kind, first, second, observed, expected, count, bias, se, t, p, q }) => ({
      id: `${first} × ${second}`,
      measure: bias,
      se,
      n: count,
      kind,
      first,
      second,
      observed,
      expected,
      t,
      p,
      q,
    })),
    self: analysis.self.map((one) => ({
      id: one.id,
      measure: one.difference,
      se: one.se,
      n: one.n,
      self: one.self,
      selfSe: one.selfSe,
      others: one.others,
      othersSe: one.othersSe,
    })),
    unexpected: analysis.unexpected.map(({ occasion, ...one }) => ({ ...one, occasion: occasion ?? null })),
    agreement: agreementJson(analysis.agreement),
    variance: {
      ...measurement.variance,
      dependability: dependabilityJson(analysis.dependability, analysis.target),
    },
    cautions: measurement.cautions.map(({ code, message, ids }) => ({
      code,
      message,
      ids: [...(ids ?? [])],
    })),
  }
}

/** Steps with the ratings of their two categories: those that tell where the step is. */
function stepsOf({ measurement, ratings }: Analysis): MeasurementJson['steps'] {
  const { lowest, itemIds } = ratings
  const counts = new Map<string, number>()
  for (let r = 0; r < ratings.score.length; r++) {
    const key = `${ratings.item[r]!} ${ratings.score[r]!}`
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  const countOf = (item: string | undefined, category: number) => {
    const items = item === undefined ? itemIds.keys() : [itemIds.indexOf(item)]
    let sum = 0
    for (const i of items) sum += counts.get(`${i} ${category - lowest}`) ?? 0
    return sum
  }
  return measurement.steps.map(({ item, category, measure, se }) => ({
    id: item === undefined ? String(category) : `${item}:${category}`,
    measure,
    se,
    n: countOf(item, category) + countOf(item, category - 1),
    item: item ?? null,
    category,
  }))
}

function fitOf({ measurement, fitLimits }: Analysis): MeasurementJson['fit'] {
  const { fit, summary } = measurement
  const none = { infitP: null, outfitP: null, infitLimits: null, outfitLimits: null }
  const calibrated = (limits: readonly FitLimits[] = []) => new Map(limits.map((one) => [one.id, one]))
  const [persons, raters, items] = [
    calibrated(fitLimits?.persons),
    calibrated(fitLimits?.raters),
    calibrated(fitLimits?.items),
  ]
  const line =
    (facet: MeasurementJson['fit'][number]['facet'], limits = new Map<string, FitLimits>()) =>
    ({
      id,
      measure,
      se,
      n,
      infit,
      infitZ,
      outfit,
      outfitZ,
    }: ElementMeasure): MeasurementJson['fit'][number] => {
      const own = limits.get(id)
      const bootstrap = own
        ? {
            infitP: own.infitP,
            outfitP: own.outfitP,
            infitLimits: [...own.infit] as [number, number],
            outfitLimits: [...own.outfit] as [number, number],
          }
        : none
      return { facet, id, measure, se, n, infit, infitZ, outfit, outfitZ, ...bootstrap }
    }
  const { infit, infitZ, outfit, outfitZ } = fit
  return [
    {
      facet: 'all',
      id: 'all',
      measure: 0,
      se: 0,
      n: summary.ratings,
      infit,
      infitZ,
      outfit,
      outfitZ,
      ...none,
    },
    ...measurement.persons.map(line('person', persons)),
    ...measurement.raters.map(line('rater', raters)),
    ...measurement.items.map(line('item', items)),
    ...measurement.occasions.map(line('occasion')),
  ]
}
