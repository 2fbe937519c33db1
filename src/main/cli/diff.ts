// rungs diff: what changed between two frameworks, in their own terms.
import { Command, Option } from 'commander'

import { diffFrameworks } from '../../core/framework/diff/diff.ts'
import { renderChanges } from '../../core/framework/diff/render.ts'
import { BadInput, EXIT, finish } from './exit.ts'
import { print, printJson } from './output.ts'
import { FRAMEWORK_ARGUMENT, readFramework } from './read-framework.ts'

export function diffVerb(): Command {
  return new Command('diff')
    .description('say what changed from one framework to another (exit code 1 when anything did)')
    .argument('<before>', FRAMEWORK_ARGUMENT)
    .argument('<after>', 'the same')
    .option('--language <tag>', 'language of the titles', 'en')
    .addOption(
      new Option('--format <format>', 'how to write it')
        .choices(['text', 'markdown', 'json'])
        .default('text'),
    )
    .option('--json', 'the same as --format json')
    .action(diff)
}

interface Options {
  language: string
  format: 'text' | 'markdown' | 'json'
  json?: boolean
}

async function diff(before: string, after: string, { language, format, json }: Options): Promise<void> {
  if (before === '-' && after === '-') throw new BadInput('only one of the two can be standard input')
  const old = await readFramework(before)
  const now = await readFramework(after)
  const changes = diffFrameworks(old.framework, now.framework, { language })
  if (json || format === 'json') {
    const name = ({ id, version }: typeof now.framework) => ({ id, version })
    printJson({ before: name(old.framework), after: name(now.framework), changes })
  } else print(renderChanges(changes, old.framework, now.framework, format))
  finish(changes.length === 0 ? EXIT.fine : EXIT.findings)
}
