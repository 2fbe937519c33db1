// rungs people: shows what a people file would change, and applies it.
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { Argument, Command, Option } from 'commander'
import { ENCODINGS, type Encoding } from '../../core/ladders/decode.ts'
import { isDay } from '../../core/org/day.ts'
import { CHANGE_KINDS } from '../../core/org/people-import/change.ts'
import { formatPeopleFault, type PeopleFault } from '../../core/org/people-import/fault.ts'
import { detectMapping } from '../../core/org/people-import/fields.ts'
import { readPeopleTables } from '../../core/org/people-import/table.ts'
import { importPeople } from '../../features/people/import-commands.ts'
import { BadInput, EXIT, finish } from './exit.ts'
import { withDatabase } from './open-database.ts'
import { organisationContext } from './organisation-context.ts'
import { print, printJson } from './output.ts'

interface Options {
  day?: string
  missing: 'stay' | 'leave'
  encoding?: Encoding
  framework?: string
  apply?: boolean
  data?: string
  organisation?: string
  json?: boolean
}

export function peopleVerb(): Command {
  return new Command('people')
    .description('show what a people file would change (exit code 1 when it has faults), or apply it')
    .addArgument(new Argument('<what>', 'import a file').choices(['import']))
    .argument('<file>', 'a CSV, TSV or XLSX file with a row for each person')
    .option('--day <day>', 'the day from which the file holds, as 2026-03-31 (default: today)')
    .addOption(
      new Option('--missing <what>', 'what becomes of people who are not in the file')
        .choices(['stay', 'leave'])
        .default('stay'),
    )
    .addOption(
      new Option('--encoding <name>', 'how a CSV or TSV file is encoded (default: as it is found)').choices(
        ENCODINGS,
      ),
    )
    .option('--framework <id>', 'the framework that roles in the file are of')
    .option('--apply', 'write the changes; without it nothing is written')
    .option(
      '--data <folder>',
      'the folder of the database (default: RUNGS_DATA, else data beside the program)',
    )
    .option('--organisation <id>', 'the organisation, where there are several')
    .option('--json', 'print the outcome as JSON')
    .action(people)
}

async function people(_what: 'import', file: string, options: Options): Promise<void> {
  const { day, missing, encoding, framework, apply = false, data, organisation, json } = options
  if (day !== undefined && !isDay(day)) throw new BadInput(`--day: expected a day as 2026-03-31, got ${day}.`)
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw new BadInput(`${file}: ${error.code === 'ENOENT' ? 'no such file' : error.message}.`)
  })
  const {
    encoding: found,
    tables,
    faults,
  } = readPeopleTables({ path: basename(file), bytes, ...(encoding === undefined ? {} : { encoding }) })
  const [table] = tables
  if (faults.length > 0 || !table)
    throw new BadInput(faults.map(({ place, message }) => `${place}: ${message}`).join('\n'))
  await withDatabase(data, async (opened) => {
    const context = await organisationContext(opened, organisation)
    const input = {
      table: {
        ...{ file: table.file, workbook: table.workbook, headings: [...table.headings] },
        rows: table.rows.map(({ row, cells }) => ({ row, cells: [...cells] })),
      },
      ...{
        mapping: { ...detectMapping(table.headings) },
        day: day ?? context.today,
        missing,
        framework,
      },
    }
    for await (const event of importPeople(context, input)) {
      if (event.kind !== 'preview') continue
      const { preview } = event
      if (json) printJson(preview)
      else {
        const wrong = preview.faults as readonly PeopleFault[]
        const changes = CHANGE_KINDS.filter((kind) => (preview.counts[kind] ?? 0) > 0)
        print(
          [
            ...(found === null || found === 'utf-8' ? [] : [`read as ${found}`]),
            ...wrong.map(formatPeopleFault),
            ...changes.map((kind) => `${kind}: ${preview.counts[kind]}`),
            `unchanged: ${preview.unchanged}`,
            ...(preview.placesFrom === null
              ? []
              : [
                  `${preview.placesFrom.people} have worked here for longer, the first since ${preview.placesFrom.first}: before ${preview.placesFrom.day} their places are not known (--day).`,
                ]),
          ].join('\n'),
        )
      }
      if (preview.faults.length > 0) return finish(EXIT.findings)
      if (!apply) return
      for await (const step of importPeople(context, { ...input, apply: preview.hash }))
        if (step.kind === 'applied' && !json)
          print(`${step.changes} changes of ${step.people} people applied.`)
    }
  })
}
