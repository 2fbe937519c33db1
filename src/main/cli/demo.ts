// rungs demo: loads the sample organisation into an empty one, and removes it again.
import { Argument, Command } from 'commander'

import { loadSample, removeSample } from '../../features/people/sample.ts'
import { withDatabase } from './open-database.ts'
import { organisationContext } from './organisation-context.ts'
import { print } from './output.ts'

export function demoVerb(): Command {
  return new Command('demo')
    .description('load 300 invented people with two years of history, or remove them and nothing else')
    .addArgument(new Argument('<what>', 'load or remove').choices(['load', 'remove']))
    .option(
      '--data <folder>',
      'the folder of the database (default: RUNGS_DATA, else data beside the program)',
    )
    .option('--organisation <id>', 'the organisation, where there are several')
    .action(demo)
}

async function demo(
  what: 'load' | 'remove',
  { data, organisation }: { data?: string; organisation?: string },
): Promise<void> {
  await withDatabase(data, async (opened) => {
    const context = await organisationContext(opened, organisation)
    if (what === 'load')
      print(`${(await loadSample(context)).people} people of the sample organisation loaded.`)
    else print(`${(await removeSample(context)).people} people of the sample organisation removed.`)
  })
}
