// The configuration: what is read from where, and that faults come all at once.
import { readFileSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import { expect, test } from 'vitest'
import { parseConfig } from './config.ts'
import { packageRoot } from './package-root.ts'

test('without anything given it is port 7474, ./data of the package, and the embedded database', () => {
  expect(parseConfig([], {})).toEqual({
    ok: true,
    config: {
      port: 7474,
      dataFolder: join(packageRoot, 'data'),
      checkpointFolder: join(packageRoot, 'data/checkpoints'),
      erasureFolder: join(packageRoot, 'data/erasures'),
      databaseUrl: undefined,
      secret: undefined,
      logLevel: 'warn',
      team: undefined,
      operations: { rates: { account: 1200, address: 12_000, bulk: 300 }, metricsToken: undefined },
    },
  })
})

test('arguments win over the environment', () => {
  const parsed = parseConfig(['--port', '8080', '--data', 'here'], {
    RUNGS_PORT: '9090',
    RUNGS_DATA: '/there',
  })
  expect(parsed).toMatchObject({ ok: true, config: { port: 8080, dataFolder: join(process.cwd(), 'here') } })
})

test('the environment is read: port, data folder, log level, database', () => {
  const databaseUrl = 'postgresql://rungs@127.0.0.1:5433/rungs?sslmode=disable'
  const env = { RUNGS_PORT: '0', RUNGS_DATA: 'data-2', RUNGS_LOG: 'debug', DATABASE_URL: databaseUrl }
  const parsed = parseConfig([], env)
  expect(parsed).toMatchObject({ ok: true, config: { port: 0, logLevel: 'debug', databaseUrl } })
  expect(parsed.ok && isAbsolute(parsed.config.dataFolder)).toBe(true)
})

test.each(['65536', '-1', '80.5', 'http', ' 80', ''])('port %j is refused', (port) => {
  const parsed = parseConfig([], { RUNGS_PORT: port })
  expect(parsed).toEqual({
    ok: false,
    faults: [{ path: 'RUNGS_PORT', message: `expected a port from 0 to 65535, got ${JSON.stringify(port)}` }],
  })
})

test('unknown arguments are refused', () => {
  expect(parseConfig(['--prot', '80'], {})).toMatchObject({ ok: false, faults: [{ path: 'arguments' }] })
  expect(parseConfig(['80'], {})).toMatchObject({ ok: false, faults: [{ path: 'arguments' }] })
})

test('all faults are listed at once, and a password in a bad URL is not repeated', () => {
  const parsed = parseConfig(['--port', 'x'], {
    RUNGS_DATA: '',
    RUNGS_LOG: 'loud',
    RUNGS_SECRET: 'short',
    DATABASE_URL: 'mysql://a:secret@h/d',
  })
  expect(parsed.ok ? [] : parsed.faults.map(({ path }) => path)).toEqual([
    '--port',
    'RUNGS_DATA',
    'DATABASE_URL',
    'RUNGS_SECRET',
    'RUNGS_LOG',
  ])
  expect(JSON.stringify(parsed)).not.toContain('secret')
})

test('limits and the token of the metrics are read; what cannot be is named with its place', () => {
  const env = {
    RUNGS_RATE_ACCOUNT: '60',
    RUNGS_RATE_ADDRESS: 'off',
    RUNGS_METRICS_TOKEN: 'a token of sixteen',
  }
  expect(parseConfig([], env)).toMatchObject({
    config: { operations: { rates: { account: 60, address: 0 }, metricsToken: 'a token of sixteen' } },
  })
  const bad = parseConfig([], { RUNGS_RATE_ACCOUNT: '-1', RUNGS_METRICS_TOKEN: 'short' })
  expect(bad.ok ? [] : bad.faults.map(({ path }) => path)).toEqual([
    'RUNGS_METRICS_TOKEN',
    'RUNGS_RATE_ACCOUNT',
  ])
})

test('the guide to the configuration has a row for every setting that is read, and for no other', () => {
  const read = new Set<string>()
  const env = new Proxy<Record<string, string | undefined>>(
    {},
    {
      get: (_, name) => void (typeof name === 'string' && read.add(name)),
    },
  )
  parseConfig([], env)
  const guide = readFileSync(join(packageRoot, 'docs/guide/configuration.md'), 'utf8')
  const told = guide
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .flatMap((line) => [...(line.split('|')[2] ?? '').matchAll(/`([A-Z_]+)`/g)].map(([, name]) => name!))
  expect(told.toSorted()).toEqual([...read].toSorted())
})
