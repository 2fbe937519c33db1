// rungs agree: how far raters agree, coefficient by coefficient, and how many raters would be enough.
import { Command } from 'commander'

import { agreementOf, type AgreementGapReason } from '../../core/measure/agreement.ts'
import { dependabilityByGroup } from '../../core/measure/dependability.ts'
import { agreementJson, dependabilityJson } from '../../core/measure/measurement-json.ts'
import { seededRandom } from '../../core/measure/seeded-random.ts'
import { withoutSelf } from '../../core/measure/self-ratings.ts'
import { BadInput } from './exit.ts'
import { positive, wholeNumber } from './measure.ts'
import { accent, bold, dim, print, printJson } from './output.ts'
import { tellProgress } from './progress.ts'
import { formatRefusals, RATINGS_ARGUMENT, readRatingsFile } from './read-ratings-file.ts'
import { renderDependability } from './render-measurement.ts'
import { languageOption, type Language } from './speech.ts'
import { renderTable } from './table.ts'

const REASONS: Record<AgreementGapReason, string> = {
  'no-pairs': 'nothing was rated by two raters',
  'one-category': 'only one score was ever given',
  'not-crossed': 'needs the same raters on everything; here they differ from one to the next',
  'unequal-raters': 'needs equally many ratings of everything; here the numbers differ',
  'no-variation': 'the ratings do not vary',
  'too-large': 'too many raters for its jackknife; fleiss-kappa serves',
}

export function agreeVerb(): Command {
  return new Command('agree')
    .description(
      'agreement of raters: alpha, intraclass correlations, weighted kappas, Gwet’s AC, and dependability',
    )
    .argument('<file>', RATINGS_ARGUMENT)
    .option(
      '--facets <name=column,...>',
      'columns of person, rater, item, score, occasion, group, weight where their names are not the usual ones',
    )
    .option('--scale <lowest-highest>', 'the printed scale, such as 0-4 (default: the scores that occur)')
    .option('--include-self', 'let self-ratings in (they are kept apart by default)')
    .option('--self-group <name>', 'the rater group of self-ratings', 'self')
    .option('--level <share>', 'coverage of intervals', positive, 0.95)
    .option('--resamples <number>', 'bootstrap resamples of alpha', wholeNumber, 1000)
    .option('--target <share>', 'dependability asked for', positive, 0.8)
    .option('--seed <number>', 'seed of the bootstrap', wholeNumber, 1)
    .addOption(languageOption('language of refusals'))
    .option('--json', 'write JSON')
    .action(agree)
}

interface Options {
  readonly facets?: string
  readonly scale?: string
  readonly includeSelf?: boolean
  readonly selfGroup: string
  readonly level: number
  readonly resamples: number
  readonly target: number
  readonly seed: number
  readonly language: Language
  readonly json?: boolean
}

async function agree(file: string, options: Options): Promise<void> {
  const { level, target, resamples } = options
  if (level >= 1 || target >= 1) throw new BadInput('--level and --target are shares between 0 and 1')
  const progress = tellProgress()
  try {
    progress.stage('reading ratings')
    const { ratings } = await readRatingsFile(file, options)
    const { others } = options.includeSelf ? { others: ratings } : withoutSelf(ratings, options.selfGroup)
    if (others.score.length === 0)
      throw new BadInput(
        formatRefusals(
          file,
          [
            {
              code: 'no-ratings',
              message: 'all ratings are self-ratings',
              missing: 'ratings by others, or --include-self',
            },
          ],
          options.language,
        ),
      )
    progress.stage('computing agreement')
    const agreement = agreementOf(others, { random: seededRandom(options.seed), level, resamples })
    progress.stage('estimating variance components')
    const dependability = dependabilityByGroup(others, target)
    progress.end()
    if (options.json) {
      const self = ratings.score.length - others.score.length
      return printJson({
        summary: {
          ratings: others.score.length,
          selfRatings: self,
          persons: others.personIds.length,
          raters: others.raterIds.length,
          items: others.itemIds.length,
          seed: options.seed,
        },
        agreement: agreementJson(agreement),
        dependability: dependabilityJson(dependability, target),
      })
    }
    const fixed = (value: number) => value.toFixed(3)
    const parts = [
      `${bold('Agreement')} on ${agreement.unitsWithPairs} of ${agreement.units} judgements (person × item) that two raters or more made; 1 is perfect, 0 is chance`,
      '',
      renderTable(
        ['coefficient', 'value', `${100 * level} % interval`, 'se'],
        agreement.values.map((one) => [
          one.id,
          fixed(one.value),
          `${fixed(one.lower)} to ${fixed(one.upper)}`,
          one.se === null ? '' : fixed(one.se),
        ]),
      ),
    ]
    const reasons = [...new Set(agreement.notDefined.map((gap) => gap.reason))]
    if (reasons.length > 0) parts.push('', accent('Not defined on these ratings'))
    for (const reason of reasons) {
      const ids = agreement.notDefined.filter((gap) => gap.reason === reason).map((gap) => gap.id)
      parts.push(`  ${ids.join(', ')}: ${REASONS[reason]}`)
    }
    parts.push(
      '',
      accent(`Raters needed for a dependability of ${target}`),
      renderDependability(dependability, target),
    )
    parts.push(dim('Dependability is that of plain means of raw scores, each rater on all items.'))
    print(parts.join('\n'))
  } finally {
    progress.end()
  }
}
