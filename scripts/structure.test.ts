// The structure check passes on this repository, and fails on each fault that it is there to find.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { packageRoot } from '../src/platform/package-root.ts'
import { checkStructure, type StructureReport } from './structure.ts'

/** rule -> files that break it, each [path, text after its first line]. */
const seeds: Record<string, [string, string][]> = {
  'no-cycles': [
    ['src/core/cycle/one.ts', "import { two } from './two.ts'\nexport const one = () => two"],
    ['src/core/cycle/two.ts', "import { one } from './one.ts'\nexport const two = () => one"],
  ],
  'core-is-pure': [['src/core/clock.ts', "import { hrtime } from 'node:process'\nexport const now = hrtime"]],
  'core-stands-alone': [['src/core/reader.ts', "export { db } from '../db/connect.ts'"]],
  'contracts-are-light': [['src/features/pay/contract.ts', "export { db } from '../../db/connect.ts'"]],
  'policies-are-pure': [['src/features/pay/policy.ts', "export { db } from '../../db/connect.ts'"]],
  'routes-are-thin': [['src/features/pay/routes.ts', "export { db } from '../../db/connect.ts'"]],
  'features-stay-apart': [['src/features/pay/commands.ts', "export { raise } from '../bonus/commands.ts'"]],
  'screens-stay-in-the-browser': [
    ['src/features/pay/ui/page.tsx', "export { db } from '../../../db/connect.ts'"],
  ],
  'screens-need-no-node': [
    ['src/ui/file.tsx', "import { readFileSync } from 'node:fs'\nexport const x = readFileSync"],
  ],
  'components-know-no-feature': [
    ['src/ui/button.tsx', "export { raise } from '../features/bonus/commands.ts'"],
  ],
  'only-main-wires': [['src/features/pay/queries.ts', "export { start } from '../../main/start.ts'"]],
  'platform-knows-no-feature': [
    ['src/platform/log.ts', "export { raise } from '../features/bonus/commands.ts'"],
  ],
  'no-test-code-in-the-product': [['src/main/demo.ts', "export { sample } from '../../test/sample.ts'"]],
  'nothing-unresolved': [['src/main/gone.ts', "export { gone } from './not-there.ts'"]],
  'no-vague-names': [['src/core/string-utils.ts', 'export const trim = 1']],
  'no-barrels': [['src/core/growth/index.ts', 'export const all = 1']],
  'kebab-case': [['src/core/BigName.ts', 'export const big = 1']],
  size: [['src/core/long.ts', 'export const line = 1\n'.repeat(1) + '//\n'.repeat(400)]],
}

const sound: [string, string][] = [
  ['src/db/connect.ts', 'export const db = 1'],
  ['src/features/bonus/commands.ts', 'export const raise = 1'],
  ['src/main/start.ts', 'export const start = 1'],
  ['test/sample.ts', 'export const sample = 1'],
]

const root = mkdtempSync(join(tmpdir(), 'rungs-structure-'))
let seeded: StructureReport

beforeAll(() => {
  const files = [...sound, ...Object.values(seeds).flat()]
  for (const [file, text] of files) {
    mkdirSync(dirname(join(root, file)), { recursive: true })
    writeFileSync(join(root, file), `// Seeded.\n${text}\n`)
  }
  writeFileSync(join(root, 'src/core/silent.ts'), 'export const silent = 1\n')
  writeFileSync(
    join(root, 'tsconfig.json'),
    '{"compilerOptions":{"allowImportingTsExtensions":true,"noEmit":true}}',
  )
  symlinkSync(join(packageRoot, 'node_modules'), join(root, 'node_modules'))
  seeded = checkStructure(root)
})

afterAll(() => rmSync(root, { recursive: true, force: true }))

test.each(Object.keys(seeds))('a seeded breach of %s is found', (rule) => {
  const files = seeds[rule]?.map(([file]) => file)
  expect(seeded.violations.filter((violation) => violation.rule === rule).map(({ file }) => file)).toEqual(
    expect.arrayContaining(files?.slice(0, 1) ?? []),
  )
})

test('a file that does not say what it is for is found', () => {
  expect(seeded.violations).toContainEqual(
    expect.objectContaining({ rule: 'first-line', file: 'src/core/silent.ts' }),
  )
})

test('sound files are not blamed', () => {
  const blamed = new Set(seeded.violations.map(({ file }) => file))
  for (const [file] of sound) expect(blamed).not.toContain(file)
})

test('this repository keeps its structure, and the check has really read it', () => {
  const { modules, violations } = checkStructure(packageRoot)
  expect(modules).toBeGreaterThan(100)
  expect(violations).toEqual([])
})
