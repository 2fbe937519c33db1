// Three sets of tests: pure code, code on a real database, and the built program as its users run it.
import { defineConfig } from 'vitest/config'

const pure = [
  'src/core/**/*.test.{ts,tsx}',
  'src/ui/**/*.test.{ts,tsx}',
  'src/features/*/ui/**/*.test.{ts,tsx}',
]
const program = ['src/main/*.test.ts']
const database = [
  'src/{db,features,main,platform}/**/*.test.{ts,tsx}',
  '{test,scripts,docs}/*.test.ts',
  'test/{policies,trust}/*.test.ts',
]

const databaseSetup = 'test/database-setup.ts'

export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 120_000,
    projects: [
      { extends: true, test: { name: 'pure', include: pure } },
      {
        extends: true,
        test: {
          name: 'database',
          include: database,
          exclude: ['src/features/*/ui/**', ...program],
          globalSetup: [databaseSetup],
        },
      },
      {
        extends: true,
        test: { name: 'program', include: program, globalSetup: ['test/build-setup.ts', databaseSetup] },
      },
    ],
  },
})
