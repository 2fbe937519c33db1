// Two sets of tests: those of pure code, and those that run on a real database and real processes.
import { defineConfig } from 'vitest/config'

const pure = [
  'src/core/**/*.test.{ts,tsx}',
  'src/ui/**/*.test.{ts,tsx}',
  'src/features/*/ui/**/*.test.{ts,tsx}',
]
const ofDatabase = [
  'src/{db,features,main,platform}/**/*.test.{ts,tsx}',
  'test/*.test.ts',
  'scripts/*.test.ts',
]

export default defineConfig({
  test: {
    testTimeout: 30_000,
    hookTimeout: 60_000,
    projects: [
      { extends: true, test: { name: 'pure', include: pure } },
      {
        extends: true,
        test: {
          name: 'database',
          include: ofDatabase,
          exclude: ['src/features/*/ui/**'],
          globalSetup: ['test/database-setup.ts'],
        },
      },
    ],
  },
})
