// rungs import: makes a framework of a ladder in another form; shows it first, writes only where it is told to.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { Command } from 'commander'

import type { Change } from '../../core/framework/diff/change.ts'
import { diffFrameworks } from '../../core/framework/diff/diff.ts'
import { renderChanges } from '../../core/framework/diff/render.ts'
import { formatFramework } from '../../core/framework/format.ts'
import type { Framework } from '../../core/framework/model.ts'
import { parseFramework } from '../../core/framework/parse.ts'
import { importLadder, type ImportReport } from '../../core/ladders/import-ladder.ts'
import { partSource } from '../../core/ladders/part-source.ts'
import { proposeRecipes, type NamedRecipe, type Proposed } from '../../core/ladders/rank-recipes.ts'
import { readOwnForm } from '../../core/ladders/own-form.ts'
import { readLadder } from '../../core/ladders/read-ladder.ts'
import { formatRecipe, parseRecipeText } from '../../core/ladders/recipe-text.ts'
import type { Recipe } from '../../core/ladders/recipe.ts'
import { compileGlob } from '../../core/ladders/pattern.ts'
import { formatPlace, type LadderSource } from '../../core/ladders/source.ts'
import { readLadderFiles } from '../../platform/ladder-files.ts'
import { readShippedRecipes } from '../../platform/shipped-recipes.ts'
import { packageRoot } from '../../platform/package-root.ts'
import { BadInput, EXIT, finish } from './exit.ts'
import { bold, dim, print, printJson, warn } from './output.ts'
import { formatFaults, readFramework } from './read-framework.ts'

export function importVerb(): Command {
  return new Command('import')
    .description(
      'make a framework of a ladder in tables, trees or documents (exit code 1 when text is missing)',
    )
    .argument('<path>', 'a file (csv, tsv, xlsx, yaml, json, md, html) or a folder of such files')
    .option('--recipe <file>', 'how to map it: a recipe file, or the name of a recipe that comes with Rungs')
    .option('--detect', 'recognise the shape alone, without the recipes that come with Rungs')
    .option('--write-recipe <file>', 'save the recipe that was used or proposed, to edit it')
    .option('--out <file>', 'write the framework as YAML (as JSON where the name ends in .json)')
    .option('--replace', 'let --out replace a framework that is there; what changes is shown')
    .option('--json', 'report as JSON')
    .action(importPath)
}

interface Options {
  recipe?: string
  detect?: boolean
  writeRecipe?: string
  out?: string
  replace?: boolean
  json?: boolean
}

const SHOWN = 15
const SHOWN_FILES = 3
const FORMS = {
  framework: 'A framework of Rungs',
  spreadsheet: 'A spreadsheet of Rungs',
  case: 'A CASE package',
}

type Recognised = Pick<Proposed, 'name' | 'confidence' | 'reasons'>

