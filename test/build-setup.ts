// Once per test run: builds the product if its sources changed, as npm start does, for tests of whole processes.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { packageRoot } from '../src/platform/package-root.ts'

export default function setup(): void {
  const script = join(packageRoot, 'scripts/prepare.cjs')
  const { status, stderr } = spawnSync(process.execPath, [script, 'test'], { encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
}
