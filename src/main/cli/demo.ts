// rungs demo: loads the sample organisation into an empty one, and removes it again.
import { Argument, Command } from 'commander'

import { loadSample, removeSample } from '../../features/people/sample.ts'
import { loadSampleRounds } from '../../features/rounds/sample-rounds.ts'
import { RungsError } from '../../platform/errors.ts'
import type { Context } from '../../platform/procedure.ts'
import { withDatabase, type OpenedDatabase } from './open-database.ts'
import { organisationContext } from './organisation-context.ts'
import { print } from './output.ts'

export function demoVerb(): Command {
  return new Command('demo')
    .description(
      'load 300 invented people with two years of history, assessments and two closed rounds, or remove all of it and nothing else',
    )
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
  const act = async (opened: OpenedDatabase) => {
    const context = await organisationContext(opened, organisation)
    if (what === 'load') await load(context)
    else print(`${(await removeSample(context)).people} people of the sample organisation removed.`)
  }
  await withDatabase(data, act, { make: what === 'load' })
}

const DOING = {
  assessments: 'Self-assessments …',
  'first-round': 'First round …',
  'second-round': 'Second round …',
}

/** People first; where they are here already from a load that was broken off, what is missing is added. */
async function load(context: Context): Promise<void> {
  process.stderr.write('People …\n')
  const people = await loadSample(context).catch(async (error: unknown) => {
    if (!(error instanceof RungsError) || error.kind !== 'conflict' || !(await holdsSample(context)))
      throw error
    return undefined
  })
  if (people) print(`${people.people} people of the sample organisation loaded.`)
  for await (const event of loadSampleRounds(context))
    if (event.kind === 'progress') tellStep(event)
    else
      print(
        `${event.assessments} self-assessments, ${event.rounds} closed rounds and ${event.ratings} ratings loaded.\nThe owner is now people partner of its unit Technology, and so may look at results: Rounds, or somebody under People.`,
      )
}

/** In a terminal one line per step, which counts up; elsewhere each step as it begins. */
function tellStep({ step, share }: { step: keyof typeof DOING; share: number }): void {
  if (process.stderr.isTTY && share > 0)
    process.stderr.write(`\r${DOING[step]} ${Math.round(100 * share)} %${share === 1 ? '\n' : ''}`)
  else if (share === 0)
    process.stderr.write(`${DOING[step]}${process.stderr.isTTY && step !== 'assessments' ? '' : '\n'}`)
}

async function holdsSample({ db, actor }: Context): Promise<boolean> {
  const found = await db
    .selectFrom('person')
    .select('id')
    .where('organisation_id', '=', actor.organisation)
    .where('sample', '=', true)
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}
