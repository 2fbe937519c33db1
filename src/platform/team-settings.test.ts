// The settings for many people, from the file and the environment: what is read, what wins, what is wrong and where.
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parseConfig } from './config.ts'
import { addressOf } from './http/sign-in-routes.ts'

const file = (text: string) => ({ name: 'rungs.config.yaml', text })
const faultsOf = (text: string, env: Record<string, string> = {}) => {
  const parsed = parseConfig([], env, file(text))
  return parsed.ok ? [] : parsed.faults.map(({ path, message }) => `${path}: ${message}`)
}

test('the file alone sets everything', () => {
  const parsed = parseConfig(
    [],
    {},
    file(`
accounts: on
url: https://rungs.example.org
host: 0.0.0.0
port: 8080
proxies: 10.0.0.1, 10.0.0.2
secret: ${'s'.repeat(32)}
mail: { from: Rungs <rungs@example.org> }
smtp: { host: mail.example.org, user: rungs, password: p }
oidc:
  name: Acme
  issuer: https://login.example.org
  client-id: rungs
  client-secret: c
`),
  )
  expect(parsed).toMatchObject({
    ok: true,
    config: {
      port: 8080,
      team: {
        ...{ url: 'https://rungs.example.org', host: '0.0.0.0', proxies: ['10.0.0.1', '10.0.0.2'] },
        mail: { smtp: { host: 'mail.example.org', port: 587, tls: false, user: 'rungs', password: 'p' } },
        oidc: { name: 'Acme', issuer: 'https://login.example.org', trustEmail: false },
      },
    },
  })
})

test('the environment wins over the file', () => {
  const env = { RUNGS_URL: 'https://other.example.org', RUNGS_ACCOUNTS: 'on' }
  const parsed = parseConfig([], env, file('url: https://rungs.example.org\naccounts: off\n'))
  expect(parsed).toMatchObject({ ok: true, config: { team: { url: 'https://other.example.org' } } })
})

test('accounts alone give an instance at localhost whose mails go into a folder', () => {
  const parsed = parseConfig(['--data', '/data'], { RUNGS_ACCOUNTS: 'on' })
  const mail = { folder: join('/data', 'mail'), smtp: undefined }
  expect(parsed).toMatchObject({
    ok: true,
    config: { team: { url: 'http://localhost:7474', host: '127.0.0.1', mail } },
  })
})

test('without accounts there is no team, whatever else is set', () => {
  const parsed = parseConfig([], { RUNGS_URL: 'https://rungs.example.org' })
  expect(parsed.ok && parsed.config.team).toBeUndefined()
})

test('every fault is told at once, with its line', () => {
  const text =
    'accounts: perhaps\nurl: rungs.example.org\nprot: 80\nsmtp:\n  port: 99999\noidc:\n  issuer: http://login.example.org\n'
  const faults = faultsOf(text).join('\n')
  expect(faults).toMatch(/rungs\.config\.yaml:1 accounts: expected on or off/)
  expect(faults).toMatch(/rungs\.config\.yaml:2 url: expected an address/)
  expect(faults).toMatch(/rungs\.config\.yaml:3 prot: there is no such setting/)
  expect(faults).toMatch(/rungs\.config\.yaml:5 smtp\.port: expected a port/)
  expect(faults).toMatch(
    /rungs\.config\.yaml:7 oidc\.issuer: expected the address of the identity provider, with https/,
  )
  expect(faults).toMatch(/oidc\.client-secret: expected a value/)
})

test.each([
  ['http://rungs.example.org', /without TLS/],
  ['https://rungs.example.org/app', /without a path/],
  ['ftp://rungs.example.org', /expected an address/],
])('the address %s is refused', (url, fault) => {
  expect(faultsOf('', { RUNGS_ACCOUNTS: 'on', RUNGS_URL: url }).join()).toMatch(fault)
})

test('without sign-in nobody but this machine is listened to', () => {
  expect(faultsOf('host: 0.0.0.0').join()).toMatch(/expected 127\.0\.0\.1 while accounts are off/)
})

test.each(['- a\n- b\n', 'accounts: [on]\n', 'a: b: c\n', 'text'])(
  'a file like %j is told to be none',
  (text) => {
    expect(faultsOf(text).join()).toMatch(/rungs\.config\.yaml:1/)
  },
)

test('a secret that is too short is not repeated', () => {
  expect(faultsOf('secret: sesame').join()).toMatch(/expected at least 32 characters, got 6/)
  expect(faultsOf('secret: sesame').join()).not.toContain('sesame')
})

test('the address of a client is what a known proxy saw, never what the client wrote', () => {
  const proxies = ['10.0.0.1', '10.0.0.2']
  expect(addressOf('203.0.113.9', '1.2.3.4', proxies)).toBe('203.0.113.9')
  expect(addressOf('10.0.0.1', '1.2.3.4, 203.0.113.9', proxies)).toBe('203.0.113.9')
  expect(addressOf('::ffff:10.0.0.1', '1.2.3.4, 203.0.113.9, 10.0.0.2', proxies)).toBe('203.0.113.9')
  expect(addressOf('10.0.0.1', null, proxies)).toBe('10.0.0.1')
  expect(addressOf('10.0.0.1', 'x; drop table', proxies)).toBe('10.0.0.1')
  expect(addressOf(undefined, '1.2.3.4', proxies)).toBe('0.0.0.0')
})
