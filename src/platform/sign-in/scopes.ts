// What an API key may do, on top of what its person may: read, write or administer, per feature.

export const ACCESS = ['read', 'write', 'admin'] as const
export type Access = (typeof ACCESS)[number]

/** `assessments:read`, `people:write`, `*:read` … ; write includes read, and admin includes both. */
export type Scope = `${string}:${Access}`

/** Features whose changes are a matter of administration: rights, members, sign-in, erasure, backups. */
const ADMINISTRATION = new Set(['accounts', 'administration', 'audit', 'privacy'])

/**
 * What a call asks for: `path` is the endpoint's place in the contracts, for example ['assessments', 'answer'], and
 * `method` its HTTP method.
 */
export function accessNeeded(path: readonly string[], method: string): { feature: string; access: Access } {
  const feature = path[0] ?? ''
  if (method === 'GET' || method === 'HEAD') return { feature, access: 'read' }
  return { feature, access: ADMINISTRATION.has(feature) ? 'admin' : 'write' }
}

/** True when one of the scopes covers the access to the feature. */
export function coversAccess(scopes: readonly Scope[], feature: string, access: Access): boolean {
  return scopes.some((scope) => {
    const [of, upTo] = scope.split(':') as [string, Access]
    return (of === '*' || of === feature) && ACCESS.indexOf(upTo) >= ACCESS.indexOf(access)
  })
}

/** The scopes of a key's stored permissions, `{ people: ['read'] }`; what is not understood gives no right. */
export function parseScopes(permissions: unknown): Scope[] {
  if (typeof permissions !== 'object' || permissions === null) return []
  return Object.entries(permissions).flatMap(([feature, list]) =>
    Array.isArray(list)
      ? ACCESS.filter((access) => list.includes(access)).map((access): Scope => `${feature}:${access}`)
      : [],
  )
}
