// npm run bench -- ladders [--write]: imports the twelve published ladders and prints the table of docs/import-ladders.md.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { lintFramework } from '../src/core/framework/lint/lint.ts'
import { detectRecipe } from '../src/core/ladders/detect.ts'
import { importLadder, parseRecipe } from '../src/core/ladders/import-ladder.ts'
import { shareInPlace } from '../src/core/ladders/in-place.ts'
import { readLadder } from '../src/core/ladders/read-ladder.ts'
import { readLadderFiles } from '../src/platform/ladder-files.ts'
import { packageRoot } from '../src/platform/package-root.ts'
import { corpusPath } from '../test/corpus.ts'
import { countLadder, LADDERS } from '../test/golden/ladders/count.ts'

const DOCUMENT = join(packageRoot, 'docs/import-ladders.md')
const [FROM, TO] = ['<!-- table -->', '<!-- end of table -->']
const corpus = corpusPath()
if (corpus === undefined) {
  console.log('The corpus of ladders is not here: set RUNGS_CORPUS to its folder.')
  process.exit(0)
}

const percent = (share: number) => `${(Math.floor(share * 10_000) / 100).toFixed(2)} %`
const seconds = (from: number) => ((performance.now() - from) / 1000).toFixed(2)

const HEADINGS = [
  'ladder',
  'shape',
  'roles',
  'levels',
  'competencies',
  'behaviours',
  'scoring',
  'counts',
  'conserved',
  'left out',
  'findings',
  'seconds',
  'by detection',
  'in place',
  'seconds',
]
const rows: string[][] = []
for (const name of LADDERS) {
  const folder = join(corpus, 'ladders')
  const start = performance.now()
  const { files } = await readLadderFiles(join(folder, name))
  const source = readLadder(files)
  const { recipe, faults } = parseRecipe(
    parse(readFileSync(join(packageRoot, 'recipes', `${name}.yaml`), 'utf8')),
  )
  if (!recipe) throw new Error(faults.join('\n'))
  const { framework, report } = importLadder(source, recipe)
  if (!framework) throw new Error(report.problems.map(({ message }) => message).join('\n'))
  const taken = seconds(start)
  const { roles, levels, competencies, behaviours } = report.counts
  const same =
    JSON.stringify(countLadder(name, folder)) === JSON.stringify({ roles, levels, competencies, behaviours })
  const detecting = performance.now()
  const detection = detectRecipe(source, name)
  const detected = seconds(detecting)
  rows.push([
    ...[name, recipe.shape ?? '', roles, levels, competencies, behaviours].map(String),
    framework.scoring?.model ?? '',
    same ? 'same' : 'differ',
    percent(report.characters.share),
    percent(report.characters.leftOut / report.characters.visible),
    String(findings(framework)),
    taken,
    detection ? percent(detection.report.characters.share) : 'no',
    detection ? percent(shareInPlace(detection.report.pieces)) : '',
    detected,
  ])
  console.error(rows.at(-1)!.join(' | '))
}

function findings(framework: Parameters<typeof lintFramework>[0]): number | string {
  try {
    return lintFramework(framework).length
  } catch {
    return '?'
  }
}

const table = [
  HEADINGS,
  HEADINGS.map((_, index) => (index < 2 || index === 6 || index === 7 ? '---' : '---:')),
  ...rows,
]
  .map((row) => `| ${row.join(' | ')} |`)
  .join('\n')
console.log(table)
if (process.argv.includes('--write') && existsSync(DOCUMENT)) {
  const text = readFileSync(DOCUMENT, 'utf8')
  writeFileSync(
    DOCUMENT,
    `${text.slice(0, text.indexOf(FROM) + FROM.length)}\n${table}\n${text.slice(text.indexOf(TO))}`,
  )
}
