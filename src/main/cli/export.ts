// rungs export: a framework in the forms that other tools read.
import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

import { Command, Option } from 'commander'

import { formatFramework } from '../../core/framework/format.ts'
import type { Framework } from '../../core/framework/model.ts'
import { exportCase } from '../../core/ladders/case-export.ts'
import { exportHandbook } from '../../core/ladders/handbook.ts'
import { exportCsv, exportWorkbook } from '../../core/ladders/spreadsheet.ts'
import { BadInput } from './exit.ts'
import { dim, print, printJson } from './output.ts'
import { FRAMEWORK_ARGUMENT, readFramework } from './read-framework.ts'
import { LANGUAGES, type Language } from './speech.ts'
import { writeFileWhole } from './write-file.ts'

const FORMATS = ['yaml', 'json', 'xlsx', 'csv', 'case', 'handbook'] as const

export function exportVerb(): Command {
  return new Command('export')
    .description(
      'write a framework as YAML, JSON, XLSX, a folder of CSV tables, CASE 1.1, or a Markdown handbook',
    )
    .argument('[framework]', FRAMEWORK_ARGUMENT, 'coder-to-cto')
    .addOption(new Option('--as <format>', 'the form').choices(FORMATS).default('yaml'))
    .option(
      '--out <path>',
      'the file to write, or for csv and handbook the folder (default: standard output for yaml, json and case)',
    )
    .addOption(
      new Option(
        '--language <tag>',
        'language of the handbook (default: the first of the framework)',
      ).choices(LANGUAGES),
    )
    .option('--force', 'replace files that are there')
    .option('--json', 'report as JSON what was written')
    .action(exportFramework)
}

interface Options {
  as: (typeof FORMATS)[number]
  out?: string
  language?: Language
  force?: boolean
  json?: boolean
}

type Made =
  | { readonly kind: 'file'; readonly content: string | Uint8Array }
  | { readonly kind: 'folder'; readonly files: readonly { path: string; content: string | Uint8Array }[] }

async function exportFramework(
  argument: string,
  { as, out, language, force = false, json }: Options,
): Promise<void> {
  if (language !== undefined && as !== 'handbook')
    throw new BadInput(`--language goes with --as handbook: ${as} keeps the framework's own languages`)
  if (json && out === undefined) throw new BadInput('--json reports what was written: give --out')
  const { framework } = await readFramework(argument)
  const made = make(framework, as, language)
  if (out === undefined) {
    if (made.kind === 'folder' || typeof made.content !== 'string')
      throw new BadInput(`--as ${as} needs --out ${made.kind === 'folder' ? 'FOLDER' : 'FILE'}`)
    return print(made.content)
  }
  const files =
    made.kind === 'file'
      ? [{ path: out, content: made.content }]
      : made.files.map(({ path, content }) => ({ path: join(out, path), content }))
  if (made.kind === 'folder') prepareFolder(out, files, force)
  else if (existsSync(out) && statSync(out).isDirectory())
    throw new BadInput(`${out}: expected a file to write, got a folder`)
  for (const { path, content } of files) writeFileWhole(path, content, { replace: force })
  if (json)
    return printJson({
      framework: framework.id,
      version: framework.version,
      as,
      files: files.map(({ path }) => path),
    })
  print(`${files.map(({ path }) => path).join('\n')}\n${dim(`${framework.id} ${framework.version}`)}`)
}

function make(framework: Framework, as: Options['as'], language: Language | undefined): Made {
  switch (as) {
    case 'yaml':
    case 'json':
      return { kind: 'file', content: formatFramework(framework, as) }
    case 'case':
      return {
        kind: 'file',
        content: `${JSON.stringify(exportCase(framework, { now: new Date().toISOString() }), null, 2)}\n`,
      }
    case 'xlsx':
      return { kind: 'file', content: exportWorkbook(framework) }
    case 'csv':
      return {
        kind: 'folder',
        files: exportCsv(framework).map(({ path, bytes }) => ({ path, content: bytes })),
      }
    case 'handbook':
      return {
        kind: 'folder',
        files: exportHandbook(framework, language ?? framework.languages[0] ?? 'en').map(
          ({ path, text }) => ({ path, content: text }),
        ),
      }
  }
}

/** All or nothing as far as can be known: what is in the way is found before the first file is written. */
function prepareFolder(folder: string, files: readonly { path: string }[], force: boolean): void {
  const kind = statSync(folder, { throwIfNoEntry: false })
  if (kind && !kind.isDirectory()) throw new BadInput(`${folder}: expected a folder, got a file`)
  if (kind && readdirSync(folder).length > 0 && !force)
    throw new BadInput(`${folder}: is there already and not empty; --force writes into it`)
  try {
    for (const { path } of files) mkdirSync(join(path, '..'), { recursive: true })
  } catch (error) {
    throw new BadInput(
      `${folder}: cannot be made (${(error as NodeJS.ErrnoException).code ?? String(error)})`,
    )
  }
}
