// A run as tables for the terminal: persons, raters, items, scores, and what was doubtful.
import { withheldReasons, type Analysis } from '../../core/measure/analysis.ts'
import { dependabilityJson } from '../../core/measure/measurement-json.ts'
import { accent, bold, dim, warn } from './output.ts'
import { formatCaution } from './read-ratings-file.ts'
import type { Language } from './speech.ts'
import { printable, renderTable } from './table.ts'

/** Tables are cut after this many rows; --json writes all. */
const MOST_ROWS = 60
const Z90 = 1.6449
const fixed = (value: number | null, digits = 2): string =>
  value === null || !Number.isFinite(value) ? '-' : value.toFixed(digits)
const interval = (measure: number, se: number) =>
  `${fixed(measure - Z90 * se)} to ${fixed(measure + Z90 * se)}`
const byId = (a: { id: string }, b: { id: string }) => a.id.localeCompare(b.id, 'en', { numeric: true })

export function renderMeasurement(
  analysis: Analysis,
  seconds: number,
  language: Language,
  report?: string,
): string {
  const { measurement } = analysis
  const { summary, fit } = measurement
  const grouped = measurement.raterGroups.length > 1
  const parts: string[] = [
    `${bold('Ratings')} ${summary.ratings.toLocaleString('en')} by ${summary.raters} raters of ${summary.persons} persons on ${summary.items} items, scale ${summary.lowest}-${summary.lowest + summary.categories - 1}${analysis.selfRatings > 0 ? `; ${analysis.selfRatings} self-ratings kept apart` : ''}`,
    ...measurement.cautions.map((one) => warn(printable80(formatCaution(one, language)))),
    '',
    accent('Persons (logits; by name, not by rank; interval 90 %)'),
    cut(
      measurement.persons.toSorted(byId),
      (person) => {
        const withheld = withheldReasons(person, measurement, analysis.seLimit)
        return [
          printable(person.id),
          String(person.raters),
          String(person.n),
          fixed(person.rawAverage),
          fixed(person.fairAverage),
          fixed(person.measure),
          fixed(person.se),
          interval(person.measure, person.se),
          fixed(person.infit),
          fixed(person.outfit),
          withheld.length === 0 ? 'yes' : `no: ${withheld.join(', ')}`,
        ]
      },
      [
        'person',
        'raters',
        'n',
        'raw',
        'fair',
        'measure',
        'se',
        'interval',
        'infit',
        'outfit',
        'may be shown',
      ],
      [0, 10],
    ),
    '',
    accent('Raters (positive is harsh)'),
    cut(
      measurement.raters.toSorted(byId),
      (rater) => [
        printable(rater.id),
        ...(grouped ? [printable(rater.group ?? '')] : []),
        String(rater.persons),
        String(rater.n),
        fixed(rater.rawAverage),
        fixed(rater.fairAverage),
        fixed(rater.measure),
        fixed(rater.se),
        interval(rater.measure, rater.se),
        fixed(rater.infit),
        fixed(rater.outfit),
      ],
      [
        'rater',
        ...(grouped ? ['group'] : []),
        'persons',
        'n',
        'raw',
        'fair',
        'severity',
        'se',
        'interval',
        'infit',
        'outfit',
      ],
      grouped ? [0, 1] : [0],
    ),
    '',
    accent('Items (positive is hard)'),
    cut(
      measurement.items.toSorted((a, b) => b.measure - a.measure),
      (item) => [
        printable(item.id),
        String(item.n),
        fixed(item.rawAverage),
        fixed(item.measure),
        fixed(item.se),
        interval(item.measure, item.se),
        fixed(item.infit),
        fixed(item.outfit),
      ],
      ['item', 'n', 'raw', 'measure', 'se', 'interval', 'infit', 'outfit'],
    ),
  ]
  if (measurement.occasions.length > 0) {
    parts.push(
      '',
      accent('Occasions'),
      cut(
        measurement.occasions,
        (one) => [printable(one.id), String(one.n), fixed(one.measure), fixed(one.se)],
        ['occasion', 'n', 'measure', 'se'],
      ),
    )
  }
  parts.push(
    '',
    accent('Scores'),
    renderTable(
      ['score', 'n', 'share', 'average measure', 'outfit'],
      measurement.categories.map((one) => [
        String(one.category),
        String(one.count),
        `${(100 * one.share).toFixed(0)} %`,
        one.count > 0 ? fixed(one.averageMeasure) : '-',
        one.count > 0 ? fixed(one.outfit) : '-',
      ]),
    ),
  )
  parts.push(
    '',
    accent('Steps'),
    cut(
      measurement.steps,
      (step) => [
        printable(step.item ?? 'all items'),
        `${step.category}`,
        fixed(step.measure),
        fixed(step.se),
      ],
      ['item', 'into score', 'measure', 'se'],
    ),
  )
  parts.push(
    '',
    accent('Reliability'),
    renderTable(
      ['facet', 'elements', 'SD', 'RMSE', 'separation', 'reliability'],
      fit.reliability.map((one) => [
        one.facet,
        String(one.elements),
        fixed(one.sd),
        fixed(one.rmse),
        fixed(one.separation),
        fixed(one.reliability),
      ]),
    ),
  )
  if (measurement.subsets.length > 1) {
    parts.push(
      '',
      accent('Sets without a rater in common'),
      cut(
        measurement.subsets.map((set, at) => ({ ...set, at })),
        (set) => [
          String(set.at + 1),
          String(set.persons.length),
          String(set.raters.length),
          String(set.ratings),
          fixed(set.contrastSe),
        ],
        ['set', 'persons', 'raters', 'ratings', 'contrast se'],
      ),
    )
    parts.push(
      ...measurement.links
        .slice(0, 10)
        .map(
          (link) =>
            `  would join sets ${link.joins[0] + 1} and ${link.joins[1] + 1}: ${printable(link.rater)} judges ${printable(link.person)}`,
        ),
    )
  }
  const flagged = measurement.bias.filter((term) => term.q < 0.05).toSorted((a, b) => a.q - b.q)
  if (measurement.bias.length > 0) {
    parts.push('', accent(`Bias: ${flagged.length} of ${measurement.bias.length} pairs stand out (q < 0.05)`))
    if (flagged.length > 0)
      parts.push(
        cut(
          flagged,
          (term) => [
            term.kind,
            printable(term.first),
            printable(term.second),
            String(term.count),
            fixed(term.bias),
            fixed(term.se),
            fixed(term.q, 3),
          ],
          ['kind', 'first', 'second', 'n', 'bias', 'se', 'q'],
          [0, 1, 2],
          15,
        ),
      )
  }
  if (analysis.unexpected.length > 0) {
    parts.push(
      '',
      accent('Ratings to look at again'),
      cut(
        analysis.unexpected,
        (one) => [
          printable(one.person),
          printable(one.rater),
          printable(one.item),
          String(one.score),
          fixed(one.expected, 1),
          fixed(one.residual, 1),
        ],
        ['person', 'rater', 'item', 'score', 'expected', 'SDs away'],
        [0, 1, 2],
        10,
      ),
    )
  }
  if (analysis.profiles) {
    const { cells, spread } = analysis.profiles
    const shown = cells.toSorted(
      (a, b) =>
        a.person.localeCompare(b.person, 'en', { numeric: true }) ||
        a.competency.localeCompare(b.competency, 'en'),
    )
    parts.push(
      '',
      accent(`People by competency (an estimated SD of ${fixed(spread)} about each person's own level)`),
      cut(
        shown,
        (cell) => [
          printable(cell.person),
          printable(cell.competency),
          fixed(cell.measure),
          fixed(cell.se),
          String(cell.n),
          `${Math.round(100 * cell.shrinkage)} %`,
        ],
        ['person', 'competency', 'measure', 'se', 'n', 'of it own overall level'],
        [0, 1],
      ),
    )
  }
  parts.push(
    '',
    accent(`Raters needed for a dependability of ${analysis.target}`),
    renderDependability(analysis.dependability, analysis.target),
  )
  parts.push(
    '',
    dim(
      `${summary.model}, ${summary.estimator}; log-likelihood ${summary.logLikelihood.toFixed(4)}; ${summary.iterations} iterations, relative gradient ${summary.gradient.toExponential(1)}; data ${summary.dataHash}; ${seconds.toFixed(3)} s`,
    ),
  )
  if (report !== undefined) parts.push(`Report: ${report}`)
  return parts.join('\n')
}

/** Raters needed by group, as a table. */
export function renderDependability(dependability: Analysis['dependability'], target: number): string {
  const lines = dependabilityJson(dependability, target)
  return renderTable(
    ['raters', 'per person now', 'dependability', 'needed', ''],
    lines.map((one) => [
      one.group === null ? 'all' : printable(one.group),
      fixed(one.ratersNow, 1),
      fixed(one.dependability),
      one.ratersNeeded === null ? '-' : String(one.ratersNeeded),
      one.refusal ?? (one.ratersNeeded === null ? `not within reach: at most ${fixed(one.ceiling)}` : ''),
    ]),
    [0, 4],
  )
}

function cut<T>(
  list: readonly T[],
  row: (one: T) => string[],
  head: readonly string[],
  left: readonly number[] = [0],
  most = MOST_ROWS,
): string {
  const table = renderTable(head, list.slice(0, most).map(row), left)
  return list.length > most ? `${table}\n${dim(`… ${list.length - most} more: --json writes all`)}` : table
}

const printable80 = (message: string) => message.replaceAll(/[\u0000-\u001F\u007F-\u009F]/g, '\uFFFD')
