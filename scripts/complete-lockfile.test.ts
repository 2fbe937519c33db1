// The lockfile has an entry for every package that it names; without one npm ci refuses the whole file.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { packageRoot } from '../src/platform/package-root.ts'
import { completeLockfile, listMissing, readPlatform, type Lockfile } from './complete-lockfile.ts'

test('the lockfile lacks nothing; after npm install, run npm run lockfile', () => {
  const text = readFileSync(join(packageRoot, 'package-lock.json'), 'utf8')
  expect(listMissing(JSON.parse(text) as Lockfile)).toEqual([])
})

test('a missing build for another platform is found and entered with its platform', () => {
  const lockfile = {
    packages: {
      'node_modules/tool': {
        dev: true,
        optionalDependencies: { '@tool/linux-x64-musl': '1.0.0', fsevents: '2.0.0' },
      },
      'node_modules/tool/node_modules/fsevents': { version: '2.0.0' },
    },
  }
  const completed = completeLockfile(lockfile)
  expect(completed.packages['node_modules/@tool/linux-x64-musl']).toEqual({
    version: '1.0.0',
    os: ['linux'],
    cpu: ['x64'],
    libc: ['musl'],
    dev: true,
    optional: true,
  })
  expect(listMissing(completed)).toEqual([])
  expect(Object.keys(completed.packages)).toHaveLength(3)
})

test('platforms are read from names', () => {
  expect(readPlatform('@oxlint/binding-linux-arm-gnueabihf')).toEqual({
    os: ['linux'],
    cpu: ['arm'],
    libc: ['glibc'],
  })
  expect(readPlatform('@oxlint/binding-win32-ia32-msvc')).toEqual({ os: ['win32'], cpu: ['ia32'] })
})
