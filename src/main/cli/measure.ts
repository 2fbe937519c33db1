// rungs measure: many raters' ratings into one fair measure, as tables, JSON or a report.
import { writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { Command, InvalidArgumentError, Option } from 'commander'

import { analyse, BIAS_KINDS, type AnalysisOptions } from '../../core/measure/analysis.ts'
import type { BiasTerm, Estimator, StepModel } from '../../core/measure/measurement.ts'
import type { MeasuringStage } from '../../core/measure/measuring-progress.ts'
import { measurementJson } from '../../core/measure/measurement-json.ts'
import { parseAnchorsText, type Anchors } from '../../core/measure/read-anchors.ts'
import { renderReport } from '../../core/measure/report/report.ts'
import { BadInput } from './exit.ts'
import { print, printJson } from './output.ts'
import { tellProgress } from './progress.ts'
import { formatRefusals, RATINGS_ARGUMENT, readRatingsFile, readText } from './read-ratings-file.ts'
import { renderMeasurement } from './render-measurement.ts'
import { languageOption, type Language } from './speech.ts'

export function measureVerb(): Command {
  return new Command('measure')
    .description('measure persons, raters and items from many ratings (many-facet Rasch model)')
    .argument('<file>', RATINGS_ARGUMENT)
    .addOption(
      new Option('--estimator <name>', 'how to estimate')
        .choices(['cml', 'jml', 'jml-eps', 'mml'])
        .default('cml'),
    )
    .addOption(
      new Option('--steps <model>', 'common steps, or steps for each item')
        .choices(['rsm', 'pcm'])
        .default('rsm'),
    )
    .option(
      '--facets <name=column,...>',
      'columns of person, rater, item, score, occasion, group, weight where their names are not the usual ones',
    )
    .option('--scale <lowest-highest>', 'the printed scale, such as 0-4 (default: the scores that occur)')
    .option('--anchors <file>', 'fixed values: CSV with facet,id,value, or YAML or JSON')
    .option(
      '--bias <kinds>',
      `pairs to test: ${BIAS_KINDS.join(', ')}, all or none, separated by commas`,
      biasKinds,
      ['rater-item', 'person-group', 'group-item'] as BiasTerm['kind'][],
    )
    .option(
      '--calibrate <replicates>',
      'calibrate fit by this many parametric bootstrap replicates, such as 200',
      wholeNumber,
      0,
    )
    .option('--profiles', 'each person by competency: the part of an item id before "/", or the whole id')
    .option('--include-self', 'let self-ratings into the measures (they are kept apart by default)')
    .option('--self-group <name>', 'the rater group of self-ratings', 'self')
    .option(
      '--se-limit <logits>',
      'largest standard error with which others may be shown a measure',
      positive,
      0.8,
    )
    .option('--seed <number>', 'seed of bootstraps', wholeNumber, 1)
    .option('--report <file>', 'write the report, one HTML page')
    .addOption(languageOption('language of refusals, cautions and the report'))
    .option('--json', 'write JSON')
    .action(measure)
}

const STAGES: Readonly<Record<MeasuringStage, string>> = {
  items: 'items and steps',
  people: 'persons, raters and variances',
  joint: 'joint likelihood',
  marginal: 'marginal likelihood',
  errors: 'standard errors',
  agreement: 'agreement',
}

interface Options {
  readonly estimator: Estimator
  readonly steps: StepModel
  readonly facets?: string
  readonly scale?: string
  readonly anchors?: string
  readonly bias: BiasTerm['kind'][]
  readonly includeSelf?: boolean
  readonly selfGroup: string
  readonly seLimit: number
  readonly seed: number
  readonly calibrate: number
  readonly profiles?: boolean
  readonly report?: string
  readonly language: Language
  readonly json?: boolean
}

async function measure(file: string, options: Options): Promise<void> {
  const progress = tellProgress()
  try {
    progress.stage('reading ratings')
    const { ratings } = await readRatingsFile(file, options)
    const anchors =
      options.anchors === undefined ? undefined : await readAnchors(options.anchors, options.language)
    const many = `${ratings.score.length.toLocaleString('en')} ratings of ${ratings.personIds.length} persons by ${ratings.raterIds.length} raters`
    progress.stage(`measuring ${many}`)
    const { estimator, steps, bias, selfGroup, seLimit, seed, includeSelf = false } = options
    const competencyOf = options.profiles
      ? Object.fromEntries(ratings.itemIds.map((id) => [id, id.split('/', 1)[0]!]))
      : undefined
    const wanted: AnalysisOptions = {
      estimator,
      steps,
      bias,
      selfGroup,
      seLimit,
      seed,
      includeSelf,
      replicates: options.calibrate,
      progress: ({ stage, iteration }) =>
        progress.stage(
          `measuring ${many}: ${STAGES[stage]}${iteration === undefined ? '' : `, iteration ${iteration}`}`,
        ),
      ...(anchors ? { anchors } : {}),
      ...(competencyOf ? { competencyOf } : {}),
    }
    const started = performance.now()
    const analysed = analyse(ratings, wanted)
    const seconds = (performance.now() - started) / 1000
    const name = file === '-' ? 'standard input' : file
    if (!analysed.ok) throw new BadInput(formatRefusals(name, analysed.refusals, options.language))
    if (options.report !== undefined) {
      progress.stage('writing the report')
      const date = new Date().toISOString().slice(0, 10)
      const page = renderReport(analysed.value, {
        name: file === '-' ? name : basename(file),
        language: options.language,
        date,
        seconds,
      })
      writeReport(options.report, page)
    }
    progress.end()
    if (options.json) printJson(measurementJson(analysed.value, seconds))
    else print(renderMeasurement(analysed.value, seconds, options.language, options.report))
  } finally {
    progress.end()
  }
}

async function readAnchors(file: string, language: Language): Promise<Anchors> {
  const parsed = parseAnchorsText(await readText(file, language))
  if (!parsed.ok) throw new BadInput(formatRefusals(file, parsed.refusals, language))
  return parsed.value
}

function writeReport(file: string, page: string): void {
  try {
    writeFileSync(file, page)
  } catch (error) {
    throw new BadInput(`--report ${file}: ${(error as Error).message}`)
  }
}

function biasKinds(value: string): BiasTerm['kind'][] {
  if (value === 'all') return [...BIAS_KINDS]
  if (value === 'none') return []
  return value.split(',').map((one) => {
    const kind = BIAS_KINDS.find((each) => each === one.trim())
    if (!kind)
      throw new InvalidArgumentError(
        `There is no bias kind "${one.trim()}"; there are ${BIAS_KINDS.join(', ')}, all and none`,
      )
    return kind
  })
}

/** A number above 0. */
export function positive(value: string): number {
  const number = Number(value)
  if (!(number > 0 && number < Infinity))
    throw new InvalidArgumentError(`Expected a number above 0, got "${value}"`)
  return number
}

/** An integer from 0. */
export function wholeNumber(value: string): number {
  const number = Number(value)
  if (!Number.isSafeInteger(number) || number < 0)
    throw new InvalidArgumentError(`Expected a whole number from 0, got "${value}"`)
  return number
}
