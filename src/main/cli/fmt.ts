// rungs fmt: formats framework files; comments stay.
import { Command } from 'commander'

import { reformatText } from '../../core/framework/reformat.ts'
import { BadInput, EXIT, finish } from './exit.ts'
import { print, printJson } from './output.ts'
import { FRAMEWORK_ARGUMENT, formatFaults, readSource } from './read-framework.ts'
import { writeFileWhole } from './write-file.ts'

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
  if (write && changed) writeFileWhole(source.file, text, { replace: true })
  if (json) printJson({ file: source.file, changed, text })
  else if (check)
    print(changed ? `${source.file} is not formatted; rungs fmt --write ${argument} does it` : '')
  else if (!write) print(text)
  finish(check && changed ? EXIT.findings : EXIT.fine)
}