async function importPath(path: string, options: Options): Promise<void> {
  if (!existsSync(path)) throw new BadInput(`${path}: expected a file or folder, got nothing`)
  const { files, problems } = await readLadderFiles(path)
  const read = readLadder(files)
  const own = options.recipe === undefined && !options.detect ? readOwnForm(files, read) : undefined
  if (own?.faults)
    throw new BadInput(own.faults.map(({ place, message }) => `${place}: ${message}`).join('\n'))
  if (own) {
    const { old, changes } = await against(own.framework, options.out)
    const { id, version } = own.framework
    if (options.json)
      printJson({ form: own.form, id, version, notes: own.notes, ...(changes ? { changes } : {}) })
    else {
      print(`${FORMS[own.form]}: ${id} ${version}`)
      for (const { place, message } of own.notes) print(`  ${place}: ${message}`)
      printChanges(own.framework, old, changes, options.out)
    }
    store(formatAs(own.framework, options.out), options, old, changes)
    return finish(EXIT.fine)
  }
  const source: LadderSource = { files: read.files, problems: [...problems, ...read.problems] }
  const given = options.recipe === undefined ? undefined : readRecipe(options.recipe)
  refuseFaults(source, given)
  const known = given || options.detect ? [] : readShippedRecipes()
  refuseSeveral(path, source, known)
  const proposals = given
    ? []
    : proposeRecipes(source, known, basename(resolve(path)).replace(/\.[^.]+$/, ''))
  const recipe = given ?? proposals[0]?.recipe
  if (!recipe) {
    throw new BadInput(
      `${path}: expected competencies, levels or roles in tables, trees or headings, got none that are recognised; write a recipe (docs/guide/import.md) and give it by --recipe`,
    )
  }
  const { framework, report } = importLadder(source, recipe)
  const faults = report.problems.filter(
    ({ severity, place }) => severity === 'fault' && place.file === 'recipe',
  )
  if (!framework) throw new BadInput(faults.map(({ message }) => `recipe: ${message}`).join('\n'))
  const text = formatAs(framework, options.out)
  const checked = parseFramework(text, { file: options.out ?? 'imported.yaml' })
  if (checked.faults) throw new BadInput(formatFaults(checked.faults))

  const [detected, ...others] = proposals.map(({ name, confidence, reasons }) => ({
    name,
    confidence,
    reasons,
  }))
  const { old, changes } = await against(framework, options.out)
  if (options.json)
    printJson({
      detected,
      alsoPossible: others,
      counts: report.counts,
      characters: report.characters,
      problems: report.problems,
      missing: missing(report),
      leftOut: leftOut(report),
      ...(changes ? { changes } : {}),
    })
  else {
    print(renderReport(report, recipe, detected, others))
    printChanges(framework, old, changes, options.out)
  }
  store(text, options, old, changes)
  if (options.writeRecipe !== undefined) write(options.writeRecipe, formatRecipe(recipe))
  finish(missing(report).length === 0 ? EXIT.fine : EXIT.findings)
}

const formatAs = (framework: Framework, out: string | undefined): string =>
  formatFramework(framework, out?.endsWith('.json') ? 'json' : 'yaml')

/** The framework that is there already, and what would change in it. */
async function against(
  framework: Framework,
  out: string | undefined,
): Promise<{ old?: Framework; changes?: Change[] }> {
  if (out === undefined || !existsSync(out)) return {}
  const old = (await readFramework(out)).framework
  return { old, changes: diffFrameworks(old, framework, { language: framework.languages[0] ?? 'en' }) }
}

function printChanges(
  framework: Framework,
  old: Framework | undefined,
  changes: readonly Change[] | undefined,
  out: string | undefined,
): void {
  if (!old || !changes) return
  print(
    changes.length === 0
      ? `\n${out} holds the same framework`
      : `\nAgainst ${out}:\n${renderChanges([...changes], old, framework, 'text')}`,
  )
}

function store(
  text: string,
  { out, replace }: Options,
  old: Framework | undefined,
  changes: readonly Change[] | undefined,
): void {
  if (out === undefined) return
  if (old && changes && changes.length > 0 && !replace)
    throw new BadInput(`${out} is there and differs; --replace lets it be replaced`)
  write(out, text)
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text)
  } catch (error) {
    throw new BadInput(`${file}: ${error instanceof Error ? error.message : 'cannot be written'}`)
  }
  process.stderr.write(`wrote ${file}\n`)
}

function readRecipe(name: string): Recipe {
  const builtIn = join(packageRoot, 'recipes', `${name}.yaml`)
  const file = existsSync(name) ? name : /^[\w-]+$/.test(name) && existsSync(builtIn) ? builtIn : undefined
  if (file === undefined)
    throw new BadInput(`${name}: expected a recipe file or the name of a recipe in recipes/, got neither`)
  const parsed = parseRecipeText(readFileSync(file, 'utf8'))
  if (parsed.faults) throw new BadInput(parsed.faults.map((fault) => `${file}: ${fault}`).join('\n'))
  return parsed.recipe
}

