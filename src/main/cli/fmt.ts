// rungs fmt: formats framework files; comments stay.
import { randomUUID } from 'node:crypto'
import { realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { Command } from 'commander'

import { reformatText } from '../../core/framework/reformat.ts'
import { BadInput, EXIT, finish } from './exit.ts'
import { print, printJson } from './output.ts'
import { FRAMEWORK_ARGUMENT, formatFaults, readSource } from './read-framework.ts'

export function fmtVerb(): Command {
  return new Command('fmt')
    .description('format a framework file (to standard output unless told otherwise); comments stay')
    .argument('[framework]', FRAMEWORK_ARGUMENT, 'framework.yaml')
    .option('--write', 'rewrite the file')
    .option('--check', 'only say whether formatting would change it (exit code 1)')
    .option('--json', 'write JSON: { file, changed, text }')
    .action(fmt)
}

interface Options {
  write?: boolean
  check?: boolean
  json?: boolean
}

async function fmt(argument: string, { write, check, json }: Options): Promise<void> {
  if (write && check) throw new BadInput('--write and --check exclude each other')
  if (write && argument === '-') throw new BadInput('standard input cannot be rewritten; leave --write out')
  const source = await readSource(argument)
  const { text, faults } = reformatText(source.text, { file: source.file })
  if (faults) {
    if (json) printJson({ file: source.file, faults })
    else process.stderr.write(`${formatFaults(faults)}\n`)
    return finish(EXIT.bad)
  }
  const changed = text !== source.text
  if (write && changed) replaceFile(source.file, text)
  if (json) printJson({ file: source.file, changed, text })
  else if (check)
    print(changed ? `${source.file} is not formatted; rungs fmt --write ${argument} does it` : '')
  else if (!write) print(text)
  finish(check && changed ? EXIT.findings : EXIT.fine)
}

/** The whole new text or the old one, whatever happens in between. */
function replaceFile(file: string, text: string): void {
  const target = realpathSync(file)
  const draft = join(dirname(target), `.${randomUUID()}.tmp`)
  try {
    writeFileSync(draft, text, { mode: statSync(target).mode, flush: true })
    renameSync(draft, target)
  } catch (error) {
    rmSync(draft, { force: true })
    throw new BadInput(
      `${file}: cannot be written (${(error as NodeJS.ErrnoException).code ?? String(error)}); it is as it was`,
    )
  }
}
