// Four sets of tests: pure code, code with files and processes, code on a real database, and the built program as its users
// run it; and a fifth at full counts, of what time and load would disturb.
import { defineConfig } from 'vitest/config'
import { partByDatabase } from './test/asks-database.ts'

const pure = [
  'src/core/**/*.test.{ts,tsx}',
  'src/ui/**/*.test.{ts,tsx}',
  'src/features/*/ui/**/*.test.{ts,tsx}',
]
const program = ['src/main/*.test.ts']
const inside = [
  'src/{db,features,main,platform}/**/*.test.{ts,tsx}',
  '{test,scripts,docs}/*.test.ts',
  'test/{policies,trust}/*.test.ts',
]

const databaseSetup = 'test/database-setup.ts'

const verify = process.env['RUNGS_VERIFY'] !== undefined
/** At full counts these run after all others; and those that look at the clock last, one file after the other. */
const trust = ['test/{policies,trust}/*.test.ts', 'src/platform/sign-in/brute-force.test.ts']
const timed = ['test/trust/{audit-tampering,bulk-read,kill,kill-work,two-servers}.test.ts']
/** Only those of the first run on another PostgreSQL too. */
const { asking, without } = partByDatabase(import.meta.dirname, ['src', 'test', 'scripts', 'docs'])
const notInside = ['src/features/*/ui/**', ...program, ...(verify ? trust : [])]

const trustProject = (name: string, include: string[], exclude: string[] = []) => ({
  extends: true as const,
  test: { name, include, exclude, globalSetup: [databaseSetup] },
})

export default defineConfig({
  test: {
    // A full count ends when it is done.
    testTimeout: verify ? 3_600_000 : 60_000,
    hookTimeout: verify ? 1_800_000 : 120_000,
    projects: [
      { extends: true, test: { name: 'pure', include: pure } },
      { extends: true, test: { name: 'files', include: inside, exclude: [...notInside, ...asking] } },
      {
        extends: true,
        test: {
          name: 'database',
          include: inside,
          exclude: [...notInside, ...without],
          globalSetup: [databaseSetup],
        },
      },
      ...(verify ? [trustProject('trust', trust, timed), trustProject('trust-timed', timed)] : []),
      {
        extends: true,
        test: { name: 'program', include: program, globalSetup: ['test/build-setup.ts', databaseSetup] },
      },
    ],
  },
})