/** Ladders of several organisations in one folder are not made into one. */
function refuseSeveral(path: string, source: LadderSource, known: readonly NamedRecipe[]): void {
  const parts = partSource(source, known, true)
  if (parts.length < 2) return
  const named = parts.map(({ name, files }) => {
    const more = files.length > SHOWN_FILES ? `, and ${files.length - SHOWN_FILES} more` : ''
    return `  ${name}: ${files.slice(0, SHOWN_FILES).join(', ')}${more}`
  })
  throw new BadInput(
    [
      `${path}: expected one ladder, got ${parts.length}:`,
      ...named,
      'Import each by its own path; --recipe or --detect takes all as one. Nothing was imported.',
    ].join('\n'),
  )
}

/** A file that cannot be read stops the import, unless the recipe leaves that file out. */
function refuseFaults({ problems }: LadderSource, recipe: Recipe | undefined): void {
  const patterns = (recipe?.leaveOut ?? []).flatMap(({ file, at, lines }) =>
    file !== undefined && at === undefined && lines === undefined ? [compileGlob(file)] : [],
  )
  const faults = problems.filter(
    ({ severity, place }) => severity === 'fault' && !patterns.some((pattern) => pattern.test(place.file)),
  )
  if (faults.length > 0)
    throw new BadInput(
      [
        ...faults.map(({ place, message }) => `${formatPlace(place)}: ${message}`),
        'Nothing was imported.',
      ].join('\n'),
    )
}

const missing = (report: ImportReport) => report.pieces.filter(({ outcome }) => outcome === 'missing')
const leftOut = (report: ImportReport) => {
  const reasons = new Map<string, number>()
  for (const { outcome, reason, text } of report.pieces) {
    if (outcome === 'left-out' && reason !== undefined)
      reasons.set(reason, (reasons.get(reason) ?? 0) + text.replaceAll(/\s+/g, '').length)
  }
  return [...reasons].map(([reason, characters]) => ({ reason, characters }))
}

const percent = (share: number) => `${(Math.floor(share * 1000) / 10).toFixed(1)} %`

function renderReport(
  report: ImportReport,
  recipe: Recipe,
  detected: Recognised | undefined,
  others: readonly Recognised[],
): string {
  const { counts, characters } = report
  const lines: string[] = []
  if (detected) {
    lines.push(
      bold(
        `Recognised (${detected.name ?? recipe.shape ?? 'mixed'}), confidence ${percent(detected.confidence)}`,
      ),
      ...detected.reasons.slice(0, SHOWN).map((reason) => `  ${reason}`),
      ...others.map(({ name, confidence }) =>
        dim(`  also possible: ${name ? `--recipe ${name}` : '--detect'}, ${percent(confidence)}`),
      ),
      '',
    )
  }
  lines.push(
    bold('It would make'),
    ...Object.entries(counts).map(([name, count]) => `  ${String(count).padStart(6)} ${name}`),
    '',
    bold(`Kept ${percent(characters.share)} of the ladder's text`),
    dim(
      `  ${characters.conserved} of ${characters.ladder} characters; ${characters.leftOut} more were left out by name:`,
    ),
    ...leftOut(report).map(({ reason, characters: count }) =>
      dim(`  ${String(count).padStart(8)} ${reason}`),
    ),
  )
  const lost = missing(report)
  if (lost.length > 0) {
    lines.push('', bold(`Missing: ${lost.length} texts`))
    for (const { place, text, reason } of lost.slice(0, SHOWN))
      lines.push(`  ${warn(formatPlace(place))}: ${reason}: ${JSON.stringify(text.slice(0, 70))}`)
    if (lost.length > SHOWN) lines.push(`  and ${lost.length - SHOWN} more (--json lists all)`)
  }
  for (const { severity, place, message } of report.problems)
    if (severity === 'note') lines.push(dim(`${formatPlace(place)}: ${message}`))
  return lines.join('\n')
}
