#!/usr/bin/env node
// The rungs command: runs the built program, building nothing itself.
import { existsSync } from 'node:fs'

const built = new URL('../dist/cli.js', import.meta.url)
if (existsSync(built)) await import(built.href)
else {
  console.error('rungs is not built yet: run "npm run build" in its folder first.')
  process.exitCode = 2
}
