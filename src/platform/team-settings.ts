// The settings of an instance for many people: its address, sign-in by an identity provider, and mail.
import { join } from 'node:path'
import type { Fault } from './errors.ts'
import type { SmtpSettings } from './mail/transport.ts'
import type { SettingsSource } from './settings-source.ts'
import type { OpenIdSettings } from './sign-in/open-id.ts'

export interface TeamSettings {
  /** The public address, without a path: https://rungs.example.org */
  url: string
  /** The address that the server listens on. */
  host: string
  /** Network addresses of the proxies in front, whose X-Forwarded-For is believed. */
  proxies: readonly string[]
  oidc: OpenIdSettings | undefined
  mail: {
    /** The sender: Rungs <rungs@example.org> */
    from: string
    /** Where mails go when no SMTP server is set. */
    folder: string
    smtp: SmtpSettings | undefined
  }
}

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '::1', '[::1]'])

/** Undefined where accounts are off: one person, no sign-in, this machine alone. Adds what is wrong to `faults`. */
export function parseTeamSettings(
  source: SettingsSource,
  { port, dataFolder }: { port: number; dataFolder: string },
  faults: Fault[],
): TeamSettings | undefined {
  const accounts = parseSwitch(source, 'RUNGS_ACCOUNTS', 'accounts', false, faults)
  const host = source.find('RUNGS_HOST', 'host') ?? { value: '127.0.0.1', path: 'RUNGS_HOST' }
  const url = parseUrl(source, port, accounts, faults)
  const proxies = (source.find('RUNGS_PROXIES', 'proxies')?.value ?? '')
    .split(/[\s,]+/)
    .filter((each) => each !== '')
  const oidc = parseOidc(source, faults)
  const mail = {
    from: parseSender(source, faults),
    folder: source.find('RUNGS_MAIL_FOLDER', 'mail.folder')?.value ?? join(dataFolder, 'mail'),
    smtp: parseSmtp(source, faults),
  }
  if (accounts) return { url, host: host.value, proxies, oidc, mail }
  if (!LOOPBACK.has(host.value))
    faults.push({
      path: host.path,
      message: `expected 127.0.0.1 while accounts are off: without sign-in Rungs answers this machine alone; got ${JSON.stringify(host.value)}`,
    })
  return undefined
}

function parseSwitch(
  source: SettingsSource,
  variable: string,
  key: string,
  otherwise: boolean,
  faults: Fault[],
): boolean {
  const given = source.find(variable, key)
  if (given === undefined) return otherwise
  if (/^(on|true|yes|1)$/i.test(given.value)) return true
  if (/^(off|false|no|0)$/i.test(given.value)) return false
  faults.push({ path: given.path, message: `expected on or off, got ${JSON.stringify(given.value)}` })
  return otherwise
}

function parseUrl(source: SettingsSource, port: number, accounts: boolean, faults: Fault[]): string {
  const given = source.find('RUNGS_URL', 'url')
  if (given === undefined) {
    if (accounts && port === 0)
      faults.push({
        path: 'RUNGS_URL',
        message: 'expected the address of this instance, because the port is not known',
      })
    return `http://localhost:${port}`
  }
  const expected = 'expected an address such as https://rungs.example.org'
  const url = URL.canParse(given.value) ? new URL(given.value) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol))
    faults.push({ path: given.path, message: `${expected}, got ${JSON.stringify(given.value)}` })
  else if (url.pathname !== '/' || url.search !== '' || url.username !== '')
    faults.push({
      path: given.path,
      message: `${expected}, without a path, got ${JSON.stringify(given.value)}`,
    })
  else if (url.protocol === 'http:' && !LOOPBACK.has(url.hostname))
    faults.push({
      path: given.path,
      message: `${expected}: without TLS everybody on the way reads passwords`,
    })
  return url?.origin ?? given.value
}

function parseOidc(source: SettingsSource, faults: Fault[]): OpenIdSettings | undefined {
  const issuer = source.find('RUNGS_OIDC_ISSUER', 'oidc.issuer')
  const clientId = source.find('RUNGS_OIDC_CLIENT_ID', 'oidc.client-id')
  const clientSecret = source.find('RUNGS_OIDC_CLIENT_SECRET', 'oidc.client-secret')
  const name = source.find('RUNGS_OIDC_NAME', 'oidc.name')
  const trustEmail = parseSwitch(source, 'RUNGS_OIDC_TRUST_EMAIL', 'oidc.trust-email', false, faults)
  if (issuer === undefined && clientId === undefined && clientSecret === undefined) return undefined
  const missing = { 'oidc.issuer': issuer, 'oidc.client-id': clientId, 'oidc.client-secret': clientSecret }
  for (const [path, value] of Object.entries(missing))
    if (value === undefined)
      faults.push({ path, message: 'expected a value, because others of oidc are set' })
  if (issuer !== undefined) {
    const url = URL.canParse(issuer.value) ? new URL(issuer.value) : undefined
    const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && LOOPBACK.has(url.hostname))
    if (!isSafe)
      faults.push({
        path: issuer.path,
        message: 'expected the address of the identity provider, with https://',
      })
  }
  if (issuer === undefined || clientId === undefined || clientSecret === undefined) return undefined
  const shown = name?.value ?? (URL.canParse(issuer.value) ? new URL(issuer.value).hostname : '')
  return {
    name: shown,
    issuer: issuer.value,
    clientId: clientId.value,
    clientSecret: clientSecret.value,
    trustEmail,
  }
}

function parseSender(source: SettingsSource, faults: Fault[]): string {
  const given = source.find('RUNGS_MAIL_FROM', 'mail.from')
  if (given === undefined) return 'Rungs <rungs@localhost>'
  if (!/^[^<>\r\n]*<[^@\s<>]+@[^@\s<>]+>$|^[^@\s<>]+@[^@\s<>]+$/.test(given.value))
    faults.push({ path: given.path, message: 'expected a sender such as Rungs <rungs@example.org>' })
  return given.value
}

function parseSmtp(source: SettingsSource, faults: Fault[]): SmtpSettings | undefined {
  const host = source.find('RUNGS_SMTP_HOST', 'smtp.host')
  const port = source.find('RUNGS_SMTP_PORT', 'smtp.port')
  const user = source.find('RUNGS_SMTP_USER', 'smtp.user')
  const password = source.find('RUNGS_SMTP_PASSWORD', 'smtp.password')
  const number = Number(port?.value ?? 587)
  if (!Number.isInteger(number) || number < 1 || number > 65_535)
    faults.push({
      path: port?.path ?? '',
      message: `expected a port from 1 to 65535, got ${JSON.stringify(port?.value)}`,
    })
  const tls = parseSwitch(source, 'RUNGS_SMTP_TLS', 'smtp.tls', number === 465, faults)
  if (host === undefined) {
    for (const other of [port, user, password])
      if (other !== undefined) faults.push({ path: other.path, message: 'expected smtp.host too' })
    return undefined
  }
  if (user === undefined && password !== undefined)
    faults.push({ path: password.path, message: 'expected smtp.user too' })
  return { host: host.value, port: number, tls, user: user?.value, password: password?.value }
}
