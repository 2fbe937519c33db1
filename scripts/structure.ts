// Checks that the folder tree is the architecture: imports by rule, no vague names, a first line for every file.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { packageRoot } from '../src/platform/package-root.ts'

export interface Violation {
  rule: string
  file: string
  detail: string
}

export interface StructureReport {
  /** How many modules of ours were read; a check of nothing is no check. */
  modules: number
  violations: Violation[]
}

const FOLDERS = ['src', 'test', 'bench', 'scripts']
const VAGUE = /^(utils?|helpers?|common|misc|services?|managers?|shared)$/
const MOST_LINES = 400
/** Lists of words are content: they are as long as the screens are many. */
const CONTENT = /^src\/ui\/words\//

interface CruiseResult {
  modules: { source: string }[]
  summary: { violations: { rule: { name: string }; from: string; to: string }[] }
}

/** Reads src, test, bench and scripts under `root`. */
export function checkStructure(root: string): StructureReport {
  const folders = FOLDERS.filter((folder) => existsSync(join(root, folder)))
  const { modules, summary } = cruise(root, folders)
  const imports = summary.violations.map(({ rule, from, to }) => ({
    rule: rule.name,
    file: from,
    detail: to,
  }))
  const names = folders
    .flatMap((folder) => listFiles(join(root, folder), folder))
    .flatMap((f) => checkFile(root, f))
  const ours = modules.filter(({ source }) => folders.some((folder) => source.startsWith(`${folder}/`)))
  return { modules: ours.length, violations: [...imports, ...names] }
}

function cruise(root: string, folders: readonly string[]): CruiseResult {
  const program = join(packageRoot, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs')
  const config = join(packageRoot, '.dependency-cruiser.cjs')
  const args = [program, '--config', config, '--output-type', 'json', ...folders]
  const { stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  })
  try {
    return JSON.parse(stdout) as CruiseResult
  } catch (cause) {
    throw new Error(`dependency-cruiser failed: ${stderr || stdout}`, { cause })
  }
}

function listFiles(folder: string, name: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = `${name}/${entry.name}`
    return entry.isDirectory() ? listFiles(join(folder, entry.name), path) : [path]
  })
}

function checkFile(root: string, file: string): Violation[] {
  const found: Violation[] = []
  const parts = file.replace(/(\.test|\.bench)?\.[^./]+$/, '').split('/')
  const vague = parts.find((part) => VAGUE.test(part) || part.split('-').some((word) => VAGUE.test(word)))
  if (vague !== undefined) found.push({ rule: 'no-vague-names', file, detail: `${vague} says nothing` })
  if (/(^|\/)index\.[cm]?[jt]sx?$/.test(file))
    found.push({ rule: 'no-barrels', file, detail: 'index hides where things are' })
  if (/[A-Z_ ]/.test(file))
    found.push({ rule: 'kebab-case', file, detail: 'expected small letters and hyphens' })
  if (!/\.[cm]?[jt]sx?$/.test(file)) return found
  const lines = readFileSync(join(root, file), 'utf8').split('\n')
  if (!/^\/\/ \S|^#!/.test(lines[0] ?? ''))
    found.push({ rule: 'first-line', file, detail: 'expected what the file is for' })
  if (lines.length > MOST_LINES + 1 && !CONTENT.test(file))
    found.push({ rule: 'size', file, detail: `${lines.length - 1} lines, at most ${MOST_LINES}` })
  return found
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { modules, violations } = checkStructure(packageRoot)
  for (const { rule, file, detail } of violations) process.stderr.write(`${rule}: ${file}: ${detail}\n`)
  process.stderr.write(`structure: ${modules} modules, ${violations.length} violations\n`)
  process.exitCode = violations.length > 0 || modules === 0 ? 1 : 0
}
