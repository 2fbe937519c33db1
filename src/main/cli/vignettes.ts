// rungs vignettes: self-ratings placed among the same person's ratings of described people, ties and violations first.
import { Command } from 'commander'

import { parseVignettesText } from '../../core/measure/read-vignettes.ts'
import { spreadOfRanks, vignetteOrder, vignetteRank } from '../../core/measure/vignettes.ts'
import { BadInput } from './exit.ts'
import { accent, bold, dim, print, printJson } from './output.ts'
import { formatRefusals, readText } from './read-ratings-file.ts'
import { languageOption, type Language } from './speech.ts'
import { printable, renderTable } from './table.ts'

/** Rows of people on the terminal; the JSON has all. */
const MOST_ROWS = 40

export function vignettesVerb(): Command {
  return new Command('vignettes')
    .description('place self-ratings among vignettes (the C scale), with tie and violation rates')
    .argument('<file>', 'a CSV or TSV file, one row a person, or - for standard input')
    .option('--self <column>', 'the column of self-ratings', 'self')
    .option('--person <column>', 'the column of names (default: person where there is one, else row numbers)')
    .option(
      '--order <columns>',
      'columns of the vignettes, lowest first, separated by commas (default: all others)',
    )
    .addOption(languageOption('language of refusals'))
    .option('--json', 'write JSON')
    .action(vignettes)
}

interface Options {
  readonly self: string
  readonly person?: string
  readonly order?: string
  readonly language: Language
  readonly json?: boolean
}

async function vignettes(file: string, { self, person, order, language, json }: Options): Promise<void> {
  const read = parseVignettesText(await readText(file, language), {
    self,
    ...(person === undefined ? {} : { person }),
    ...(order === undefined ? {} : { vignettes: order.split(',').map((name) => name.trim()) }),
  })
  if (!read.ok)
    throw new BadInput(formatRefusals(file === '-' ? 'standard input' : file, read.refusals, language))
  const { vignettes: names, rows } = read.value
  const found = vignetteOrder(rows.map((row) => row.ratings))
  const ranked = rows.flatMap(({ person: id, self: own, ratings }) => {
    const complete = ratings.filter((rating): rating is number => rating !== null)
    return own === null || complete.length < ratings.length
      ? []
      : [{ id, self: own, ...vignetteRank(own, complete) }]
  })
  const values = 2 * names.length + 1
  const spread = spreadOfRanks(ranked, values)
  const left = rows.length - ranked.length
  if (json) {
    return printJson({
      summary: { people: rows.length, ranked: ranked.length, leftOut: left, vignettes: names, values },
      order: {
        tieRate: found.tieRate,
        violationRate: found.violationRate,
        people: found.people,
        below: found.below,
      },
      spread,
      persons: ranked,
    })
  }
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`
  const parts = [
    `${bold('Vignettes')} ${names.map(printable).join(' < ')}, as ${found.people} people rate them; ${left} of ${rows.length} rows lack an answer and are left out`,
    '',
    accent('Read this first'),
    `  ties: ${percent(found.tieRate)} of people give two vignettes the same rating`,
    `  violations: ${percent(found.violationRate)} of people put a pair in the other order`,
  ]
  if (found.violationRate > 0.25)
    parts.push(
      '  More than a quarter do not see the order that is meant: these vignettes do not yet serve as a yardstick.',
    )
  parts.push(
    '',
    accent('Share of people who rate the row below the column'),
    renderTable(
      ['', ...names.map(printable)],
      names.map((name, i) => [
        printable(name),
        ...names.map((_, j) => (i === j ? '' : percent(found.below[i]![j]!))),
      ]),
    ),
    '',
    accent(
      `Where people place themselves: 1 below all, ${values} above all, even numbers equal to a vignette`,
    ),
    renderTable(
      ['C', 'intervals shared out', 'single values only'],
      spread.uniform.map((share, at) => [String(at + 1), percent(share), percent(spread.scalarOnly[at]!)]),
    ),
    '',
    renderTable(
      ['person', 'self', 'C'],
      ranked
        .slice(0, MOST_ROWS)
        .map((one) => [
          printable(one.id),
          String(one.self),
          one.from === one.to ? String(one.from) : `${one.from}-${one.to}`,
        ]),
    ),
  )
  if (ranked.length > MOST_ROWS) parts.push(dim(`… and ${ranked.length - MOST_ROWS} more; --json has all.`))
  parts.push(
    dim(
      'Scoring by vignettes raises reliability coefficients even on random data: judge them by the rates above.',
    ),
  )
  print(parts.join('\n'))
}
