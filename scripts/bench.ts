// npm run bench [-- name ...]: runs bench/NAME.bench.ts, or all of them; each prints a table of ratios.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { packageRoot } from '../src/platform/package-root.ts'

const folder = join(packageRoot, 'bench')
const ENDING = '.bench.ts'
const all = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith(ENDING)) : []
const names = all.map((file) => file.slice(0, -ENDING.length)).sort()
const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !names.includes(name))

if (unknown.length > 0 || names.length === 0) {
  console.error(`No benchmark ${unknown.join(', ') || 'yet'}; there are: ${names.join(', ') || 'none'}.`)
  process.exit(2)
}

let failed = 0
for (const name of wanted.length > 0 ? wanted : names) {
  console.log(`\n# ${name}`)
  const args = ['--import', 'tsx', join(folder, name + ENDING)]
  if (spawnSync(process.execPath, args, { cwd: packageRoot, stdio: 'inherit' }).status !== 0) failed += 1
}
process.exitCode = failed > 0 ? 1 : 0
