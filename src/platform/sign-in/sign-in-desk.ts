// What administering an instance for many people needs of signing in: how it is configured.
import type { TeamSettings } from '../team-settings.ts'

/** The configuration as its owner may read it: no secret is in it. */
export interface SignInSettings {
  /** The public address. */
  url: string
  /** The address that the server listens on. */
  host: string
  /** Network addresses of the proxies in front. */
  proxies: readonly string[]
  /** The identity provider; null without one. */
  oidc: { name: string; issuer: string; clientId: string } | null
  /** The sender, and the SMTP server as host:port; null where mails go into a folder. */
  mail: { from: string; server: string | null }
}

export interface SignInDesk {
  settings: SignInSettings
}

export function signInDesk({ url, host, proxies, oidc, mail }: TeamSettings): SignInDesk {
  const { from, smtp } = mail
  return {
    settings: {
      ...{ url, host, proxies },
      oidc: oidc ? { name: oidc.name, issuer: oidc.issuer, clientId: oidc.clientId } : null,
      mail: { from, server: smtp ? `${smtp.host}:${smtp.port}` : null },
    },
  }
}
