// The JSON of a run as a schema: what other programs may rely on.
import { z } from 'zod'

const figure = z.number()
const text = z.string()

/** A located element; `n` counts the ratings it rests on. */
const element = z.object({ id: text, measure: figure, se: figure, n: z.number().int() })
const fitted = element.extend({ infit: figure, infitZ: figure, outfit: figure, outfitZ: figure })
const measured = fitted.extend({
  rawAverage: figure,
  fairAverage: figure,
  subset: z.number().int(),
  anchored: z.boolean(),
  wide: z.array(text),
})
const coefficient = z.object({
  id: text,
  value: figure,
  se: figure.nullable(),
  lower: figure,
  upper: figure,
  n: z.number().int(),
})
const agreement = z.object({
  units: z.number().int(),
  unitsWithPairs: z.number().int(),
  raters: z.number().int(),
  level: figure,
  coefficients: z.array(coefficient),
  notDefined: z.array(z.object({ id: text, reason: text })),
})
const dependability = z.object({
  group: text.nullable(),
  refusal: text.nullable(),
  components: z.record(text, figure).nullable(),
  ratersNow: figure.nullable(),
  dependability: figure.nullable(),
  generalizability: figure.nullable(),
  target: figure,
  ratersNeeded: z.number().int().nullable(),
  ceiling: figure.nullable(),
})

/** The JSON that `rungs measure --json` writes. Measures and errors in logits, averages in score points. */
export const MeasurementJson = z.object({
  summary: z.object({
    model: z.enum(['rsm', 'pcm']),
    estimator: z.enum(['cml', 'jml', 'jml-eps', 'mml']),
    ratings: z.number().int(),
    blocks: z.number().int(),
    persons: z.number().int(),
    raters: z.number().int(),
    items: z.number().int(),
    selfRatings: z.number().int(),
    categories: z.number().int(),
    lowest: z.number().int(),
    logLikelihood: figure,
    iterations: z.number().int(),
    gradient: figure,
    dataHash: text,
    standardErrors: text,
    seconds: figure,
  }),
  persons: z.array(measured.extend({ raters: z.number().int(), withheld: z.array(text) })),
  raters: z.array(
    measured.extend({
      group: text.nullable(),
      persons: z.number().int(),
      spreadRatio: figure.nullable(),
      rangeRatio: figure.nullable(),
      halo: figure.nullable(),
    }),
  ),
  items: z.array(measured),
  occasions: z.array(measured),
  raterGroups: z.array(element),
  steps: z.array(element.extend({ item: text.nullable(), category: z.number().int() })),
  categories: z.array(
    z.object({
      id: text,
      category: z.number().int(),
      n: z.number().int(),
      share: figure,
      averageMeasure: figure.nullable(),
      outfit: figure.nullable(),
    }),
  ),
  fit: z.array(
    fitted.extend({
      facet: z.enum(['all', 'person', 'rater', 'item', 'occasion']),
      // By parametric bootstrap, where it was asked for.
      infitP: figure.nullable(),
      outfitP: figure.nullable(),
      infitLimits: z.tuple([figure, figure]).nullable(),
      outfitLimits: z.tuple([figure, figure]).nullable(),
    }),
  ),
  profiles: z
    .object({
      spread: figure,
      cells: z.array(
        z.object({
          person: text,
          competency: text,
          measure: figure,
          se: figure,
          n: z.number().int(),
          shrinkage: figure,
          leansOnOverall: z.boolean(),
        }),
      ),
    })
    .nullable(),
  reliability: z.array(
    z.object({
      facet: text,
      elements: z.number().int(),
      sd: figure,
      rmse: figure,
      separation: figure,
      reliability: figure,
    }),
  ),
  subsets: z.array(
    z.object({
      id: text,
      n: z.number().int(),
      persons: z.array(text),
      raters: z.array(text),
      contrastSe: figure.nullable(),
    }),
  ),
  links: z.array(z.object({ rater: text, person: text, joins: z.tuple([text, text]) })),
  bias: z.array(
    element.extend({
      kind: text,
      first: text,
      second: text,
      observed: figure,
      expected: figure,
      t: figure,
      p: figure,
      q: figure,
    }),
  ),
  self: z.array(element.extend({ self: figure, selfSe: figure, others: figure, othersSe: figure })),
  unexpected: z.array(
    z.object({
      person: text,
      rater: text,
      item: text,
      occasion: text.nullable(),
      score: z.number().int(),
      expected: figure,
      residual: figure,
    }),
  ),
  agreement,
  variance: z.object({
    person: figure.nullable(),
    rater: figure.nullable(),
    dyad: figure.nullable(),
    logLikelihood: figure.nullable(),
    dependability: z.array(dependability),
  }),
  cautions: z.array(z.object({ code: text, message: text, ids: z.array(text) })),
})
export type MeasurementJson = z.infer<typeof MeasurementJson>
